"""How words of names are spelt: whether two may be one word, in Arabic letters or one of them in Latin ones. Pure.

Newspapers write a foreign name as they hear it: with other long vowels, with one of several letters for a sound, a
letter twice or once. Arabic names and words differ by just that (سعد, سعيد), so two that are usual ones are never
taken for one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import zip_longest
from typing import Literal

from store.text.fold import fold
from store.text.latin import Spelling
from store.text.spelling import spellings
from store.text.tokens import WORD

Variant = Literal["article", "ending", "double", "sound", "vowels", "dots", "swapped"]
"""In what two spellings of a word differ."""

# Letters that stand for one foreign sound, as far as spellings of one name disagree on them.
_SOUNDS = str.maketrans({"غ": "ك", "ج": "ك", "ق": "ك", "گ": "ك", "ط": "ت", "ص": "س", "ث": "س", "ذ": "د", "ظ": "ز",
                         "ض": "د", "ڤ": "ف", "پ": "ب", "چ": "ش"})  # fmt: skip
# Letters that differ by their dots alone: within a word, and at its end, where ن and ي have a shape of their own.
_DOTLESS = str.maketrans({"ت": "ب", "ث": "ب", "ن": "ب", "ي": "ب", "خ": "ح", "ج": "ح", "ذ": "د", "ز": "ر", "ش": "س",
                          "ض": "ص", "ظ": "ط", "غ": "ع", "ق": "ف"})  # fmt: skip
_DOTLESS_END = {letter: shape for letter, shape in _DOTLESS.items() if chr(letter) not in "نيق"}
_SLIP = 4
"""Letters from which on a word may have a slip of the pen in it: of shorter ones too many are other words."""
_DOUBLE = re.compile(r"(.)\1")
_VOWEL = frozenset("اويء")
_CONSONANTS = re.compile("[^اويء]")
_NAME_LISTS = ("given.txt", "common.txt", "words.txt", "stop.txt")


def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, one spelling of each, عبد joined to what follows it."""
    found: list[str] = []
    for word in WORD.findall(fold(name)):
        if found and found[-1] == "عبد":
            found[-1] += word
        else:
            found.append(spellings(word)[0])
    return tuple(found)


def bones(word: str) -> str:
    """What spellings of one foreign word have in common: its consonants, those of one sound as one.

    >>> bones("غوغل") == bones("قوقل") == bones("جوجل")
    True
    """
    return _bones(bare(word).translate(_SOUNDS))


@lru_cache(maxsize=65536)
def variant(one: str, other: str) -> Variant | None:
    """How two folded words may be spellings of one; None where they may not."""
    if bare(one) == bare(other):
        return "article"
    if one.startswith("ال") != other.startswith("ال"):
        return None
    one, other = bare(one), bare(other)
    if one.isascii() or other.isascii() or min(len(one), len(other)) < 3:
        return None
    if is_word(one) and is_word(other):
        return None
    if _ending(one) == _ending(other):
        return "ending"
    squeezed = _DOUBLE.sub(r"\1", one), _DOUBLE.sub(r"\1", other)
    if squeezed[0] == squeezed[1]:
        return "double"
    sounded = one.translate(_SOUNDS), other.translate(_SOUNDS)
    if _ending(sounded[0]) == _ending(sounded[1]):
        return "sound"
    if _bones(sounded[0]) == _bones(sounded[1]) and len(_bones(sounded[0])) >= 3:
        return "vowels"
    return _slip(one, other)


def _slip(one: str, other: str) -> Variant | None:
    """What a hand may have got wrong in one of two words: the dots of a letter, or which of two comes first."""
    if len(one) != len(other) or len(one) < _SLIP:
        return None
    differing = [at for at, (letter, another) in enumerate(zip(one, other, strict=True)) if letter != another]
    first, last = differing[0], differing[-1]
    if first == last:
        shapes = _DOTLESS_END if last == len(one) - 1 else _DOTLESS
        return "dots" if one[last].translate(shapes) == other[last].translate(shapes) else None
    swapped = len(differing) == 2 and last == first + 1 and one[first] + one[last] == other[last] + other[first]
    return "swapped" if swapped else None


def slips(word: str) -> set[str]:
    """The folded words that may be this one with such a slip in it: those that `variant` calls so are among them."""
    found: set[str] = set()
    if len(bare(word)) < _SLIP or not word.isalpha() or word.isascii():
        return found
    for at, letter in enumerate(word):
        shapes = _DOTLESS_END if at == len(word) - 1 else _DOTLESS
        shape = letter.translate(shapes)
        others = [chr(code) for code, another in shapes.items() if another == shape]
        found.update(word[:at] + other + word[at + 1 :] for other in (shape, *others))
        found.add(word[:at] + word[at + 1 : at + 2] + letter + word[at + 2 :])
    found.discard(word)
    return found


def bare(word: str) -> str:
    """A word without its article, if it is long enough to have one."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _ending(word: str) -> str:
    """A word whose ending is written in several ways (سوريا, سورية) with one of them."""
    return word[:-1] + "ا" if word[-1] == "ه" and len(word) > 3 else word


def _bones(word: str) -> str:
    """The consonants of a word; what begins it, and an ending that may be a nisba's, stay."""
    word = _ending(_DOUBLE.sub(r"\1", word))
    return word[0] + "".join(letter for letter in word[1:-1] if letter not in _VOWEL) + word[-1]


def strange(one: str, other: str) -> int:
    """How many vowels differ in two words of the same consonants: one for another counts twice, but ا for ي (ميشال)."""
    count = 0
    for vowel, another in zip_longest(_CONSONANTS.split(one), _CONSONANTS.split(other), fillvalue=""):
        if vowel != another:
            count += 1 if not vowel or not another or {vowel, another} == {"ا", "ي"} else 2
    return count


@lru_cache(maxsize=4096)
def _spelling_of(latin: str, article: bool) -> Spelling:
    return Spelling(latin, article=article)


@lru_cache(maxsize=65536)
def latin_cost(latin: str, article: bool, word: str) -> float | None:
    """How unlikely a Latin spelling of a word is, of what is taken for a fit at most; None for what is none."""
    spelling = _spelling_of(latin, article)
    cost = spelling.fits([word]).get(word)
    return None if cost is None else cost / spelling.limit


def foreign(word: str) -> bool:
    """Whether a folded word is in no list of Arabic names and words."""
    return not is_word(word) and not is_word(bare(word))


@cache
def _lists() -> frozenset[str]:
    folder = resources.files("store.extract.entities").joinpath("data")
    found: set[str] = set()
    for name in _NAME_LISTS:
        for line in folder.joinpath(name).read_text("utf-8").splitlines():
            if not line.startswith("#"):
                found.update(fold(word.lstrip("~")) for word in line.split())
    return frozenset(found)


def is_word(word: str) -> bool:
    """Whether a folded word is a usual Arabic given name or a common word: another such word is another name."""
    return word in _lists()
