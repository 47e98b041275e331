"""Where a page contradicts itself about a date.

What is looked for can hardly be anything but a slip of the outlet: a weekday that is not that of its day, two calendars
that name different days, a picture of what the article tells with another year, the same told of one day in two years,
a date above the article or in a caption that lies after it, a header more than a day from the page's metadata. The
finding is a function of what is stored and of the article's date, so that it follows when that becomes known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from store.answers import Article
from store.extract import dates as extract
from store.models import Analysis, Block, Contradiction, DateMention, Document, Published, Sentence
from store.resolve import published as dating
from store.resolve.stems import stems
from store.resolve.story import is_about
from store.resolve.weekdays import NAMES, day_of, name_of, own_day, weekdays_in
from store.resolve.years import PRINTED
from store.text.fold import fold
from store.text.sentences import split
from store.text.tokens import words

_DEICTIC = frozenset({"اليوم", "امس", "غدا", "غد", "البارحة"})
"""A weekday beside one of these is that of the news, not of the date that follows."""
_NEAR = 60
"""Within so many days a date without a year is that of the article's year, not that of a year before or after."""
_YEAR = frozenset({"العام", "عام", "السنه", "سنه"})
"""With one of these a date says itself of which year it is, as seen from the article ("من العام الماضي")."""
_OPEN = re.compile(r"XXXX-(\d\d)-(\d\d)")
_EQUALS = re.compile(r"الموافق|\(")
_COMMON, _SHARE = 3, 0.3
"""A caption tells what a sentence tells when so many content words are common, and such a part of the shorter one's."""
_SAME_COMMON, _SAME_SHARE = 5, 0.5
"""The same of two sentences of the text."""
_COMPARED = 8
"""So many dates of one month and day are looked at."""
_TOLERANCE = 1
"""Days by which two calendars may differ: a new moon is seen a day earlier or later."""


def contradictions(article: Article) -> list[Contradiction]:
    """Where a stored article contradicts itself about a date, in reading order."""
    return find(article.document, article.cleaned.blocks, article.sentences, article.dates, article.row.published)


def of_analysis(found: Analysis) -> list[Contradiction]:
    """The same of an analysis that is not stored."""
    return find(found.document, found.cleaned.blocks, found.sentences, found.dates, found.published)


def find(
    document: Document,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    dates: Sequence[DateMention],
    published: Published,
) -> list[Contradiction]:
    """Where a text contradicts itself about a date; `dates` are resolved against the day it was published on, if that
    is known."""
    text, kinds = document.text, dating.Blocks(blocks)
    day = day_of(published.value)
    found: dict[int, Contradiction] = {}
    for each in (
        *_wrong_weekdays(dates, day),
        *_unequal(dates),
        *_against_metadata(document, dates, kinds),
        *_after(text, dates, sentences, kinds, published),
        *_other_year(text, dates, sentences, kinds),
        *_two_years(text, dates, sentences, kinds),
    ):
        found.setdefault(each.start, each)
    return [found[start] for start in sorted(found)]


def _wrong_weekdays(dates: Sequence[DateMention], day: date | None) -> Iterator[Contradiction]:
    """Dates said with a weekday that is not theirs."""
    for mention in dates:
        weekdays = list(weekdays_in(mention.text))
        if len(weekdays) != 1 or _is_of_the_news(mention.text):
            continue
        weekday, text = weekdays[0], f'"{mention.text}"'
        if its := own_day(mention):
            if its.year not in PRINTED:
                continue  # the weekdays of an older calendar are others
            off = abs((its.isoweekday() - weekday + 3) % 7 - 3)
            hijri = mention.value[:4] not in fold(mention.text)
            if off > (_TOLERANCE if hijri else 0):
                yield _at(mention, f"{text} is a {name_of(its)}, not a {NAMES[weekday - 1]}: {its}")
        elif day and (mention.anchor or "")[:10] == str(day) and not _denotes(mention, weekday):
            nearest = _nearest(mention, day)
            if nearest and nearest.isoweekday() != weekday:
                near = f"{nearest}, next to the article of {day}, is a {name_of(nearest)}"
                yield _at(mention, f"{text} is no {NAMES[weekday - 1]}: {near}")


def _is_of_the_news(text: str) -> bool:
    return any(fold(text[start:end]) in _DEICTIC for start, end in words(text))


def _denotes(mention: DateMention, weekday: int) -> bool:
    """Whether a date means one day, of whatever year, and that is the weekday said."""
    meant = day_of(mention.earliest) if mention.earliest == mention.latest else None
    return meant is not None and meant.isoweekday() == weekday


def _nearest(mention: DateMention, day: date) -> date | None:
    """The day nearest to `day` that a Gregorian day and month without a year may mean; None when it is far."""
    if mention.rule != "day.date" or any(fold(mention.text[start:end]) in _YEAR for start, end in words(mention.text)):
        return None
    alone = extract.find(mention.text, None, split(mention.text))
    match = _OPEN.match(alone[0].value) if len(alone) == 1 else None
    if match is None:
        return None
    try:
        found = [date(year, int(match[1]), int(match[2])) for year in range(day.year - 1, day.year + 2)]
    except ValueError:  # 29 February
        return None
    nearest = min(found, key=lambda each: abs(each - day))
    return nearest if abs((nearest - day).days) <= _NEAR else None


