"""What many rows say alike, kept once and known by a small number: who found a span and why, what a date means.

What no row says any more stays, as names and forms do: it will be said again.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

Repeating = Literal[
    "extractors", "grounds", "block_rules", "expressions", "meanings", "stretches", "origins", "sayings"
]
Value = str | int | float | None

_COLUMNS: dict[Repeating, tuple[str, ...]] = {
    "extractors": ("name", "version"),
    "grounds": ("extractor_id", "rule", "score", "reason"),
    "block_rules": ("kind", "rule"),
    "expressions": ("text",),
    "meanings": ("value", "type", "mod", "earliest", "latest", "precision", "modality", "bound"),
    "stretches": ("earliest", "latest"),
    "origins": ("reader", "reader_version", "encoding", "published_basis", "clean_title_basis", "outlet_reason"),
    "sayings": ("name", "value", "origin", "words"),
}
_FIND = {
    table: f"SELECT id FROM {table} WHERE {' AND '.join(f'{column} IS ?' for column in columns)}"
    for table, columns in _COLUMNS.items()
}
_ADD = {
    table: f"INSERT INTO {table}({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for table, columns in _COLUMNS.items()
}
_REMEMBERED = 50_000


class Repeated:
    """Works within the writer's transactions, and remembers between them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[Repeating, tuple[Value, ...]], int] = {}

    def id(self, table: Repeating, *values: Value) -> int:
        """The number of what a row would say, in the order of its columns; a new one where it was never said."""
        key = table, values
        if (known := self._known.get(key)) is not None:
            return known
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        row = self._connection.execute(_FIND[table], values).fetchone()
        found = int(row[0] if row else self._connection.execute(_ADD[table], values).lastrowid or 0)
        self._known[key] = found
        return found

    def ground(self, extractor: str, version: str, rule: str, score: float | None = None, reason: str = "") -> int:
        """The number of who found something, by which rule and how sure, and why it is what it is taken for."""
        return self.id("grounds", self.id("extractors", extractor, version), rule, score, reason)

    def forget(self) -> None:
        """A transaction was taken back."""
        self._known.clear()
