"""Builders of months, days, weekdays and festivals."""

from __future__ import annotations

from store.extract.dates.build.years import year_of
from store.extract.dates.meaning import (
    Day,
    Feast,
    Interval,
    InWeek,
    Meaning,
    Month,
    MonthName,
    Repeat,
    Shift,
    Weekday,
    Year,
)
from store.extract.dates.slots import Builder, Slots


def month_double(slots: Slots) -> Meaning | None:
    """Two names of one month ("أبريل/نيسان")."""
    first, second = slots.month("a"), slots.month("b")
    return first if first == second else None


def month_slip(slots: Slots) -> Meaning | None:
    """Two names of neighbouring months, one a slip ("سبتمبر/تشرين الأول"): the Roman name is the one that was meant."""
    first, second = slots.month("a"), slots.month("b")
    if first is None or second is None or first.calendar != second.calendar:
        return None
    return first if abs(first.number - second.number) in (1, 11) else None


def month_name(slots: Slots) -> Meaning | None:
    """A month with the word شهر or an epithet."""
    return slots.month("a")


def month(slots: Slots) -> Meaning | None:
    """A month with its year, its direction or neither."""
    name = slots.month("m")
    if name is None:
        return None
    number = slots.number("y")
    said = year_of(slots, calendar="H" if name.calendar == "H" and number and number.value <= 1500 else "G")
    if slots.has("y") and said is None:
        return None
    if slots.has("q"):
        said = Shift("Y", 0, from_mention=True)
    direction = slots.integer("mod")
    if slots.rule == "month.new":
        direction = 0
    return Month(name, said, None if said else direction)


def as_month(meaning: Meaning | None) -> Month | Shift | None:
    """A month, or a month counted from now."""
    return meaning if isinstance(meaning, Month) or (isinstance(meaning, Shift) and meaning.unit == "M") else None


def a_day(slots: Slots, slot: str, of: Month | Shift | None) -> Day | None:
    """The day of a month in a slot."""
    number = slots.integer(slot)
    weekday = slots.integer("w")
    return Day(of, number, weekday) if number and of and 1 <= number <= 31 else None


def day(slots: Slots) -> Meaning | None:
    """ "الثلاثاء 14 ديسمبر 2021"."""
    return a_day(slots, "d", as_month(slots.meaning("m", Meaning)))


def day_current(slots: Slots) -> Meaning | None:
    """ "15 الجاري": the month is understood."""
    offset = slots.integer("mod")
    return a_day(slots, "d", Shift("M", offset)) if offset is not None else None


def day_now(slots: Slots) -> Meaning | None:
    """ "في الـ28 من الشهر": of this month."""
    return a_day(slots, "d", Shift("M", 0))


def day_every(slots: Slots) -> Meaning | None:
    """ "الخامس من يونيو من كل عام"."""
    found, every = day(slots), slots.meaning("e", Repeat)
    if isinstance(found, Day) and isinstance(found.month, Month) and every and every.value == "P1Y":
        return Repeat(f"XXXX-{found.month.month.number:02}-{found.day:02}")
    return None


def figures(slots: Slots) -> Meaning | None:
    """A date in figures; the era overrules the calendar the year suggests."""
    found = slots.figures("f") or slots.figures("m")
    if found is None:
        return None
    calendar = {"AH": "H", "AD": "G"}.get(slots.text("e") or "", found.calendar)
    said = Year(found.year, "H" if calendar == "H" else "G") if found.year is not None else None
    of = Month(MonthName("H" if calendar == "H" else "G", found.month), said)
    return of if found.day is None else Day(of, found.day, slots.integer("w"))


def weekday(slots: Slots) -> Meaning | None:
    """ "الأحد المقبل", "الأحد التالي", "الأحد"."""
    value = slots.integer("w")
    if not value:
        return None
    if slots.has("q"):
        return Weekday(value, slots.integer("q"), from_mention=True)
    return Weekday(value, 0 if slots.rule == "day.weekday-this" else slots.integer("m"))


def weekday_of_week(slots: Slots) -> Meaning | None:
    """ "الخميس من الأسبوع المقبل"."""
    value, week = slots.integer("w"), slots.meaning("r", Shift)
    return InWeek(value, week) if value and week and week.unit == "W" else None


def daytime(slots: Slots) -> Meaning | None:
    """ "نهار الخميس": the day."""
    day = slots.meaning("d", Meaning)
    if day is None and (offset := slots.integer("d")) is not None:
        day = Shift("D", offset)
    return day if not isinstance(day, Shift) or day.unit == "D" else None


def deictic(slots: Slots) -> Meaning | None:
    """ "أمس", "بعد غد"."""
    offset = slots.integer("k")
    return Shift("D", offset, weekday=slots.integer("w")) if offset is not None else None


def days(slots: Slots) -> Meaning | None:
    """Two days of one month ("من 5 إلى 10 مارس")."""
    of = as_month(slots.meaning("m", Meaning))
    first, last = a_day(slots, "a", of), a_day(slots, "b", of)
    return Interval(first, last) if first and last and first.day < last.day else None


def weekdays(slots: Slots) -> Meaning | None:
    """ "يومي السبت والأحد الماضيين"."""
    first, last = slots.integer("a"), slots.integer("b")
    direction = slots.integer("m")
    return Interval(Weekday(first, direction), Weekday(last, direction)) if first and last and first != last else None


def feast(slots: Slots) -> Meaning | None:
    """A festival's name with what belongs to it."""
    rule = slots.text("f")
    return Feast(rule) if rule else None


def feast_jewish(_: Slots) -> Meaning:
    """ "عيد الفصح" اليهودي."""
    return Feast("P+0")


def feast_day(slots: Slots) -> Meaning | None:
    """A festival and its year."""
    named = slots.meaning("f", Feast)
    return Feast(named.rule, year_of(slots), slots.integer("mod")) if named else None


BUILDERS: dict[str, Builder] = {
    function.__name__: function
    for function in (
        *(month_double, month_slip, month_name, month, day, day_current, day_now, day_every),
        *(weekday_of_week, daytime),
        *(figures, weekday, deictic, days, weekdays, feast, feast_jewish, feast_day),
    )
}
