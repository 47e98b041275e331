"""Values of months, days and weekdays of the Gregorian calendar."""

from __future__ import annotations

from datetime import date

from store.extract.dates.calendars import Days, a_date, add_months, hijri_day, hijri_of, month_days, shifted
from store.extract.dates.context import Context, Resolve, Resolved, Resolvers, one_day
from store.extract.dates.meaning import Day, InWeek, Month, Shift, Weekday
from store.extract.dates.resolve.hijri import hijri_day_value, hijri_month_value
from store.extract.dates.resolve.units import shift, year_of

_AT_HAND = 21
"""Within so many days of it, a day is meant rather than the event that its date names."""


def _month(meaning: Month, context: Context, resolve: Resolve) -> Resolved | None:
    number = meaning.month.number
    if meaning.month.calendar == "H":
        return hijri_month_value(meaning, context, resolve)
    year, rest = year_of(meaning.year, context, resolve)
    anchor = rest.anchor if rest else None
    explicit = bool(rest and rest.explicit)
    if meaning.year is None:
        year, anchor, explicit = _year_for_month(number, meaning.direction, context)
    if year is None:
        return Resolved("DATE", f"XXXX-{number:02}", "M")
    days = month_days(year, number)
    _place(meaning, days, context)
    return Resolved("DATE", f"{year:04}-{number:02}", "M", days, anchor=anchor, explicit=explicit) if days else None


def _place(month: Month, days: Days | None, context: Context) -> None:
    """Keep the year of a month that the text has placed."""
    ahead = context.anchor and days and days.first > context.anchor
    if days and (month.direction is not None or (month.year is not None and ahead)):
        context.months[month.month.number] = days.first.year


def _year_for_month(number: int, direction: int | None, context: Context) -> tuple[int | None, str | None, bool]:
    """(year, anchor, whether the text gives it) of a month said without a year."""
    if direction is None and (named := _event_year(context, f"{number:02}")):
        return named, None, True
    base = context.leaned_on()
    if direction is None and base and base.days:
        first = base.days.first
        year = first.year + (number < first.month)
        if context.anchor is None or (year, number) <= (context.anchor.year, context.anchor.month) or context.due:
            return year, base.value, True
    if context.anchor is None:
        return None, None, False
    here, year = context.anchor.month, context.anchor.year
    if direction is None and context.open and number in context.months:
        return context.months[number], context.anchor_text, False
    if direction is None:
        coming = a_date(year + (number < here), number, 1)
        if number != here and coming and (coming - context.anchor).days <= context.reach:
            direction_year = coming.year
        else:
            direction_year = year - (number > here)
    elif direction < 0:
        direction_year = year - (number >= here) + direction + 1
    elif direction > 0:
        direction_year = year + (number <= here) + direction - 1
    else:
        direction_year = year
    return direction_year, context.anchor_text, False


def _event_year(context: Context, month_day: str) -> int | None:
    for known in (context.event or "").split():
        named, _, year = known.partition("=")
        if named == month_day:
            return int(year)
    return None


def _day(meaning: Day, context: Context, resolve: Resolve) -> Resolved | None:
    month = meaning.month
    if isinstance(month, Shift):
        around = shift(month, context)
        if around is None or around.days is None:
            return Resolved("DATE", f"XXXX-XX-{meaning.day:02}", "D")
        found = a_date(around.days.first.year, around.days.first.month, meaning.day)
        if meaning.weekday and (found is None or found.isoweekday() != meaning.weekday):
            found = _of_hijri_month(meaning, month.offset, context) or found
        return one_day(found, around.anchor, around.explicit) if found else None
    if month.month.calendar == "H":
        return hijri_day_value(meaning, month, context, resolve)
    number = month.month.number
    if month.year is None and month.direction in (-1, 1) and context.anchor:
        beside = _day_beside(number, meaning, month.direction, context)
        _place(month, beside.days if beside else None, context)
        return beside
    if month.year is not None or month.direction is not None:
        around = _month(month, context, resolve)
        if around is None:
            return None
        if around.days is None:
            return _open_day(number, meaning.day)
        found = a_date(around.days.first.year, number, meaning.day)
        return one_day(found, around.anchor, around.explicit) if found else None
    named = _event_year(context, f"{number:02}-{meaning.day:02}")
    found = a_date(named, number, meaning.day) if named else None
    if found:
        return one_day(found, None, True)
    return _day_without_year(number, meaning, context)


def _of_hijri_month(meaning: Day, offset: int, context: Context) -> date | None:
    """The day of "this month" by the Hijri calendar, when its weekday proves that this is meant."""
    anchor = context.anchor
    here = hijri_of(anchor) if anchor else None
    if here is None:
        return None
    year, month = add_months(here[0], here[1], offset)
    found = hijri_day(year, month, meaning.day)
    return found if found and found.isoweekday() == meaning.weekday else None


