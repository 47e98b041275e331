"""Times as pages write them, on the publisher's own clock."""

from __future__ import annotations

import re

from store.text.iso_dates import EARLIEST, LATEST, iso_date

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[\sT,-]+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2})(?::?\d{2})?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[\sT,-]+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?\s+(?:(?P<late>\d{1,2}),?\s+)?(?P<year>\d{4})"
    r"(?:[\s,at-]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[AaPp][Mm])?)?"
)


def moment(value: str) -> str | None:
    """A written time as `2021-12-14` or `2021-12-14T06:17`, or None where it is none or can be read in two ways.

    >>> moment("Tue, 17 Mar 2020 17:27:41 GMT")
    '2020-03-17T17:27'
    """
    value = value.translate(_DIGITS).strip()[:80]
    if (found := iso_date(value)) is not None:
        return found
    if match := _COMPACT.match(value):
        return _put(match[1], match[2], match[3], match[4], match[5])
    if match := _YEAR_FIRST.match(value):
        return _put(*match.groups())
    if match := _DAY_FIRST.match(value):
        first, second, year, *clock = match.groups()
        if int(first) > 12 or first == second:
            return _put(year, second, first, *clock)
        return _put(year, first, second, *clock) if int(second) > 12 else None
    match = _NAMED.search(value)
    day = (match["day"] or match["late"]) if match else None
    if not match or day is None or match["month"][:3].lower() not in _MONTHS:
        return None
    month = str(_MONTHS.index(match["month"][:3].lower()) + 1)
    return _put(match["year"], month, day, match["hour"], match["minute"], match["half"])


def _put(
    year: str, month: str, day: str, hour: str | None = None, minute: str | None = None, half: str | None = None
) -> str | None:
    if not EARLIEST <= int(year) <= LATEST:
        return None
    written = f"{year}-{int(month):02}-{int(day):02}"
    if hour is not None and minute is not None:
        clock = int(hour)
        if half and clock <= 12:
            clock = clock % 12 + (12 if half.lower() == "pm" else 0)
        return iso_date(f"{written}T{clock:02}:{minute}") or iso_date(written)
    return iso_date(written)
