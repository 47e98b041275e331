"""Builders of parts of units, of beginnings and ends, and of two dates that make one."""

from __future__ import annotations

from dataclasses import replace

from store.extract.dates.build.lengths import length_in
from store.extract.dates.build.years import CALENDAR_UNITS, year_of
from store.extract.dates.meaning import (
    Day,
    Decade,
    Feast,
    Interval,
    Matches,
    Meaning,
    Modified,
    Month,
    Nth,
    Season,
    Several,
    Shift,
    Weekday,
    Year,
)
from store.extract.dates.slots import Builder, Slots

_PARTS = {"QTR": "Q", "TRIMESTER": "Q", "HALF": "H", "SEMESTER": "H", "THIRD": "T", "CHAPTER": "Q"}
_MOST = {"Q": 4, "H": 2, "T": 3}


def parent_of(slots: Slots) -> Meaning | None:
    """What a part is a part of; "من العام" is the current one."""
    unit = slots.text("p")
    now = Shift(unit, 0) if unit in ("W", "M", "Y", "DE", "CE") else None
    return slots.meaning("p", Meaning) or year_of(slots, "p") or now


def nth(slots: Slots) -> Meaning | None:
    """ "الأسبوع الأول من مايو"."""
    unit, number = slots.text("u"), slots.integer("n")
    if unit not in CALENDAR_UNITS or not number:
        return None
    return Nth(unit, number, parent_of(slots))


def nth_day(slots: Slots) -> Meaning | None:
    """ "ثاني أيام عيد الفطر"."""
    number = slots.integer("n")
    return Nth("D", number, parent_of(slots)) if number else None


def nth_eid(slots: Slots) -> Meaning | None:
    """ "ثاني أيام العيد"."""
    number, rule = slots.integer("n"), slots.text("f")
    return Nth("D", number, Feast(rule)) if number and rule else None


def feast_days(slots: Slots) -> Meaning | None:
    """ "أيام عيد الفطر": three days."""
    feast = slots.meaning("f", Feast)
    return replace(feast, rule=f"{feast.rule}+2") if feast and feast.rule in ("H10-01", "H12-10") else None


def eid_days(slots: Slots) -> Meaning | None:
    """ "أيام العيد": three days."""
    rule = slots.text("f")
    return Feast(f"{rule}+2") if rule else None


def several(slots: Slots) -> Meaning | None:
    """ "الأشهر التسعة الأولى من 2023"."""
    unit, number = slots.text("u"), slots.integer("n")
    length = length_in(slots, "d")
    if length and len(length.parts) == 1 and length.parts[0][0]:
        unit, number = length.parts[0][1], int(length.parts[0][0])
    if unit not in CALENDAR_UNITS or not number:
        return None
    if not slots.has("p") and unit != "M":
        return None
    return Several(unit, number, parent_of(slots), last=slots.has("l"))


def beginning(slots: Slots) -> Meaning | None:
    """ "الأيام الأولى من العام"."""
    of = parent_of(slots)
    return Modified("START", of) if of else None


def quarter(slots: Slots) -> Meaning | None:
    """ "الربع الأخير من العام الماضي"."""
    item, number = slots.item("q"), slots.integer("n")
    unit = next((unit for kind, unit in _PARTS.items() if item and kind in item.values), None)
    return Nth(unit, number, parent_of(slots)) if unit and number and number <= _MOST[unit] else None


def quarter_relative(slots: Slots) -> Meaning | None:
    """ "الربع الماضي", "هذا الربع"."""
    offset = slots.integer("m") if slots.has("m") else 0
    return Shift("Q", offset) if offset is not None else None


def edge(slots: Slots) -> Meaning | None:
    """ "نهاية عام 2021", "مطلع العام"."""
    mod = slots.text("w")
    of = slots.meaning("x", Meaning) or year_of(slots)
    unit = slots.text("u")
    if of is None and unit in ("W", "M", "Y", "DE", "CE"):
        of = Shift(unit, 0)
    return Modified(mod, of) if mod and of else None


def edge_matches(slots: Slots) -> Meaning | None:
    """ "نهاية الموسم"."""
    mod = slots.text("w")
    return Modified(mod, Matches(0)) if mod else None


def _calendar(meaning: Meaning | None) -> str | None:
    match meaning:
        case Day(month=Month(month=name)) | Month(month=name):
            return name.calendar
        case Year(calendar=calendar):
            return calendar
    return None


def equal(slots: Slots) -> Meaning | None:
    """One day in two calendars, or a weekday and its date: the Gregorian date, or else the fuller one."""
    first, last = slots.meaning("a", Meaning), slots.meaning("b", Meaning)
    calendars = _calendar(first), _calendar(last)
    if (
        not slots.rule.startswith(("equal.bracketed", "equal.inside"))
        and slots.rule != "equal"
        and (set(calendars) != {"G", "H"} or type(first) is not type(last))
    ):
        return None
    if isinstance(last, Day) or isinstance(first, Day) or slots.rule != "equal":
        return first if calendars == ("G", "H") or last is None or not isinstance(last, type(first)) else last
    return None


def interval(slots: Slots) -> Meaning | None:
    """Two dates said to be one stretch."""
    first, last = slots.meaning("a", Meaning), slots.meaning("b", Meaning)
    return Interval(first, last) if first and last and _is_day_or_longer(first) and _is_day_or_longer(last) else None


def _is_day_or_longer(meaning: Meaning) -> bool:
    return isinstance(meaning, Day | Month | Year | Weekday | Shift | Feast | Modified | Season | Decade)


def interval_if(slots: Slots) -> Meaning | None:
    """Two dates are one expression when the first needs the second's month or year, or بين holds them together."""
    first, last = slots.meaning("a", Meaning), slots.meaning("b", Meaning)
    together = slots.has("f") or _lacks_year(first)
    joint = slots.item("t")
    if joint and "AND" in joint.values and not slots.has("f"):
        return None
    if not together or type(first) is not type(last) or not isinstance(first, Day | Month | Year):
        return None
    return interval(slots) if slots.has("f") or not _lacks_year(last) else None


def _lacks_year(meaning: Meaning | None) -> bool:
    match meaning:
        case Day(month=Month(year=None, direction=None)) | Month(year=None, direction=None):
            return True
    return False


BUILDERS: dict[str, Builder] = {
    function.__name__: function
    for function in (
        *(nth, nth_day, nth_eid, feast_days, eid_days, edge_matches, several, beginning, quarter, quarter_relative),
        *(edge, equal, interval, interval_if),
    )
}
