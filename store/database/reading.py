"""Reading articles: ids of all that a filter lets through, then one page of lines at a time."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from store.annotations import PLAIN, Annotated
from store.answers import RANKED, Article, ArticleOrder, ArticleRow, Filter, OutletRow, Overview
from store.database import annotation, documents
from store.database.indexing import searched, stored_blocks
from store.database.latin import understood
from store.database.moments import UNDATED
from store.database.selecting import is_everything
from store.database.stored import dates, events, mentions
from store.database.word_forms import expansion
from store.errors import CorpusError
from store.models import Published, Sentence
from store.text.marks import Marker

REASONS = 100
"""So many copies of an article are told why they are copies; each is compared with it."""
SNIPPET = 160
"""About how many code points a snippet has."""


def overview(connection: sqlite3.Connection, path: str, sample: bool) -> Overview:
    """The corpus in a few numbers, each read from an index."""
    one = connection.execute

    def value(sql: str) -> str | None:
        row = one(sql).fetchone()
        return row[0] if row else None

    dated = f"SELECT substr(published, 1, 10) FROM articles WHERE moment > {UNDATED} ORDER BY moment"
    kinds = one("SELECT type, count(*) FROM entities WHERE articles > 0 AND NOT hidden GROUP BY type").fetchall()
    return Overview(
        path=path,
        sample=sample,
        articles=one("SELECT count(*) FROM articles").fetchone()[0],
        entities={kind: dict(kinds).get(kind, 0) for kind in ("PER", "ORG", "LOC", "MISC")},
        events=one("SELECT count(*) FROM events").fetchone()[0],
        outlets=tuple(outlets(connection)),
        first=value(f"{dated} LIMIT 1"),
        last=value(f"{dated} DESC LIMIT 1"),
        undated=one(f"SELECT count(*) FROM articles WHERE moment = {UNDATED}").fetchone()[0],
        waiting=waiting(connection),
        copies=_every(connection) - stories(connection),
    )


def waiting(connection: sqlite3.Connection) -> int:
    """How many articles wait for the accurate pass."""
    return int(connection.execute("SELECT count(*) FROM waiting").fetchone()[0])


def waits(connection: sqlite3.Connection, article_id: int | None) -> bool:
    """Whether an article waits for the accurate pass."""
    return connection.execute("SELECT 1 FROM waiting WHERE article_id = ?", (article_id,)).fetchone() is not None


def outlets(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Outlets with their articles, most first."""
    return connection.execute(
        "SELECT name, articles FROM outlets WHERE articles > 0 ORDER BY articles DESC, name"
    ).fetchall()


def outlet_rows(connection: sqlite3.Connection, most: int | None = None) -> list[OutletRow]:
    """The first `most` outlets, those of most articles first, with the dates between which they published."""
    dated = f"(SELECT substr(published, 1, 10) FROM articles WHERE outlet_id = o.id AND moment > {UNDATED}"
    found = connection.execute(
        f"SELECT name, articles, {dated} ORDER BY moment, id LIMIT 1), {dated} ORDER BY moment DESC, id DESC LIMIT 1)"
        " FROM outlets o WHERE articles > 0 ORDER BY articles DESC, name LIMIT ?",
        (-1 if most is None else most,),
    )
    return [OutletRow(*row) for row in found]


def ids(
    connection: sqlite3.Connection, f: Filter, order: ArticleOrder = "newest", most: int | None = None
) -> array[int]:
    """Ids of the articles, newest first, undated last, or by how well they answer the filter's query; the first `most`
    of them."""
    if order == "newest" and is_everything(f) and most is not None:
        newest_first = (
            "SELECT id FROM articles a WHERE NOT EXISTS"
            " (SELECT 1 FROM copies c WHERE c.article_id = a.id AND c.place > 0) ORDER BY moment DESC, id DESC LIMIT ?"
        )
        return array("q", chain.from_iterable(connection.execute(newest_first, (most,))))
    # what works on sets is imported where there are some: not to start
    from store.database import choosing, ranking

    if order == "newest":
        return choosing.newest(connection, f, most)
    if order == "relevance" and most is not None:
        newest = choosing.newest(connection, f, max(most, RANKED))
    else:
        newest = choosing.newest(connection, f, None)
    return ranking.by_relevance(connection, f.query, newest, f.latin, every=order == "best")[:most]


def count(connection: sqlite3.Connection, f: Filter) -> int:
    """How many articles a filter lets through."""
    if is_everything(replace(f, copies=False)):
        return _every(connection) if f.copies else stories(connection)
    from store.database import choosing

    return len(choosing.articles(connection, f))


def stories(connection: sqlite3.Connection) -> int:
    """How many articles there are, copies of one story counted once."""
    copied, told = (
        int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("copies", "stories")
    )
    return _every(connection) - copied + told


