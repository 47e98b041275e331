"""What a list holds: ids in parts, each below a header or none. A million ids are shared, never copied or walked."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

_PIECE = 1 << 15
"""Ids compared in one go (0.3 ms): between two pieces other threads get their turn."""


@dataclass(frozen=True, slots=True)
class Part:
    """Ids below a header; each stands in the list as itself and `base`."""

    ids: array[int]
    header: str = ""
    base: int = 0


class Listing(Sequence[int]):
    """Keys by position: ids, and negative ones for headers (-1 is `headers[0]`, and so on)."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self.headers: list[str] = []
        self._parts: list[tuple[int, int, Part]] = []
        """(position of the first id, key of the header or 0, part)"""
        self._ends: list[int] = []
        end = 0
        for part in parts:
            if not part.ids:
                continue
            header = 0
            if part.header:
                self.headers.append(part.header)
                header, end = -len(self.headers), end + 1
            self._parts.append((end, header, part))
            end += len(part.ids)
            self._ends.append(end)
        self._length = end

    @classmethod
    def of(cls, ids: array[int]) -> Listing:
        """Ids alone."""
        return cls((Part(ids),))

    def __len__(self) -> int:
        return self._length

    @property
    def rows(self) -> int:
        """How many rows there are without the headers."""
        return self._length - len(self.headers)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self._length))]
        if at < 0:
            at += self._length
        if not 0 <= at < self._length:
            raise IndexError("no such row")
        first, header, part = self._parts[bisect_right(self._ends, at)]
        return part.ids[at - first] + part.base if at >= first else header

    def __iter__(self) -> Iterator[int]:
        for _first, header, part in self._parts:
            if header:
                yield header
            yield from (key + part.base for key in part.ids) if part.base else part.ids

    def find(self, key: int, near: int = 0, within: int | None = None) -> int | None:
        """The position of a row's key, None where it is not there; looked for from `near` outward, at most `within`
        rows away. A million rows take some 10 ms, which is a thread's work."""
        if not self._length or key < 0:
            return None
        near = max(0, min(self._length - 1, near))
        if self[near] == key:
            return near
        low = high = near
        bottom = 0 if within is None else max(0, near - within)
        top = self._length if within is None else min(self._length, near + within + 1)
        while low > bottom or high < top:
            for first, last in ((max(bottom, low - _PIECE), low), (high, min(top, high + _PIECE))):
                found = self._find(key, first, last) if first < last else None
                if found is not None:
                    return found
            low, high = max(bottom, low - _PIECE), min(top, high + _PIECE)
        return None

    def _find(self, key: int, first: int, last: int) -> int | None:
        for start, _header, part in self._parts:
            begin, end = max(first, start) - start, min(last, start + len(part.ids)) - start
            if begin < end:
                try:
                    return start + part.ids.index(key - part.base, begin, end)
                except ValueError:
                    continue
        return None
