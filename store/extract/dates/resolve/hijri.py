"""Values of Hijri months and days, and of festivals (rules: class FEAST of data/calendar.tsv)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from store.extract.dates.calendars import (
    MAX_YEAR,
    MIN_YEAR,
    Days,
    a_date,
    easter,
    hijri_day,
    hijri_month,
    hijri_year_of,
    passover,
    shifted,
)
from store.extract.dates.context import Context, Resolve, Resolved, Resolvers, one_day
from store.extract.dates.meaning import Day, Feast, Month, Year
from store.extract.dates.resolve.units import UNKNOWN, year_of

_FEAST_NEAR, _FEAST_AFTER_PAST = 100, 20
"""People speak of the feast that comes, and prepare for the Hajj, rather than of the one nine months ago."""
_RULE = re.compile(r"(?P<kind>GH|[GHWOP])(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<more>[+-]\d+)?")


def _hijri_years(meaning: Month, context: Context, resolve: Resolve) -> tuple[list[int], bool]:
    """The Hijri years a month may lie in, the likeliest first, and whether the text gives the year."""
    if isinstance(meaning.year, Year) and meaning.year.calendar == "H":
        return [meaning.year.number], True
    year, found = year_of(meaning.year, context, resolve)
    if year is not None:
        first = hijri_year_of(date(year, 1, 1))
        return [first, first + 1, first - 1], bool(found and found.explicit)
    if meaning.year is not None or context.anchor is None:
        return [], False
    here = hijri_year_of(context.anchor)
    return [here, here - 1, here + 1, here - 2, here + 2], False


def pick(choices: list[Days], context: Context, direction: int | None, near: int = 0) -> Days | None:
    """The one of several stretches that `direction` or the sentence's cues mean, as seen from the anchor.

    One that begins within `near` days is meant even where nothing looks ahead.
    """
    anchor = context.anchor
    if anchor is None:
        return None
    choices = sorted(choices, key=lambda days: days.first)
    around = [days for days in choices if anchor in days]
    before = [days for days in choices if days.last < anchor]
    after = [days for days in choices if days.first > anchor]
    if direction == 0 or (direction is None and around):
        return around[0] if around else min(choices, key=lambda days: abs(days.first - anchor), default=None)
    if direction is not None and direction < 0:
        return before[direction] if len(before) >= -direction else None
    if direction is not None:
        return after[direction - 1] if len(after) >= direction else None
    reach = max(context.reach, near)
    if after and (after[0].first - anchor).days <= reach:
        return after[0]
    return before[-1] if before else None


def hijri_month_value(meaning: Month, context: Context, resolve: Resolve) -> Resolved | None:
    number = meaning.month.number
    years, explicit = _hijri_years(meaning, context, resolve)
    choices = [days for year in years if (days := hijri_month(year, number))]
    if meaning.year is None:
        days = pick(choices, context, meaning.direction)
    elif explicit and len(choices) == 1:
        days = choices[0]
    else:
        wanted, _ = year_of(meaning.year, context, resolve)
        days = next((days for days in choices if days.first.year == wanted), None)
    if days is None:
        return Resolved("DATE", UNKNOWN["M"], "M")
    anchor = None if explicit else context.anchor_text
    return Resolved("DATE", f"{days.first}/{days.last}", "M", days, anchor=anchor, explicit=explicit)


def hijri_day_value(meaning: Day, month: Month, context: Context, resolve: Resolve) -> Resolved | None:
    years, explicit = _hijri_years(month, context, resolve)
    choices = [day for year in years if (day := hijri_day(year, month.month.number, meaning.day))]
    if not years:
        return Resolved("DATE", UNKNOWN["D"], "D")
    if month.year is not None:
        wanted, _ = year_of(month.year, context, resolve)
        of_hijri = isinstance(month.year, Year) and month.year.calendar == "H"
        choices = choices if of_hijri else [day for day in choices if day.year == wanted]
        return one_day(choices[0], None, explicit) if choices else None
    found = pick([Days(day, day) for day in choices], context, month.direction)
    return one_day(found.first, context.anchor_text, False) if found else Resolved("DATE", UNKNOWN["D"], "D")


def _falls(rule: str, year: int) -> Days | None:
    """The days of a festival in a year of its calendar."""
    match = _RULE.fullmatch(rule)
    if match is None:
        return None
    more = int(match["more"] or 0)
    kind = match["kind"]
    if kind in "WOP":
        if not MIN_YEAR <= year <= MAX_YEAR:
            return None
        first = shifted(passover(year) if kind == "P" else easter(year, orthodox=kind == "O"), more)
        return Days(first, first) if first else None
    month, day = int(match["month"]), int(match["day"] or 1)
    if kind == "GH" or match["day"] is None:
        return hijri_month(year, month)
    found = a_date(year, month, day) if kind == "G" else hijri_day(year, month, day)
    last = shifted(found, more) if found else None
    return Days(found, last) if found and last else None


def _feast(meaning: Feast, context: Context, resolve: Resolve) -> Resolved | None:
    """The value of a festival: a day, a stretch of days, or (for the Hajj) its Gregorian month."""
    if meaning.rule.startswith("EID"):
        return _eid(meaning, context, resolve)
    hijri = "H" in meaning.rule
    said = resolve(meaning.year, context) if meaning.year else None
    days: Days | None = None
    if said and said.days:
        days = _feast_in(meaning, said.days.first.year, hijri)
    elif meaning.year is None and context.anchor:
        here = hijri_year_of(context.anchor) if hijri else context.anchor.year
        choices = [found for year in range(here - 2, here + 3) if (found := _falls(meaning.rule, year))]
        near = _FEAST_AFTER_PAST if context.past and not meaning.rule.startswith("GH") else _FEAST_NEAR
        days = pick(choices, context, meaning.direction, near)
    if days is None:
        open_value = f"XXXX-{meaning.rule[1:6]}" if re.fullmatch(r"G\d\d-\d\d", meaning.rule) else "XXXX-XX-XX"
        return Resolved("DATE", open_value, "D")
    anchor = said.anchor if said else context.anchor_text
    explicit = bool(said and said.explicit)
    if meaning.rule.startswith("GH"):
        return Resolved(
            "DATE", f"{days.first.year:04}-{days.first.month:02}", "M", days, anchor=anchor, explicit=explicit
        )
    if days.first == days.last:
        return Resolved("DATE", str(days.first), "D", days, anchor=anchor, explicit=explicit)
    return Resolved("DATE", f"{days.first}/{days.last}", "R", days, anchor=anchor, explicit=explicit)


def _eid(meaning: Feast, context: Context, resolve: Resolve) -> Resolved | None:
    """The Eid without its name: of the two, the one that lies nearest."""
    more = meaning.rule.removeprefix("EID")
    found = [resolve(replace(meaning, rule=rule + more), context) for rule in ("H10-01", "H12-10")]
    anchor = context.anchor
    near = [(abs(each.days.first - anchor), each) for each in found if anchor and each and each.days]
    return min(near, key=lambda pair: pair[0])[1] if near else found[0]


def _feast_in(meaning: Feast, gregorian: int, hijri: bool) -> Days | None:
    if isinstance(meaning.year, Year) and meaning.year.calendar == "H":
        return _falls(meaning.rule, meaning.year.number)
    if not hijri:
        return _falls(meaning.rule, gregorian)
    first = hijri_year_of(date(gregorian, 1, 1))
    found = [days for year in (first, first + 1) if (days := _falls(meaning.rule, year))]
    return next((days for days in found if days.first.year == gregorian), None)


RESOLVERS: Resolvers = {
    Feast: _feast,
}
