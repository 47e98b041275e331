"""Two that differ, and how much two have in common."""

from __future__ import annotations

import math
from collections.abc import Iterable

from store.resolve.heard import Heard, Number, Span, Statement, Utterance, Who
from store.resolve.stems import weight
from store.spoken import DifferingRule
from store.values import value_class


@value_class(frozen=True, slots=True)
class Side:
    """One of two that differ."""

    heard: Heard
    span: Span
    sentence: Span
    who: Who
    speaker: Span
    statement: Statement | None = None
    number: Number | None = None


@value_class(frozen=True, slots=True)
class Pair:
    """Two that differ: first the one that denies, or stands first."""

    one: Side
    other: Side
    rule: DifferingRule
    score: float
    """The higher, the likelier it is one thing that both speak of."""
    shared: tuple[str, ...] = ()
    """Stems of the words that both have in common, the rarest first."""


def side(one: Utterance) -> Side:
    """A statement as one of two."""
    said = one.said
    return Side(one.heard, (said.start, said.end), one.sentence, said.who, said.speaker, said)


def weigh(found: Iterable[str]) -> float:
    """How much stems say together."""
    return math.fsum(weight(stem) for stem in sorted(found))


def listed(shared: Iterable[str]) -> tuple[str, ...]:
    """Stems that two have in common, as they are told: the rarest few."""
    return tuple(sorted(shared, key=lambda stem: (-weight(stem), stem))[:6])
