"""What sources say of documents, each thing once, and of which articles it is said.

`documents.said` is a list in JSON: what may be searched for by its number in `sayings`, whatever is hardly ever said of
two articles (a time, an address) as it is. `said` is the way from what is said to the articles.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.models import Said
from store.resolve.editors import name_words

if TYPE_CHECKING:
    from store.database.repeated import Repeated

SOUGHT = ("author", "section", "keyword")
"""What can be searched for."""
FOUND = "the text"
"""The origin of keywords that cleaning found in the text; they are said by no source."""

TABLES = """
CREATE TABLE sayings (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    -- folded, without articles, as names are looked up
    words TEXT NOT NULL,
    UNIQUE (name, value, origin)
);
CREATE INDEX sayings_by_words ON sayings(words);
-- Without a reference to articles: an index for it would be as large again, and whoever removes one knows what it said.
CREATE TABLE said (
    saying_id INTEGER NOT NULL REFERENCES sayings(id),
    article_id INTEGER NOT NULL,
    PRIMARY KEY (saying_id, article_id)
) WITHOUT ROWID;
ALTER TABLE documents ADD COLUMN said TEXT;
ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT 'ar';
CREATE INDEX documents_of_language ON documents(language) WHERE language <> 'ar'
"""


def store(
    connection: sqlite3.Connection, repeated: Repeated, article_id: int, said: Sequence[Said], keywords: Sequence[str]
) -> str | None:
    """Stores what is said of an article and which keywords its text has; returns what `documents.said` is to hold."""
    kept: list[int | list[str]] = []
    for each in (*said, *(Said("keyword", keyword, FOUND) for keyword in keywords)):
        if each.name not in SOUGHT:
            kept.append([each.name, each.value, each.origin])
            continue
        saying = repeated.id("sayings", each.name, each.value, each.origin, name_words(each.value))
        connection.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (saying, article_id))
        kept.append(saying)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else None


def read(connection: sqlite3.Connection, kept: str | None) -> tuple[Said, ...]:
    """What sources say, from `documents.said`."""
    found = []
    for each in json.loads(kept or "[]"):
        if isinstance(each, int):
            each = connection.execute("SELECT name, value, origin FROM sayings WHERE id = ?", (each,)).fetchone()
            if each is None:  # lost, as `verify` says
                continue
        found.append(Said(*each))
    return tuple(each for each in found if each.origin != FOUND)


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Takes an article that is about to go out of what is said."""
    (kept,) = connection.execute("SELECT said FROM documents WHERE article_id = ?", (article_id,)).fetchone()
    connection.executemany(
        "DELETE FROM said WHERE saying_id = ? AND article_id = ?", ((one, article_id) for one in _numbers(kept))
    )


def fill(connection: sqlite3.Connection, repeated: Repeated) -> None:
    """The keywords of texts that were stored before there were sayings."""
    rows = connection.execute("SELECT article_id, keywords FROM documents WHERE keywords IS NOT NULL").fetchall()
    for article_id, keywords in rows:
        kept = store(connection, repeated, article_id, (), json.loads(keywords))
        connection.execute("UPDATE documents SET said = ? WHERE article_id = ?", (kept, article_id))


def lead(connection: sqlite3.Connection) -> None:
    """Makes the way from what is said to the articles anew, from what is kept of these."""
    for number, value in connection.execute("SELECT id, value FROM sayings").fetchall():
        connection.execute("UPDATE sayings SET words = ? WHERE id = ?", (name_words(value), number))
    connection.execute("DELETE FROM said")
    for article_id, kept in connection.execute(
        "SELECT article_id, said FROM documents WHERE said IS NOT NULL"
    ).fetchall():
        connection.executemany(
            "INSERT OR IGNORE INTO said SELECT id, ? FROM sayings WHERE id = ?",
            ((article_id, number) for number in sorted(_numbers(kept))),
        )


def named(connection: sqlite3.Connection, name: str, value: str) -> list[int]:
    """The numbers of what is said under a name and has the words of `value` next to each other."""
    wanted = name_words(value)
    if not wanted:
        return []
    sql = (
        "SELECT id FROM sayings WHERE name = ? AND instr(' ' || words || ' ', ?)"
        " AND EXISTS (SELECT 1 FROM said WHERE saying_id = sayings.id)"
    )
    return [int(row[0]) for row in connection.execute(sql, (name, f" {wanted} "))]


def confirming(connection: sqlite3.Connection, entity_id: int, forms: Sequence[str]) -> tuple[int, str] | None:
    """In how many of an entity's articles a source has one of these forms as a keyword, and one such; None in none."""
    row = connection.execute(
        "SELECT count(DISTINCT s.article_id), min(k.value) FROM json_each(?) j"
        " CROSS JOIN sayings k ON k.words = j.value JOIN said s ON s.saying_id = k.id"
        " JOIN article_names a ON a.article_id = s.article_id JOIN names n ON n.id = a.name_id AND n.root = ?"
        " WHERE k.name = 'keyword' AND k.origin <> ?",
        (json.dumps(sorted(set(map(name_words, forms)))), entity_id, FOUND),
    ).fetchone()
    return (int(row[0]), str(row[1])) if row[0] else None


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Where `said` and `documents.said` contradict each other, for `verify`."""
    by_article: dict[int, set[int]] = {}
    for saying, article_id in connection.execute("SELECT saying_id, article_id FROM said"):
        by_article.setdefault(article_id, set()).add(saying)
    for article_id, kept in connection.execute("SELECT article_id, said FROM documents WHERE said IS NOT NULL"):
        if _numbers(kept) != by_article.pop(article_id, set()):
            yield f"what is said of article {article_id} is not found by searching for it"
    for article_id in by_article:
        yield f"something is said of article {article_id}, of which its document knows nothing"
    for value, words in connection.execute("SELECT value, words FROM sayings"):
        if words != name_words(value):
            yield f"{value!r} is not found by its words"


def _numbers(kept: str | None) -> set[int]:
    return {each for each in json.loads(kept or "[]") if isinstance(each, int)}