def _day_beside(month: int, meaning: Day, direction: int, context: Context) -> Resolved | None:
    """ "25 أبريل الماضي" is the last such day, even of the document's own month."""
    anchor = context.anchor
    assert anchor is not None
    years = range(anchor.year - 4, anchor.year + 5)
    choices = [day for year in years if (day := a_date(year, month, meaning.day))]
    found = [day for day in choices if (day < anchor if direction < 0 else day > anchor)]
    return one_day(found[-1 if direction < 0 else 0], context.anchor_text, False) if found else None


def _open_day(month: int, day: int) -> Resolved | None:
    return Resolved("DATE", f"XXXX-{month:02}-{day:02}", "D") if a_date(2000, month, day) else None


def _day_without_year(month: int, meaning: Day, context: Context) -> Resolved | None:
    anchor, base = context.anchor, context.leaned_on()
    seen_from = base.days.first if base and base.days else anchor
    if seen_from is None:
        return _open_day(month, meaning.day)
    years = range(seen_from.year - 4, seen_from.year + 5)
    choices = [day for year in years if (day := a_date(year, month, meaning.day))]
    if base and (on_base := _day_near(choices, seen_from, context)):
        return one_day(on_base, base.value, True)
    if anchor is None:
        return _open_day(month, meaning.day)
    if meaning.weekday:
        near = [day for day in choices if day.isoweekday() == meaning.weekday and abs(day.year - anchor.year) <= 1]
        choices = near or choices
    before = [day for day in choices if day <= anchor]
    after = [day for day in choices if day >= anchor]
    placed = context.months.get(month) if context.open else None
    if placed:
        choices = [day for day in choices if day.year == placed]
        return one_day(choices[0], context.anchor_text, False) if choices else _open_day(month, meaning.day)
    is_ahead = after and (after[0] - anchor).days <= context.reach
    found = after[:1] if is_ahead else before[-1:] or after[:1]
    event = context.event_days.get(f"{month:02}-{meaning.day:02}")
    if event and event < found[0].year and abs(found[0] - anchor).days > _AT_HAND:
        found = [day for day in choices if day.year == event] or found
    return one_day(found[0], context.anchor_text, False) if found else _open_day(month, meaning.day)


def _day_near(choices: list[date], base: date, context: Context) -> date | None:
    """The day that the date the sentence is about suggests: the next when due, else the nearest that has passed."""
    limit = context.anchor or date.max
    if context.due:
        return next((day for day in choices if day >= base), None)
    passed = [day for day in choices if day <= limit or base > limit]
    return min(passed, key=lambda day: abs(day - base), default=None)


def _weekday(meaning: Weekday, context: Context, _resolve: Resolve) -> Resolved | None:
    weekday, direction = meaning.weekday, meaning.direction
    seen_from, anchor_text, explicit = context.anchor, context.anchor_text, False
    if meaning.from_mention:
        mention = context.mentioned("D")
        if mention is None or mention.days is None:
            return Resolved("DATE", f"XXXX-WXX-{weekday}", "D")
        seen_from, anchor_text, explicit = mention.days.last, mention.value, mention.explicit
    base = context.base
    if direction is None and base and base.days and base.unit == "D":
        first = base.days.first
        if seen_from is None or abs(seen_from - first).days > 7:
            found = shifted(first, (weekday - first.isoweekday()) % 7)
            return one_day(found, base.value, True) if found else None
    if seen_from is None:
        return Resolved("DATE", f"XXXX-WXX-{weekday}", "D")
    if direction == 0:
        days = weekday - seen_from.isoweekday()
    elif direction is None:
        days = (weekday - seen_from.isoweekday()) % 7
        days = days if context.coming or not days else days - 7
    elif direction > 0:
        days = (weekday - seen_from.isoweekday() - 1) % 7 + 1 + 7 * (direction - 1)
    else:
        days = -((seen_from.isoweekday() - weekday - 1) % 7 + 1) + 7 * (direction + 1)
    found = shifted(seen_from, days)
    return one_day(found, anchor_text, explicit) if found else None


def _in_week(meaning: InWeek, context: Context, _resolve: Resolve) -> Resolved | None:
    week = shift(meaning.week, context)
    if week is None or week.days is None:
        return Resolved("DATE", f"XXXX-WXX-{meaning.weekday}", "D")
    day = shifted(week.days.first, meaning.weekday - 1)
    return one_day(day, week.anchor, week.explicit) if day else None


RESOLVERS: Resolvers = {
    InWeek: _in_week,
    Month: _month,
    Day: _day,
    Weekday: _weekday,
}
