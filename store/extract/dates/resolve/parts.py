"""Values of parts of units, of beginnings and ends, and of stretches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.extract.dates.calendars import (
    Days,
    add_months,
    month_days,
    shifted,
    thirds,
    week_days,
    week_value,
    year_days,
)
from store.extract.dates.context import Context, Resolve, Resolved, Resolvers
from store.extract.dates.meaning import Day, Interval, Meaning, Modified, Month, Nth, Several, Shift, Weekday
from store.extract.dates.resolve.units import quarter


def _stretch(first: date, last: date) -> Resolved:
    return Resolved("DATE", f"{first}/{last}", "R", Days(first, last))


def _nth(meaning: Nth, context: Context, resolve: Resolve) -> Resolved | None:
    unit, number = meaning.unit, meaning.number
    if meaning.of is None:
        return _quarter_alone(number, context)
    of = resolve(meaning.of, context)
    if of is None:
        return None
    if of.days is None:
        return Resolved("DATE", f"XXXX-{unit}{number}", unit) if unit in "QH" and number > 0 else None
    found = _part(unit, number, of)
    return replace(found, anchor=of.anchor, explicit=of.explicit) if found else None


def _part(unit: str, number: int, of: Resolved) -> Resolved | None:
    assert of.days is not None
    first, last = of.days.first, of.days.last
    if unit in ("Q", "H", "T"):
        return _fraction(unit, number, of)
    if unit == "D":
        day = shifted(first, number - 1) if number > 0 else shifted(last, number + 1)
        return Resolved("DATE", str(day), "D", Days(day, day)) if day and (day in of.days or of.unit == "D") else None
    if unit == "W":
        if of.unit == "Y" and number > 0:
            day = shifted(date(first.year, 1, 4), 7 * (number - 1))
            return Resolved("DATE", week_value(day), "W", week_days(day)) if day else None
        start = shifted(first, 7 * (number - 1)) if number > 0 else shifted(last, 7 * number + 1)
        end = shifted(start, 6) if start else None
        return _stretch(max(start, first), min(end, last)) if start and end and start <= last else None
    if unit == "M" and of.unit in ("Y", "R"):
        year, month = add_months(first.year, first.month, number - 1 if number > 0 else 12 + number)
        return Resolved("DATE", f"{year:04}-{month:02}", "M", month_days(year, month))
    if unit == "Y" and of.unit in ("DE", "CE"):
        year = first.year + number - 1 if number > 0 else last.year + number + 1
        return Resolved("DATE", f"{year:04}", "Y", year_days(year))
    decades = (last.year - first.year + 1) // 10
    if unit == "DE" and of.unit in ("CE", "R") and decades >= 10 and -decades <= number <= decades:
        start_year = first.year + 10 * (number - 1 if number > 0 else decades + number)
        begin, end_days = year_days(start_year), year_days(start_year + 9)
        days = Days(begin.first, end_days.last) if begin and end_days else None
        return Resolved("DATE", f"{start_year // 10:03}", "DE", days)
    return None


def _fraction(unit: str, number: int, of: Resolved) -> Resolved | None:
    assert of.days is not None
    first, last = of.days.first, of.days.last
    count = {"Q": 4, "H": 2, "T": 3}[unit]
    number = number if number > 0 else count + 1 + number
    if of.unit == "Y" and unit == "Q":
        return quarter(first.year, number)
    if of.unit == "Y" and unit == "H":
        half = Days(date(first.year, 6 * number - 5, 1), date(first.year, 6, 30) if number == 1 else last)
        return Resolved("DATE", f"{first.year:04}-H{number}", "H", half)
    if unit == "T" or of.unit not in ("M", "DE", "CE"):
        part = thirds(of.unit, of.days, ("START", "MID", "END")[min(number, 3) - 1])
        return _stretch(part.first, part.last)
    if of.unit == "M":
        return _stretch(first, first.replace(day=15)) if number == 1 else _stretch(first.replace(day=16), last)
    middle = (first.year + last.year) // 2
    years = (first.year, middle) if number == 1 else (middle + 1, last.year)
    return Resolved("DATE", f"{years[0]:04}/{years[1]:04}", "R", Days(date(years[0], 1, 1), date(years[1], 12, 31)))


def _quarter_alone(number: int, context: Context) -> Resolved | None:
    """A quarter of the document's year, or of the year before when it has not begun and nothing says it is to come."""
    if context.anchor is None:
        return Resolved("DATE", f"XXXX-Q{number}" if number > 0 else "XXXX-QX", "Q")
    number = number if number > 0 else 5 + number
    found = quarter(context.anchor.year, number)
    if found and found.days and found.days.first > context.anchor and not context.future:
        found = quarter(context.anchor.year - 1, number)
    return found.anchored(context.anchor_text) if found else None


def _several(meaning: Several, context: Context, resolve: Resolve) -> Resolved | None:
    of = resolve(meaning.of or Shift("Y", 0), context)
    if of is None or of.days is None:
        return None
    parts = [_part(meaning.unit, -meaning.count if meaning.last else 1, of)]
    parts.append(_part(meaning.unit, -1 if meaning.last else meaning.count, of))
    first, last = parts
    if first is None or last is None or first.days is None or last.days is None:
        return None
    if meaning.unit == "W":
        return replace(_stretch(first.days.first, last.days.last), anchor=of.anchor, explicit=of.explicit)
    days = Days(first.days.first, last.days.last)
    return Resolved("DATE", f"{first.value}/{last.value}", "R", days, anchor=of.anchor, explicit=of.explicit)


def _modified(meaning: Modified, context: Context, resolve: Resolve) -> Resolved | None:
    of = resolve(meaning.of, context)
    if of is None:
        return None
    days = thirds(of.unit, of.days, meaning.mod) if of.days else None
    return replace(of, mod=meaning.mod, days=days)


def _interval(meaning: Interval, context: Context, resolve: Resolve) -> Resolved | None:
    """The end first: what the beginning leaves out lies just before it."""
    last = resolve(meaning.last, context)
    if last is None:
        return None
    lean = _without_year(meaning.first)
    if lean and last.days:
        first = resolve(lean, Context(last.days.first, anchor_text=last.value))
    else:
        first = resolve(meaning.first, context)
    if first is None:
        return None
    value = f"{first.value}/{last.value}"
    if first.days is None or last.days is None:
        return Resolved("DATE", value, "R")
    if first.days.first > last.days.last:
        return None
    days = Days(first.days.first, last.days.last)
    if value.count("/") > 1:
        value = f"{days.first}/{days.last}"
    return Resolved("DATE", value, "R", days, anchor=last.anchor, explicit=last.explicit)


def _without_year(meaning: Meaning) -> Meaning | None:
    """A beginning that says no year, free of direction and weekday; None when it says one."""
    match meaning:
        case Day(month=Month(year=None) as month):
            return replace(meaning, month=replace(month, direction=None), weekday=None)
        case Month(year=None) | Weekday():
            return replace(meaning, direction=None)
    return None


RESOLVERS: Resolvers = {
    Nth: _nth,
    Several: _several,
    Modified: _modified,
    Interval: _interval,
}
