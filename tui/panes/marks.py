"""The names and dates of an article in reading order, and a cursor over them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from store.answers import Article, StoredMention
from store.models import DateMention


@dataclass(frozen=True, slots=True)
class Mark:
    """A name or a date in the text."""

    start: int
    end: int
    value: StoredMention | DateMention

    @property
    def entity_id(self) -> int | None:
        """The entity a name belongs to; None for a date."""
        return self.value.entity_id if isinstance(self.value, StoredMention) else None

    @property
    def kind(self) -> str:
        """`per`, `org`, `loc`, `misc` or `date`."""
        return self.value.mention.type.lower() if isinstance(self.value, StoredMention) else "date"


class Marks:
    """All marks of an article; `at` is the index of the one under the cursor."""

    def __init__(self, article: Article | None = None) -> None:
        self.at: int | None = None
        self._marks: list[Mark] = []
        self._longest = 0
        if article is not None:
            names = (Mark(one.mention.start, one.mention.end, one) for one in article.mentions)
            dates = (Mark(date.start, date.end, date) for date in article.dates)
            self._marks = sorted([*names, *dates], key=lambda mark: (mark.start, -mark.end))
            self._longest = max((mark.end - mark.start for mark in self._marks), default=0)

    @property
    def current(self) -> Mark | None:
        """The mark under the cursor."""
        return self._marks[self.at] if self.at is not None else None

    def between(self, start: int, end: int) -> Iterator[Mark]:
        """Marks that touch `[start, end)` of the text, in order."""
        for at in range(self._from(start - self._longest), len(self._marks)):
            mark = self._marks[at]
            if mark.start >= end:
                return
            if mark.end > start:
                yield mark

    def at_offset(self, offset: int) -> int | None:
        """Index of the mark over a code point."""
        found = next(self.between(offset, offset + 1), None)
        return self._marks.index(found) if found is not None else None

    def starting_at(self, start: int | None) -> int | None:
        """Index of the mark that starts at a code point."""
        at = len(self._marks) if start is None else self._from(start)
        return at if at < len(self._marks) and self._marks[at].start == start else None

    def of_entity(self, entity_id: int) -> int | None:
        """Index of the first mention of an entity."""
        return next((at for at, mark in enumerate(self._marks) if mark.entity_id == entity_id), None)

    def step(self, by: int, reading: int) -> int | None:
        """Index of the next or previous mark, around the ends; from nowhere, the one nearest to an offset."""
        if not self._marks:
            return None
        if self.at is not None:
            return (self.at + by) % len(self._marks)
        at = self._from(reading)
        return min(at, len(self._marks) - 1) if by > 0 else max(0, at - 1)

    def step_same(self, by: int, reading: int) -> int | None:
        """Index of the next or previous mention of the entity under the cursor, around the ends."""
        current = self.current
        if current is None or current.entity_id is None or self.at is None:
            return self.step(by, reading)
        count = len(self._marks)
        around = ((self.at + by * step) % count for step in range(1, count + 1))
        return next(at for at in around if self._marks[at].entity_id == current.entity_id)

    def _from(self, offset: int) -> int:
        return bisect_left(self._marks, offset, key=lambda mark: mark.start)
