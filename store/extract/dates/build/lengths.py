"""Builders of lengths of time, of what lies before and after them, and of repetitions."""

from __future__ import annotations

from store.extract.dates.meaning import (
    Ago,
    Length,
    Meaning,
    Modified,
    Repeat,
    Shift,
    Vague,
)
from store.extract.dates.slots import Builder, Slots

_ORDER = ("CE", "DE", "Y", "M", "W", "D", "TH", "TM", "TS")
_MOST = {"DE": 30, "CE": 60, "Y": 100_000_000_000, "M": 1500, "W": 1500}
"""More decades than that are a verb (عقد) after a year, more months a year and then months."""


def length_in(slots: Slots, slot: str) -> Length | None:
    """The length in a slot."""
    return slots.meaning(slot, Length)


def length(slots: Slots) -> Meaning | None:
    """ "خمسة عشر يوماً"."""
    number, unit = slots.number("n"), slots.text("u")
    if number is None or unit is None or number.ordinal or not 0 < number.value <= _MOST.get(unit, 1_000_000):
        return None
    if number.value == 1 and not number.digits:
        return None
    return Length(((number.value, unit),))


def length_dual(slots: Slots) -> Meaning | None:
    """ "أسبوعين"."""
    unit = slots.text("u")
    return Length(((2, unit),)) if unit else None


def length_one(slots: Slots) -> Meaning | None:
    """ "يوم واحد"."""
    unit = slots.text("u")
    return Length(((1, unit),)) if unit else None


def length_alone(slots: Slots) -> Meaning | None:
    """ "خلال شهر"; seconds and the like need their number."""
    unit = slots.text("u")
    return Length(((1, unit),)) if unit and unit != "TS" else None


def length_fraction(slots: Slots) -> Meaning | None:
    """ "نصف ساعة", "ثلاثة أرباع الساعة"."""
    unit, fraction = slots.text("u"), float(slots.text("f") or 0)
    count = slots.number("n")
    return Length(((fraction * (count.value if count else 1), unit),)) if unit and fraction else None


def length_plus(slots: Slots) -> Meaning | None:
    """ "عاماً ونصف العام"."""
    unit, fraction = slots.text("u"), float(slots.text("f") or 0)
    if unit is None:
        return None
    number = slots.number("n")
    item = slots.item("u")
    count = number.value if number else 2 if item and "U2" in item.values else 1
    return Length(((count + fraction, unit),))


def length_less(slots: Slots) -> Meaning | None:
    """ "ساعة إلا ربعاً"."""
    unit, fraction = slots.text("u"), float(slots.text("f") or 0)
    item = slots.item("u")
    return Length((((2 if item and "U2" in item.values else 1) - fraction, unit),)) if unit else None


def length_vague(slots: Slots) -> Meaning | None:
    """ "سنوات", "عدة أشهر"."""
    unit = slots.text("u")
    return Length(((None, unit),)) if unit else None


def length_mod(slots: Slots) -> Meaning | None:
    """ "نحو أسبوعين", "أقل من 3 أيام"."""
    found = length_in(slots, "d")
    return Length(found.parts, slots.text("a")) if found else None


def length_sum(slots: Slots) -> Meaning | None:
    """ "3 سنوات و4 أشهر": units fall."""
    second = length_in(slots, "e")
    unit = slots.text("u")
    first = length_in(slots, "d") or (Length(((1, unit),)) if unit else None)
    if first is None or second is None or first.mod or second.mod:
        return None
    parts = first.parts + second.parts
    order = [_ORDER.index(unit) for _, unit in parts]
    return Length(parts) if order == sorted(set(order)) and all(amount for amount, _ in parts) else None


def length_range(slots: Slots) -> Meaning | None:
    """ "من 3 إلى 5 سنوات"; the number may stand on either side."""
    found, number = length_in(slots, "d"), slots.number("n")
    if found is None or number is None or len(found.parts) != 1 or not found.parts[0][0]:
        return None
    amount, unit = found.parts[0]
    low, high = sorted((amount or 0, number.value))
    if low == high or (slots.rule == "length.range-after") != (amount == low):
        return None
    return Length(((low, unit),), upto=high)


def window(slots: Slots) -> Meaning | None:
    """The last or next so many units."""
    found = length_in(slots, "d")
    direction = slots.integer("m") if slots.has("m") else -1
    one = slots.rule == "window.one"
    if direction not in (-1, 1):
        return None
    unit = slots.text("u")
    if found is None and unit:
        number, item = slots.number("n"), slots.item("u")
        count = number.value if number else 1.0 if one else 2.0 if item and "DU2" in item.values else None
        found = Length(((count, unit),))
    return Length(found.parts, found.mod, direction) if found else None


