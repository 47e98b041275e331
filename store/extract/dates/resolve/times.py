"""Values of lengths, of what lies a length away, of parts of the day, clock times and repetitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from store.extract.dates.build.lengths import amount, period
from store.extract.dates.calendars import Days, add_months, month_days, shifted
from store.extract.dates.context import Context, Resolve, Resolved, Resolvers
from store.extract.dates.meaning import Ago, Clock, Length, Meaning, PartOfDay, Repeat
from store.extract.dates.resolve.units import unit_around

_WHOLE: dict[str, tuple[float, str]] = {
    "CE": (100, "Y"), "DE": (10, "Y"), "D": (24, "TH"), "TH": (60, "TM"), "TM": (60, "TS"),
}  # fmt: skip


def _whole(value: float, unit: str) -> list[tuple[float, str]]:
    """A fraction of a unit in smaller ones where that is how people count (45 minutes, 25 years); else as it is."""
    if value == int(value) or (value > 1 and value % 1 == 0.5 and unit not in ("CE", "DE")):
        return [(value, unit)]
    if unit == "Y" and value < 1:
        return [(round(value * 12), "M")]
    if unit not in _WHOLE:
        return [(value, unit)]
    size, smaller = _WHOLE[unit]
    if unit in ("CE", "DE"):
        return [(round(value * size), smaller)]
    whole = int(value)
    return [(float(whole), unit)] * bool(whole) + [(float(round((value - whole) * size)), smaller)]


def length_value(length: Length) -> str:
    """A length as TIMEX3 writes it."""
    dates, times = "", ""
    for value, unit in length.parts:
        for count, name in [(None, unit)] if value is None else _whole(value, unit):
            written = "X" if count is None else amount(count)
            if name[0] == "T":
                times += written + name[1]
            else:
                dates += written + name
    value_ = f"P{dates}" + (f"T{times}" if times else "")
    if length.upto is not None:
        return f"{value_}/{period(length.upto, length.parts[0][1])}"
    return value_


def _length(meaning: Length, context: Context, _: Resolve) -> Resolved | None:
    found = Resolved("DURATION", length_value(meaning), meaning.parts[-1][1], mod=meaning.mod)
    if meaning.direction and context.anchor and all(value is not None for value, _ in meaning.parts):
        other = _moved(meaning, meaning.direction, context.anchor, context.time)
        if other:
            days = Days(min(other, context.anchor), max(other, context.anchor))
            return replace(found, days=days, anchor=context.anchor_text)
    return found


def _moved(length: Length, sign: int, day: date, at: tuple[int, int] | None) -> date | None:
    """The day that lies a length before or after another."""
    months, days, seconds = 0.0, 0.0, 0.0
    for value, unit in length.parts:
        count = value or 0
        match unit:
            case "CE" | "DE" | "Y":
                months += count * {"CE": 1200, "DE": 120, "Y": 12}[unit]
            case "M":
                months += count
            case "W" | "D":
                days += count * (7 if unit == "W" else 1)
            case _:
                seconds += count * {"TH": 3600, "TM": 60, "TS": 1}[unit]
    if months > 120_000:
        return None
    year, month = add_months(day.year, day.month, sign * int(months))
    around = month_days(year, month)
    if around is None:
        return None
    moved = around.first.replace(day=min(day.day, around.last.day))
    days += 30 * (months - int(months))
    if seconds and at:
        try:
            return (datetime.combine(moved, time(*at)) + sign * timedelta(days=days, seconds=seconds)).date()
        except OverflowError:
            return None
    return shifted(moved, sign * int(days + seconds // 86400))


def _ago(meaning: Ago, context: Context, resolve: Resolve) -> Resolved | None:
    length = meaning.length
    unit = length.parts[-1][1]
    value = length.parts[-1][0] or 0
    unit = "D" if unit[0] == "T" else "M" if unit == "Y" and value % 1 else "Y" if unit == "DE" and value % 1 else unit
    base: Resolved | None = None
    plain = meaning.sign > 0 and meaning.of is None and not meaning.from_mention and not meaning.from_now
    if meaning.of is not None:
        base = resolve(meaning.of, context)
    elif meaning.from_mention:
        base = context.mentioned("CE")
    elif plain and not context.future:
        base = context.mentioned("Y", in_sentence=True)
        if base is None and context.past:
            return None
    if base is None and not meaning.from_mention and meaning.of is None and context.anchor:
        base = Resolved("DATE", context.anchor_text or "", "D", Days(context.anchor, context.anchor))
    if base is None or base.days is None:
        return Resolved(
            "DATE", {"W": "XXXX-WXX", "M": "XXXX-XX", "D": "XXXX-XX-XX", "Y": "XXXX"}.get(unit, "XXXX"), unit
        )
    moved = _moved(length, meaning.sign, base.days.first, context.time)
    found = unit_around(unit, moved, 0) if moved else None
    return replace(found, mod=length.mod, anchor=base.value, explicit=base.explicit) if found else None


def _day_of(day: Meaning | None, context: Context, resolve: Resolve) -> Resolved | None:
    if day is not None:
        found = resolve(day, context)
        return found if (found and len(found.value) == 10) or (found and "X" in found.value) else None
    told = context.day_told()
    if told:
        return replace(told, type="DATE", value=told.value[:10])
    if context.anchor is None:
        return Resolved("DATE", "XXXX-XX-XX", "D")
    return Resolved("DATE", str(context.anchor), "D", Days(context.anchor, context.anchor), anchor=context.anchor_text)


def _part_of_day(meaning: PartOfDay, context: Context, resolve: Resolve) -> Resolved | None:
    day = _day_of(meaning.day, context, resolve)
    return replace(day, type="TIME", value=f"{day.value}T{meaning.part}") if day else None


def _clock(meaning: Clock, context: Context, resolve: Resolve) -> Resolved | None:
    day = _day_of(meaning.day, context, resolve)
    if day is None:
        return None
    hour = meaning.hour
    match meaning.half:
        case "am":
            hour = hour % 12 if hour <= 12 else hour
        case "pm":
            hour += 12 if hour < 12 else 0
        case "midnight":
            hour = 0 if hour == 12 else hour
        case "noon":
            hour += 12 if hour < 6 else 0
        case "night":
            hour = 0 if hour == 12 else hour + 12 if 5 < hour < 12 else hour
    second = f":{meaning.second:02}" if meaning.second is not None else ""
    return replace(day, type="TIME", value=f"{day.value}T{hour:02}:{meaning.minute:02}{second}{meaning.zone}")


def _repeat(meaning: Repeat, _: Context, _resolve: Resolve) -> Resolved | None:
    return Resolved("SET", meaning.value, "")


RESOLVERS: Resolvers = {
    Length: _length,
    Ago: _ago,
    PartOfDay: _part_of_day,
    Clock: _clock,
    Repeat: _repeat,
}
