"""Proclitics: what may be written on to the front of an Arabic word.

Conjunctions (و ف), prepositions (ب ك ل), the article ال, which melts with ل into لل, and the future particle س
before an imperfect verb. All strings here are folded (`store.text.fold`).
"""

from __future__ import annotations

from functools import lru_cache

_CONJUNCTIONS = ("", "و", "ف")
_IMPERFECT = ("ي", "ت", "ن", "ا")
# A rest shorter than this after ال is more often part of the word (الى, الان, الذي) than a noun of its own.
_SHORTEST_NOUN = 3


def bare(word: str) -> str:
    """`word` without its article (ال, or لل for ل and the article), or `word` itself when it has none."""
    return word[2:] if word[:2] in ("ال", "لل") and len(word) - 2 >= _SHORTEST_NOUN else word


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """Every form a folded word may take with proclitics, itself included, sorted; with and without the article.

    >>> "للقوات" in forms("القوات") and "قوات" in forms("القوات") and "وبغداد" in forms("بغداد")
    True
    """
    if not is_arabic(word):
        return (word,)
    noun = bare(word)
    if noun == word and word.startswith("ال"):
        return definite_forms(word)
    found = {word, *_with_conjunctions((*_indefinite(noun), *_definite(noun)))}
    if noun == word and word.startswith(_IMPERFECT):
        found.update(_with_conjunctions(("س" + word,)))
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def definite_forms(word: str) -> tuple[str, ...]:
    """As `forms`, but a word keeps its article, and one without gets none: what suits the first word of a phrase."""
    if not is_arabic(word):
        return (word,)
    if word.startswith("ال") and len(word) > 3:
        return tuple(sorted({word, *_with_conjunctions(_definite(word[2:]))}))
    return tuple(sorted({word, *_with_conjunctions(_indefinite(word))}))


def is_arabic(word: str) -> bool:
    """Whether a folded word is written in Arabic letters alone and has more than one."""
    return len(word) > 1 and word.isalpha() and min(word) >= "\u0621" and max(word) <= "\u06d3"


def _with_conjunctions(words: tuple[str, ...]) -> set[str]:
    return {conjunction + word for conjunction in _CONJUNCTIONS for word in words}


def _indefinite(noun: str) -> tuple[str, ...]:
    return (noun, "ب" + noun, "ك" + noun, "ل" + noun)


def _definite(noun: str) -> tuple[str, ...]:
    # ل + ال + لغة is written للغة, with two lams, not three.
    with_lam = "ل" + noun if noun.startswith("ل") else "لل" + noun
    return ("ال" + noun, "بال" + noun, "كال" + noun, with_lam)