def ago(slots: Slots) -> Meaning | None:
    """ "قبل يومين"."""
    return _counted(slots, -1)


def later(slots: Slots) -> Meaning | None:
    """ "بعد شهرين"."""
    return _counted(slots, 1)


def _counted(slots: Slots, sign: int) -> Meaning | None:
    found = length_in(slots, "d")
    if found is None:
        return None
    if any(amount is None for amount, _ in found.parts):
        return Vague("PAST_REF") if sign < 0 else None
    return Ago(found, sign, from_now=slots.rule.endswith("from-now"))


def from_date(slots: Slots) -> Meaning | None:
    """ "بعد يومين من 3 يناير"."""
    found, of, sign = length_in(slots, "d"), slots.meaning("t", Meaning), slots.integer("s")
    return Ago(found, sign, of) if found and of and sign and _is_counted(found) else None


def from_mention(slots: Slots) -> Meaning | None:
    """ "بعد ذلك بشهرين"."""
    unit, sign = slots.text("u"), slots.integer("s")
    found = length_in(slots, "d") or (Length(((1, unit),)) if unit else None)
    return Ago(found, sign, from_mention=True) if found and sign and _is_counted(found) else None


def _is_counted(found: Length) -> bool:
    return all(amount is not None for amount, _ in found.parts)


def vague_ages(slots: Slots) -> Meaning | None:
    """ "منذ فترة طويلة"."""
    value = slots.text("r")
    return Vague(value) if value else None


def when(slots: Slots) -> Meaning | None:
    """ "وقت سابق الثلاثاء": the day it names."""
    return slots.meaning("t", Meaning)


# Repetitions.


def amount(value: float) -> str:
    """A number as TIMEX3 writes it."""
    return str(int(value)) if value == int(value) else f"{round(value, 2):g}"


def period(value: float | None, unit: str) -> str:
    """A TIMEX3 length of one unit: P3D, PT48H, PXM."""
    written = "X" if value is None else amount(value)
    return f"PT{written}{unit[1]}" if unit[0] == "T" else f"P{written}{unit}"


def repeat_unit(slots: Slots) -> Meaning | None:
    """ "كل ستة أشهر", "مرتين في الأسبوع"."""
    unit, number, item = slots.text("u"), slots.number("n"), slots.item("u")
    if unit is None or item is None:
        return None
    return Repeat(period(number.value if number else 2 if "U2" in item.values else 1, unit))


def repeat_fraction(slots: Slots) -> Meaning | None:
    """ "كل نصف ساعة"."""
    unit, fraction = slots.text("u"), float(slots.text("f") or 0)
    if unit == "TH":
        return Repeat(f"PT{round(fraction * 60)}M")
    return Repeat(f"P{round(fraction * 12)}M") if unit == "Y" else None


def repeat_weekday(slots: Slots) -> Meaning | None:
    """ "كل يوم جمعة"."""
    weekday = slots.integer("w")
    return Repeat(f"XXXX-WXX-{weekday}") if weekday else None


def repeat_part(slots: Slots) -> Meaning | None:
    """ "كل مساء"."""
    part = slots.text("p")
    return Repeat(f"XXXX-XX-XXT{part}") if part else None


def repeat_season(slots: Slots) -> Meaning | None:
    """ "كل صيف"."""
    season = slots.text("s")
    return Repeat(f"XXXX-{season}") if season else None


def repeat_adverb(slots: Slots) -> Meaning | None:
    """ "يومياً"."""
    value = slots.text("a")
    return Repeat(value) if value else None


def hours_first(slots: Slots) -> Meaning | None:
    """ "الساعات الأولى من صباح اليوم"."""
    of = slots.meaning("d", Meaning)
    return Modified("START", of) if of and not (isinstance(of, Shift) and of.unit != "D") else None


BUILDERS: dict[str, Builder] = {
    function.__name__: function
    for function in (
        *(length, length_dual, length_one, length_alone, length_fraction, length_plus, length_less, length_vague),
        *(length_mod, length_sum, length_range, window, ago, later, from_date, from_mention, vague_ages, when),
        *(repeat_unit, repeat_fraction, repeat_weekday, repeat_part, repeat_season, repeat_adverb, hours_first),
    )
}
