"""What is said in an article, prepared for comparing it with what others say (`store.resolve.differing`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property, lru_cache
from importlib.resources import files

from store.models import About, StatementKind
from store.resolve.stems import stems as content_stems
from store.resolve.stems import weight
from store.text.fold import fold
from store.text.tokens import WORD
from store.values import value_class

Who = int | str
"""An entity by its number, or the words of a source without a name."""
Span = tuple[int, int]
Word = tuple[int, int, str]
"""Where a word stands, and the word folded."""


@value_class(frozen=True, slots=True)
class Statement:
    """A statement as it is stored, by whom, with where its verb stands."""

    place: int
    """Its place among those of the article."""
    start: int
    end: int
    verb: Span
    kind: StatementKind
    who: Who
    speaker: Span
    """The words that name who says it."""


@value_class(frozen=True, slots=True)
class Number:
    """A quantity as it is stored, with a value."""

    place: int
    start: int
    end: int
    low: float
    high: float
    unit: str
    """What the forms of the counted noun have in common."""
    about: About

    def apart(self, other: Number) -> bool:
        """Whether the two cannot mean one number: what is approximate may be off by a seventh."""
        (low, high), (least, most) = self._range(), other._range()
        return high < least or most < low

    def _range(self) -> tuple[float, float]:
        low, high = self.low, self.high
        if self.about == "approximate":
            return low * 0.85, high * 1.15
        return (low, float("inf")) if self.about == "more" else (0.0, high) if self.about == "less" else (low, high)


@value_class(frozen=True)
class Heard:
    """An article: its text, sentences, names by the entities they are of, and what is said in it."""

    article: int
    day: int | None
    """The day it was published, as an ordinal."""
    outlet: str | None
    story: int
    """Its story; its own number where it has no copies."""
    text: str
    sentences: Sequence[Span]
    names: Sequence[tuple[int, int, int]]
    """Start, end and entity of each, in reading order."""
    statements: Sequence[Statement]
    numbers: Sequence[Number]
    events: Sequence[tuple[int, int, int]] = field(default=())
    """Start and end of sentences with the event of a known day that each tells."""

    @cached_property
    def utterances(self) -> list[Utterance]:
        """Its statements with what is compared of them."""
        return [Utterance(self, one) for one in self.statements]

    def sentence(self, at: int) -> int:
        """Which sentence an offset lies in, or begins behind."""
        return max(0, bisect_right(self.sentences, (at, len(self.text) + 1)) - 1)

    def named(self, start: int, end: int) -> frozenset[int]:
        """The entities that are named between two offsets."""
        first, last = bisect_left(self.names, (start,)), bisect_left(self.names, (end,))
        return frozenset(entity for _, _, entity in self.names[first:last])

    def words(self, start: int, end: int) -> list[Word]:
        """The words between two offsets."""
        return [(found.start(), found.end(), fold(found.group())) for found in WORD.finditer(self.text, start, end)]


@value_class(frozen=True)
class Utterance:
    """A statement in its article."""

    heard: Heard
    said: Statement

    @cached_property
    def sentence(self) -> Span:
        """The sentence, or sentences, from its verb to its end."""
        first, last = self._outermost()
        sentences = self.heard.sentences
        begun, ended = sentences[self.heard.sentence(first)], sentences[self.heard.sentence(max(first, last - 1))]
        return min(begun[0], first), max(ended[1], last)

    @cached_property
    def at(self) -> int:
        """The number of its sentence."""
        return self.heard.sentence(self._outermost()[0])

    def _outermost(self) -> Span:
        verb = self.said.verb if self.said.verb[1] > self.said.verb[0] else (self.said.start, self.said.end)
        return min(self.said.start, verb[0]), max(self.said.end, verb[1])

    @cached_property
    def forms(self) -> list[str]:
        """Its words, folded."""
        return [form for _, _, form in self.heard.words(self.said.start, self.said.end)]

    @property
    def forms_of_verb(self) -> str:
        """Its verb, folded; empty where it has none."""
        return fold(self.heard.text[slice(*self.said.verb)])

    @cached_property
    def folded(self) -> str:
        """Its text, folded."""
        return fold(self.heard.text[self.said.start : self.said.end])

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its content words."""
        return stems(self.folded)

    @cached_property
    def whole(self) -> frozenset[str]:
        """The content words of its sentence."""
        return stems(self.heard.text[slice(*self.sentence)])

    @cached_property
    def names(self) -> frozenset[int]:
        """Who and what is named in its sentence."""
        return self.heard.named(*self.sentence)

    @cached_property
    def around(self) -> frozenset[int]:
        """Who and what is named in its sentence before it."""
        return self.heard.named(self.sentence[0], self.said.start)


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The content words of a text by their stems, without what is joined to them, two spellings of one name as one."""
    return frozenset(_bare(one).replace("امريك", "اميرك") for one in content_stems(text))


@lru_cache(maxsize=16384)
def _bare(stem: str) -> str:
    """A stem without ل or ب before it, where only the rest is known (لانسحاب)."""
    rest = stem[1:]
    joined = stem[0] in "لب" and len(rest) > 2 and weight(rest) < weight("") <= weight(stem)
    return rest if joined else stem


@lru_cache(maxsize=1)
def word_sets() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """The rows of data/differing.tsv: words and phrases, and beginnings of words."""
    found: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
    for name, listed in _rows():
        words = [fold(word).replace("_", " ") for word in listed.split()]
        starts = tuple(word[:-1] for word in words if word.endswith("*"))
        found[name] = frozenset(word for word in words if not word.endswith("*")), starts
    return found


def _rows() -> Iterator[tuple[str, str]]:
    for line in files("store.resolve").joinpath("data", "differing.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, listed = line.partition("\t")
            yield name, listed


def is_a(kind: str, form: str) -> bool:
    """Whether a folded word is of a row of data/differing.tsv, with و, ف, ب or ل before it or not."""
    words, starts = word_sets()[kind]
    bare = form[1:] if form[:1] in "وفبل" and len(form) > 2 else form
    return form in words or bare in words or form.startswith(starts) or (bare is not form and bare.startswith(starts))


def where(kind: str, forms: Sequence[str]) -> Iterator[int]:
    """Where words of a row stand, phrases of two included, in order."""
    words, _ = word_sets()[kind]
    for at, form in enumerate(forms):
        if is_a(kind, form) or (at + 1 < len(forms) and f"{form.removeprefix('و')} {forms[at + 1]}" in words):
            yield at
