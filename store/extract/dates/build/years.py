"""Builders of years, units counted from now, seasons, decades and centuries."""

from __future__ import annotations

from store.extract.dates.meaning import (
    Century,
    Decade,
    Interval,
    InYear,
    Matches,
    Meaning,
    Millennium,
    Nothing,
    Running,
    Season,
    Shift,
    Vague,
    Weekend,
    Year,
)
from store.extract.dates.slots import Builder, Slots

HIJRI_YEARS = range(1340, 1455)
"""A year of so many, without an era, is a Hijri one: of this and the last century."""
_LONG_RUN = 10
CALENDAR_UNITS = frozenset({"D", "W", "M", "Y", "DE", "CE"})


def nothing(_: Slots) -> Meaning:
    """Words that are no time here ("اليوم العالمي")."""
    return Nothing()


def vague(slots: Slots) -> Meaning | None:
    """A reference without a date."""
    value = slots.text("r")
    return Vague(value) if value else None


def year_of(slots: Slots, slot: str = "y", era: str | None = None, calendar: str | None = None) -> Year | Shift | None:
    """The year in a slot: a number, with its era, or a meaning built before."""
    built = slots.meaning(slot, Year) or slots.meaning(slot, Shift)
    number = slots.number(slot)
    if built or number is None:
        return built
    era = era or slots.text("e")
    value = int(number.value)
    if number.digits == 2 and era != "BC":
        value += 1900 if value >= 40 else 2000
    if era == "BC":
        return Year(value, bc=True)
    hijri = era == "AH" or calendar == "H" or (era is None and calendar is None and value in HIJRI_YEARS)
    return Year(value, "H" if hijri else "G") if value else None


def year(slots: Slots) -> Meaning | None:
    """A year by its number; three figures only with an era or before this millennium's counting (عام 622)."""
    number = slots.number("y")
    if number and number.digits == 2 and not slots.has("e") and not 40 <= number.value <= 99:
        return None
    return year_of(slots, calendar="H" if _is_hijri(slots) else None)


def year_titled(slots: Slots) -> Meaning | None:
    """A year behind a name ("بريكس 2023"): of our time, and not the round number that types of things are called by."""
    found = year_of(slots)
    return found if isinstance(found, Year) and 1945 <= found.number <= 2060 and found.number != 2000 else None


def _is_hijri(slots: Slots) -> bool:
    return slots.text("c") == "AH"


def year_era(slots: Slots) -> Meaning | None:
    """A year that only its era tells ("1445هـ"); with م alone it must be a year of our time, not metres."""
    found, era = year_of(slots), slots.text("e")
    if not isinstance(found, Year) or (era == "AD" and not 1800 <= found.number <= 2100):
        return None
    return None if era == "AH" and not 1 <= found.number <= 1500 else found


