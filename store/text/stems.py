"""Light inflection: the stem that forms of one word share, so that a search for one finds the others.

Number, gender and person written on to the end (حكومة, حكومات, حكومتها; مستشار, المستشارين; أعلن, أعلنت, أعلنوا) and
the article before. Nothing that makes another word of it: no ي of relation (بغداد is not بغدادي), no broken plural, no
change within. What is taken off is in data/endings.tsv, the exceptions in data/stem_words.tsv. All strings are folded.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from itertools import product

from store.text.proclitics import is_arabic

_ARTICLES = ("وبال", "فبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "ال", "لل")
"""The article with what may be joined to it, the longest first."""
_BY_LETTER = {one[0]: tuple(other for other in _ARTICLES if other[0] == one[0]) for one in _ARTICLES}
"""The same by their first letter."""
_SHORTEST = 3
"""Letters that a noun after its article, and a verb after its person, must have."""
_CONJUNCTIONS, _PREPOSITIONS = ("", "و", "ف"), ("", "ب", "ك", "ل")
_JOINED = frozenset("وفبكل")
_PERSONS = ("ي", "ت", "ن")
_FUTURE = "س"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the forms of a folded word have in common; the word itself where there is nothing to take off.

    >>> stem("الحكومه") == stem("حكوماتها") == stem("حكومه")
    True
    >>> stem("بغدادي"), stem("قوات"), stem("لبنان")
    ('بغدادي', 'قوات', 'لبنان')
    """
    if not is_arabic(word) or _is(word, "whole"):
        return word
    noun = without_article(word)
    if noun == word:
        return _without_ending(word)
    entire = _without_ending("ال" + noun)
    return entire if _is(entire, "article") else _without_ending(noun)


def without_article(word: str) -> str:
    """A folded word without its article and what is joined to that; the word itself when it has none."""
    for article in _BY_LETTER.get(word[:1], ()):
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    return word


def joined(word: str) -> dict[str, str]:
    """The stems of a folded word's forms with whatever may be joined to their front, each with the bare stem it is of.

    For an imperfect verb, bare stems of other persons too (تعلن for يعلن). What looks like one may be a noun: where
    forms of its stem bear the article (التعاون, for يعاون), whoever asks leaves it out.
    """
    own = stem(word)
    found = {"".join(front) + own: own for front in product(_CONJUNCTIONS, _PREPOSITIONS)}
    if (rest := _verb(word, own)) is not None:
        for conjunction, before, person in product(_CONJUNCTIONS, ("", _FUTURE, "ل"), _PERSONS):
            found.setdefault(conjunction + before + person + rest, person + rest)
    return found


def _verb(word: str, own: str) -> str | None:
    """What follows the sign of person in the stem `own` of a word that may be an imperfect verb: علن of يعلن and سيعلن.

    Only ي is such a sign by itself: too many nouns begin with ت and ن.
    """
    future = own[0] == _FUTURE and own[1:2] in _PERSONS
    rest = own[2:] if future else own[1:]
    if not (future or own[0] == "ي") or len(rest) < _SHORTEST or word != without_article(word) or _is(own, "whole"):
        return None
    return rest


def _without_ending(word: str) -> str:
    """Takes off a pronoun, then a sign of number, gender or person, where enough remains."""
    if _is(word, "whole"):
        return word
    bare = _without_pronoun(word)
    if bare != word and _is(bare, "whole"):
        return bare
    for ending, least, kind in _endings("number").get(bare[-1:], ()):
        if not bare.endswith(ending) or len(bare) - len(ending) < least:
            continue
        rest = bare[: -len(ending)]
        if kind == "perfect" and rest[-1] == "ا":
            continue
        if kind == "adverb" and rest[-1] == "ي":
            break
        # ـة is written ت before a pronoun.
        noun = kind == "feminine" or (kind == "perfect" and bare != word)
        return rest + "ه" if noun and _is(rest + "ه", "feminine") else rest
    return bare


def _without_pronoun(word: str) -> str:
    for ending, least, _ in _endings("pronoun").get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            rest = word[: -len(ending)]
            # A hamza at the end takes another seat before a pronoun: إنهاء, إنهائها.
            return rest[:-1] + "ء" if len(rest) > _SHORTEST and rest.endswith(("اي", "او")) else rest
    # ه may be ـة, but not after a ت that stands for ـة itself, or in ـات.
    return word[:-1] if word.endswith("ته") and len(word) > _SHORTEST else word


def _is(word: str, kind: str) -> bool:
    """Whether a word is among the exceptions of a kind, as it is or with a conjunction or preposition before it."""
    listed = _exceptions()[kind]
    if word in listed:
        return True
    first = word[:1]
    if first not in _JOINED:  # as of most words
        return False
    rest = word[1:]
    if first in _PREPOSITIONS:
        return rest in listed
    return rest in listed or (rest[:1] in _PREPOSITIONS[1:] and rest[1:] in listed)


@lru_cache(maxsize=1)
def _exceptions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in _lines("stem_words.tsv"):
        found.setdefault(kind, set()).update(words.split())
    return {kind: frozenset(words) for kind, words in found.items()}


@lru_cache(maxsize=2)
def _endings(stage: str) -> dict[str, list[tuple[str, int, str]]]:
    """What is taken off at a stage, in order, by its last letter."""
    found: dict[str, list[tuple[str, int, str]]] = {}
    for at, ending, least, kind in _lines("endings.tsv"):
        if at == stage:
            found.setdefault(ending[-1], []).append((ending, int(least), kind))
    return found


def _lines(name: str) -> list[list[str]]:
    lines = files("store.text").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
