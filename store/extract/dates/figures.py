"""Dates and times in figures: "14/12/2021", "06:17", "12/2021", "2023/24"."""

from __future__ import annotations

import re

from store.extract.dates.meaning import Figures, Number

CLASSES = ("DATEFIG", "MONTHFIG", "SHORTFIG", "YEARPAIR", "CLOCKFIG")
_SEPARATORS = re.compile(r" ?[/.\-–\\] ?")


def read(kind: str, text: str) -> dict[str, object]:
    """The class and value of a date, a clock time or a pair in figures; empty for what is none."""
    if kind == "clock":
        hour, minute, *second = (int(part) for part in text.split(":"))
        if hour <= 24 and minute < 60:
            return {"CLOCKFIG": (hour, minute, second[0] if second else None)}
    elif kind == "date":
        found = _date(*(part for part in _SEPARATORS.split(text) if part))
        if found:
            return {"DATEFIG": found}
    elif kind == "pair":
        left, right = text.split("/")
        first, second_ = int(left), int(right)
        if len(left) == 4 and (second_ == first + 1 or (len(right) == 2 and second_ == (first + 1) % 100)):
            return {"YEARPAIR": Figures(first, 1, None), "#": Number(first + 1)}
        if len(left) == len(right) == 4 and first == second_ + 1:  # written from right to left
            return {"YEARPAIR": Figures(second_, 1, None), "#": Number(first)}
        for month, year, width in ((first, second_, len(right)), (second_, first, len(left))):
            if 1 <= month <= 12 and width == 4 and (1900 <= year <= 2100 or 1300 <= year <= 1500):
                return {"MONTHFIG": Figures(year, month, None, "G" if year > 1500 else "H")}
        if 1 <= first <= 31 and 1 <= second_ <= 12 and len(left) <= 2 and len(right) <= 2:
            return {"SHORTFIG": Figures(None, second_, first)}
    return {}


def _date(first: str, second: str, third: str) -> Figures | None:
    """Day first, unless the year is, or the month must be."""
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
        if len(third) > 2:
            return None
    elif len(third) in (2, 4) and len(first) <= 2:
        day, month, year = int(first), int(second), int(third)
        if len(third) == 2:
            year += 2000 if year < 50 else 1900
    else:
        return None
    calendar = "H" if 1300 <= year <= 1500 else "G"
    if month > 12 >= day and calendar == "G":
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 2199):
        return None
    return Figures(year, month, day, "H" if calendar == "H" else "G")
