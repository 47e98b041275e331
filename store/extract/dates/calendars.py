"""Calendar arithmetic: stretches of days, the Hijri calendar, Easter.

Dates are proleptic Gregorian `datetime.date`. The Hijri calendar is Umm al-Qura (package hijridate, 1343 to 1500);
outside its years the tabular Islamic calendar stands in, which may differ by a day (civil epoch, 16 July 622 Julian;
leap years 2 5 7 10 13 16 18 21 24 26 29 of 30; E. G. Richards, Mapping Time, 1998).
"""

from __future__ import annotations

from datetime import date, timedelta

from store.values import value_class

MIN_YEAR, MAX_YEAR = 1, 9998
_HIJRI_TABLE = range(1343, 1501)
_TABULAR_EPOCH = 227015
"""The proleptic Gregorian ordinal of 1 Muharram 1 (Friday 16 July 622 Julian)."""


@value_class(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def a_date(year: int, month: int, day: int) -> date | None:
    """The day, None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """So many days later, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_days(year: int, month: int) -> Days | None:
    """A Gregorian month."""
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), following - timedelta(days=1))


def year_days(year: int) -> Days | None:
    """A Gregorian year."""
    return Days(date(year, 1, 1), date(year, 12, 31)) if MIN_YEAR <= year <= MAX_YEAR else None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The month `count` months later."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def week_days(day: date) -> Days | None:
    """The ISO week of a day."""
    first = shifted(day, 1 - day.isoweekday())
    last = shifted(day, 7 - day.isoweekday())
    return Days(first, last) if first and last else None


def week_value(day: date) -> str:
    """The ISO week of a day as TIMEX3 writes it."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def thirds(unit: str, days: Days, mod: str) -> Days:
    """The START, MID or END of a stretch: thirds, as years have four months and months ten days of each.

    A week is too short to be cut. A decade's first four years are its beginning, its last three its end.
    """
    first, last = days.first, days.last
    if unit == "M" and days == month_days(first.year, first.month):
        marks = first.replace(day=10), first.replace(day=11), first.replace(day=20), first.replace(day=21)
    elif unit == "Y" and days == year_days(first.year):
        marks = date(first.year, 4, 30), date(first.year, 5, 1), date(first.year, 8, 31), date(first.year, 9, 1)
    elif unit == "DE":
        year = first.year
        marks = date(year + 3, 12, 31), date(year + 4, 1, 1), date(year + 6, 12, 31), date(year + 7, 1, 1)
    elif unit == "W" or (last - first).days < 3:
        return days
    else:
        third = (last - first) // 3
        marks = first + third, first + third, last - third, last - third
    match mod:
        case "START":
            return Days(first, marks[0])
        case "MID":
            return Days(marks[1], marks[2])
        case "END":
            return Days(marks[3], last)
    return days


def season_days(season: str, year: int) -> Days | None:
    """Meteorological seasons of the northern half; the winter of a year may be the one at its beginning or its end."""
    months = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
    if season in months:
        first, last = month_days(year, months[season][0]), month_days(year, months[season][1])
    else:
        first, last = month_days(year, 1), month_days(year + 1, 2)
    return Days(first.first, last.last) if first and last else None


def easter(year: int, orthodox: bool = False) -> date:
    """Easter Sunday (Meeus, Astronomical Algorithms, 1991, chapter 8), also the Orthodox one."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return date(year, month, day + 1) + _julian(year)
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def passover(year: int) -> date:
    """The first day of Passover, 15 Nisan (Gauss's rule), in a Gregorian year."""
    hebrew = year + 3760
    a, b = (12 * hebrew + 17) % 19, hebrew % 4
    moon = 32.0440932 + 1.5542418 * a + 0.25 * b - 0.00317779 * hebrew
    march = int(moon)
    weekday = (march + 3 * hebrew + 5 * b + 5) % 7
    if weekday in (2, 4, 6):
        march += 1
    elif weekday == 1 and a > 6 and moon - march >= 0.63287037:
        march += 2
    elif weekday == 0 and a > 11 and moon - march >= 0.89772376:
        march += 1
    return date(year, 3, 1) + timedelta(days=march - 1) + _julian(year)


def _julian(year: int) -> timedelta:
    """How far a day of the Julian calendar lies behind that of the Gregorian, from March of the year on."""
    return timedelta(days=year // 100 - year // 400 - 2)


def _tabular(year: int, month: int, day: int) -> date | None:
    ordinal = _TABULAR_EPOCH + day - 1 + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date; None when the month has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= year <= 2000):
        return None
    if year not in _HIJRI_TABLE:  # no month of the tabular calendar has a 31st
        return _tabular(year, month, day) if day <= 30 else None
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_month(year: int, month: int) -> Days | None:
    """The Gregorian days of a Hijri month."""
    first, following = hijri_day(year, month, 1), hijri_day(year + month // 12, month % 12 + 1, 1)
    return Days(first, following - timedelta(days=1)) if first and following else None


def hijri_year(year: int) -> Days | None:
    """The Gregorian days of a Hijri year."""
    first, following = hijri_day(year, 1, 1), hijri_day(year + 1, 1, 1)
    return Days(first, following - timedelta(days=1)) if first and following else None


def hijri_of(day: date) -> tuple[int, int, int] | None:
    """Year, month and day of the Hijri calendar; None before it begins."""
    year = hijri_year_of(day)
    for month in range(1, 13):
        days = hijri_month(year, month)
        if days and day in days:
            return year, month, (day - days.first).days + 1
    return None


def hijri_year_of(day: date) -> int:
    """The Hijri year a Gregorian day lies in."""
    guess = max(1, int((day.toordinal() - _TABULAR_EPOCH) / 354.36667) + 1)
    for year in (guess, guess - 1, guess + 1):
        days = hijri_year(year)
        if days and day in days:
            return year
    return guess
