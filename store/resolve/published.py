"""When a document was published: what its source says, else what its text settles, else unknown.

The basis falls from `given` and `metadata` (a person, the source) over `header` and `dateline` (a line of the page) to
`inferred`, which asks for a text that leaves one day only. Nothing is guessed: a year that two readings could fill
stays unknown, and the reason says what stood in the way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, islice

from store.extract import dates
from store.models import Basis, Block, BlockKind, Cleaned, DateMention, Document, Published, Sentence
from store.text.fold import fold
from store.text.tokens import words

_FULL = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_OPEN_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_OPEN_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_IN_URL = re.compile(r"/(20\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_UPDATED = ("تحديث", "التعديل", "updated")
_NEWS: frozenset[BlockKind] = frozenset({"title", "body", "heading", "dateline"})
_DEICTIC = {"اليوم": 0, "امس": 1, "غدا": -1}
"""Days from a date to the publication when the date is said with this word ("اليوم الثلاثاء 14 ديسمبر")."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEAD = 3
"""Among so many first sentences of the body stands what is new."""
_TOP = 5
"""A date on a line of its own is the page's when it is among so many first ones."""
_HARDLY = 2
"""So many words beside a date leave its line one of its own."""
_WITHIN = 6
"""A bare weekday is one of the last seven days."""


def find(document: Document, cleaned: Cleaned, sentences: Sequence[Sentence]) -> Published:
    """The publication date of a document, its basis, and the words of the text it rests on."""
    if document.published:
        basis: Basis = document.published_basis if document.published_basis != "unknown" else "metadata"
        said = "a person gave it" if basis == "given" else "the source says so"
        return Published(document.published, basis, said)
    text, blocks = document.text, _Blocks(cleaned.blocks)
    top = [s for at, s in enumerate(sentences) if at < _TOP or blocks.kind(s.start) in ("header", "dateline")]
    mentions = dates.find(text, None, top, cleaned.blocks)
    return (
        _in_block(text, mentions, blocks, "header", "the header says")
        or _alone_on_its_line(text, mentions, sentences, blocks)
        or _in_url(document.url)
        or _in_block(text, mentions, blocks, "dateline", "the dateline says")
        or _inferred(text, mentions, cleaned.blocks, sentences, blocks)
    )


def _inferred(
    text: str, mentions: Sequence[DateMention], all_blocks: Sequence[Block], sentences: Sequence[Sentence], by: _Blocks
) -> Published:
    """What the news settles; a text without a year in figures is not searched further, nothing in it could."""
    if _YEAR.search(text):
        mentions = dates.find(text, None, sentences, all_blocks)
    return _Inference(text, mentions, sentences, by).published()


