"""Time cut into cells of one length: days, months, years or decades, numbered without gaps."""

from __future__ import annotations

from datetime import date

from store.answers import Unit


def cell_of(day: str, unit: Unit) -> int | None:
    """The number of the cell that a day (`2021-12-09`) lies in; None for what is no date."""
    try:
        first = date.fromisoformat(day)
    except ValueError:
        return None
    return {
        "day": first.toordinal(), "month": first.year * 12 + first.month - 1, "year": first.year,
        "decade": first.year // 10,
    }[unit]  # fmt: skip


def first_of(cell: int, unit: Unit) -> date | None:
    """The first day of a cell; None outside the calendar."""
    try:
        match unit:
            case "day":
                return date.fromordinal(cell)
            case "month":
                return date(cell // 12, cell % 12 + 1, 1)
            case "year":
                return date(cell, 1, 1)
            case "decade":
                return date(max(1, cell * 10), 1, 1)
    except (ValueError, OverflowError):
        return None


def value_of(cell: int, unit: Unit) -> str:
    """A cell as buckets are written: `2021-12-09`, `2021-12`, `2021`, `202`; its number outside the calendar.

    >>> value_of(2021 * 12 + 11, "month"), value_of(202, "decade")
    ('2021-12', '202')
    """
    first = first_of(cell, unit)
    if unit == "decade" or first is None:
        return f"{cell:03}"
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]
