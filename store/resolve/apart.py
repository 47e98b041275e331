"""Two numbers for one thing: of two sources in one sentence, or of two articles of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

from store.resolve.heard import Heard, Number, Span, Utterance, Who, is_a, stems, where
from store.resolve.pairing import Pair, Side, listed, weigh
from store.values import value_class

_FACTOR = 5.0
"""Numbers of one thing differ by no more."""
_FEW = 3
"""Most numbers of one thing in a sentence that sets two against each other; more are a list."""
_AROUND = 60
"""Code points before and behind a number that say what is counted."""
_MOST = 400
"""Numbers of one thing and one day that are compared with each other."""


@value_class(frozen=True)
class _Figure:
    """A number that may be set against others, in its sentence."""

    heard: Heard
    number: Number
    at: int
    """The number of its sentence."""
    by: Utterance | None
    """The statement that it is in."""

    @property
    def sentence(self) -> Span:
        return self.heard.sentences[self.at]

    @cached_property
    def names(self) -> frozenset[int]:
        """Who and what is named in its sentence."""
        return self.heard.named(*self.sentence)

    @cached_property
    def whole(self) -> frozenset[str]:
        """The content words of its sentence."""
        return stems(self.heard.text[slice(*self.sentence)])

    @cached_property
    def beside(self) -> frozenset[str]:
        """The content words around it."""
        start, end = self.sentence
        text, number = self.heard.text, self.number
        before = text[max(start, number.start - _AROUND) : number.start]
        after = text[number.end : min(end, number.end + _AROUND)]
        return stems(f"{before} {after}") - stems(text[number.start : number.end])

    @cached_property
    def events(self) -> frozenset[int]:
        """What is told where it stands."""
        return frozenset(event for start, end, event in self.heard.events if start <= self.number.start < end)

    def side(self) -> Side:
        """As one of two; whose it is where somebody says it, else the outlet's."""
        by, number = self.by, self.number
        who: Who = by.said.who if by is not None else self.heard.outlet or ""
        speaker = by.said.speaker if by is not None else (number.start, number.start)
        return Side(self.heard, (number.start, number.end), self.sentence, who, speaker, None, number)


def _numbers(heard: Heard) -> Iterator[list[_Figure]]:
    """The numbers of an article that may be set against others: in each sentence those of one thing together."""
    if not heard.sentences:
        return
    alike: dict[tuple[int, str], list[_Figure]] = defaultdict(list)
    for number in heard.numbers:
        if is_a("no figure", number.unit):
            continue
        before = heard.words(max(0, number.start - 16), number.start)
        if any(is_a("part", form) for _, _, form in before):
            continue
        inside = [each for each in heard.utterances if each.said.start <= number.start < each.said.end]
        at = heard.sentence(number.start)
        alike[at, number.unit].append(_Figure(heard, number, at, inside[-1] if inside else None))
    yield from alike.values()


def within(heard: Heard) -> Iterator[Pair]:
    """Two sources in one sentence with a word between that sets them apart."""
    for alike in _numbers(heard):
        if len(alike) > _FEW:
            continue
        for one, other in combinations(alike, 2):
            if not _otherwise(one, other) or one.by is None or other.by is None or one.by.said.who == other.by.said.who:
                continue
            between = [form for _, _, form in heard.words(one.number.end, other.number.start)]
            if not any(True for _ in where("contrast", between)) or "اخري" in between[:4]:
                continue
            yield Pair(one.side(), other.side(), "figures", 36.0, listed(one.whole))


def _otherwise(one: _Figure, other: _Figure) -> bool:
    """Whether two numbers of like things are apart, but not so far that they must be of others."""
    a, b = one.number, other.number
    if not a.apart(b):
        return False
    return max(a.high, b.high) <= _FACTOR * max(1.0, min(a.low, b.low))


def between(articles: Sequence[Heard]) -> Iterator[Pair]:
    """Numbers of one day, of sources or outlets of their own, of one event or with much in common; each article gives
    one number alone."""
    by_day: dict[tuple[str, int], list[_Figure]] = defaultdict(list)
    units: dict[tuple[int, str], list[Number]] = defaultdict(list)
    for each in articles:
        moving: dict[int, bool] = {}
        for figures in _numbers(each):
            first = figures[0]
            units[each.article, first.number.unit].extend(one.number for one in figures)
            if len(figures) > 1:
                continue
            if first.at not in moving:
                moving[first.at] = any(is_a("moving", form) for _, _, form in each.words(*first.sentence))
            if not moving[first.at]:
                by_day[first.number.unit, each.day or 0].append(first)
    for alike in by_day.values():
        for at, one in enumerate(alike[:_MOST]):
            for other in alike[at + 1 : _MOST]:
                pair = _apart(one, other, units)
                if pair is not None:
                    yield pair


def _apart(one: _Figure, other: _Figure, units: dict[tuple[int, str], list[Number]]) -> Pair | None:
    a, b = one.heard, other.heard
    if a is b or not _otherwise(one, other) or one.side().who == other.side().who:
        return None
    event = bool(one.events & other.events)
    names = one.names & other.names
    story = a.story == b.story
    if not event and not story and len(names) < 2:
        return None
    near = one.beside & other.beside
    shared = one.whole & other.whole
    share = weigh(shared) / max(1.0, min(weigh(one.whole), weigh(other.whole)))
    if weigh(near) < 4 or share < (0.3 if event or story else 0.4):
        return None
    told = units[b.article, other.number.unit], units[a.article, one.number.unit]
    if any(not one.number.apart(each) for each in told[0]) or any(not other.number.apart(each) for each in told[1]):
        return None  # one of the two knows both
    score = weigh(near) / 2 + weigh(shared) * share / 2 + 4 * event + len(names)
    return Pair(one.side(), other.side(), "figures apart", score, listed(shared))
