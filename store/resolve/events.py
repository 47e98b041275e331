"""Events: what each dated sentence of a text tells, and when two sentences tell the same thing.

A sentence with a date that denotes days is an event mention. Two mentions are one event when their days are
compatible and their names or words agree; both rules are pure functions of the two sentences, so that what
becomes one event does not depend on the order in which texts are read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import chain

from store.models import (
    Analysis,
    Article,
    Block,
    DateMention,
    Event,
    Mention,
    Published,
    Recogniser,
    Sentence,
)
from store.text.fold import fold
from store.text.proclitics import bare
from store.text.tokens import words

# Blocks that tell nothing that happened: the publication date, a picture's date, links to other articles.
_SILENT = frozenset({"header", "caption", "keywords", "related", "source", "boilerplate"})
_DAYS = frozenset({"DATE", "TIME"})

SEPARATOR = "\t"
"""Between the parts of a key of a name; the last part is readable."""


def of_document(
    text: str,
    sentences: Sequence[Sentence],
    blocks: Sequence[Block],
    dates: Sequence[DateMention],
    mentions: Sequence[Mention],
    published: Published,
) -> list[Event]:
    """The event mentions of a text, in reading order: one for each sentence and each value dated in it.

    A header's date is left out, as is the publication date where it only stands for itself (a dateline
    without a word of news beside it).
    """
    starts = [sentence.start for sentence in sentences]
    kinds, named = _Kinds(blocks), _Named(mentions)
    found: list[Event] = []
    seen: set[tuple[int, str]] = set()
    for mention in sorted(dates, key=lambda date_: date_.start):
        if mention.type not in _DAYS or mention.earliest is None or mention.latest is None:
            continue
        at = bisect_right(starts, mention.start) - 1
        if at < 0 or mention.end > sentences[at].end or kinds.at(mention.start) in _SILENT:
            continue
        sentence = sentences[at]
        if (at, mention.value) in seen or _is_bare(text, sentence, mention):
            continue
        seen.add((at, mention.value))
        found.append(
            Event(
                start=sentence.start,
                end=sentence.end,
                value=mention.value,
                earliest=mention.earliest,
                latest=mention.latest,
                precision=mention.precision,
                modality=mention.modality,
                names=named.within(sentence),
                date_start=mention.start,
                date_end=mention.end,
                bound=mention.bound,
            )
        )
    return found


def with_mentions(article: Article, mentions: Sequence[Mention], recogniser: Recogniser) -> Analysis:
    """A stored article as it would be if its names were `mentions`: its dates stay, what it tells follows."""
    analysis = Analysis(
        document=article.document,
        cleaned=article.cleaned,
        published=article.row.published,
        sentences=article.sentences,
        mentions=(),
        dates=article.dates,
        events=(),
    )
    return renamed(analysis, mentions, recogniser)


def renamed(analysis: Analysis, mentions: Sequence[Mention], recogniser: Recogniser) -> Analysis:
    """An analysis with other names, and what is told with them."""
    told = of_document(
        analysis.document.text,
        analysis.sentences,
        analysis.cleaned.blocks,
        analysis.dates,
        mentions,
        analysis.published,
    )
    return replace(analysis, mentions=tuple(mentions), events=tuple(told), recogniser=recogniser)


class _Kinds:
    """The kind of the block at an offset; "body" between and without blocks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = sorted(blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]

    def at(self, offset: int) -> str:
        index = bisect_right(self._starts, offset) - 1
        return self._blocks[index].kind if index >= 0 and offset < self._blocks[index].end else "body"


