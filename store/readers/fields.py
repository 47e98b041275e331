"""Checks of what a source says about itself, shared by the formats."""

from __future__ import annotations

import datetime
import re

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
# Seconds, their fraction and the offset are optional, as ISO 8601 and RFC 3339 have them.
_DATETIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::\d{2}(?:[.,]\d{1,9})?)? ?(?:[Zz]|[+-]\d{2}:?\d{2})?$")

EARLIEST, LATEST = 1800, 2100
"""Years a publication date may have: the Arabic press begins after the one, and the other is a typing error."""


def iso_date(value: str) -> str | None:
    """`value` as `2021-12-14` or `2021-12-14T06:17`, or None when it is no such date or an absurd one.

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
    if not EARLIEST <= parsed.year <= LATEST:
        return None
    return f"{day}T{time}" if time else day
