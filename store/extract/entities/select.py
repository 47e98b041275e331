"""What the rules propose, and the choice among proposals that overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from store.extract.entities.tokens import Tokens
from store.models import MentionType

THRESHOLD = 0.5


class Candidate(NamedTuple):
    """A span some rule takes for a name: words `[first, end)`, code points `[start, stop)`."""

    first: int
    end: int
    start: int
    stop: int
    type: MentionType
    rule: str
    score: float
    weight: float
    """What counts in the choice among overlapping candidates: the score times the words explained."""


def candidate(
    tokens: Tokens,
    first: int,
    end: int,
    type_: MentionType,
    rule: str,
    score: float,
    skip: int = 0,
    stop: int | None = None,
) -> Candidate:
    """A candidate over words `[first, end)` without the `skip` letters of proclitics of the first."""
    stop = tokens.ends[end - 1] if stop is None else stop
    return Candidate(first, end, tokens.offset(first, skip), stop, type_, rule, score, score * (end - first))


_ORDER = attrgetter("end", "first", "score")


def select(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The set of candidates without overlaps that has the greatest weight, in reading order.

    Weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 6.1), O(n log n).
    """
    ordered = sorted([c for c in candidates if c.score >= THRESHOLD], key=_ORDER)
    ends = [c.end for c in ordered]
    best = [0.0]
    before = []
    for index, one in enumerate(ordered):
        previous = bisect_right(ends, one.first, 0, index)
        before.append(previous)
        best.append(max(best[index], best[previous] + one.weight))
    chosen = []
    index = len(ordered)
    while index:
        if best[index] == best[index - 1]:
            index -= 1
        else:
            chosen.append(ordered[index - 1])
            index = before[index - 1]
    return chosen[::-1]
