"""What each transaction of a writer has changed, so that readers need not read everything anew: see
`store.database.kept`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

ARTICLE, ENTITY, EVENT = 0, 1, 2
"""What a note is about: an article that has come, gone, or been given other events or another date; an entity whose
articles are others now; an event that is another or gone."""
NOTES = 4096
"""So many transactions are noted."""


class Notes:
    """What a writer's transaction has changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changed: dict[int, set[int]] = {ARTICLE: set(), ENTITY: set(), EVENT: set()}

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
        (number,) = execute("UPDATE revision SET number = number + 1 RETURNING number").fetchone()
        self._connection.executemany(
            "INSERT INTO changes VALUES (?, ?, ?)",
            [(number, kind, what) for kind, several in self._changed.items() for what in sorted(several)],
        )
        if number % (NOTES // 16) == 0:
            execute("UPDATE revision SET logged_since = max(logged_since, ?)", (number - NOTES,))
            execute("DELETE FROM changes WHERE revision <= ?", (number - NOTES,))
        self.forget()