class _Blocks:
    """Which block an offset lies in."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = sorted(blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]

    def kind(self, offset: int) -> BlockKind:
        """The kind of the block at an offset; without blocks all is body."""
        at = bisect_right(self._starts, offset) - 1
        return self._blocks[at].kind if at >= 0 and offset < self._blocks[at].end else "body"


def _is_full(mention: DateMention) -> bool:
    """Whether it names its day by itself."""
    return mention.anchor is None and _FULL.fullmatch(mention.value) is not None


def _in_block(
    text: str, mentions: Sequence[DateMention], blocks: _Blocks, kind: BlockKind, said: str
) -> Published | None:
    """The date a block of `kind` states; of several, one with a time, and not that of an update."""
    found: list[tuple[bool, bool, int, DateMention]] = []
    since = 0
    for mention in mentions:
        if blocks.kind(mention.start) == kind and _is_full(mention):
            label = fold(text[max(since, mention.start - 30) : mention.start]).rpartition("\n")[2]
            updated = any(word in label for word in _UPDATED)
            found.append((updated, mention.type != "TIME", mention.start, mention))
        since = mention.end
    if not found:
        return None
    mention = min(found, key=lambda each: each[:3])[3]
    return Published(mention.value, "header" if kind == "header" else "dateline", f'{said} "{mention.text}"')


def _alone_on_its_line(
    text: str, mentions: Sequence[DateMention], sentences: Sequence[Sentence], blocks: _Blocks
) -> Published | None:
    """A line among the first that holds a full date and hardly a word more."""
    for sentence in sentences[:_TOP]:
        if blocks.kind(sentence.start) not in ("body", "heading", "title"):
            continue
        for mention in mentions:
            if sentence.start <= mention.start and mention.end <= sentence.end and _is_full(mention):
                rest = chain(words(text, sentence.start, mention.start), words(text, mention.end, sentence.end))
                if next(islice(rest, _HARDLY, None), None) is None:
                    return Published(mention.value, "header", f'a line of its own says "{mention.text}"')
    return None


def _in_url(url: str | None) -> Published | None:
    """The day in an address such as `/2021/12/14/`."""
    match = _IN_URL.search(url or "")
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return Published(str(day), "metadata", f'its address holds "{match[0][1:]}"')


@dataclass(frozen=True, slots=True)
class _Told:
    """A day of the text that the publication lies close to, and why."""

    day: date
    mention: DateMention
    why: str


class _Inference:
    """What the news itself leaves as the day of publication."""

    def __init__(
        self, text: str, mentions: Sequence[DateMention], sentences: Sequence[Sentence], blocks: _Blocks
    ) -> None:
        self._mentions = [mention for mention in mentions if blocks.kind(mention.start) in _NEWS]
        body = [sentence for sentence in sentences if blocks.kind(sentence.start) in ("body", "dateline")]
        self._lead_end = body[min(_LEAD, len(body)) - 1].end if body else 0
        self._text = text

    def published(self) -> Published:
        """The publication date, or why it stays unknown."""
        told = self._said_with_today()
        if told:
            return Published(str(told.day), "inferred", told.why)
        recent = self._recent_day()
        if recent is None:
            return Published(None, "unknown", self._why_unknown())
        lead = self._lead_weekday(recent.day)
        if lead is None:
            return Published(None, "unknown", f"{recent.why}, but nothing says how many days later the text is")
        day = recent.day + timedelta(days=(lead[0] - recent.day.isoweekday()) % 7)
        weekday = _WEEKDAYS[lead[0] - 1]
        why = f'{recent.why}; the news is of "{lead[1].text}", the {weekday} on or after it'
        return Published(str(day), "inferred", why)

    def _said_with_today(self) -> _Told | None:
        """ "اليوم الثلاثاء 14 ديسمبر 2021" is the day itself, "أمس" with a date the day before."""
        for mention in self._mentions:
            first, *rest = fold(mention.text).replace("،", " ").split()
            if first in _DEICTIC and _is_full(mention) and rest and (dates.weekday(rest[0]) or rest[0][0].isdigit()):
                day = date.fromisoformat(mention.value[:10]) + timedelta(days=_DEICTIC[first])
                return _Told(day, mention, f'the text says "{mention.text}"')
        return None

    def _weekdays(self) -> Iterator[tuple[int, DateMention]]:
        """Bare weekdays, unmodified."""
        for mention in self._mentions:
            match = _OPEN_WEEKDAY.match(mention.value)
            if match and mention.rule in ("day.weekday", "part.day"):
                yield int(match[1]), mention

    def _recent_day(self) -> _Told | None:
        """A date given with its weekday that the text later calls by the weekday alone, hence of the last week."""
        bare = dict(self._weekdays())
        for mention in reversed(self._mentions):
            day = self._day_of(mention)
            if day is None or _weekday_in(mention.text) != day.isoweekday():
                continue
            other = bare.get(day.isoweekday())
            if other and other.start > mention.start:
                why = f'"{mention.text}" is later just "{other.text}", so it is of the same week'
                return _Told(day, mention, why)
        return None

    def _day_of(self, mention: DateMention) -> date | None:
        """The day of a mention that has its year, or whose weekday and the text's years leave only one."""
        if _is_full(mention):
            return date.fromisoformat(mention.value[:10])
        return self._day_by_weekday(mention)

    def _day_by_weekday(self, mention: DateMention) -> date | None:
        match = _OPEN_DAY.fullmatch(mention.value)
        weekday = _weekday_in(mention.text)
        low, high = self._years
        if match is None or weekday is None or low is None or high is None:
            return None
        found = []
        for year in range(low, high + 1):
            try:
                day = date(year, int(match[1]), int(match[2]))
            except ValueError:
                continue
            if day.isoweekday() == weekday:
                found.append(day)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _years(self) -> tuple[int | None, int | None]:
        """The last year the text tells of as past, the first it expects."""
        past = [int(m.latest[:4]) for m in self._mentions if m.latest and not m.anchor and m.modality == "asserted"]
        ahead = [int(m.earliest[:4]) for m in self._mentions if m.earliest and not m.anchor and m.modality == "planned"]
        return max(past, default=None), min(ahead, default=None)

    def _lead_weekday(self, since: date) -> tuple[int, DateMention] | None:
        """The bare weekday the news opens with."""
        for weekday, mention in self._weekdays():
            if mention.start < self._lead_end and (weekday - since.isoweekday()) % 7 <= _WITHIN:
                return weekday, mention
        return None

    def _why_unknown(self) -> str:
        for mention in self._mentions:
            if _OPEN_DAY.fullmatch(mention.value):
                return f'"{mention.text}" has no year and nothing else in the text settles it'
        for _, mention in self._weekdays():
            return f'"{mention.text}" is a weekday of no known week'
        return "the text gives no date of its own"


def _weekday_in(text: str) -> int | None:
    """The weekday in the words of a date ("الأربعاء 24 يناير")."""
    return next((weekday for start, end in words(text) if (weekday := dates.weekday(text[start:end]))), None)