class _Named:
    """The names within a sentence, in reading order; sentences are asked for in that order, too."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._mentions]
        self._last: tuple[Sentence, tuple[str, ...]] | None = None

    def within(self, sentence: Sentence) -> tuple[str, ...]:
        """Each name once; a sentence with several dates is looked through once."""
        if self._last is None or self._last[0] != sentence:
            inside = self._mentions[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]
            names = dict.fromkeys(mention.name for mention in inside if mention.end <= sentence.end)
            self._last = sentence, tuple(names)
        return self._last[1]


def _is_bare(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Whether a sentence is hardly more than its date: a stamp, not news."""
    rest = chain(words(text, sentence.start, mention.start), words(text, mention.end, sentence.end))
    return next(rest, None) is None or next(rest, None) is None


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of an event mention."""

    article: int
    value: str
    earliest: str
    latest: str
    modality: str
    text: str
    """The sentence."""
    names: frozenset[str]
    """Keys of the persons, organisations and other things named; places are left out, they agree too easily."""
    stems: frozenset[str]
    """Content words of the sentence without the names and the date."""
    others: tuple[tuple[str, str], ...] = ()
    """(earliest, latest) of the other dates of the same sentence."""

    @property
    def days(self) -> tuple[str, str]:
        """First and last day."""
        return self.earliest, self.latest


def stems(sentence: str, but: Iterable[tuple[int, int]] = ()) -> frozenset[str]:
    """The content words of a sentence outside the spans `but`, folded, without proclitics and common endings."""
    left = list(sentence)
    for start, end in but:
        left[start:end] = " " * (end - start)
    folded = fold("".join(left))
    found: set[str] = set()
    for start, end in words(folded):
        found.add(_content(folded[start:end]))
    found.discard("")
    return frozenset(found)


def agreement(one: Told, other: Told) -> str | None:
    """Why two mentions are one event, in words; None when they are not. The order of the two does not matter.

    On the same days a shared name and a few common words do, or many common words. When the days of one lie
    within those of the other, both must name the same two, or one and much else, in different articles (one
    author who dates twice differently means two things), of the same modality.
    """
    names, common = one.names & other.names, one.stems & other.stems
    share = len(common) / (min(len(one.stems), len(other.stems)) or 1)
    overlap = 2 * len(common) / (len(one.stems) + len(other.stems) or 1)
    if one.days == other.days:
        long = _length(one) > 31
        if one.text == other.text:
            return f"the same date ({one.value}) in the same sentence"
        enough = (
            (bool(names) and len(common) >= (3 if long else 2) and share >= (0.25 if long else 0.18))
            or (len(names) > 1 and not long)
            or (len(common) >= 4 and overlap >= 0.35)
        )
        return _because(f"the same date ({one.value})", names, common) if enough else None
    coarse, fine = (one, other) if contains(one, other) else (other, one)
    if (
        not contains(coarse, fine)
        or one.article == other.article
        or one.modality != other.modality
        or any(
            _within(fine.days, days) and _within(days, coarse.days) and days != coarse.days for days in coarse.others
        )
    ):
        return None
    month = _length(coarse) <= 31
    enough = (len(names) > 1 and len(common) >= (0 if month else 2)) or (
        bool(names) and len(common) >= 4 and share >= 0.3
    )
    return _because(f"{fine.value} lies in {coarse.value}", names, common) if enough else None


def contains(coarse: Told, fine: Told) -> bool:
    """Whether the days of `fine` lie within those of `coarse` without being the same."""
    return coarse.days != fine.days and _within(fine.days, coarse.days)


def _within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _because(when: str, names: frozenset[str], common: frozenset[str]) -> str:
    parts = [when]
    if names:
        parts.append(f"both name {'، '.join(sorted(name.split(SEPARATOR)[-1] for name in names)[:4])}")
    if common:
        parts.append(f"common words {'، '.join(sorted(common)[:6])}")
    return "; ".join(parts)


def _length(told: Told) -> int:
    try:
        return (date.fromisoformat(told.latest) - date.fromisoformat(told.earliest)).days + 1
    except ValueError:
        return 10_000


@lru_cache(maxsize=32768)
def _content(word: str) -> str:
    """The stem of a folded word; empty when it says nothing of what happened."""
    silent = _stopwords()
    if word in silent or (word[1:] in silent and word[0] in "وفبل") or word.isdigit():
        return ""
    stem = _stem(word)
    return stem if len(stem) > 1 else ""


def _stem(word: str) -> str:
    """A light stem: conjunction, preposition, article and the commonest endings taken off while enough remains."""
    if len(word) > 5 and word[0] in "وف":
        word = word[1:]
    word = word[3:] if len(word) > 5 and word[:3] in ("بال", "كال", "فال") else bare(word)
    for _ in range(2):  # a pronoun, then what it hides: قواته, قوات
        ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
        word = word[: len(word) - len(ending)]
    return word


_ENDINGS = ("يين", "يون", "تين", "ات", "ين", "ون", "ان", "يه", "ها", "هم", "ه", "ي", "ا", "ت")


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    """Words that say nothing of what happened: particles, words of saying, offices, words of dates; folded."""
    lines = files("store.resolve").joinpath("data/event_stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(fold(word) for line in lines for word in line.partition("#")[0].split())
