"""Inputs that were no documents, and why: kept until they are read after all, or a person forgets them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
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

    def keep(
        self, errors: Collection[InputError], read: Iterable[str], begun: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Keeps why inputs were rejected, of one input only what was said last, and forgets others, which were read.
        `begun` gives a transaction to do it in."""
        folder, there = _folder(), list[str]()
        if self._connection.execute("SELECT 1 FROM rejected LIMIT 1").fetchone() is not None:
            there = [found for path in read if (found := self._kept(_stored(path), folder)) is not None]
        if not errors and not there:  # as mostly: no transaction for nothing
            return
        now = int(time.time())
        with self._within(begun):
            self._delete(there)
            for error in errors:
                path = _stored(error.where)
                name = self._kept(path, folder) or (path if self._is_free(path) else _whole(path, folder))
                self._connection.execute(
                    "INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?, ?)",
                    (name, folder, _stored(error.what), error.remedy or "", now),
                )

    def forget(self, paths: Iterable[str], begun: Callable[[], AbstractContextManager[None]]) -> int:
        """Forgets inputs by the names they are kept under; returns how many of these there were."""
        there = [path for path in paths if not self._is_free(path)]
        if there:
            with self._within(begun):
                self._delete(there)
        return len(there)

    @contextmanager
    def _within(self, begun: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
        with begun():
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _delete(self, paths: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM rejected WHERE path = ?", [(path,) for path in paths])

    def _is_free(self, path: str) -> bool:
        return self._connection.execute("SELECT 1 FROM rejected WHERE path = ?", (path,)).fetchone() is None

    def _kept(self, path: str, folder: str) -> str | None:
        """The name that an input of a folder is kept under: its own, or its whole one where another folder has an input
        of that name; None if it is not kept."""
        named = "SELECT path FROM rejected WHERE path IN (?, ?) AND (folder = ? OR path = ?) ORDER BY folder = ? DESC"
        whole = _whole(path, folder)
        found = self._connection.execute(named, (path, whole, folder, whole, folder)).fetchone()
        return None if found is None else str(found[0])


def rejected(corpus: str | Path) -> Sequence[Refusal]:
    """All inputs that are still rejected, in order of time, then of name. Raises CorpusError."""
    corpus = Path(corpus)
    with closing(connect_to_read(corpus)) as connection, sentences(corpus):
        rows = connection.execute("SELECT path, folder, what, remedy, at FROM rejected ORDER BY at, path")
        return [Refusal(*row) for row in rows]


def _stored(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _whole(path: str, folder: str) -> str:
    return str(Path(folder) / path)


def _folder() -> str:
    try:
        return _stored(os.fsdecode(Path.cwd()))
    except OSError:  # it was removed
        return ""
