"""When two dated sentences tell one event.

Their days must be compatible; then what they share is weighed: rare words, words near the two dates, names,
places. The weights were fitted on pairs of sentences of real articles that a reader had judged
(`store.training.events`, measured by `python -m tests.bench events`). All is a pure function of the two sentences, so
that what becomes one event does not depend on the order in which texts are read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from operator import mul

from store.resolve.stems import stems, weigh, weight
from store.text.fold import fold
from store.text.tokens import words
from store.values import value_class

SEPARATOR = "\t"
"""Between the parts of a key of a name; the last part is readable."""

_NEAR = 8
"""So many words before and after a date are near it."""
_YEAR = 150
"""Days; in longer stretches much happens that is alike, and more must be shared."""
BEFORE = 400
"""Days; a stretch that begins longer before another tells too little of it to be the same."""
_LONG = 10_000
"""Days of a stretch whose ends are outside the calendar."""

Span = tuple[int, int]


@value_class(frozen=True, slots=True)
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
    """Keys of the persons, organisations and other things named."""
    stems: frozenset[str]
    """Content words of the sentence without the names and the date."""
    places: frozenset[str] = frozenset()
    """Keys of the places named: kept apart, they agree too easily."""
    near: frozenset[str] = frozenset()
    """Content words near the date, names included."""
    said: frozenset[str] = frozenset()
    """All content words of the sentence, names included."""
    others: tuple[tuple[str, str], ...] = ()
    """(earliest, latest) of the other dates of the same sentence."""
    weights: tuple[float, float] = field(default=(0.0, 0.0), compare=False)
    """How much `stems` and `near` weigh."""

    @property
    def days(self) -> tuple[str, str]:
        """First and last day."""
        return self.earliest, self.latest


def tell(
    article: int,
    value: str,
    days: tuple[str, str],
    modality: str,
    text: str,
    when: Span,
    named: Sequence[Span] = (),
    names: Iterable[str] = (),
    places: Iterable[str] = (),
    others: Iterable[tuple[str, str]] = (),
) -> Told:
    """What is compared of the sentence `text`; `when` is the span of its date in it, `named` are those of its names."""
    own = stems(text, [*named, when])
    before = _words(text, 0, when[0])[-_NEAR:]
    near = stems(" ".join([*before, *_words(text, when[1], len(text))[:_NEAR]]))
    return Told(
        article, value, *days, modality, text, frozenset(names), own, frozenset(places), near, stems(text, [when]),
        tuple(others), (weigh(own), weigh(near)),
    )  # fmt: skip


def _words(text: str, start: int, end: int) -> list[str]:
    folded = fold(text[start:end])
    return [folded[first:last] for first, last in words(folded)]


def agreement(one: Told, other: Told) -> str | None:
    """Why two mentions are one event, in words; None when they are not. The order of the two does not matter.

    When the days of one lie within those of the other, both must be of different articles (one author who dates twice
    differently means two things) and of the same modality.
    """
    same = one.earliest == other.earliest and one.latest == other.latest
    if same and one.text == other.text:
        return f"the same date ({one.value}) in the same sentence"
    shared = features(one, other)
    if shared is None or not _enough(shared, max(length(one.days), length(other.days)) > _YEAR):
        return None
    if same:
        return _because(f"the same date ({one.value})", one, other)
    coarse, fine = (one, other) if contains(one, other) else (other, one)
    return _because(f"{fine.value} lies in {coarse.value}", one, other)


def contains(coarse: Told, fine: Told) -> bool:
    """Whether the days of `fine` lie within those of `coarse` without being the same."""
    return coarse.days != fine.days and _within(fine.days, coarse.days)


def features(one: Told, other: Told) -> tuple[float, ...] | None:
    """What two mentions share, in the order of FEATURES; None where that is nothing, or their days cannot be
    those of one event."""
    if one.stems.isdisjoint(other.stems) and one.near.isdisjoint(other.near) and one.names.isdisjoint(other.names):
        return None
    same = one.earliest == other.earliest and one.latest == other.latest
    if not same:
        coarse, fine = (one, other) if contains(one, other) else (other, one)
        if not contains(coarse, fine) or one.article == other.article or one.modality != other.modality:
            return None
        if _days(coarse.earliest, fine.earliest) > BEFORE:
            return None
        closer = (days for days in coarse.others if days != coarse.days and _within(days, coarse.days))
        if any(_within(fine.days, days) for days in closer):
            return None
    names, places = len(one.names & other.names), len(one.places & other.places)
    common, near = one.stems & other.stems, one.near & other.near
    words_, close = weigh(common), weigh(near)
    crossed = max(
        weigh(one.near & other.said) / (one.weights[1] or 1), weigh(other.near & one.said) / (other.weights[1] or 1)
    )
    return (
        min(words_, 40.0),
        2 * words_ / (one.weights[0] + other.weights[0] or 1),
        min(close, 20.0),
        2 * close / (one.weights[1] + other.weights[1] or 1),
        crossed,
        float(min(names, 3)),
        float(min(places, 3)),
        float(one.modality == other.modality),
        float(not same),
        float(one.article == other.article),
        math.log(max(length(one.days), length(other.days), 1)),
        float(bool(one.names and other.names and not names)),
        float(bool(one.places and other.places and not places)),
    )


FEATURES = (
    "words", "share of words", "words near the date", "share of words near the date", "of the words near a date",
    "names", "places", "same modality", "one within the other", "same article", "length of days",
    "other names", "other places",
)  # fmt: skip
"""What `features` gives: weights of shared words and the like."""


def _enough(shared: Sequence[float], long: bool) -> bool:
    by_feature, bias, least, least_of_years = weights()
    score = bias + math.fsum(map(mul, by_feature, shared))
    return score >= (least_of_years if long else least)


@lru_cache(maxsize=1)
def weights() -> tuple[tuple[float, ...], float, float, float]:
    """The weights by FEATURES, the bias, and the least score of one event, of shorter and of longer stretches."""
    kept = json.loads(files("store.resolve").joinpath("data/event_weights.json").read_text("utf-8"))
    return tuple(kept["weights"][name] for name in FEATURES), kept["bias"], kept["least"], kept["least of years"]


def _within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _because(when: str, one: Told, other: Told) -> str:
    parts = [when]
    if names := [*sorted(one.names & other.names), *sorted(one.places & other.places)]:
        parts.append(f"both name {'، '.join(name.split(SEPARATOR)[-1] for name in names[:4])}")
    if common := sorted((one.stems & other.stems) | (one.near & other.near), key=lambda stem: (-weight(stem), stem)):
        parts.append(f"common words {'، '.join(common[:6])}")
    return "; ".join(parts)


@lru_cache(maxsize=4096)
def length(days: tuple[str, str]) -> int:
    """How many days there are from the first to the last; very many where the calendar lacks one of them."""
    return _days(*days) + 1


def _days(one: str, other: str) -> int:
    """From one day to another; very many where the calendar lacks one of them."""
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return _LONG
