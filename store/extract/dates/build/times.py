"""Builders of parts of the day and of times by the clock."""

from __future__ import annotations

from dataclasses import replace

from store.extract.dates.meaning import Clock, Length, Meaning, PartOfDay, Repeat, Shift, Zone
from store.extract.dates.slots import Builder, Slots

_HALVES = {"MO": "am", "AF": "pm", "EV": "pm", "NI": "night", "12:00": "noon", "24:00": "night"}


def part(slots: Slots) -> Meaning | None:
    """ "مساء أمس", "ظهر الأحد"."""
    name, day = slots.text("p"), slots.meaning("d", Meaning)
    if day is None and (offset := slots.integer("d")) is not None:
        day = Shift("D", offset)
    if isinstance(day, Shift) and day.unit != "D":
        return None
    return PartOfDay(name, day) if name and day and not isinstance(day, Repeat) else None


def part_middle(slots: Slots) -> Meaning | None:
    """ "عند منتصف الليل"."""
    name = slots.text("p")
    return PartOfDay(name, slots.meaning("d", Meaning) or Shift("D", 0)) if name else None


def part_alone(slots: Slots) -> Meaning | None:
    """ "ساعات الفجر", "منذ الصباح": of the day the sentence is about."""
    name = slots.text("p")
    return PartOfDay(name, None) if name else None


def part_of_day(slots: Slots) -> Meaning | None:
    """ "ساعات الفجر الأولى من يوم السبت"."""
    part, day = slots.meaning("t", PartOfDay), slots.meaning("d", Meaning)
    return replace(part, day=day) if part and part.day is None and day and not isinstance(day, Repeat) else None


def part_this(slots: Slots) -> Meaning | None:
    """ "هذا الصباح"."""
    name = slots.text("p")
    return PartOfDay(name, Shift("D", 0)) if name else None


def tonight(slots: Slots) -> Meaning | None:
    """ "الليلة", "الليلة الماضية", "تلك الليلة"."""
    if slots.rule == "night.that":
        return PartOfDay("NI", Shift("D", 0, from_mention=True, far=True))
    return PartOfDay("NI", Shift("D", slots.integer("m") or 0))


def _hour(slots: Slots) -> int | None:
    hour = slots.integer("h")
    return hour if hour is not None and hour <= 24 else None


def _zone(slots: Slots) -> str:
    zone = slots.meaning("z", Zone)
    return zone.offset if zone else ""


def _half(slots: Slots) -> str | None:
    return slots.text("a")


def zone(slots: Slots) -> Meaning | None:
    """ "بتوقيت غرينتش", "GMT+3"; a city's zone is not resolved."""
    if not slots.has("z"):
        return Zone("")
    if not slots.has("s"):
        return Zone("Z")
    hours = slots.clock("n")
    if hours is None or hours[0] > 14:
        return None
    return Zone(f"{slots.text('s')}{hours[0]:02}:{hours[1]:02}")


def clock(slots: Slots) -> Meaning | None:
    """ "الساعة السابعة والنصف صباحاً"."""
    hour = _hour(slots)
    if hour is None:
        return None
    minute = slots.integer("m") or 0
    if slots.has("l"):
        minutes = _minutes(slots)
        if minutes is None:
            return None
        minute = minutes
    return Clock(hour, minute, half=_half(slots), zone=_zone(slots))


def clock_to(slots: Slots) -> Meaning | None:
    """ "الثامنة إلا ربعاً", with the part of a day it lies in."""
    hour = _hour(slots)
    minute = _minutes(slots) if slots.has("l") else slots.integer("m")
    if not hour or not minute:
        return None
    of = slots.meaning("t", PartOfDay)
    half = _HALVES.get(of.part) if of else _half(slots)
    return Clock(hour - 1 or 12, 60 - minute, half=half, zone=_zone(slots), day=of.day if of else None)


def _minutes(slots: Slots, slot: str = "l") -> int | None:
    length = slots.meaning(slot, Length)
    if length is None or len(length.parts) != 1 or not length.parts[0][0]:
        return None
    amount, unit = length.parts[0]
    minutes = (amount or 0) * (60 if unit == "TH" else 1)
    return int(minutes) if unit in ("TH", "TM") and 0 < minutes < 60 else None


def clock_figures(slots: Slots) -> Meaning | None:
    """ "14:00 بتوقيت غرينتش"."""
    found = slots.clock("f")
    return Clock(*found, half=_half(slots), zone=_zone(slots)) if found else None


def clock_compact(slots: Slots) -> Meaning | None:
    """ "الساعة 0445 بتوقيت غرينتش"."""
    time = slots.integer("c")
    return Clock(time // 100, time % 100, zone=_zone(slots)) if time is not None else None


def clock_part(slots: Slots) -> Meaning | None:
    """ "الخامسة عصر أمس"."""
    of = slots.meaning("t", PartOfDay)
    found = slots.clock("f") if slots.has("f") else None
    hour = _hour(slots)
    if of is None or (found is None and hour is None):
        return None
    minute = _minutes(slots, "m") if slots.meaning("m", Length) else slots.integer("m")
    time = Clock(*found) if found else Clock(hour or 0, minute or 0)
    return replace(time, half=_HALVES.get(of.part), day=of.day)


def moment(slots: Slots) -> Meaning | None:
    """A day, or a part of one, and a time by the clock."""
    time, day = slots.meaning("c", Clock), slots.meaning("d", Meaning)
    if time is None or day is None or time.day is not None or (isinstance(day, Shift) and day.unit != "D"):
        return None
    if isinstance(day, PartOfDay):
        return replace(time, half=time.half or _HALVES.get(day.part), day=day.day)
    return replace(time, day=day)


BUILDERS: dict[str, Builder] = {
    function.__name__: function
    for function in (
        *(
            part,
            part_middle,
            part_alone,
            part_of_day,
            part_this,
            tonight,
            zone,
            clock,
            clock_to,
            clock_figures,
            clock_compact,
            clock_part,
            moment,
        ),
    )
}
