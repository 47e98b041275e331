"""What a shell offers for the beginning of a value: names, outlets, tags, saved searches of a corpus.

A shell waits for this at every press of Tab, so each question looks at so many rows of an index and no more, whatever
the corpus holds, writes nothing and gives up in time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from store import read_only
from store.database.files import connect_to_read, sentences
from store.text.fold import fold

Kind = Literal["entities", "outlets", "tags", "searches"]

MOST = 60
"""So many are offered."""
_BEST = 500
"""Of each type so many names of most articles are looked through for what begins so."""
_LOOKED_AT = 400
"""Forms of names, and outlets, that the index has for a beginning, of which so many are looked at."""
_SECONDS = 0.5
_STEPS = 2000
"""SQLite's steps between two looks at the clock."""
_LAST = "\U0010ffff"

Offer = tuple[str, str]
"""A value, and what is said of it."""


def offered(path: Path, kind: Kind, typed: str) -> list[Offer]:
    """Values of a kind that begin with what was typed, those of most articles first; where none does as it is written,
    those that do when both are folded.

    Raises CorpusError for a file that is no corpus of this version, Cancelled where it takes too long.
    """
    if not read_only.is_on():
        raise AssertionError("completing writes nothing")
    with closing(connect_to_read(path)) as connection, sentences(path):
        end = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
        found = [one for one in _FINDERS[kind](connection, typed) if one[0].isprintable()]
    exact = [one for one in found if one[0].startswith(typed)]
    first: dict[str, str] = {}
    for value, said in exact or found:
        first.setdefault(value, said)
    return list(first.items())[:MOST]


def _entities(connection: sqlite3.Connection, typed: str) -> list[Offer]:
    begins = fold(typed)
    best: dict[tuple[str, int], tuple[int, str]] = {}
    for kind in ("PER", "ORG", "LOC", "MISC"):
        rows = connection.execute(
            "SELECT id, name, articles FROM entities WHERE type = ? AND articles > 0 AND NOT hidden"
            " ORDER BY articles DESC, mentions DESC, id LIMIT ?",
            (kind, _BEST if begins else MOST // 3),
        )
        for id_, name, articles in rows:
            if fold(name).startswith(begins):
                best[name, id_] = articles, kind
    if begins:
        rows = connection.execute(
            "SELECT e.id, e.name, f.form, e.articles, e.type"
            " FROM (SELECT form, name_id FROM forms WHERE folded >= ? AND folded < ? LIMIT ?) f"
            " JOIN names n ON n.id = f.name_id JOIN entities e ON e.id = n.root WHERE e.articles > 0 AND NOT e.hidden",
            (begins, begins + _LAST, _LOOKED_AT),
        )
        for id_, name, form, articles, kind in rows:
            best[name if fold(name).startswith(begins) else form, id_] = articles, kind
    ranked = sorted(best.items(), key=lambda one: (-one[1][0], one[0]))
    return [(name, f"{kind}, {articles}") for (name, _id), (articles, kind) in ranked]


def _outlets(connection: sqlite3.Connection, typed: str) -> list[Offer]:
    begins = fold(typed)
    # by the index as it is written, and a part of all for other ways of writing it
    exact = connection.execute(
        "SELECT name, articles FROM outlets WHERE name >= ? AND name < ? AND articles > 0 LIMIT ?",
        (typed, typed + _LAST, _LOOKED_AT),
    ).fetchall()
    some = connection.execute("SELECT name, articles FROM outlets WHERE articles > 0 LIMIT ?", (_LOOKED_AT,))
    rows = {*exact, *((name, articles) for name, articles in some if fold(name).startswith(begins))}
    return [(name, str(articles)) for name, articles in sorted(rows, key=lambda row: (-row[1], row[0]))]


def _tags(connection: sqlite3.Connection, typed: str) -> list[Offer]:
    begins = fold(typed)
    return [(text, "") for text in _leaping(connection, begins)]


def _leaping(connection: sqlite3.Connection, begins: str) -> Iterator[str]:
    """A tag is on as many articles as it may be: from each to the next by the index, not over all of its rows."""
    sql = (
        "SELECT words, text FROM annotations WHERE kind = 'tag' AND words {} ? AND words < ? ORDER BY words, id LIMIT 1"
    )
    row = connection.execute(sql.format(">="), (begins, begins + _LAST)).fetchone()
    for _ in range(MOST):
        if row is None:
            return
        yield row[1]
        row = connection.execute(sql.format(">"), (row[0], begins + _LAST)).fetchone()


def _searches(connection: sqlite3.Connection, typed: str) -> list[Offer]:
    begins = fold(typed)
    rows = connection.execute("SELECT name FROM searches ORDER BY name LIMIT ?", (_LOOKED_AT,))
    return [(name, "") for (name,) in rows if fold(name).startswith(begins)]


_FINDERS: dict[Kind, Callable[[sqlite3.Connection, str], list[Offer]]] = {
    "entities": _entities,
    "outlets": _outlets,
    "tags": _tags,
    "searches": _searches,
}
