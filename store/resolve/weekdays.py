"""What a date says by itself: its day, its weekday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from store.extract import dates
from store.models import DateMention
from store.text.fold import fold

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?")
_LETTERS = re.compile(r"[^\W\d_]+")


def own_day(mention: DateMention) -> date | None:
    """The day that a date names by itself, be it with a part of the day; None for any other date."""
    match = _DAY.fullmatch(mention.value) if mention.anchor is None else None
    return date.fromisoformat(match[1]) if match else None


def day_of(value: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None for anything else."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def weekday_in(text: str) -> int | None:
    """The weekday in the words of a date ("الأربعاء 24 يناير"), Monday 1 to Sunday 7."""
    return next(weekdays_in(text), None)


def weekdays_in(text: str) -> Iterator[int]:
    """All weekdays in the words of a date, in order."""
    return (weekday for word in _LETTERS.findall(fold(text)) if (weekday := dates.weekday(word)))


def name_of(day: date) -> str:
    """The name of a day's weekday."""
    return NAMES[day.isoweekday() - 1]
