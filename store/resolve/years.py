"""The year of "الثلاثاء 14 ديسمبر": the one in which that day is a Tuesday, among those the text leaves.

A weekday fits a day of a month in one year of five, six or eleven. Which of these it is, three things may say: the
text names the year it is written in ("هذا العام 2021"); it lies between the last year the text tells of and the first
it expects; or the last day that the text tells of, itself of the newest year it tells of, is at most a year before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from store.models import DateMention
from store.resolve.story import Kind, is_about
from store.resolve.weekdays import NAMES, own_day, weekday_in
from store.text.fold import fold

OPEN_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)(?:T.*)?")
PRINTED = range(1800, 2101)
"""Years that a text may be published in."""
_BESIDE: dict[Kind, int] = {"now": 0, "last": 1, "next": -1}
"""Years from one so called to the article's."""
_MOST = 12
"""In so many years each weekday has come round to a day of a month, but 29 February."""
_YEARS_AFTER = 1
"""The last day told of is of the same year or so many before; further back, chance finds a year that fits."""


class Years:
    """What the dates of a text say of the years it is about."""

    def __init__(self, mentions: Sequence[DateMention]) -> None:
        self._mentions = [mention for mention in mentions if mention.anchor is None and mention.latest]

    def day_of(self, mention: DateMention) -> tuple[date, str] | None:
        """The one day that a day of a month with its weekday is, and why; None where more than one is left."""
        match, weekday = OPEN_DAY.fullmatch(mention.value), weekday_in(mention.text)
        if match is None or weekday is None:
            return None
        month, day = int(match[1]), int(match[2])
        for first, last, why in self._bounds:
            found = [each for year in range(first, last + 1) if (each := _a_day(year, month, day, weekday))]
            if len(found) == 1:
                return found[0], f'"{mention.text}" is a {NAMES[weekday - 1]} in {found[0].year}, {why}'
        if self._last_told is None:
            return None
        since, last_told = self._last_told
        years = range(since.year, since.year + _YEARS_AFTER + 1)
        fitting = [each for year in years if (each := _a_day(year, month, day, weekday)) and each >= since]
        if len(fitting) != 1:
            return None
        why = f'the first year after "{last_told.text}", the last day that the text tells of'
        return fitting[0], f'"{mention.text}" is a {NAMES[weekday - 1]} in {fitting[0].year}, {why}'

    @cached_property
    def _bounds(self) -> list[tuple[int, int, str]]:
        """First and last year that the text leaves, and what says so, the best first."""
        found = []
        for mention in self._mentions:
            said = next((shift for kind, shift in _BESIDE.items() if is_about(kind, fold(mention.text))), None)
            if said is not None and mention.precision == "year" and mention.earliest and mention.latest:
                first, last = int(mention.earliest[:4]) + said, int(mention.latest[:4]) + said
                found.append((first, last, f'and the text says "{mention.text}"'))
                break
        told = [mention for mention in self._mentions if mention.modality == "asserted"]
        expected = [mention for mention in self._mentions if mention.modality == "planned"]
        past = max(told, key=lambda mention: mention.latest or "", default=None)
        due = min(expected, key=lambda mention: mention.earliest or "", default=None)
        if past and due and past.latest and due.earliest:
            first, last = int(past.latest[:4]), int(due.earliest[:4])
            if last - first < _MOST:
                found.append((first, last, f'the only year from "{past.text}" to "{due.text}", which is to come'))
        return found

    @cached_property
    def _last_told(self) -> tuple[date, DateMention] | None:
        """The last day the text tells of as past, if no later year is told of."""
        told = [mention for mention in self._mentions if mention.modality in ("asserted", "denied")]
        days = [(day, mention) for mention in told if (day := own_day(mention)) and day.year in PRINTED]
        last = max(days, key=lambda each: each[0], default=None)
        if last is None or any(int((mention.latest or "")[:4]) > last[0].year for mention in told):
            return None
        return last


def _a_day(year: int, month: int, day: int, weekday: int) -> date | None:
    """The day, if there is one and it falls on that weekday."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.isoweekday() == weekday else None
