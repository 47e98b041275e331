"""Inputs that were no documents, and why: kept until they are read after all, or a person forgets them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path

from store.answers import Refusal
from store.database.files import connect_to_read, sentences
from store.errors import InputError

__all__ = ["Rejections", "rejected"]

TABLE = """
-- `path` is the input as it was named ("feed.jsonl:12"), from `folder`; `at` is in seconds since 1970.
CREATE TABLE rejected (
    path TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    what TEXT NOT NULL,
    remedy TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID
"""


class Rejections:
    """In transactions of their own, which count as no change of the corpus: readers know nothing of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def change(
        self, errors: Collection[InputError], read: Iterable[str], begun: Callable[[], AbstractContextManager[None]]
    ) -> int:
        """Keeps why inputs were rejected, of one input only what was said last, and forgets others, which were read or
        which nobody wants to see any more; returns how many were forgotten. `begun` gives a transaction to do it in."""
        execute = self._connection.execute
        there: list[str] = []
        if execute("SELECT 1 FROM rejected LIMIT 1").fetchone() is not None:
            named = "SELECT 1 FROM rejected WHERE path = ?"
            there = [path for path in map(_stored, read) if execute(named, (path,)).fetchone() is not None]
        if not errors and not there:  # as mostly: no transaction for nothing
            return 0
        folder, now = _folder(), int(time.time())
        with begun():
            try:
                forgotten = sum(execute("DELETE FROM rejected WHERE path = ?", (path,)).rowcount for path in there)
                self._connection.executemany(
                    "INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?, ?)",
                    ((_stored(error.where), folder, _stored(error.what), error.remedy or "", now) for error in errors),
                )
                execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    execute("ROLLBACK")
                raise
        return forgotten


def rejected(corpus: str | Path) -> Sequence[Refusal]:
    """All inputs that are still rejected, in order of time, then of name. Raises CorpusError."""
    corpus = Path(corpus)
    with closing(connect_to_read(corpus)) as connection, sentences(corpus):
        rows = connection.execute("SELECT path, folder, what, remedy, at FROM rejected ORDER BY at, path")
        return [Refusal(*row) for row in rows]


def _stored(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _folder() -> str:
    try:
        return _stored(os.fsdecode(Path.cwd()))
    except OSError:  # it was removed
        return ""