def _unequal(dates: Sequence[DateMention]) -> Iterator[Contradiction]:
    """Two calendars that are to name one day and name two."""
    for mention in dates:
        equals = _EQUALS.search(mention.text) if mention.rule.startswith("equal") else None
        if equals is None:
            continue
        halves = [mention.text[: equals.start()], mention.text[equals.end() :]]
        days = [(one, day) for half in halves for one in extract.find(half, None, split(half)) if (day := own_day(one))]
        if len(days) == 2:
            (one, first), (other, last) = days
            if abs((first - last).days) > _TOLERANCE:
                yield _at(mention, f'"{one.text}" is {first}, but "{other.text}" is {last}')


def _against_metadata(
    document: Document, dates: Sequence[DateMention], kinds: dating.Blocks
) -> Iterator[Contradiction]:
    """A header more than a day from what the page says of itself."""
    if document.published and document.published_basis == "metadata":
        said, value = "the page's metadata says", document.published
    elif address := dating.in_url(document.url):
        said, value = "the page's address says", address.value or ""
    else:
        return
    header = dating.stamp(document.text, dates, kinds, "header")
    shown, known = day_of(header.value) if header else None, day_of(value)
    if header and shown and known and abs((shown - known).days) > 1:
        yield _at(header, f'the header says "{header.text}", but {said} {value}')


def _after(
    text: str, dates: Sequence[DateMention], sentences: Sequence[Sentence], kinds: dating.Blocks, published: Published
) -> Iterator[Contradiction]:
    """A date in a caption, a header or a dateline that lies after the publication and is not told as to come."""
    day = day_of(published.value)
    if day is None:
        return
    to_come: dict[int, set[int]] = {}
    for mention in dates:
        kind = kinds.kind(mention.start)
        its = own_day(mention) if kind in ("caption", "header", "dateline") else None
        if its is None or (its - day).days <= 1:
            continue
        sentence = _sentence(sentences, mention)
        if sentence is None:
            continue
        if kind == "caption":
            if sentence.start not in to_come:
                to_come[sentence.start] = _to_come(text, sentence)
            if mention.start in to_come[sentence.start]:
                continue
        why = f'the {kind} says "{mention.text}", which is after the article, {published.value}'
        yield _at(mention, f"{why}: {published.reason}")


def _to_come(text: str, sentence: Sentence) -> set[int]:
    """Where dates start that the words of a sentence make something still to come, whenever it was written."""
    return {each.start for each in extract.find(text, None, [sentence]) if each.modality != "asserted"}


def _other_year(
    text: str, dates: Sequence[DateMention], sentences: Sequence[Sentence], kinds: dating.Blocks
) -> Iterator[Contradiction]:
    """A caption with the day and month of what the text tells, and another year."""
    captions = [mention for mention in dates if own_day(mention) and kinds.kind(mention.start) == "caption"]
    if not captions:
        return
    news = [mention for mention in dates if kinds.kind(mention.start) in dating.NEWS]
    years = {mention.value[:4] for mention in news if mention.anchor is None}
    told_of = _by_day(mention for mention in news if mention.earliest and mention.earliest == mention.latest)
    for caption in captions:
        if caption.value[:4] in years:
            continue  # the text speaks of that year, too
        shown = _sentence(sentences, caption)
        for other in told_of.get(caption.value[4:10], ()):
            told = _sentence(sentences, other)
            if other.value[:4] == caption.value[:4] or shown is None or told is None:
                continue
            if _tell_the_same(text, shown, told, [caption, other], _COMMON, _SHARE):
                day = "" if other.value[:4] in fold(other.text) else f", {other.value[:10]}"
                why = f'the caption says "{caption.text}", but the text tells the same of "{other.text}"{day}'
                yield _at(caption, why)
                break


def _two_years(
    text: str, dates: Sequence[DateMention], sentences: Sequence[Sentence], kinds: dating.Blocks
) -> Iterator[Contradiction]:
    """The same told of the same day and month in two years."""
    full = [m for m in dates if own_day(m) and kinds.kind(m.start) in dating.NEWS and m.value[:4] in fold(m.text)]
    for alike in _by_day(full).values():
        for one, other in combinations(alike, 2):
            if one.value[:4] == other.value[:4]:
                continue
            first, last = _sentence(sentences, one), _sentence(sentences, other)
            if first is None or last is None or first == last:
                continue
            if _tell_the_same(text, first, last, [one, other], _SAME_COMMON, _SAME_SHARE):
                yield _at(other, f'"{other.text}" is told of what the text before tells of "{one.text}"')


def _by_day(mentions: Iterable[DateMention]) -> dict[str, list[DateMention]]:
    """Dates by month and day, of each the first few."""
    found: dict[str, list[DateMention]] = {}
    for mention in mentions:
        alike = found.setdefault(mention.value[4:10], [])
        if len(alike) < _COMPARED:
            alike.append(mention)
    return found


def _sentence(sentences: Sequence[Sentence], mention: DateMention) -> Sentence | None:
    at = bisect_right(sentences, mention.start, key=lambda sentence: sentence.start) - 1
    return sentences[at] if at >= 0 and mention.end <= sentences[at].end else None


def _tell_the_same(
    text: str, one: Sentence, other: Sentence, dates: Sequence[DateMention], common: int, share: float
) -> bool:
    """Whether two sentences have so many content words in common, and neither is of an anniversary."""
    found = []
    for sentence in (one, other):
        said = text[sentence.start : sentence.end]
        if is_about("anniversary", fold(said)) or is_about("archive", fold(said)):
            return False
        inside = [(d.start - sentence.start, d.end - sentence.start) for d in dates]
        found.append(stems(said, [(s, e) for s, e in inside if s >= 0 and e <= len(said)]))
    both = found[0] & found[1]
    return len(both) >= common and len(both) / min(map(len, found)) >= share


def _at(mention: DateMention, reason: str) -> Contradiction:
    return Contradiction(mention.start, mention.end, reason)
