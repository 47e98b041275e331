"""Dates of publication in ISO 8601, as sources and people write them."""

from __future__ import annotations

import datetime
import re
import unicodedata

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
# Seconds, their fraction and the offset are optional, as ISO 8601 and RFC 3339 have them.
_DATETIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::\d{2}(?:[.,]\d{1,9})?)? ?(?:[Zz]|[+-]\d{2}:?\d{2})?$")

EARLIEST, LATEST = 1800, 2100
"""Years a source may give: what stands for no date (0001, 1601, 1753) lies before the one, where there was no Arabic
press, and after the other lie typing errors."""
OLDEST = 1
"""The first year a person may give: newspapers and manuscripts that are older than that press have a date too."""


def date_given(value: str) -> str | None:
    """A date of publication as a person gives it: `2021`, `2021-12`, or what `iso_date` takes, in the digits of any
    script, from the year OLDEST on; None when it is no such date or one to come after LATEST."""
    value = "".join(str(unicodedata.decimal(ch, ch)) for ch in value.strip())
    match = _PART.fullmatch(value)
    if match is None:
        return iso_date(value, OLDEST)
    within = OLDEST <= int(match[1]) <= LATEST and 1 <= int(match[2] or 1) <= 12
    return value if within else None


def iso_date(value: str, earliest: int = EARLIEST) -> str | None:
    """`value` as `2021-12-14` or `2021-12-14T06:17`, or None when it is no such date or an absurd one: of a year before
    `earliest` or after LATEST.

    The publisher's own clock is kept, to the minute: an article dated 23:30 in Baghdad is of that day.
    """
    value = value.strip()
    match = _DATETIME.match(value)
    day, time = match.groups() if match else (value, None)
    if not _DATE.match(day) or not day.isascii():
        return None
    try:
        parsed = datetime.date.fromisoformat(day)
        if time:
            datetime.time.fromisoformat(time)
    except ValueError:
        return None
    if not earliest <= parsed.year <= LATEST:
        return None
    return f"{day}T{time}" if time else day
