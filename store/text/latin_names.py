"""Latin spellings of whole names: their parts, and English names that are not the Arabic ones in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from store.text.fold import fold
from store.text.latin import is_spelling, plain

_ARTICLES = frozenset({"al", "el", "ul", "il", "l"})
# As it is said before the letters of the sun; only before a part that begins so.
_ASSIMILATED = re.compile(r"[aeu](?P<sound>sh|ch|th|dh|[sdtnrz])")
# What Arabic may write as one word with the next or the one before: عبدالعزيز, ابوبكر, بنعلي, نصرالله, نورالدين.
_OPENS = re.compile(r"abd(?:[aeou]*[lrnszdt])?|ab[aeiou]+|bou|ben|nou?r|gh?olam")
_CLOSES = re.compile(r"[aeou]?ll?ah|[aeu]?[dl]?d[ei]+ne?|zadeh|nejad")
_JOINS = re.compile(r"abd(?:[aeou]*[lrnszdt])?|ab[aeiou]+|bin|ben|ibn|b[ei]nt|umm?|oumm?|ould|uld")
_WORD = re.compile(r"[a-z0-9']+")
_NONE = "-"
"""Stands in the list for no name."""
MOST_PARTS = 6
"""Most parts of a name that are looked at."""


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a Latin name, with the article and other small words before it if they stand apart."""

    latin: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Parts `[start, end)` of a name, to be read as one unit."""

    start: int
    end: int
    latin: str
    article: bool


def parts(name: str) -> tuple[Part, ...]:
    """The parts of a name in Latin letters; none where it is not one, or has a word that no Arabic name can be.

    >>> [part.latin for part in parts("Mustafa al-Kadhimi")]
    ['mustafa', 'kadhimi']
    """
    if not name.isascii() and any("\u0600" <= char <= "\u06ff" for char in name):
        return ()
    return of_words(_WORD.findall(plain(name)))


def of_words(words: Sequence[str]) -> tuple[Part, ...]:
    """As `parts`, of words that stand apart already."""
    found: list[Part] = []
    article = ""
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if following and (word in _small() or (not article and _is_article(word, following))):
            article = f"{article} {word}" if article else word
        elif len(word) == 1 and found and not article:
            # What an apostrophe cut off (Sana'a), or an initial, which says little.
            found[-1] = Part(found[-1].latin + word, found[-1].article)
            if not is_spelling(found[-1].latin):
                return ()
        elif is_spelling(word) and word not in _small():
            found.append(Part(word, article))
            article = ""
        else:
            return ()
    return tuple(found) if len(found) <= MOST_PARTS else ()


def _is_article(word: str, following: str) -> bool:
    if word in _ARTICLES:
        return True
    match = _ASSIMILATED.fullmatch(word)
    return match is not None and following.lstrip("'").startswith(match["sound"])


def spans(found: Sequence[Part]) -> Iterator[Span]:
    """What of a name may be one Arabic word, or two that belong together (Abdul Rahman, Nasr Allah)."""
    for at, part in enumerate(found):
        yield Span(at, at + 1, part.latin, bool(part.article))
        if at + 1 < len(found):
            other = found[at + 1]
            if _OPENS.fullmatch(part.latin) or _CLOSES.fullmatch(other.latin):
                yield Span(at, at + 2, part.latin + other.article + other.latin, bool(part.article))


def only_joins(word: str) -> bool:
    """Whether a word is never a name alone, but one with the next: bin Salman, abu Bakr."""
    return _JOINS.fullmatch(word) is not None


def known(words: Iterable[str]) -> tuple[str, ...]:
    """The Arabic names of what has another name in English (`cairo`, `united nations`); `words` as `plain` has them."""
    return _known().get(" ".join(words), ())


@lru_cache(maxsize=1)
def longest_known() -> int:
    """Most words of an English name that is listed."""
    return max(name.count(" ") + 1 for name in _known())


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    # The project's own list first, then what is derived from others.
    for name in ("latin_names.tsv", "latin_places.tsv"):
        for line in files("store.text").joinpath("data", name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                arabic, *spelt = line.split("\t")
                for latin in spelt if arabic != _NONE else ():
                    found[latin] = tuple(dict.fromkeys((*found.get(latin, ()), *arabic.split("|"))))
    return found


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    """Words of other languages that no name consists of."""
    lines = files("store.text").joinpath("data/latin_names.tsv").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith(f"{_NONE}\t") for word in line.split("\t")[1:])


@lru_cache(maxsize=1)
def listed() -> dict[str, str]:
    """The Arabic names of the list as they are written, by their folded words as units have them."""
    return {" ".join(folded_words(arabic)): arabic for names in _known().values() for arabic in names}


def folded_words(arabic: str) -> tuple[str, ...]:
    """The folded words of an Arabic name as units have them, the first without its article."""
    first, *rest = fold(arabic).split()
    return (first.removeprefix("ال") or first, *rest)
