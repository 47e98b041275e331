"""Annotations as they are stored and listed (`store.annotations`); `store.database.anchoring` says where they are."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from store.annotations import PLAIN, Annotated, Annotation, Key, Kind, Target, cleaned, folded, quoted
from store.database.anchoring import Resolved, anchored, article_of, resolved
from store.errors import QueryError
from store.resolve.alike import SEPARATOR

TABLE = """
-- `digest`, `start` and `end` are those of a document: `start` of an event is where the date in its sentence begins;
-- `name` is the key of a name. `words` are the folded words of `text`. What is annotated need not be in the corpus.
CREATE TABLE annotations (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('bookmark', 'tag', 'note')),
    target TEXT NOT NULL CHECK (target IN ('article', 'sentence', 'entity', 'event')),
    digest BLOB,
    start INTEGER,
    "end" INTEGER,
    name TEXT,
    text TEXT NOT NULL,
    words TEXT NOT NULL,
    quote TEXT NOT NULL,
    who TEXT NOT NULL,
    made TEXT NOT NULL,
    changed TEXT,
    CHECK ((target = 'entity') = (digest IS NULL) AND (target = 'entity') = (name IS NOT NULL)
        AND (target IN ('sentence', 'event')) = (start IS NOT NULL) AND (target = 'sentence') = ("end" IS NOT NULL))
);
CREATE INDEX annotations_of_document ON annotations(digest, target) WHERE digest IS NOT NULL;
CREATE INDEX annotations_of_others ON annotations(target, name) WHERE target IN ('entity', 'event');
CREATE INDEX annotations_by_words ON annotations(kind, words);
CREATE INDEX annotations_newest ON annotations(made, id)
"""
_COLUMNS = 'id, uid, kind, target, digest, start, "end", name, text, quote, who, made, changed'
NEWEST = "made DESC, id DESC"
_PLACES = (
    'SELECT n.id, d.article_id, substr(t.text, n.start + 1, n."end" - n.start) FROM json_each(?) j'
    " CROSS JOIN annotations n ON n.id = j.value CROSS JOIN documents d ON d.digest = n.digest"
    " LEFT JOIN texts t ON t.article_id = d.article_id AND n.target = 'sentence'"
)
"""(annotation, its article, of a sentence what stands at its span)."""
_NOWHERE = None, None
"""As `_PLACES` says it of what is on no document that is there."""


def fill(connection: sqlite3.Connection) -> None:
    """The bookmarks of a corpus that had nothing but these."""
    connection.execute(
        "INSERT INTO annotations(uid, kind, target, digest, text, words, quote, who, made)"
        " SELECT lower(hex(randomblob(16))), 'bookmark', 'article', d.digest, '', '', a.title, '', b.made"
        " FROM bookmarks b JOIN documents d ON d.article_id = b.article_id JOIN articles a ON a.id = b.article_id"
        " ORDER BY b.made, b.article_id"
    )
    connection.execute("DROP TABLE bookmarks")


# -- lists -------------------------------------------------------------------------------------------------


def ids(connection: sqlite3.Connection, kind: Kind | None, tag: str, words: str) -> array[int]:
    """Ids of the annotations, newest first: of a kind, with a tag, with these words in what they say or are on."""
    conditions, parameters = ["1"], list[object]()
    if kind is not None:
        conditions.append("kind = ?")
        parameters.append(kind)
    if tag:
        conditions.append("kind = 'tag' AND words = ?")
        parameters.append(folded(tag))
    for word in folded(words).split():
        conditions.append("(instr(words, ?) OR instr(folded(quote), ?))")
        parameters += [word, word]
    connection.create_function("folded", 1, folded, deterministic=True)
    sql = f"SELECT id FROM annotations WHERE {' AND '.join(conditions)} ORDER BY {NEWEST}"
    return array("q", chain.from_iterable(connection.execute(sql, parameters)))


def rows(connection: sqlite3.Connection, wanted: Sequence[int]) -> list[Annotation]:
    """A page of annotations in the order asked, those that are gone left out; where all are is asked at once."""
    there = {
        id_: (article, said)
        for id_, article, said in connection.execute(_PLACES, (json.dumps(list(wanted)),)).fetchall()
    }
    sql = f"SELECT {_COLUMNS} FROM annotations WHERE id IN (SELECT value FROM json_each(?))"
    stored = connection.execute(sql, (json.dumps(list(wanted)),)).fetchall()
    others = resolved(connection) if any(row[3] in ("entity", "event") for row in stored) else Resolved()
    found = {row[0]: _row(connection, row, others, there.get(row[0], _NOWHERE)) for row in stored}
    return [found[id_] for id_ in wanted if id_ in found]


def tags(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every tag with how often it is used, most first; of several ways of writing one the newest."""
    rows = connection.execute(
        "SELECT text, count(*), max(id) FROM annotations WHERE kind = 'tag' GROUP BY words ORDER BY 2 DESC, text"
    )
    return [(str(text), int(number)) for text, number, _ in rows]


