"""The words that quantities are found by, read once from `data/`, and what is true of each word of a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib import resources

from store.extract.dates.lexicon import LONGEST_KEPT, WORDS_KEPT, rows
from store.extract.quantities.units import unit
from store.text.fold import fold


def _read(name: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def sets() -> dict[str, frozenset[str]]:
    """The sets of `data/words.tsv`, folded, by name."""
    rows = (line.split("\t") for line in _read("words.tsv"))
    return {name: frozenset(fold(word).replace("_", " ") for word in words.split()) for name, words in rows}


@cache
def measures() -> frozenset[str]:
    """Units that are measured and not counted, as `units.unit` gives them."""
    return frozenset(unit(word) for word in sets()["measured"])


@cache
def scales() -> dict[str, float]:
    """What multiplies the number before it, from a thousand on, folded: مليون, آلاف; and by how much."""
    table = [(float(value), fold(forms)) for kind, value, _, forms in rows("numbers.tsv") if kind == "SCALE"]
    return {form.strip(): value for value, forms in table for form in forms.split("|") if value >= 1000}


@cache
def duals() -> frozenset[str]:
    """Duals of countable nouns."""
    found: set[str] = set()
    for line in _read("countables.txt"):
        for written in line.split():
            noun = written.lstrip("~!")
            stem = fold(noun)
            stem = stem[:-1] + "ت" if noun.endswith("ة") else stem
            for ending in ("ان",) if written[0] == "~" else ("ين", "ان"):
                found.add(stem + ending)
    return frozenset(found)


@cache
def names_too() -> frozenset[str]:
    """Duals that are a name or another word as well (طالبان) and count only where what follows agrees."""
    words = (word for line in _read("countables.txt") for word in line.split() if word[0] == "!")
    return frozenset(fold(word[1:]) + ending for word in words for ending in ("ين", "ان"))


class Words(dict[str, bool]):
    """What is true of each folded word; worked out once."""

    def __init__(self, holds: Callable[[str], bool]) -> None:
        super().__init__()
        self._holds = holds
        self._none: set[str] = set()
        """Those it is not true of."""

    def __missing__(self, word: str) -> bool:
        said = self._holds(word)
        if len(self) >= WORDS_KEPT:
            self.clear()
            self._none.clear()
        if len(word) <= LONGEST_KEPT:
            self[word] = said
            if not said:
                self._none.add(word)
        return said

    def any(self, words: Collection[str]) -> bool:
        """Whether it is true of one of them."""
        # As it is of none, most often, they are not looked at one by one.
        return not self._none.issuperset(words) and any(map(self.__getitem__, words))


_PROCLITICS = frozenset("وفبل")
"""No ك: كميات is not ك and مئات."""


def without(word: str) -> Iterator[tuple[int, str]]:
    """A word without its first letters, as far as they may be proclitics, and how many these are."""
    yield 0, word
    for skip in range(1, min(3, len(word))):
        if word[skip - 1] not in _PROCLITICS:
            break
        yield skip, word[skip:]


@cache
def _numerals() -> frozenset[str]:
    """First words of numbers."""
    found = set()
    for kind, _, flag, forms in rows("numbers.tsv"):
        if kind in ("NUMW", "SCALE"):
            for form in fold(forms).split("|"):
                word = form.strip()
                found.add(word)
                if "the" in flag:
                    found.add("ال" + word)
    return frozenset(found)


_WITH_AND = frozenset("بلك")
"""Prepositions that و and ف may stand before."""


def _counts(word: str) -> bool:
    found = _counting()
    if word in found:
        return True
    # As `without` gives them, but most words have no first letter that may be a proclitic.
    return word[:1] in _PROCLITICS and any(base in found for _, base in without(word))


def _numeral(word: str) -> bool:
    found = _numerals()
    if word in found:
        return True
    bare = word[1:] if len(word) > 3 and word[0] in "وفبلك" else ""
    return bare in found or (word[0] in "وف" and bare[:1] in _WITH_AND and bare[1:] in found) or _counts(word)


@cache
def _counting() -> frozenset[str]:
    return duals() | sets()["many"] | sets()["two"]


COUNTS = Words(_counts)
"""Whether a word says by itself how many."""
NUMERALS = Words(_numeral)
"""Whether a number in words may begin with a word: without one of them a sentence holds no quantity in words."""
