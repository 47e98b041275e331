"""Quantities over time: what numbers of one thing were given when."""

from __future__ import annotations

from collections.abc import Iterable

from store.spoken import QuantityRow
from store.values import value_class

_LENGTHS = {"day": 10, "month": 7, "year": 4, "decade": 3}
"""How much of a date is the stretch that it lies in."""


@value_class(frozen=True, slots=True)
class Figures:
    """The numbers of one stretch of time."""

    value: str | None
    """A day, a month (`2021-12`), a year or a decade (`202`); None for articles without a date."""
    low: float | None
    """The lowest number given; None where only words of many stand there ("عشرات")."""
    high: float | None
    """The highest."""
    sentences: int
    articles: tuple[int, ...]
    """Where, the newest first."""


def by_time(rows: Iterable[QuantityRow], by: str) -> list[Figures]:
    """Numbers by when their articles were published, in order of time, the undated last; `by` is day, month, year or
    decade. A date that is less exact than that is a stretch of its own."""
    found: dict[str, tuple[list[float], dict[tuple[int, int], None]]] = {}
    for row in rows:
        cell = (row.article.published.value or "")[: _LENGTHS[by]]
        numbers, sentences = found.setdefault(cell, ([], {}))
        numbers += [each for each in (row.quantity.low, row.quantity.high) if each is not None]
        sentences[row.article.id, row.sentence.start] = None
    return [
        Figures(
            value or None,
            min(numbers, default=None),
            max(numbers, default=None),
            len(sentences),
            tuple(dict.fromkeys(article for article, _ in sentences)),
        )
        for value, (numbers, sentences) in sorted(found.items(), key=lambda item: (not item[0], item[0]))
    ]