def bookmarks(connection: sqlite3.Connection) -> array[int]:
    """Ids of the bookmarked articles, newest bookmark first."""
    sql = (
        "SELECT d.article_id FROM annotations a JOIN documents d ON d.digest = a.digest"
        " WHERE a.kind = 'bookmark' AND a.target = 'article' GROUP BY 1 ORDER BY max(a.made) DESC, 1 DESC"
    )
    return array("q", chain.from_iterable(connection.execute(sql)))


def on(connection: sqlite3.Connection, target: Target) -> list[Annotation]:
    """The annotations of a target, oldest first; none where it is not there."""
    where = resolved(connection)
    return [_row(connection, row, where) for row in _stored(connection, ids_on(connection, target, where))]


def ids_on(connection: sqlite3.Connection, target: Target, where: Resolved) -> list[int]:
    """Ids of the annotations of a target, oldest first."""
    if target.on == "entity":
        row = connection.execute("SELECT root FROM names WHERE id = ?", (target.id,)).fetchone()
        return where.of_entity.get(int(row[0]) if row else target.id, [])
    if target.on == "event":
        return where.of_event.get(target.id, [])
    same = "" if target.on == "article" else ' AND a.start = ? AND a."end" = ?'
    span = () if target.on == "article" else (target.start, target.end)
    rows = connection.execute(
        "SELECT a.id FROM annotations a JOIN documents d ON d.digest = a.digest"
        f" WHERE d.article_id = ? AND a.target = ?{same} ORDER BY a.made, a.id",
        (target.id, target.on, *span),
    )
    return [int(row[0]) for row in rows]


def in_article(connection: sqlite3.Connection, article: int) -> list[Annotation]:
    """What is annotated of an article and its sentences: of the article first, then in reading order."""
    rows = connection.execute(
        f"SELECT {_named('a')} FROM annotations a JOIN documents d ON d.digest = a.digest"
        " WHERE d.article_id = ? AND a.target IN ('article', 'sentence')"
        " ORDER BY a.start IS NOT NULL, a.start, a.made, a.id",
        (article,),
    ).fetchall()
    return [_row(connection, row, Resolved()) for row in rows]


def _named(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in _COLUMNS.split(", "))


def _stored(connection: sqlite3.Connection, wanted: Iterable[int]) -> list[Sequence[Any]]:
    sql = f"SELECT {_COLUMNS} FROM annotations WHERE id IN (SELECT value FROM json_each(?)) ORDER BY made, id"
    return connection.execute(sql, (json.dumps(list(wanted)),)).fetchall()


def bare(connection: sqlite3.Connection, wanted: Sequence[int]) -> list[Annotation]:
    """Annotations by their ids, without where they are."""
    return [_bare(row) for row in _stored(connection, wanted)]


def _bare(row: Sequence[Any]) -> Annotation:
    id_, uid, kind, on, digest, start, end, name, text, quote, who, made, changed = row
    key = Key(on, bytes(digest).hex() if digest is not None else None, start, end, name)
    return Annotation(id_, uid, kind, key, text, quote, who, made, changed)


def _row(
    connection: sqlite3.Connection,
    row: Sequence[Any],
    where: Resolved,
    there: tuple[int | None, str | None] | None = None,
) -> Annotation:
    """An annotation with where it is: `where` says it of entities and events, `there` the article of a document and
    what stands at a span of it, if that is known."""
    one = _bare(row)
    if there is None:
        there = None if one.key.digest is None else article_of(connection, one.key.digest), None
    target, article = _target(connection, one, where.where.get(one.id), *there)
    return replace(one, target=target, article=article)