def years(slots: Slots) -> Meaning | None:
    """From one year to another; "2023-24" is two years as well."""
    first, last = year_of(slots, "a"), year_of(slots, "b")
    number = slots.number("b")
    if isinstance(first, Year) and isinstance(last, Year):
        if number and number.digits == 2:
            last = Year(first.number // 100 * 100 + int(number.value), first.calendar)
        if slots.rule == "range.season-named" and first.number == last.number + 1:  # written from right to left
            first, last = last, first
        if first.number < last.number and last.number - first.number <= 500:
            return Interval(first, last)
    return None


def year_pair(slots: Slots) -> Meaning | None:
    """ "2023/2024" as one season."""
    pair = slots.figures("p")
    if pair is None or pair.year is None:
        return None
    hijri = slots.text("e") == "AH" or pair.year in HIJRI_YEARS
    return Interval(Year(pair.year, "H" if hijri else "G"), Year(pair.year + 1, "H" if hijri else "G"))


def _unit(slots: Slots) -> str | None:
    unit = slots.text("u")
    return unit if unit in CALENDAR_UNITS else None


def unit_relative(slots: Slots) -> Meaning | None:
    """ "العام الماضي"."""
    unit, offset = _unit(slots), slots.integer("m")
    return Shift(unit, offset) if unit and offset is not None else None


def unit_this(slots: Slots) -> Meaning | None:
    """ "هذا العام"."""
    unit = _unit(slots)
    return Shift(unit, 0) if unit else None


def unit_that(slots: Slots) -> Meaning | None:
    """ "العام نفسه", "ذلك اليوم"."""
    unit = _unit(slots)
    return Shift(unit, 0, from_mention=True, far=slots.rule == "unit.that") if unit else None


def running(slots: Slots) -> Meaning | None:
    """ "لليوم الثالث", "في اليوم الـ200 من": the day itself; a small number without ل must be one of an event."""
    unit, number = _unit(slots), slots.integer("n")
    return Running(unit) if unit and number else None


def running_own(slots: Slots) -> Meaning | None:
    """ "دخلت الحرب يومها الـ100"."""
    return Running("D") if slots.integer("n") else None


def running_long(slots: Slots) -> Meaning | None:
    """ "اليوم الـ200": so many days are only counted to the present."""
    number = slots.integer("n")
    return running(slots) if number and number >= _LONG_RUN else None


def matches(slots: Slots) -> Meaning | None:
    """ "الموسم الماضي", "هذا الموسم"."""
    offset = slots.integer("m") if slots.has("m") else 0
    return Matches(offset) if offset is not None else None


def unit_sequence(slots: Slots) -> Meaning | None:
    """ "اليوم التالي", "العام السابق"."""
    unit, offset = _unit(slots), slots.integer("q")
    return Shift(unit, offset, from_mention=True) if unit and offset is not None else None


def of_year(slots: Slots) -> Meaning | None:
    """ "الشهر نفسه من العام الماضي"."""
    unit, of = slots.meaning("r", Shift), year_of(slots)
    return InYear(unit, of) if unit and of and unit.from_mention else None


def unit_new(slots: Slots) -> Meaning | None:
    """ "العام الجديد"."""
    return Shift("Y", 0, new=True)


def century(slots: Slots) -> Meaning | None:
    """ "القرن التاسع عشر"."""
    number = slots.integer("n")
    if not number or not 1 <= number <= 30:
        return None
    if slots.text("e") == "BC":
        return Century(number, bc=True)
    if _is_hijri(slots) or slots.text("e") == "AH":
        return Interval(Year(number * 100 - 99, "H"), Year(number * 100, "H"))
    return Century(number)


def century_pair(slots: Slots) -> Meaning | None:
    """ "القرنين السابع عشر والثامن عشر"."""
    first, last = slots.integer("n"), slots.integer("m")
    return Interval(Century(first), Century(last)) if first and last and first < last <= 30 else None


def millennium(slots: Slots) -> Meaning | None:
    """ "الألفية الثالثة"; the new one is the third."""
    return Millennium(slots.integer("n") or 3, bc=slots.text("e") == "BC")


def decade(slots: Slots) -> Meaning | None:
    """ "الثمانينيات", "ستينيات القرن الماضي"."""
    value = slots.integer("d")
    return Decade(value, slots.meaning("c", Century) or slots.meaning("c", Shift)) if value else None


def season(slots: Slots) -> Meaning | None:
    """ "صيف 2014", "الصيف الماضي"."""
    name = slots.text("s")
    is_open = slots.has("y") or slots.rule in ("season.placed", "season.bare")
    direction = slots.integer("m") if slots.has("m") else None if is_open else 0
    return Season(name, year_of(slots), direction, ahead=slots.rule == "season.bare") if name else None


def weekend(slots: Slots) -> Meaning | None:
    """ "عطلة نهاية الأسبوع الماضي"."""
    return Weekend(slots.integer("m") or 0)


BUILDERS: dict[str, Builder] = {
    function.__name__: function
    for function in (
        *(nothing, vague, year, year_titled, year_era, years, year_pair, unit_relative),
        *(unit_this, unit_that, unit_sequence, of_year, unit_new, century, century_pair, millennium, decade),
        *(season, weekend, running, running_long, running_own, matches),
    )
}
