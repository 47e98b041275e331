"""What each transaction of a writer has changed, so that readers need not read everything anew: see
`store.database.kept`."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable

ARTICLE, ENTITY, EVENT, LIST, STORY = 0, 1, 2, 3, 4
"""What a note is about: an article that has come, gone, or been given other words, events or another date; an entity
whose articles are others now; an event that is another or gone; an entity whose list (`store.database.companions`) was
dropped, 0 for all; an article whose copies (`store.database.stories`) are others or in another order."""
_KINDS = (ARTICLE, ENTITY, EVENT, LIST, STORY)
NOTES = 4096
"""So many transactions are noted."""


class Notes:
    """What a writer's transaction has changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changed: dict[int, set[int]] = {kind: set() for kind in _KINDS}

    def note(self, kind: int, what: Iterable[int]) -> None:
        """Something has changed."""
        self._changed[kind].update(what)

    def forget(self) -> None:
        """The transaction was taken back."""
        for each in self._changed.values():
            each.clear()

    def flush(self) -> None:
        """Counts the transaction and writes down what it has changed; forgets what was noted long ago."""
        execute = self._connection.execute
        number = begin(self._connection)
        self._connection.executemany(
            "INSERT INTO changes VALUES (?, ?, ?)",
            [(number, kind, what) for kind, several in self._changed.items() for what in sorted(several)],
        )
        if number % (NOTES // 16) == 0:
            execute("DELETE FROM revisions WHERE number < ?", (number - NOTES,))
            execute("DELETE FROM changes WHERE revision <= ?", (number - NOTES,))
        self.forget()


def begin(connection: sqlite3.Connection) -> int:
    """Counts another transaction; returns its number.

    It gets a stamp besides: a copy of the file that went another way has the same numbers, but not the same stamps.
    """
    (number,) = connection.execute(
        "INSERT INTO revisions SELECT coalesce(max(number), 0) + 1, ? FROM revisions RETURNING number",
        (secrets.randbits(62),),
    ).fetchone()
    return int(number)


def revision(connection: sqlite3.Connection) -> tuple[int, int]:
    """The number and the stamp of the last transaction; zeros where none was counted."""
    row = connection.execute("SELECT number, stamp FROM revisions ORDER BY number DESC LIMIT 1").fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def changed_since(connection: sqlite3.Connection, number: int, stamp: int) -> dict[int, set[int]] | None:
    """What has changed since a transaction, by kind; None where that is not known, or it was none of this corpus."""
    known = connection.execute("SELECT 1 FROM revisions WHERE (number, stamp) = (?, ?)", (number, stamp)).fetchone()
    if known is None:
        return None
    changed: dict[int, set[int]] = {kind: set() for kind in _KINDS}
    for kind, what in connection.execute("SELECT kind, what FROM changes WHERE revision > ?", (number,)):
        changed[kind].add(what)
    return changed