def _target(
    connection: sqlite3.Connection, one: Annotation, other: int | None, article: int | None, said: str | None
) -> tuple[Target | None, int | None]:
    key = one.key
    if key.on == "entity":
        return (None, None) if other is None else (Target("entity", other), None)
    if article is None:
        return None, None
    if key.on == "event":
        return (None, article) if other is None else (Target("event", other), article)
    if key.on == "article" or key.start is None or key.end is None:
        return Target("article", article), article
    if said is not None and len(said) == key.end - key.start and (not one.quote or quoted(said) == one.quote):
        return Target("sentence", article, key.start, key.end), article
    text = connection.execute("SELECT text FROM texts WHERE article_id = ?", (article,)).fetchone()
    span = anchored(str(text[0]) if text else "", key.start, key.end, one.quote)
    return (None if span is None else Target("sentence", article, *span)), article


# -- what rows of lists show -------------------------------------------------------------------------------


def any_on(connection: sqlite3.Connection, *on: str) -> bool:
    """Whether anything of these kinds of targets is annotated."""
    marks = ", ".join("?" * len(on))
    return connection.execute(f"SELECT 1 FROM annotations WHERE target IN ({marks}) LIMIT 1", on).fetchone() is not None


def of_articles(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, Annotated]:
    """What is annotated of each of some articles, of those of which something is."""
    if not any_on(connection, "article", "sentence"):
        return {}
    rows = connection.execute(
        "SELECT d.article_id, a.target, a.kind, a.text FROM json_each(?) j CROSS JOIN documents d"
        " ON d.article_id = j.value CROSS JOIN annotations a ON a.digest = d.digest"
        " AND a.target IN ('article', 'sentence') ORDER BY a.made, a.id",
        (json.dumps(list(wanted)),),
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for article, on_, kind, text in rows:
        found.setdefault(article, []).append((on_, kind, text))
    return {
        article: _told(
            ((kind, text) for on_, kind, text in several if on_ == "article"),
            sum(on_ == "sentence" for on_, _, _ in several),
        )
        for article, several in found.items()
    }


def of_entities(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, Annotated]:
    """What is annotated of each of some entities, of those of which something is."""
    return _of_others(connection, wanted, resolved(connection).of_entity) if any_on(connection, "entity") else {}


def of_events(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, Annotated]:
    """What is annotated of each of some events, of those of which something is."""
    return _of_others(connection, wanted, resolved(connection).of_event) if any_on(connection, "event") else {}


def _of_others(
    connection: sqlite3.Connection, wanted: Iterable[int], where: dict[int, list[int]]
) -> dict[int, Annotated]:
    found = {}
    for id_ in wanted:
        if several := where.get(id_):
            found[id_] = _told(((row[2], row[8]) for row in _stored(connection, several)), 0)
    return found


def _told(several: Iterable[tuple[str, str]], within: int) -> Annotated:
    bookmarked, notes = False, 0
    tags: dict[str, str] = {}
    for kind, text in several:
        bookmarked |= kind == "bookmark"
        notes += kind == "note"
        if kind == "tag":
            tags.setdefault(folded(text), text)
    return (
        Annotated(bookmarked, tuple(tags.values()), notes, within) if bookmarked or notes or tags or within else PLAIN
    )


# -- checking ----------------------------------------------------------------------------------------------


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Annotations that say what none can say, for `verify`."""
    for row in connection.execute(f"SELECT {_COLUMNS}, words FROM annotations ORDER BY id").fetchall():
        *stored, words = row
        try:
            one = _bare(stored)
            wrong = cleaned(one.kind, one.text) != one.text or folded(one.text) != words or not _possible(one.key)
        except (TypeError, ValueError, QueryError):
            wrong = True
        if wrong:
            yield f"the {row[2]} {row[1]} is none, or is not found by its words"


def _possible(key: Key) -> bool:
    """Whether something may have such a key."""
    if key.on == "entity":
        return key.name is not None and key.name.count(SEPARATOR) == 2
    known = key.digest is not None and len(key.digest) == 64
    if key.on == "article":
        return known
    start, end = key.start, key.end
    if not known or not isinstance(start, int) or start < 0:
        return False
    return key.on == "event" or (isinstance(end, int) and start < end)
