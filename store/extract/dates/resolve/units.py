"""Values of years, of units counted from now or from a mention, of seasons, decades and centuries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.extract.dates.calendars import (
    Days,
    a_date,
    add_months,
    hijri_year,
    month_days,
    season_days,
    shifted,
    week_days,
    week_value,
    year_days,
)
from store.extract.dates.context import Context, Resolve, Resolved, Resolvers
from store.extract.dates.meaning import (
    Century,
    Decade,
    InYear,
    Matches,
    Millennium,
    Running,
    Season,
    Shift,
    Vague,
    Weekend,
    Year,
)

_KICK_OFF = 7
"""The month in which a season of matches begins."""
UNKNOWN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "Q": "XXXX-QX", "DE": "XXX", "CE": "XX",
}  # fmt: skip
"""How a unit is written when nothing says which one it is."""


def _year(meaning: Year, _: Context, _resolve: Resolve) -> Resolved | None:
    if meaning.bc:
        return Resolved("DATE", f"BC{meaning.number:04}", "Y", explicit=True)
    if meaning.calendar == "H":
        days = hijri_year(meaning.number)
        return Resolved("DATE", f"{days.first}/{days.last}", "Y", days, explicit=True) if days else None
    days = year_days(meaning.number)
    return Resolved("DATE", f"{meaning.number:04}", "Y", days, explicit=True) if days else None


def unit_around(unit: str, day: date, offset: int) -> Resolved | None:
    """The unit that lies `offset` units from the one around `day`."""
    match unit:
        case "D":
            found = shifted(day, offset)
            return Resolved("DATE", str(found), "D", Days(found, found)) if found else None
        case "W":
            found = shifted(day, 7 * offset)
            return Resolved("DATE", week_value(found), "W", week_days(found)) if found else None
        case "M":
            year, month = add_months(day.year, day.month, offset)
            return Resolved("DATE", f"{year:04}-{month:02}", "M", month_days(year, month))
        case "Q":
            index = day.year * 4 + (day.month - 1) // 3 + offset
            return quarter(index // 4, index % 4 + 1)
        case "Y":
            days = year_days(day.year + offset)
            return Resolved("DATE", f"{day.year + offset:04}", "Y", days) if days else None
        case "DE":
            return _years(10, day.year // 10 + offset, "DE")
        case "CE":
            return _years(100, day.year // 100 + offset, "CE")
    return None


def quarter(year: int, number: int) -> Resolved | None:
    """A quarter of a year."""
    first, last = month_days(year, 3 * number - 2), month_days(year, 3 * number)
    return Resolved("DATE", f"{year:04}-Q{number}", "Q", Days(first.first, last.last)) if first and last else None


def _years(span: int, index: int, unit: str) -> Resolved | None:
    first, last = year_days(index * span), year_days(index * span + span - 1)
    width = 3 if span == 10 else 2
    days = Days(first.first, last.last) if first and last else None
    return Resolved("DATE", f"{index:0{width}}", unit, days) if index >= 0 else None


def shift(meaning: Shift, context: Context) -> Resolved | None:
    unit, offset = meaning.unit, meaning.offset
    if meaning.from_mention:
        mention = context.mentioned(unit, in_sentence=offset < 0, far=meaning.far)
        if mention and mention.days:
            from_end = offset > 0 and unit == "D"
            found = unit_around(unit, mention.days.last if from_end else mention.days.first, offset)
            return replace(found, anchor=mention.value, explicit=mention.explicit, from_mention=True) if found else None
        if offset >= 0:
            return Resolved("DATE", UNKNOWN[unit], unit)
    if context.anchor is None:
        return Resolved("DATE", UNKNOWN[unit], unit)
    if meaning.new:
        offset = int(context.anchor.month >= (7 if context.future else 10))
    if meaning.weekday:
        offset += _correction(context.anchor, offset, meaning.weekday)
    found = unit_around(unit, context.anchor, offset)
    return found.anchored(context.anchor_text) if found else None


def _running(meaning: Running, context: Context, _resolve: Resolve) -> Resolved | None:
    """The day the sentence has named, else the present unit."""
    last = context.history[-1] if context.history else None
    if last and last.sentence == context.sentence and last.unit == meaning.unit:
        return replace(last, type="DATE", value=last.value[:10], mod=None)
    return shift(Shift(meaning.unit, 0), context)


def _matches(meaning: Matches, context: Context, _resolve: Resolve) -> Resolved | None:
    if context.anchor is None:
        return Resolved("DATE", "XXXX/XXXX", "R")
    month, offset = context.anchor.month, meaning.offset
    current = context.anchor.year - (month < _KICK_OFF)
    if offset > 0 and _KICK_OFF <= month < _KICK_OFF + 2:  # the one that is about to begin
        offset -= 1
    if offset < 0 and month == _KICK_OFF - 1:  # the one that has just ended
        offset += 1
    first, last = year_days(current + offset), year_days(current + offset + 1)
    if first is None or last is None:
        return None
    days = Days(date(current + offset, _KICK_OFF, 1), date(current + offset + 1, _KICK_OFF - 1, 30))
    value = f"{current + offset:04}/{current + offset + 1:04}"
    return Resolved("DATE", value, "R", days, anchor=context.anchor_text)


def _correction(anchor: date, offset: int, weekday: int) -> int:
    """How far the weekday said with a day lies from it: a text may be dated a day after it was written."""
    day = shifted(anchor, offset)
    off = (weekday - day.isoweekday() + 3) % 7 - 3 if day else 0
    return off if abs(off) <= 2 else 0


def _in_year(meaning: InYear, context: Context, resolve: Resolve) -> Resolved | None:
    found, year = shift(meaning.unit_meant, context), resolve(meaning.year, context)
    if found and found.days is None and meaning.unit_meant.offset == 0:  # none was mentioned: the present one
        found = shift(Shift(meaning.unit_meant.unit, 0), context)
    if found is None or found.days is None or year is None or year.days is None:
        return Resolved("DATE", UNKNOWN[meaning.unit_meant.unit], meaning.unit_meant.unit)
    moved = a_date(year.days.first.year, found.days.first.month, found.days.first.day)
    other = unit_around(found.unit, moved, 0) if moved else None
    return replace(other, anchor=year.anchor, explicit=year.explicit) if other else None


def year_of(said: Year | Shift | None, context: Context, resolve: Resolve) -> tuple[int | None, Resolved | None]:
    """The Gregorian year that is said, and what it rests on."""
    if said is None:
        return None, None
    found = resolve(said, context)
    return (found.days.first.year if found and found.days else None), found


def _season(meaning: Season, context: Context, resolve: Resolve) -> Resolved | None:
    name = meaning.season
    year, rest = year_of(meaning.year, context, resolve)
    anchor = rest.anchor if rest else None
    if year is None and meaning.year is None and context.anchor:
        here, anchor = context.anchor, context.anchor_text
        months = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}[name]
        month = here.month + 12 * (name == "WI" and here.month <= 2)
        current = here.year - (month > 12)
        direction = meaning.direction or 0
        if meaning.ahead and not context.future:
            return None
        if meaning.direction is None and not months[0] <= month <= months[1]:
            direction = 1 if context.future else -1 if month < months[0] else 0
        if direction < 0:
            year = current + direction + (month > months[1])
        else:
            year = current + direction - (direction > 0 and month < months[0])
    if year is None:
        return Resolved("DATE", f"XXXX-{name}", "S")
    return Resolved("DATE", f"{year:04}-{name}", "S", season_days(name, year), anchor=anchor)


def _decade(meaning: Decade, context: Context, resolve: Resolve) -> Resolved | None:
    century = resolve(meaning.century, context) if meaning.century else None
    if meaning.century and (century is None or century.days is None):
        return Resolved("DATE", f"XX{meaning.decade // 10}", "DE")
    first = century.days.first.year if century and century.days else 1900
    found = _years(10, (first + meaning.decade) // 10, "DE")
    return found.anchored(century.anchor) if found and century else found


def _century(meaning: Century, _: Context, _resolve: Resolve) -> Resolved | None:
    if meaning.bc:  # no days: the calendar begins later
        return Resolved("DATE", f"BC{meaning.number - 1:02}", "CE", explicit=True)
    return _years(100, meaning.number - 1, "CE")


def _millennium(meaning: Millennium, _: Context, _resolve: Resolve) -> Resolved | None:
    if meaning.bc:
        return Resolved("DATE", f"BC{meaning.number - 1}", "R", explicit=True)
    first, last = year_days(meaning.number * 1000 - 1000), year_days(meaning.number * 1000 - 1)
    days = Days(first.first, last.last) if first and last else None
    return Resolved("DATE", str(meaning.number - 1), "R", days)


def _weekend(meaning: Weekend, context: Context, _resolve: Resolve) -> Resolved | None:
    week = shift(Shift("W", meaning.offset), context)
    if week is None or week.days is None:
        return Resolved("DATE", "XXXX-WXX-WE", "W")
    first = shifted(week.days.first, 4)
    return replace(week, value=f"{week.value}-WE", days=Days(first, week.days.last)) if first else None


def _vague(meaning: Vague, _: Context, _resolve: Resolve) -> Resolved | None:
    return Resolved("DATE", meaning.value, "")


RESOLVERS: Resolvers = {
    Year: _year,
    Shift: lambda meaning, context, _: shift(meaning, context),
    InYear: _in_year,
    Running: _running,
    Matches: _matches,
    Season: _season,
    Decade: _decade,
    Century: _century,
    Millennium: _millennium,
    Weekend: _weekend,
    Vague: _vague,
}
