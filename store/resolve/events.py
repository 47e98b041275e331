"""Events: what each dated sentence of a text tells.

A sentence with a date that denotes days is an event mention; when two are one event, `store.resolve.alike` says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from store.answers import Article
from store.models import SEARCHED, Analysis, Block, DateMention, Event, Mention, Published, Recogniser, Sentence
from store.resolve import spoken
from store.resolve.spoken import Spoken
from store.text.around import blanked
from store.text.tokens import words

# Blocks that tell nothing that happened: the publication date, a picture's date, links to other articles.
_SILENT = frozenset({"header", "caption", "keywords", "related", "source", "boilerplate"})
_DAYS = frozenset({"DATE", "TIME"})


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
    document, blocks = analysis.document, analysis.cleaned.blocks
    said = Spoken()
    if analysis.cleaned.language in SEARCHED:
        text = blanked(document.text, blocks)
        said = spoken.find(text, analysis.sentences, blocks, mentions, analysis.dates)
    return replace(
        analysis,
        mentions=tuple(mentions),
        events=tuple(told),
        recogniser=recogniser,
        quotes=said.quotes,
        roles=said.roles,
        quantities=said.quantities,
    )


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
