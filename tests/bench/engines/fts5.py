"""SQLite's own full-text search: on the folded words as khabar gives them to it, and on the texts as they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from store.text.lexing import index_words
from store.text.nodes import fts
from store.text.query import parse
from tests.bench.engines import ALIKE, COUNT, IDS, PAGE, RANKED, TYPED, Ask, Engine, Forms, Text, building, size_of

FOLDED = "SQLite FTS5, folded"
NAIVE = "SQLite FTS5 unicode61, not folded"


def ready(articles: Sequence[Text], forms: Forms, folder: Path) -> Engine:
    """Both indexes in files of their own, optimised."""
    engine = Engine()

    def alike(query: str) -> str:
        return fts(parse(query), forms)

    folded = _build(engine, FOLDED, folder / "folded.db", "ascii tokenchars '_'", [each.words for each in articles])
    _asked(engine, folded, f"{FOLDED}, {TYPED}", lambda query: _phrases(index_words(query)))
    _asked(engine, folded, f"{FOLDED}, {ALIKE}", alike)
    naive = _build(engine, NAIVE, folder / "naive.db", "unicode61", [(each.title, each.text) for each in articles])
    _asked(engine, naive, NAIVE, _phrases)
    return engine


def _phrases(words: str) -> str:
    return " ".join(f'"{word}"' for word in words.split())


def _build(
    engine: Engine, name: str, path: Path, tokenizer: str, rows: Sequence[tuple[str, str]]
) -> sqlite3.Connection:
    with building(engine, f"{name}: index", lambda: size_of(path)):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")  # KiB
        connection.execute(f"CREATE VIRTUAL TABLE found USING fts5(title, body, content='', tokenize=\"{tokenizer}\")")
        connection.execute("INSERT INTO found(found, rank) VALUES ('hashsize', 67108864)")
        connection.execute("BEGIN")
        # In the order of time, so that the newest are the last.
        numbered = ((place, *row) for place, row in enumerate(rows, 1))
        connection.executemany("INSERT INTO found(rowid, title, body) VALUES (?, ?, ?)", numbered)
        connection.execute("COMMIT")
        connection.execute("INSERT INTO found(found) VALUES ('optimize')")
    return connection


def _asked(engine: Engine, connection: sqlite3.Connection, name: str, expression: Callable[[str], str]) -> None:
    def rows(query: str, columns: str, rest: str) -> list[tuple[int, ...]]:
        sql = f"SELECT {columns} FROM found WHERE found MATCH ? {rest}"
        return connection.execute(sql, (expression(query),)).fetchall()

    engine.asks += [
        Ask(IDS, name, lambda query: len(rows(query, "rowid", f"ORDER BY rowid DESC LIMIT {PAGE}"))),
        Ask(COUNT, name, lambda query: rows(query, "count(*)", "")[0][0]),
        Ask(RANKED, name, lambda query: len(rows(query, "rowid", f"ORDER BY bm25(found, 4.0, 1.0) LIMIT {PAGE}"))),
    ]
    engine.finds[name] = lambda query: {place for (place,) in rows(query, "rowid", "")}
