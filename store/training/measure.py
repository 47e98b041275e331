"""How well names are found: precision, recall and F1 against annotated texts, with an interval.

Overlap: a found name of the same type that shares a letter with an annotated one, each answering at most one (the one
it shares most with). Exact: the same type and the same limits. Types are weighed by their mentions (micro).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from store.models import Mention
from store.training.corpora import Annotated

NAMES = ("PER", "ORG", "LOC")
ALL = (*NAMES, "MISC")
_SAMPLES = 1000

Tally = Counter[tuple[str, str]]
"""How many (type, what): what is `gold`, `said`, `overlap` or `exact`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An F1 with the limits between which 95 of 100 samples of the texts lie (bootstrap over texts)."""

    f1: float
    low: float
    high: float
    precision: float
    recall: float

    def __str__(self) -> str:
        return f"{self.f1:.3f} [{self.low:.3f}, {self.high:.3f}]"


def tally(one: Annotated, found: Sequence[Mention], *, words: bool = False) -> Tally:
    """Count one text; with `words`, limits are compared by whole words, as corpora in columns have them."""
    said = [(m.start, m.end, str(m.type)) for m in found]
    if words:
        said = [(*_widened(one.text, start, end), type_) for start, end, type_ in said]
    counts: Tally = Counter()
    counts.update((type_, "said") for _, _, type_ in said)
    counts.update((type_, "gold") for _, _, type_ in one.spans)
    counts.update((span[2], "exact") for span in set(one.spans) & set(said))
    used: set[int] = set()
    for start, end, type_ in one.spans:
        shared, best = max(
            (
                (min(end, other[1]) - max(start, other[0]), -at)
                for at, other in enumerate(said)
                if at not in used and other[2] == type_
            ),
            default=(0, 0),
        )
        if shared > 0:
            used.add(-best)
            counts[type_, "overlap"] += 1
    return counts


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1] != " ":
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    return start, end


def tallies(
    texts: Iterable[Annotated], find: Callable[[str], Sequence[Mention]], *, words: bool = False
) -> list[Tally]:
    """Count each text under a recogniser."""
    return [tally(one, find(one.text), words=words) for one in texts]


def figure(counts: Sequence[Tally], right: str, types: Sequence[str] = NAMES) -> Figure:
    """F1 by `right` (`overlap` or `exact`) over `types`; the same counts always give the same interval."""
    rows = [tuple(sum(one[type_, what] for type_ in types) for what in (right, "said", "gold")) for one in counts]
    chance = random.Random(1)
    samples = sorted(_f1([rows[chance.randrange(len(rows))] for _ in rows])[2] for _ in range(_SAMPLES))
    precision, recall, f1 = _f1(rows)
    return Figure(f1, samples[int(0.025 * _SAMPLES)], samples[int(0.975 * _SAMPLES) - 1], precision, recall)


def _f1(rows: Sequence[tuple[int, ...]]) -> tuple[float, float, float]:
    right, said, gold = (sum(row[at] for row in rows) for at in range(3))
    return right / max(1, said), right / max(1, gold), 2 * right / max(1, said + gold)


def naming(
    gold: Sequence[Sequence[tuple[int, int, str, str]]], found: Sequence[Sequence[Mention]]
) -> tuple[float, float]:
    """How well entities tell things apart and together across texts: purity and unity.

    `gold` holds (start, end, type, the thing's usual name) for each text. Of the mentions found at all, purity is the
    share that an entity's most frequent thing has, unity the share that a thing's most frequent entity has.
    """
    things: dict[str, Counter[str]] = defaultdict(Counter)
    keys: dict[str, Counter[str]] = defaultdict(Counter)
    for text, mentions in zip(gold, found, strict=True):
        for start, end, type_, thing in text:
            shared, at = max(
                ((min(end, m.end) - max(start, m.start), -at) for at, m in enumerate(mentions) if m.type == type_),
                default=(0, 0),
            )
            if shared > 0 and type_ in NAMES:
                key = mentions[-at].entity or mentions[-at].name
                things[key][thing] += 1
                keys[thing][key] += 1
    total = max(1, sum(sum(counts.values()) for counts in things.values()))
    pure, one = (sum(max(counts.values()) for counts in index.values()) / total for index in (things, keys))
    return pure, one
