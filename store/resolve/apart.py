"""Two numbers for one thing: of two sources in one sentence, or of two articles of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.resolve.heard import Heard, Number, Span, Utterance, Who, Word, is_a, stems, where
from store.resolve.pairing import Pair, Side, listed, weigh

_FACTOR = 5.0
"""Numbers of one thing differ by no more."""
_MOST = 400
"""Numbers of one thing and one day that are compared with each other."""


@dataclass(frozen=True, slots=True)
class _Figure:
    heard: Heard
    number: Number
    at: int
    by: Utterance | None

    @property
    def sentence(self) -> Span:
        return self.heard.sentences[self.at]

    @property
    def words(self) -> list[Word]:
        return self.heard.words(*self.sentence)

    def side(self) -> Side:
        """As one of two; whose it is where somebody says it, else the outlet's."""
        by, number = self.by, self.number
        who: Who = by.said.who if by is not None else self.heard.outlet or ""
        speaker = by.said.speaker if by is not None else (number.start, number.start)
        return Side(self.heard, (number.start, number.end), self.sentence, who, speaker, None, number)


def _numbers(heard: Heard) -> list[_Figure]:
    """The numbers of an article that may be set against others."""
    if not heard.sentences:
        return []
    found = []
    for number in heard.numbers:
        if is_a("no figure", number.unit):
            continue
        before = heard.words(max(0, number.start - 16), number.start)
        if any(is_a("part", form) for _, _, form in before):
            continue
        inside = [each for each in heard.utterances if each.said.start <= number.start < each.said.end]
        found.append(_Figure(heard, number, heard.sentence(number.start), inside[-1] if inside else None))
    return found


def within(heard: Heard) -> Iterator[Pair]:
    """Two sources in one sentence with a word between that sets them apart."""
    figures = _numbers(heard)
    for at, one in enumerate(figures):
        for other in figures[at + 1 :]:
            if other.at != one.at:
                break
            if not _otherwise(one, other) or one.by is None or other.by is None or one.by.said.who == other.by.said.who:
                continue
            between = [form for _, _, form in heard.words(one.number.end, other.number.start)]
            if not any(True for _ in where("contrast", between)) or "اخري" in between[:4]:
                continue
            if _alike(figures, one) > 3:
                continue
            shared = stems(heard.text[slice(*one.sentence)])
            yield Pair(one.side(), other.side(), "figures", 36.0, listed(shared))


def _alike(figures: Sequence[_Figure], one: _Figure) -> int:
    """How many numbers of the same thing stand in the sentence of one."""
    return sum(each.at == one.at and each.number.unit == one.number.unit for each in figures)


def _otherwise(one: _Figure, other: _Figure) -> bool:
    """Whether two are numbers of like things that are apart, but not so far that they must be of others."""
    a, b = one.number, other.number
    if a.unit != b.unit or not a.apart(b):
        return False
    return max(a.high, b.high) <= _FACTOR * max(1.0, min(a.low, b.low))


def between(articles: Sequence[Heard]) -> Iterator[Pair]:
    """Numbers of one day, of sources or outlets of their own, of one event or with much in common; each article gives
    one number alone."""
    by_day: dict[tuple[str, int], list[_Figure]] = defaultdict(list)
    units: dict[tuple[int, str], list[Number]] = defaultdict(list)
    for each in articles:
        figures = _numbers(each)
        for one in figures:
            units[each.article, one.number.unit].append(one.number)
            moving = any(is_a("moving", form) for _, _, form in one.words)
            if not moving and _alike(figures, one) == 1:
                by_day[one.number.unit, each.day or 0].append(one)
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
    told = units[b.article, other.number.unit], units[a.article, one.number.unit]
    if any(not one.number.apart(each) for each in told[0]) or any(not other.number.apart(each) for each in told[1]):
        return None  # one of the two knows both
    event = bool(_events(one) & _events(other))
    names = a.named(*one.sentence) & b.named(*other.sentence)
    story = a.story == b.story
    if not event and not story and len(names) < 2:
        return None
    near = _beside(one) & _beside(other)
    first, last = stems(a.text[slice(*one.sentence)]), stems(b.text[slice(*other.sentence)])
    shared = first & last
    share = weigh(shared) / max(1.0, min(weigh(first), weigh(last)))
    if weigh(near) < 4 or share < (0.3 if event or story else 0.4):
        return None
    score = weigh(near) / 2 + weigh(shared) * share / 2 + 4 * event + len(names)
    return Pair(one.side(), other.side(), "figures apart", score, listed(shared))


def _events(one: _Figure) -> frozenset[int]:
    return frozenset(event for start, end, event in one.heard.events if start <= one.number.start < end)


def _beside(one: _Figure) -> frozenset[str]:
    """The content words around a number."""
    start, end = one.sentence
    text, number = one.heard.text, one.number
    before, after = text[max(start, number.start - 60) : number.start], text[number.end : min(end, number.end + 60)]
    return stems(f"{before} {after}") - stems(text[number.start : number.end])
