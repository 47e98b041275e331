"""Many integers out of SQLite at once.

A row costs Python three times what it costs SQLite, so long columns come as one string that SQLite writes and numpy
reads (3 times as fast on 100,000 rows). Numpy and pyroaring are imported by what imports this, never to start.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pyroaring import BitMap

if TYPE_CHECKING:
    from numpy.typing import NDArray

Ints: TypeAlias = "NDArray[np.int64]"

_AT_ONCE = 400_000
"""Characters parsed at a time: some 3 ms, during which no other thread of Python runs."""


def columns(connection: sqlite3.Connection, sql: str, parameters: Sequence[object] = (), wide: int = 1) -> list[Ints]:
    """The `wide` columns of a query, which calls them a, b, c …, whose values must be integers; all in one order."""
    wanted = ", ".join(f"group_concat({name}, ' ')" for name in "abcdefgh"[:wide])
    row = connection.execute(f"SELECT {wanted} FROM ({sql})", parameters).fetchone()
    return [parsed(text or "") for text in row]


def column(connection: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> Ints:
    """The only column of a query, which calls it a."""
    return columns(connection, sql, parameters)[0]


def parsed(text: str) -> Ints:
    """Integers written with a space between them."""
    parts = []
    start = 0
    while start < len(text):
        end = text.find(" ", start + _AT_ONCE)
        end = len(text) if end < 0 else end
        parts.append(np.fromstring(text[start:end], dtype=np.int64, sep=" "))
        start = end + 1
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def ids_of(numbers: Ints | NDArray[np.int32]) -> array[int]:
    """The same numbers as lists hold them."""
    ids = array("q")
    ids.frombytes(numbers.astype(np.int64, copy=False).tobytes())
    return ids


def bitmap(numbers: Ints | NDArray[np.int32]) -> BitMap:
    """The set of these numbers, which fit 32 bits."""
    members = array("I")
    members.frombytes(numbers.astype(np.uint32).tobytes())
    return BitMap(members)


def members(found: BitMap) -> Ints:
    """What a set holds, ascending."""
    return np.frombuffer(found.to_array(), np.uint32).astype(np.int64)


def selected(connection: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> BitMap:
    """The only column of a query, which calls it a, as a set."""
    return bitmap(column(connection, sql, parameters))


def listed(numbers: Iterable[int]) -> str:
    """Integers as a parameter for `json_each`."""
    return f"[{','.join(map(str, numbers))}]"