def _every(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def prepare(connection: sqlite3.Connection) -> None:
    """Reads the order of articles, the columns of events and the sets of entities."""
    from store.database import facets
    from store.database.kept import state

    now = state(connection)
    now.order(connection).prepare()
    now.columns(connection).prepare()
    now.copies(connection).prepare()
    facets.prepare(connection, now)


def why_copies(connection: sqlite3.Connection, id: int) -> list[tuple[ArticleRow, str]]:
    """The other articles of the story of one, newest first, each with why it is a copy, in words."""
    # what compares texts is needed for nothing else that is read
    from store.database.placing import reasons

    of = "SELECT article_id FROM copies WHERE story = (SELECT story FROM copies WHERE article_id = ?) ORDER BY place"
    others = [other for (other,) in connection.execute(of, (id,)) if other != id]
    found = reasons(connection, id, others[:REASONS])
    lines = rows(connection, others[:REASONS], "")
    return [(line, found.get(line.id, "a copy of what both are copies of")) for line in lines]


_ROW = (
    "SELECT a.id, a.title, a.published, a.basis, a.reason, o.name, a.path,"
    " coalesce(s.articles, 0), coalesce(s.outlets, 0) FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id"
    " LEFT JOIN copies c ON c.article_id = a.id LEFT JOIN stories s ON s.id = c.story"
)


def rows(connection: sqlite3.Connection, ids: Sequence[int], query: str, latin: bool = True) -> list[ArticleRow]:
    """A page of lines in the order asked; with snippets when there is a query."""
    found: dict[int, ArticleRow] = {}
    marker = Marker(understood(connection, query, latin)[0], expansion(connection)) if query.strip() else None
    annotated = annotation.of_articles(connection, dict.fromkeys(ids))
    for id_ in dict.fromkeys(ids):
        row = connection.execute(f"{_ROW} WHERE a.id = ?", (id_,)).fetchone()
        if row:
            found[id_] = _row(row, snippet(connection, id_, marker) if marker else None, annotated.get(id_, PLAIN))
    return [found[id_] for id_ in ids if id_ in found]


def _row(row: Sequence[Any], shown: str | None, annotated: Annotated) -> ArticleRow:
    id_, title, published, basis, reason, outlet, path, copies, outlets = row
    dated = Published(published, basis, reason)
    return ArticleRow(id_, title, dated, outlet, path, annotated.bookmarked, shown, copies, outlets, annotated)


def snippet(connection: sqlite3.Connection, article_id: int, marker: Marker) -> str:
    """Text around the first word that answers the query, on one line; the beginning when only the title does."""
    row = connection.execute("SELECT text FROM texts WHERE article_id = ?", (article_id,)).fetchone()
    text = str(row[0])
    regions = searched(text, stored_blocks(connection, article_id))
    for start, end in regions:
        # Line by line: the first hit is mostly near the beginning, and folding a whole text for it takes long.
        for line in text[start:end].split("\n"):
            if spans := marker.spans(line):
                return _around(text[:end], start + spans[0][0], start + spans[0][1])
            start += len(line) + 1
    # What is asked for together may stand on two lines.
    for start, end in regions:
        if spans := marker.spans(text[start:end]):
            return _around(text[:end], start + spans[0][0], start + spans[0][1])
    return _around(text, regions[0][0], regions[0][0]) if regions else ""


def _around(text: str, start: int, end: int) -> str:
    """About SNIPPET code points of `text` around a span, whole words, an ellipsis where something is left out."""
    left = max(0, start - SNIPPET // 3, text.rfind("\n", 0, start) + 1)
    if left and text[left - 1] != "\n":
        left = next((at + 1 for at in range(left, start) if text[at].isspace()), start)
    right = min(len(text), max(end, left + SNIPPET))
    if right < len(text):
        right = next((at for at in range(right, end, -1) if text[at].isspace()), right)
    shown = " ".join(text[left:right].split())
    return f"{'… ' if left and text[left - 1] != chr(10) else ''}{shown}{' …' if right < len(text) else ''}"


def article(connection: sqlite3.Connection, id: int, path: Path) -> Article:
    """One article with its spans. Raises CorpusError when there is none with this id."""
    execute = connection.execute
    line = execute(f"{_ROW} WHERE a.id = ?", (id,)).fetchone()
    if line is None:
        raise CorpusError(f"holds no article {id}", str(path), "khabar articles lists them")
    document, cleaned = documents.read(connection, id)
    named = mentions(connection, id)
    return Article(
        row=_row(line, None, annotation.of_articles(connection, [id]).get(id, PLAIN)),
        document=document,
        cleaned=cleaned,
        sentences=tuple(
            Sentence(*row)
            for row in execute('SELECT start, "end" FROM sentences WHERE article_id = ? ORDER BY start', (id,))
        ),
        mentions=tuple(named),
        dates=tuple(dates(connection, id)),
        events=tuple(events(connection, id, named)),
        recogniser=execute("SELECT recogniser FROM documents WHERE article_id = ?", (id,)).fetchone()[0],
        waiting=waits(connection, id),
    )
