"""How days, months and years are written for people, by the Gregorian or the Hijri calendar.

Dates come as the corpus keeps them: first and last day (ISO 8601) and how exactly they are known. A stretch that one
calendar has as a month or a year lies across two of the other, which are then both named.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal

from store.extract.dates.calendars import hijri_of
from store.models import Precision

Calendar = Literal["gregorian", "hijri"]
Language = Literal["ar", "en"]
CALENDARS: tuple[Calendar, ...] = ("gregorian", "hijri")

_MONTHS: dict[tuple[Calendar, Language], tuple[str, ...]] = {
    ("gregorian", "ar"): (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    ("gregorian", "en"): (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    ("hijri", "ar"): (
        "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال",
        "ذو القعدة", "ذو الحجة",
    ),
    ("hijri", "en"): (
        "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaban", "Ramadan", "Shawwal",
        "Dhu al-Qada", "Dhu al-Hijja",
    ),
}  # fmt: skip
_ERA: dict[tuple[Calendar, Language], str] = {
    ("gregorian", "ar"): "", ("gregorian", "en"): "", ("hijri", "ar"): " هـ", ("hijri", "en"): " AH",
}  # fmt: skip
_BY_DAY: frozenset[Precision] = frozenset({"time", "day", "week", "range"})
_BY_YEAR: frozenset[Precision] = frozenset({"year", "decade", "century"})


def stretch(value: str) -> tuple[str, str, Precision]:
    """First and last day, and how exact it is, of a day, month, year or decade (`2021-12-09`, `2021-12`, `2021`,
    `202`); what is none of these is taken for a day."""
    match len(value):
        case 3 if value.isdigit():
            return f"{value}0-01-01" if int(value) else "0001-01-01", f"{value}9-12-31", "decade"
        case 4:
            return f"{value}-01-01", f"{value}-12-31", "year"
        case 7 if value[:4].isdigit() and value[5:].isdigit() and 1 <= int(value[5:]) <= 12 and int(value[:4]):
            return f"{value}-01", f"{value}-{monthrange(int(value[:4]), int(value[5:]))[1]}", "month"
    return value, value, "day"


def is_hijri(earliest: str, latest: str) -> bool:
    """Whether the Hijri calendar has both days; before it begins they are written by the Gregorian."""
    return _parts(earliest, "hijri") is not None and _parts(latest, "hijri") is not None


def in_figures(earliest: str, latest: str, precision: Precision, calendar: Calendar = "gregorian") -> str:
    """The shortest writing: `2021-12-14`, `2021-12`, `2021`, stretches with "…" between their ends.

    Of the Hijri calendar the same, as `1443-05-10`. Ends that are no dates of the calendar are given as they are.
    """
    first, last = (_parts(day, calendar) for day in (earliest, latest))
    if first is None or last is None:
        return earliest if earliest == latest else f"{earliest}…{latest}"
    depth = _depth(precision)
    ends = ["-".join(f"{part:0{4 if at == 0 else 2}}" for at, part in enumerate(end[:depth])) for end in (first, last)]
    return "…".join(dict.fromkeys(ends))


def in_words(
    earliest: str, latest: str, precision: Precision, calendar: Calendar = "gregorian", language: Language = "ar"
) -> str:
    """As people say it: `14 ديسمبر 2021`, `رمضان 1440 هـ`, `1–10 مارس 2024`."""
    ends = [_parts(day, calendar) for day in (earliest, latest)]
    if ends[0] is None or ends[1] is None:
        return in_figures(earliest, latest, precision, calendar)
    depth, months = _depth(precision), _MONTHS[calendar, language]
    era = _ERA[calendar, language]
    first, last = ends[0][:depth], ends[1][:depth]
    if first == last:
        return _said(first, months) + era
    if first[0] != last[0]:
        return f"{_said(first, months)} – {_said(last, months)}{era}"
    if first[:2] != last[:2]:
        return f"{_said((0, *first[1:]), months)} – {_said(last, months)}{era}"
    return f"{first[2]}–{_said(last, months)}{era}"


def _depth(precision: Precision) -> int:
    """How many of year, month and day are worth writing."""
    if precision in _BY_DAY:
        return 3
    return 1 if precision in _BY_YEAR else 2


def _said(parts: tuple[int, ...], months: tuple[str, ...]) -> str:
    year, *rest = parts
    words = [months[rest[0] - 1]] if rest else []
    return " ".join([*(str(day) for day in rest[1:]), *words, *([str(year)] if year else [])])


@lru_cache(maxsize=4096)
def _parts(day: str, calendar: Calendar) -> tuple[int, int, int] | None:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return hijri_of(found) if calendar == "hijri" else (found.year, found.month, found.day)
