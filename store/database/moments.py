"""Points in time as the corpus orders them, and the days a filter means."""

from __future__ import annotations

import calendar
import re
from datetime import date

from store.errors import QueryError

UNDATED = 0
"""The moment of an article without a date: before all others, so that newest first puts it last."""

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d).*)?)?)?", re.DOTALL)


def moment(value: str | None) -> int:
    """Minutes from 0001-01-01T00:00 to an ISO 8601 date or time as written (its zone left aside); a year or a
    month alone stands for its first day. UNDATED for None and for what is no date."""
    if value is None or not (match := _ISO.fullmatch(value.strip())):
        return UNDATED
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    try:
        days = date(year or 0, month or 1, day or 1).toordinal()
    except ValueError:
        return UNDATED
    return days * 1440 + min(hour or 0, 23) * 60 + min(minute or 0, 59)


def first_day(value: str) -> str:
    """The first day of a day, month or year (`2021`, `2021-12`, `2021-12-09`). Raises QueryError."""
    year, month, day = _parts(value)
    return f"{year:04}-{month or 1:02}-{day or 1:02}"


def last_day(value: str) -> str:
    """The last day of a day, month or year. Raises QueryError."""
    year, month, day = _parts(value)
    month = month or 12
    return f"{year:04}-{month:02}-{day or calendar.monthrange(year, month)[1]:02}"


def day_number(day: str) -> int | str:
    """A day as `event_names` has it, which is short and in the order of days: 20211209. What is none stays as it is."""
    digits = day.replace("-", "")
    return int(digits) if len(day) == 10 and len(digits) == 8 and digits.isdigit() else day


def _parts(value: str) -> tuple[int, int | None, int | None]:
    match = _ISO.fullmatch(value.strip())
    if match:
        year, month, day = int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            pass
        else:
            return year, month, day
    raise QueryError("is no date", value, "write it as 2021, 2021-12 or 2021-12-09")
