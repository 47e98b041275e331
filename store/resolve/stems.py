"""Content words of a sentence, as light stems, and how much each says: rare ones more than those of every article."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from store.text.fold import fold
from store.text.proclitics import bare
from store.text.tokens import WORD


def stems(sentence: str, but: Iterable[tuple[int, int]] = ()) -> frozenset[str]:
    """The content words of a sentence outside the spans `but`, folded, without proclitics and common endings."""
    for start, end in but:
        sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    found = set(map(_content, WORD.findall(fold(sentence))))
    found.discard("")
    return frozenset(found)


def weight(stem: str) -> float:
    """The logarithm of how many articles there are for one that has the stem (data/stem_weights.tsv)."""
    return _weights()[stem]


def weigh(found: Iterable[str]) -> float:
    """How much stems weigh together."""
    return math.fsum(map(_weights().__getitem__, found))  # exact, so in any order


class _Weights(dict[str, float]):
    """Weights of the stems of many articles; all others weigh as much as the rarest of these."""

    def __missing__(self, stem: str) -> float:
        return self.rarest

    def __init__(self, known: dict[str, float]) -> None:
        super().__init__(known)
        self.rarest = max(known.values(), default=1.0)


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    lines = files("store.resolve").joinpath("data/stem_weights.tsv").read_text("utf-8").splitlines()
    return _Weights(
        {stem: float(value) for stem, value in (line.split("\t") for line in lines if not line.startswith("#"))}
    )


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
