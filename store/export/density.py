"""How thick the events lie in time, as numbers to be drawn true to scale.

Days are proleptic Gregorian ordinals; every stretch is [first, end). Where a few events lie far from the rest, the
picture holds the rest and says how many are outside, instead of squeezing it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from store.answers import Bucket, Filter
from store.export.wording import days, ordinal
from store.extract.dates.calendars import hijri_month, hijri_of, hijri_year, month_days
from store.models import Precision
from store.text.when import Calendar

if TYPE_CHECKING:
    from store.database.queries import Reader

Unit = Literal["day", "month", "year", "decade"]

_YEAR = 365.2425
_LENGTHS: dict[Unit, float] = {"day": 1, "month": _YEAR / 12, "year": _YEAR, "decade": 10 * _YEAR}
_FINEST: tuple[tuple[Unit, float], ...] = (("day", 92), ("month", 25 * _YEAR), ("year", 300 * _YEAR))
"""The longest picture in each unit, in days."""
_LEAST = 12
"""Units that a picture has at least, so that a lone event is no wall."""
_FEW, _FAR, _LONG = 20, 4, 40 * _YEAR
"""At most one event in `_FEW` is left out of the picture, if that makes one of `_LONG` days `_FAR` times shorter."""
_LAST = date.max.toordinal()
_VALUE = re.compile(r"(\d{3,4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
_MONTHS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 4, 8, 16, 32)
"""How many years, months or days lie from one mark to the next."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many events lie in a stretch; `light` when they are known no more exactly than that it holds them."""

    first: int
    end: int
    value: str
    """The stretch as the corpus writes it: `2021-12-09`, `2021-12`, `2021`; the first year of a decade or century."""
    events: int
    light: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis; those that are not `rough` are left out where there is little room."""

    at: int
    label: str
    rough: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """How many events lie before or after the picture, and the farthest of them."""

    events: int
    farthest: Bar


@dataclass(frozen=True, slots=True)
class Picture:
    """The stretch [first, end) with its bars in order of time."""

    first: int
    end: int
    unit: Unit
    bars: tuple[Bar, ...]
    before: Outside | None
    after: Outside | None
    unplaced: int
    """Events of no year that can be drawn, as those before our era."""

    def height(self, bar: Bar) -> float:
        """Events in each unit of the picture: the area of a bar is the number of its events."""
        return bar.events * (_LENGTHS[self.unit] / (bar.end - bar.first) if bar.light else 1)


def picture(reader: Reader, f: Filter) -> Picture | None:
    """The events that pass `f` as a picture; None when there are none to draw."""
    long = _long(reader, f)
    bars, unplaced = _bars(reader.buckets(f, "month"), "month", long)
    if not bars:
        return None
    first, end = _held(f, bars)
    unit: Unit = next((unit for unit, most in _FINEST if end - first <= most), "decade")
    if unit != "month":
        bars, unplaced = _bars(reader.buckets(f, unit), unit, long)
        first, end = _held(f, bars)
    lacking = max(0, round(_LEAST * _LENGTHS[unit]) - (end - first))
    first, end = _whole(max(first - lacking // 2, 1), min(end + (lacking + 1) // 2, _LAST + 1), unit)
    within = tuple(bar for bar in bars if bar.end > first and bar.first < end)
    before = _outside([bar for bar in bars if bar.end <= first])
    after = _outside([bar for bar in reversed(bars) if bar.first >= end])
    return Picture(first, end, unit, within, before, after, unplaced)


def ticks(
    shown: Picture,
    calendar: Calendar,
    years: tuple[int, int],
    others: tuple[int, int],
    days: Callable[[str, str, Precision, Calendar], str] = days,
) -> list[Tick]:
    """Marks where days, months or years of the calendar begin: at most so many, and at most so many of them rough,
    if they are `years`, or `others`."""
    if shown.unit == "day":
        return _chosen(shown, enumerate(range(shown.first, shown.end)), _DAYS, others, "day", calendar, days)
    if shown.end - shown.first <= 3 * 366:
        return _chosen(shown, _months(shown, calendar), _MONTHS, others, "month", calendar, days)
    return _chosen(shown, _years(shown, calendar), _YEARS, years, "year", calendar, days)


def _long(reader: Reader, f: Filter) -> list[Bar]:
    """Decades and centuries, which the corpus counts under the year they begin in."""
    found = []
    lengths: tuple[tuple[Precision, int], ...] = (("decade", 10), ("century", 100))
    for precision, years in lengths:
        if f.precision in (None, precision):
            for bucket in reader.buckets(replace(f, precision=precision), "year"):
                if re.fullmatch(r"\d{4}", bucket.value) and (year := int(bucket.value)):
                    begin = max(1, year - year % years)
                    first, end = (_new_year(one) for one in (begin, begin - begin % years + years))
                    found.append(Bar(first, end, bucket.value, bucket.events, True))
    return found


def _bars(buckets: Iterable[Bucket], unit: Unit, long: Sequence[Bar]) -> tuple[list[Bar], int]:
    """Bars in order of time, and how many events have no place among them."""
    longer = Counter[str]()
    lengths = {"decade": 10 * 366}
    apart = [bar for bar in long if bar.end - bar.first > lengths.get(unit, 0)]
    for bar in apart:
        longer[bar.value[:3] if unit == "decade" else bar.value] += bar.events
    found, unplaced = list(apart), 0
    for bucket in buckets:
        events = bucket.events - longer.pop(bucket.value, 0)
        stretch = _stretch(bucket.value)
        if stretch is None:
            unplaced += events
        elif events > 0:
            light = stretch[1] - stretch[0] > 1.1 * _LENGTHS[unit]
            found.append(Bar(*stretch, bucket.value, events, light))
    return sorted(found, key=lambda bar: (bar.first, -bar.end)), unplaced


def _stretch(value: str) -> tuple[int, int] | None:
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if len(found[1]) == 3:
        return None if month else (_new_year(max(1, 10 * year)), _new_year(10 * year + 10))
    if not year:
        return None
    if day:
        first = ordinal(value)
        return (first, first + 1) if first else None
    if month:
        return _month(year, month)
    return _new_year(year), _new_year(year + 1)


def _month(year: int, month: int) -> tuple[int, int] | None:
    first = ordinal(f"{year:04}-{month:02}-01")
    end = ordinal(f"{year + month // 12:04}-{month % 12 + 1:02}-01")
    return (first, end) if first and end else None


def _new_year(year: int) -> int:
    return ordinal(f"{year:04}-01-01") or 1


def window(bars: Sequence[Bar]) -> tuple[int, int]:
    """The stretch to draw: all of it, or the shortest that leaves few events out, where that is far shorter."""
    whole = bars[0].first, max(bar.end for bar in bars)
    total = sum(bar.events for bar in bars)
    few = max(total // _FEW, 1 if total > 2 else 0)
    if whole[1] - whole[0] < _LONG or not few:
        return whole
    # From each bar on to the first that together with those between holds enough.
    sums = [0]
    for bar in bars:
        sums.append(sums[-1] + bar.events)
    best = whole
    for at, bar in enumerate(bars):
        if (last := bisect_left(sums, sums[at] + total - few)) <= len(bars):
            end = max(one.end for one in (bars[last - 1], bar))
            if end - bar.first < best[1] - best[0]:
                best = bar.first, end
    return best if _FAR * (best[1] - best[0]) <= whole[1] - whole[0] else whole


def _held(f: Filter, bars: Sequence[Bar]) -> tuple[int, int]:
    """The stretch to draw, without what lies before or after the days asked for, as years and decades reach over them;
    what lasts longer than a year (or a decade) makes it no longer."""
    shortest = ([bar for bar in bars if bar.end - bar.first <= most] for most in (366, 3660))
    first, end = window(next(filter(None, shortest), bars))
    since, until = (_stretch(day) if day else None for day in (f.since, f.until))
    begin, stop = max(first, since[0]) if since else first, min(end, until[1]) if until else end
    return (begin, stop) if begin < stop else (first, end)


def _whole(first: int, end: int, unit: Unit) -> tuple[int, int]:
    """The stretch from the beginning of a year or decade to the end of one, where it is drawn in these."""
    if unit not in ("year", "decade"):
        return first, end
    years = 10 if unit == "decade" else 1
    begin, last = (_calendar(at, "gregorian")[0] // years * years for at in (first, end - 1))
    return _new_year(max(begin, 1)), _new_year(last + years)


def _outside(bars: Sequence[Bar]) -> Outside | None:
    """The bars outside, the farthest first."""
    return Outside(sum(bar.events for bar in bars), bars[0]) if bars else None


def _months(shown: Picture, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """(number of the month, its first day) for each that begins in the picture."""
    year, month = _calendar(shown.first, calendar)
    for number in range(12 * year + month - 1, 12 * year + month + 12 * 4):
        year, month = divmod(number, 12)
        found = (hijri_month if calendar == "hijri" else month_days)(year, month + 1)
        if found and shown.first <= (at := found.first.toordinal()) < shown.end:
            yield month, at


def _years(shown: Picture, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """(year, its first day) for each year that begins in the picture."""
    first, last = (_calendar(at, calendar)[0] for at in (shown.first, shown.end - 1))
    for year in range(first, last + 1):
        if calendar == "hijri":
            found = hijri_year(year)
            at = found.first.toordinal() if found else 0
        else:
            at = _new_year(year)
        if shown.first <= at < shown.end:
            yield year, at


def _calendar(at: int, calendar: Calendar) -> tuple[int, int]:
    """Year and month of a day, the first or last that the calendar has where it has not this one."""
    day = date.fromordinal(min(max(at, 1), _LAST))
    if calendar == "gregorian":
        return day.year, day.month
    found = hijri_of(day)
    return found[:2] if found else (1, 1) if day.year < 700 else (2000, 12)


def _chosen(
    shown: Picture,
    marks: Iterable[tuple[int, int]],
    steps: Sequence[int],
    most: tuple[int, int],
    unit: Unit,
    calendar: Calendar,
    days: Callable[[str, str, Precision, Calendar], str],
) -> list[Tick]:
    """Every so-manieth of the marks (number, day), by the smallest steps of which at most so many fit the picture."""
    fit = (shown.end - shown.first) / _LENGTHS[unit]
    fine = next((one for one in steps if fit <= most[0] * one), steps[-1])
    rough = next((one for one in steps if fit <= most[1] * one and one % fine == 0), steps[-1])
    return [
        Tick(at, _label(at, unit, calendar, days), number % rough == 0) for number, at in marks if number % fine == 0
    ]


def _label(at: int, unit: Unit, calendar: Calendar, days: Callable[[str, str, Precision, Calendar], str]) -> str:
    day = date.fromordinal(at).isoformat()
    return days(day, day, unit, calendar)
