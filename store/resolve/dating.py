"""When an undated document was published, by dated ones that tell the same.

A text that says "last April" was published within the year after that April. Which April it was, another article
may say. Where the text also says where in the year it stands ("the first days of the new year", "this December")
and on which weekday its news is, one day may be left. "Wednesday 24 January" has its year once another article tells
the same of it, and may then be a day of the week of the news. Otherwise the date stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from store.models import Block, DateMention, Published, Sentence
from store.resolve import published
from store.resolve.alike import Told
from store.resolve.weekdays import weekday_in
from store.text.fold import fold
from store.values import value_class

OPEN = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
"""The value of a month, or a day of a month, without its year."""

_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_NEW = "الجديد"
_CURRENT = ("الجاري", "الحالي")
_FIRST_DAYS = 10
"""How long a new year's days are its first ones."""


@value_class(frozen=True, slots=True)
class Witness:
    """A dated sentence elsewhere that tells the same as a sentence with an open date."""

    mention: DateMention
    """The open date."""
    earliest: str
    latest: str
    article: int
    title: str


def same_story(one: Told, other: Told) -> bool:
    """Whether two sentences agree so much that the date of one may be taken for the other."""
    common = len(one.stems & other.stems)
    smaller = min(len(one.stems), len(other.stems)) or 1
    overlap = 2 * common / (len(one.stems) + len(other.stems) or 1)
    return (common >= 3 and common / smaller >= 0.3 and bool(one.names & other.names)) or (
        common >= 5 and overlap >= 0.35
    )


def infer(dates: Sequence[DateMention], lead_end: int, witnesses: Sequence[Witness]) -> Published | None:
    """The one day of publication that the witnesses and the text itself leave; None when they leave more, or none.

    `dates` are those of the text without an anchor, in order; `lead_end` is the offset where its news is told.
    """
    telling = list(_unanimous(witnesses))
    first = max((date.fromisoformat(witness.latest) + timedelta(days=1) for witness in telling), default=None)
    last = min((date.fromisoformat(witness.latest) + timedelta(days=365) for witness in telling), default=None)
    place = _place_in_year(dates)
    weekday = next(
        ((int(found[1]), m) for m in dates if m.start < lead_end and (found := _WEEKDAY.match(m.value))), None
    )
    if first is None or last is None or place is None or weekday is None:
        return None
    month, days, said = place
    left = [
        day
        for day in (first + timedelta(days=at) for at in range((last - first).days + 1))
        if day.month == month and day.day <= days and day.isoweekday() == weekday[0]
    ]
    if len(left) != 1:
        return None
    return Published(
        left[0].isoformat(),
        "inferred",
        f'{_told(telling[0])}; the text is of "{said.text}" and its news of "{weekday[1].text}"',
    )


def infer_with_years(
    text: str,
    dates: Sequence[DateMention],
    sentences: Sequence[Sentence],
    blocks: Sequence[Block],
    witnesses: Sequence[Witness],
) -> Published | None:
    """What the text's own words leave once its days with a weekday have the years that witnesses give them; None when
    they leave more than one day, or none. `dates` are those of the text without an anchor, in order."""
    fitting = [w for w in witnesses if w.earliest == w.latest and weekday_in(w.mention.text) == _weekday(w.earliest)]
    dated = {w.mention.start: w for w in _unanimous(fitting)}
    if not dated:
        return None
    known = [
        replace(
            each, value=dated[each.start].earliest, earliest=dated[each.start].earliest, latest=dated[each.start].latest
        )
        if each.start in dated
        else each
        for each in dates
    ]
    found = published.infer(text, known, sentences, blocks, [each for each in known if each.start in dated])
    used = next((w for w in dated.values() if f'"{w.mention.text}"' in found.reason), None)
    if found.value is None or used is None:
        return None
    return Published(found.value, "inferred", f"{_told(used)}; {found.reason}")


def _weekday(day: str) -> int:
    return date.fromisoformat(day).isoweekday()


def _told(witness: Witness) -> str:
    """What a witness says, in words."""
    title = witness.title if len(witness.title) <= 60 else witness.title[:59] + "…"
    return f'"{witness.mention.text}" is {_span(witness)} in another article ("{title}") that tells the same'


def _unanimous(witnesses: Sequence[Witness]) -> Iterator[Witness]:
    """One witness for each open date whose witnesses all give it the same days, in order."""
    spans: dict[int, set[tuple[str, str]]] = {}
    for witness in witnesses:
        spans.setdefault(witness.mention.start, set()).add((witness.earliest, witness.latest))
    seen: set[int] = set()
    for witness in sorted(witnesses, key=lambda each: (each.mention.start, each.title)):
        at = witness.mention.start
        if len(spans[at]) == 1 and at not in seen:
            seen.add(at)
            yield witness


def _place_in_year(dates: Sequence[DateMention]) -> tuple[int, int, DateMention] | None:
    """(month, last day of it, what says so) that the text is written in; None when it does not say, or says two."""
    found: dict[tuple[int, int], DateMention] = {}
    for mention in dates:
        words = fold(mention.text).split()
        if mention.value == "XXXX" and mention.mod == "START" and _NEW in words:
            found.setdefault((1, _FIRST_DAYS), mention)
        elif (match := OPEN.fullmatch(mention.value)) and not match[2] and words[-1] in _CURRENT:
            found.setdefault((int(match[1]), 31), mention)
    if len({month for month, _ in found}) != 1:
        return None
    (month, days) = min(found)
    return month, days, found[month, days]


def _span(witness: Witness) -> str:
    return witness.earliest if witness.earliest == witness.latest else witness.earliest[:7]
