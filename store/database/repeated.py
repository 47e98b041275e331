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
"""About how many of each are remembered."""


class Repeated:
    """Works within the writer's transactions, and remembers between them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[Repeating, dict[tuple[Value, ...], int]] = {table: {} for table in _COLUMNS}
        self._grounds: dict[tuple[Value, ...], int] = {}

    def id(self, table: Repeating, *values: Value) -> int:
        """The number of what a row would say, in the order of its columns; a new one where it was never said."""
        known = self._known[table]
        if (number := known.get(values)) is not None:
            return number
        if len(known) > _REMEMBERED:
            known.clear()
        row = self._connection.execute(_FIND[table], values).fetchone()
        found = int(row[0] if row else self._connection.execute(_ADD[table], values).lastrowid or 0)
        known[values] = found
        return found

    def ground(self, extractor: str, version: str, rule: str, score: float | None = None, reason: str = "") -> int:
        """The number of who found something, by which rule and how sure, and why it is what it is taken for."""
        said = extractor, version, rule, score, reason
        if (number := self._grounds.get(said)) is None:
            if len(self._grounds) > _REMEMBERED:
                self._grounds.clear()
            number = self.id("grounds", self.id("extractors", extractor, version), rule, score, reason)
            self._grounds[said] = number
        return number

    def forget(self) -> None:
        """A transaction was taken back."""
        for known in self._known.values():
            known.clear()
        self._grounds.clear()
