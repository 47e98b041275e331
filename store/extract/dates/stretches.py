"""Two mentions that are the ends of one stretch, each of which may leave to the other what it does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from store.extract.dates.context import Context, Resolved
from store.extract.dates.meaning import Clock, Day, Meaning, Month, PartOfDay, Weekday
from store.extract.dates.resolve import resolve
from store.extract.dates.sentence import Item
from store.models import Bound, Modality


@dataclass(slots=True)
class Found:
    """A mention on its way: the item, where it stands, what it says and denotes."""

    index: int
    item: Item
    meaning: Meaning
    resolved: Resolved
    modality: Modality
    bound: Bound | None = None


def order(found: Sequence[Found], values: Sequence[Mapping[str, Any]]) -> None:
    """Bring the ends of stretches ("من … إلى …", "بين … و…") into order."""
    for one, other in pairwise(found):
        between = values[one.index + 1 : other.index]
        if not 0 < len(between) < 4:
            continue
        is_stretch = any("TILL" in each for each in between)
        if is_stretch and len(between) == 1:
            _order(one, other)
        if is_stretch or (one.index and "BETWEEN" in values[one.index - 1] and "AND" in between[0]):
            _share_half(one, other)


def _order(one: Found, other: Found) -> None:
    """A weekday that a stretch begins with lies before the day it ends with ("من الخميس إلى الأحد"), and what it ends
    with after its beginning ("من السبت المقبل حتى الاثنين").
    """
    first, last = one.resolved.days, other.resolved.days
    if not first or not last or first.first <= last.last:
        return
    day = one.meaning.day if isinstance(one.meaning, PartOfDay) else one.meaning
    end = other.meaning.day if isinstance(other.meaning, PartOfDay) else other.meaning
    if isinstance(day, Weekday) and day.direction is None:
        one.resolved = resolve(one.meaning, Context(last.first, anchor_text=other.resolved.value)) or one.resolved
    elif _is_open(end):
        context = Context(first.first, anchor_text=one.resolved.value, reach=366, coming=True)
        other.resolved = resolve(other.meaning, context) or other.resolved
        other.modality = one.modality


def _is_open(meaning: Meaning | None) -> bool:
    """Whether a date leaves its year, or its week, to be understood."""
    match meaning:
        case Weekday(direction=None) | Month(year=None, direction=None):
            return True
        case Day(month=Month(year=None, direction=None)):
            return True
    return False


def _share_half(one: Found, other: Found) -> None:
    """An hour without its half of the day has that of the stretch's end ("من الرابعة حتى العاشرة مساء")."""
    match one.meaning, other.meaning:
        case Clock(half=None, hour=hour), Clock(half=str(half), hour=end) if hour < end <= 12:
            days = one.resolved.days
            context = Context(days.first if days else None, anchor_text=one.resolved.anchor)
            moment = resolve(replace(one.meaning, half=half, day=None), context)
            if moment and "T" in moment.value:
                day, hours = one.resolved.value.split("T")[0], moment.value.split("T")[1]
                one.resolved = replace(one.resolved, value=f"{day}T{hours}")
