"""What resolution knows beside the words: the anchor, what was mentioned before, the cues of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from store.extract.dates.calendars import Days
from store.extract.dates.meaning import Meaning
from store.models import DateType, Precision
from store.values import value_class

PRECISIONS: dict[str, Precision] = {
    "D": "day", "W": "week", "M": "month", "S": "season", "Q": "quarter", "Y": "year", "DE": "decade", "CE": "century",
    "TH": "time", "TM": "time", "TS": "time", "R": "range", "H": "range", "T": "range",
}  # fmt: skip
_TELLING = 2
"""How many sentences back a day is still being told of."""
_REACH, _FAR_REACH = 3, 8
"""How many sentences back "the day after" and "that day" may point."""
_FINENESS = ("D", "W", "M", "S", "Q", "H", "R", "Y", "DE", "CE")


@value_class(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 value and the days it may mean."""

    type: DateType
    value: str
    unit: str
    """The unit of its precision; "R" for a stretch of its own, "" for what has none."""
    days: Days | None = None
    mod: str | None = None
    anchor: str | None = None
    explicit: bool = False
    """Whether the text itself gives its year."""
    sentence: int = 0
    """The number of the sentence it stands in, once remembered."""
    from_mention: bool = False
    """Whether it is itself counted from another mention."""

    @property
    def precision(self) -> Precision:
        """How exactly it is known."""
        if self.type == "TIME":
            return "time"
        return PRECISIONS.get(self.unit, "vague")

    def anchored(self, anchor: str | None) -> Resolved:
        """The same, resting on `anchor` unless it names its own."""
        return self if self.anchor or anchor is None else replace(self, anchor=anchor)


@dataclass(slots=True)
class Context:
    """The surroundings of the mention that is being resolved."""

    anchor: date | None = None
    time: tuple[int, int] | None = None
    anchor_text: str | None = None
    history: list[Resolved] = field(default_factory=list)
    """Dated mentions before this one, oldest first."""
    sentence: int = 0
    """The number of the sentence."""
    base: Resolved | None = None
    """A date with its year earlier in the sentence that dates without one lean on."""
    lead: Resolved | None = None
    """The first date of the sentence: what is due is due as seen from there."""
    future: bool = False
    past: bool = False
    coming: bool = False
    """Whether a weekday is the next one."""
    reach: int = 0
    """How many days ahead a date without a year may lie before the last one is meant after all."""
    due: bool = False
    """After بحلول: a date still to come as seen from the base."""
    starting: bool = False
    """After "اعتبارا من": from the day itself on."""
    event: str | None = None
    """Dates a noun before the mention may name ("هجمات": 09-11=2001); see data/events.tsv."""

    open: bool = False
    """Whether nothing in the sentence says in which direction a date without a year lies."""
    months: dict[int, int] = field(default_factory=dict)
    """Years of the months that the text has placed so far ("فبراير المقبل"), for their later mentions."""
    event_days: Mapping[str, int] = field(default_factory=dict)
    """Years by month-day; see data/events.tsv."""

    def leaned_on(self) -> Resolved | None:
        """The date that one without a year leans on: one whose year the sentence gives, or its lead for what is due."""
        return self.base or (self.lead if self.due and self.lead and self.lead.unit in ("D", "M") else None)

    def day_told(self) -> Resolved | None:
        """The day that a time of day without its own belongs to: the last one named, in this sentence or just before.

        None for the document's own; what is to come is not of a day that has passed.
        """
        last = self.history[-1] if self.history else None
        if last is None or last.unit != "D" or last.days is None or self.sentence - last.sentence > _TELLING:
            return None
        if self.anchor and last.days.first < self.anchor and self.future:
            return None
        return last

    def mentioned(self, unit: str, in_sentence: bool = False, far: bool = False) -> Resolved | None:
        """The last mention known at least as exactly as `unit`; a `far` one is not of the document's own day."""
        since = self.sentence - (0 if in_sentence else _FAR_REACH if far else _REACH)
        limit = _FINENESS.index(unit) if unit in _FINENESS else len(_FINENESS)
        for mention in reversed(self.history):
            if mention.sentence < since:
                break
            if in_sentence and mention.from_mention:
                continue
            if far and mention.days and mention.days.first == self.anchor:
                continue
            if mention.unit in _FINENESS and _FINENESS.index(mention.unit) <= limit:
                return mention
            if mention.unit == "R" and mention.days and _in_one(unit, mention.days):
                return mention
        return None


def _in_one(unit: str, days: Days) -> bool:
    """Whether a stretch lies in one month, or one year."""
    same_year = days.first.year == days.last.year
    return same_year and (unit == "Y" or (unit == "M" and days.first.month == days.last.month))


def parse_anchor(anchor: str | None) -> tuple[date | None, tuple[int, int] | None]:
    """The day and the clock time of an ISO date or datetime; None for anything else, which is no anchor."""
    if not anchor:
        return None, None
    try:
        if len(anchor) == 10:
            return date.fromisoformat(anchor), None
        moment = datetime.fromisoformat(anchor)
    except ValueError:
        return None, None
    return moment.date(), (moment.hour, moment.minute)


def one_day(day: date, anchor: str | None, explicit: bool) -> Resolved:
    """The value of a known day."""
    return Resolved("DATE", str(day), "D", Days(day, day), anchor=anchor, explicit=explicit)


Resolve = Callable[[Meaning, Context], Resolved | None]
Resolvers = dict[type[Meaning], Callable[[Any, Context, Resolve], Resolved | None]]
"""By the kind of meaning: what gives its value; the last argument resolves the meanings it is made of."""
