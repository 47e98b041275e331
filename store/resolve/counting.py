"""Days that the news counts: "the 291st day of the war" and the days the war may have begun on.

A sentence that gives both the number and the day it began needs nothing else. Of some wars the first day is known
(data/counted.tsv); a sentence must name the war and speak of fighting, for strikes and hearings are counted too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from store.models import DateMention, Sentence
from store.resolve.story import is_about
from store.resolve.years import PRINTED
from store.text.fold import fold, fold_with_map
from store.values import value_class

_HINT = re.compile(r"يوم(?:ه|ها)?[\s\u00a0]+ال")
_COUNT = re.compile(r"(?<!\w)[وفلبك]?(?:لليوم|اليوم|يومها|يومه)\s+ال\s?(\d{1,4})(?!\w|[/.:-]\d)")
_OF = 6
"""Within so many code points after a number stands the month it is a day of ("اليوم الـ24 من نيسان")."""
_NOT_YET = re.compile(r"(?:قترب|قرب|عشيه|قبل|قبيل|نهايه|عن|منذ)(?:\s+من)?\s*$")
"""Before the words for a day these make it one that is still to come, an hour of it, or the first of others ("تقترب من
يومها الـ20")."""
_GOES_ON = re.compile(r"[وف]?لليوم")
_WAS, _HAD = re.compile(r"(?<!\w)[وف]?كان(?:ت|وا)?(?!\w)"), re.compile(r"(?<!\w)قد(?!\w)")
_WHEN = re.compile(r"(?<!\w)[وف]?(?:حين|حينما|عندما)(?!\w)")
"""After one of these, or after both of those, a day is one that the news looks back on."""


@value_class(frozen=True, slots=True)
class Counted:
    """A day said by its number, and the days it may be counted from, each with what began then."""

    text: str
    number: int
    beginnings: tuple[tuple[date, str], ...]

    def day_from(self, first: date) -> date:
        """The day of this number when `first` is the first."""
        return first + timedelta(days=self.number - 1)


@value_class(frozen=True, slots=True)
class _Known:
    first: date
    last: date
    what: str
    words: tuple[str, ...]


@cache
def _known() -> tuple[tuple[_Known, bool], ...]:
    """What is counted, and whether others share its words."""
    found = []
    for line in files(__package__).joinpath("data", "counted.tsv").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            first, last, what, names = line.split("\t")
            end = date.max if last == "-" else date.fromisoformat(last)
            named = tuple(fold(name.strip()) for name in names.split("|"))
            found.append(_Known(date.fromisoformat(first), end, what, named))
    return tuple((one, any(set(one.words) & set(other.words) for other in found if other is not one)) for one in found)


def is_in(text: str) -> bool:
    """Whether a text may count days."""
    return _HINT.search(text) is not None


def find(text: str, sentences: Sequence[Sentence], mentions: Sequence[DateMention], lead_end: int) -> Iterator[Counted]:
    """The counted days of the news, in reading order. Those it looks back on are none, nor those after `lead_end`, the
    offset where what is new is told, unless something goes on for that day."""
    starts, ends = [mention.start for mention in mentions], [mention.end for mention in mentions]
    days = {mention.value[4:10] for mention in mentions}
    lately = {m.value[4:10] for m in mentions if is_about("last", fold(m.text)) or is_about("now", fold(m.text))}
    lead: str | None = None
    for sentence in sentences:
        source = text[sentence.start : sentence.end]
        if not _HINT.search(source):
            continue
        if not _COUNT.search(fold(source)):
            continue
        folded = fold_with_map(source)
        in_lead = sentence.start < lead_end
        back = _looks_back(folded.text, in_lead)
        for match in _COUNT.finditer(folded.text):
            start, end = (offset + sentence.start for offset in folded.span(*match.span()))
            near = mentions[bisect_left(ends, start + 1) : bisect_left(starts, end + _OF)]
            if any(_is_of_month(mention, start, end) for mention in near):
                continue
            if match.start() > back or _NOT_YET.search(folded.text, 0, match.start()):
                continue
            if not in_lead and not _GOES_ON.match(match[0]):
                continue
            number = int(match[1])
            inside = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            beginnings = _said(inside)
            if not beginnings and is_about("fighting", folded.text) and not is_about("other", folded.text):
                beginnings = _by_name(folded.text, number)
                if not beginnings:
                    lead = fold(text[:lead_end]) if lead is None else lead
                    beginnings = _by_name(lead, number)
            beginnings = _mentioned(beginnings, days, lately)
            if number and beginnings:
                yield Counted(text[start:end].strip(), number, tuple(beginnings))


def _looks_back(folded: str, in_lead: bool) -> int:
    """The offset in a folded sentence from where it tells of what was before the news; its length if it does not.
    After the lead the past of a verb is enough."""
    was, when = _WAS.search(folded), _WHEN.search(folded)
    had = _HAD.search(folded, was.end()) if was and in_lead else was
    return min((found.start() for found in (had, when) if found), default=len(folded))


def _is_of_month(mention: DateMention, start: int, end: int) -> bool:
    """Whether a date makes of the number between `start` and `end` a day of a month."""
    if mention.start < end:
        return mention.end > start and mention.earliest is not None
    return mention.precision == "month" and mention.start < end + _OF


def _said(inside: Sequence[DateMention]) -> list[tuple[date, str]]:
    """The days that a sentence itself says it lasts since, each once; `inside` are its dates."""
    found: dict[date, str] = {}
    for mention in inside:
        day = mention.earliest if mention.earliest == mention.latest and mention.anchor is None else None
        if day and mention.bound == "since" and int(day[:4]) in PRINTED:
            found.setdefault(date.fromisoformat(day), f'what lasts since "{mention.text}"')
    return list(found.items())


def _by_name(folded: str, number: int) -> list[tuple[date, str]]:
    """Whatever is named in a folded text and lasted so many days."""
    named = [
        (known, shared)
        for known, shared in _known()
        if known.first + timedelta(days=number - 1) <= known.last and any(word in folded for word in known.words)
    ]
    own = [known for known, shared in named if not shared]
    return [(known.first, known.what) for known in own or [known for known, _ in named]]


def _mentioned(beginnings: list[tuple[date, str]], days: set[str], lately: set[str]) -> list[tuple[date, str]]:
    """What began on a day that the text calls a last one (`lately`); else no earlier than the first whose month and day
    the text mentions; all when it mentions none."""
    last = [each for each in beginnings if f"-{each[0]:%m-%d}" in lately]
    first = min((day for day, _ in beginnings if f"-{day:%m-%d}" in days), default=date.min)
    return last or [each for each in beginnings if each[0] >= first]
