"""How fast annotations and saved searches answer on a corpus (KHABAR_CORPUS), which is only read: they are put into
tables of the connection's own. `KHABAR_CORPUS=file.db python -m tests.bench.annotations`."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.annotations import folded
from store.answers import Filter, SavedSearch
from store.database import anchoring, annotated, annotation, kept, searches
from store.database.files import Connection, connect_as_it_is, snapshot
from store.text.nodes import Saying

MANY = 100_000
"""Annotations: nine tenths of articles, the others of sentences, entities and events."""
_TAGS = [f"وسم {number}" for number in range(200)]


def main() -> None:
    """Print milliseconds of CPU, the best of five."""
    named = os.environ.get("KHABAR_CORPUS")
    if named is None:
        print("KHABAR_CORPUS names no corpus")
        return
    with closing(connect_as_it_is(Path(named))) as connection, snapshot(connection):
        _fill(connection)
        articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        print(f"{articles:,} articles, {MANY:,} annotations")
        state = kept.state(connection)
        state.order(connection).prepare()
        tag, every = Saying("tag", _TAGS[3]), Saying("has", "tag")
        page = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY id DESC LIMIT 60")]
        found = annotation.ids(connection, None, "", "")
        search = SavedSearch("", Filter(query="بغداد"), "newest", "", "", max(page) - articles // 50)
        _tell("where those of entities and events are, once", lambda: anchoring.resolve(connection))
        anchoring.resolved(connection)
        _tell("articles with a tag", lambda: annotated.articles(connection, state, tag))
        _tell("articles with any tag", lambda: annotated.articles(connection, state, every))
        _tell("articles with words in a note", lambda: annotated.articles(connection, state, Saying("note", "راجع")))
        _tell("what a page of 60 articles has", lambda: annotation.of_articles(connection, page))
        _tell("the list of all of them", lambda: annotation.ids(connection, None, "", ""))
        _tell("the list, narrowed by a word", lambda: annotation.ids(connection, None, "", "راجع"))
        _tell("a page of 60 of the list", lambda: annotation.rows(connection, found[:60]))
        _tell("the tags", lambda: annotation.tags(connection))
        _tell("how many a saved search has, and has new", lambda: _counts(connection, search))
        whole, new = _counts(connection, search)
        print(f"  ({whole:,} and {new:,})")


def _counts(connection: Connection, search: SavedSearch) -> tuple[int, int]:
    kept.forget()
    return searches.counts(connection, search)


def _tell(what: str, ask: Callable[[], object]) -> None:
    best = 1e9
    for _ in range(5):
        begun = time.process_time()
        ask()
        best = min(best, time.process_time() - begun)
    print(f"{what:50} {best * 1000:9.1f} ms")


def _fill(connection: Connection) -> None:
    """Annotations at random, in tables that hide those of the corpus."""
    draw = random.Random(9)
    for statement in annotation.TABLE.split(";\n"):
        connection.execute(statement.replace("CREATE TABLE ", "CREATE TEMP TABLE ").replace("INDEX ", "INDEX temp."))
    (last,) = connection.execute("SELECT max(article_id) FROM documents").fetchone()
    names = [
        row[0] for row in connection.execute("SELECT n.key FROM names n JOIN entities e ON e.id = n.id LIMIT 5000")
    ]
    events = connection.execute(
        "SELECT d.digest, m.date_start FROM event_mentions m JOIN documents d ON d.article_id = m.article_id LIMIT 3000"
    ).fetchall()

    def rows() -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for number in range(MANY):
            kind = ("bookmark", "tag", "note")[number % 3]
            text = draw.choice(_TAGS) if kind == "tag" else f"راجع هذا {number}" if kind == "note" else ""
            said = (f"{number:032}", kind, text, folded(text), "عنوان", f"2026-11-{number % 28 + 1:02}T08:00:00+00:00")
            if number % 20 == 0 and names:
                found.append((*said, "entity", None, None, None, draw.choice(names)))
                continue
            if number % 20 == 1 and events:
                found.append((*said, "event", *draw.choice(events), None, None))
                continue
            row = connection.execute(
                "SELECT digest FROM documents WHERE article_id >= ? LIMIT 1", (draw.randint(1, last),)
            ).fetchone()
            sentence = number % 20 in (2, 3)
            where = ("sentence", row[0], 0, 5, None) if sentence else ("article", row[0], None, None, None)
            found.append((*said, *where))
        return found

    connection.executemany(
        'INSERT INTO annotations(uid, kind, text, words, quote, made, target, digest, start, "end", name, who)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        rows(),
    )


if __name__ == "__main__":
    main()
