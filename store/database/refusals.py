"""Inputs that were no documents, and why: kept until they are read after all, or a person forgets them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from store.database.files import connect_to_read, sentences
from store.database.watched import migrations
from store.errors import InputError
from store.models import Refusal

__all__ = ["Rejections", "migrations", "rejected"]

_TABLE = """
-- `path` is the input as it was named ("feed.jsonl:12"), from `folder`; `at` is in seconds since 1970.
CREATE TABLE rejected (
    path TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    what TEXT NOT NULL,
    remedy TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID
"""


@migrations()
def version_14(db: Database) -> None:
    """What could not be read."""
    db.conn.execute(_TABLE)
    db.conn.execute("PRAGMA user_version = 14")


class Rejections:
    """Works within the writer's transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, errors: Iterable[InputError]) -> None:
        """Keeps why inputs were rejected; of one input only what was said last."""
        folder, now = _folder(), int(time.time())
        self._connection.executemany(
            "INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?, ?)",
            ((_stored(error.where), folder, _stored(error.what), error.remedy or "", now) for error in errors),
        )

    def forget(self, paths: Iterable[str]) -> int:
        """Forgets inputs that were read, or that nobody wants to see any more; returns how many there were."""
        if self._connection.execute("SELECT 1 FROM rejected LIMIT 1").fetchone() is None:
            return 0
        return sum(
            self._connection.execute("DELETE FROM rejected WHERE path = ?", (_stored(path),)).rowcount for path in paths
        )


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
