"""Letters of Arabic names and how they are written in Latin ones (`data/latin_letters.tsv`); the sound of a word.

Arabic words are folded (`store.text.fold`). A name of two words that are often written as one in Latin letters is a
unit with a space in it: عبد الرحمن, نصر الله (`units`). A unit is compared as `symbols`: its letters, where those at
its ends, which are written in other ways than within, are symbols of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import inf
from typing import NamedTuple

WEAK = frozenset("اويعء")
"""Letters that Latin spellings write as vowels, or not at all."""
ARTICLE = "+"
"""Stands for the article in the symbols of a unit."""
SLOTS = ("^", "$", "°", "~")
"""Where Latin letters may stand that Arabic does not write: before a word, after it, between consonants, elsewhere."""

# Consonants that one Latin letter mostly stands for. A change wants the table of sounds in a corpus made anew.
_SOUNDS = {
    "b": "بپ", "t": "تطٹټ", "j": "ج", "h": "هحھہ", "x": "خ", "d": "دڈ", "z": "زذضظژ", "r": "رڑ", "s": "سصث", "S": "شچ",
    "f": "فڤڨ", "k": "كقغگ", "l": "ل", "m": "م", "n": "نں",
}  # fmt: skip
_FIRST = frozenset({"عبد", "ابو", "ابا", "ابي", "بو", "ام", "بن", "ابن", "ال", "ولد", "بنت", "ذو", "با", "غلام"})
_LAST = frozenset({"الله", "الدين", "اله", "رضا", "علي", "زاده", "نژاد", "پور", "خان", "بيگ"})
# Letters at the beginning and end of a word are written in other ways than within: they are symbols of their own.
_AT_START = {letter: chr(0xE000 + at) for at, letter in enumerate("اويعء")}
_AT_END = {letter: chr(0xE100 + at) for at, letter in enumerate("اويعءه")}
_MARKED = {symbol: f"^{letter}" for letter, symbol in _AT_START.items()} | {
    symbol: f"{letter}$" for letter, symbol in _AT_END.items()
}
# And a word that begins or ends in a vowel sounds so.
_SOUND_OF = {letter: sound for sound, letters in _SOUNDS.items() for letter in letters}
_SOUND_OF |= {symbol: {"و": "w", "ي": "y"}.get(letter, "a") for letter, symbol in _AT_START.items()}
_SOUND_OF |= dict.fromkeys(_AT_END.values(), "e")
_UNMARKED = {shown: symbol for symbol, shown in _MARKED.items()}
_WEAK_SYMBOLS = WEAK | set(_MARKED)
_WITHIN = re.compile(r" ال(?=.)|(?<=^عبد)ال(?=..)|(?<=.)ال(?=له$)|(?<=..)ال(?=دين$)")


def bare(word: str) -> str:
    """A folded word without its article, as `store.database.lookup` has it."""
    return word.removeprefix("ال") or word


def units(words: Sequence[str]) -> Iterator[str]:
    """What of a name (its folded words) is looked up: each word without its article, and words that may be joined."""
    yield from map(bare, words)
    for one, other in pairwise(words):
        if joined(one, other):
            yield f"{bare(one)} {other}"


def joined(one: str, other: str) -> bool:
    """Whether two folded words of a name are often written as one in Latin letters."""
    return one in _FIRST or other in _LAST


@lru_cache(maxsize=1 << 16)
def symbols(unit: str) -> str:
    """A unit as the letters' table has it, one code point a symbol."""
    if " " in unit or "ال" in unit:
        unit = _WITHIN.sub(ARTICLE, unit).replace(" ", "")
    first = _AT_START.get(unit[:1], unit[:1])
    return first + unit[1:-1] + _AT_END.get(unit[-1], unit[-1]) if len(unit) > 1 else first


def sound(unit: str) -> str:
    """The consonants of a unit, like ones as one, and whether it begins or ends in a vowel.

    >>> sound("كاظمي"), sound("عبد الرحمن")
    ('kzme', 'abdrhmn')
    """
    return _sound(symbols(unit))


def _sound(part: str) -> str:
    return "".join(_SOUND_OF.get(symbol, "") for symbol in part)


def slot(before: str, after: str) -> str:
    """Which of SLOTS lies between two symbols, one of them empty at the ends of a word."""
    if not before:
        return "^"
    if not after:
        return "$"
    return "~" if before in _WEAK_SYMBOLS or after in _WEAK_SYMBOLS else "°"


def marked(part: str) -> str:
    """Symbols as a person reads them in the table: `^ا` begins a word, `ا$` ends one."""
    return "".join(_MARKED.get(symbol, symbol) for symbol in part)


class Sound(NamedTuple):
    """What some Latin letters may sound like."""

    letters: str
    first: bool
    """Whether only at the beginning of a word,"""
    last: bool
    """or only at its end."""
    cost: float
    """That of the likeliest symbols written so, what they cost themselves (the more the rarer they are) included."""


@dataclass(slots=True)
class Ways:
    """What some Latin letters may stand for."""

    written: dict[str, float] = field(default_factory=dict)
    """Symbols, with the cost of writing them so."""
    filled: dict[str, float] = field(default_factory=dict)
    """Slots that they may fill, with the cost of it."""
    heard: list[Sound] = field(default_factory=list)
    symbol: float = inf
    """What the cheapest of the symbols costs,"""
    slot: float = inf
    """and the cheapest of the slots."""

    def hear(self, new: Sound) -> None:
        """Take in a sound; the likeliest of each kind is kept."""
        same = [one for one in self.heard if one[:3] == new[:3]]
        if not same or new.cost < same[0].cost:
            self.heard = [one for one in self.heard if one not in same] + [new]


class Table:
    """`data/latin_letters.tsv`: what each symbol is written as, and at what cost."""

    def __init__(self) -> None:
        self.ways: dict[str, Ways] = {}
        """By Latin letters, none of them too."""
        self.none = dict.fromkeys(SLOTS, 0.0)
        """What an empty slot costs."""
        self.article: dict[str, float] = {}
        """What the article at the beginning of a word is written as, joined to it."""
        self.longest = 1
        """Most letters that one symbol, or two, or a slot has."""
        self.openings: frozenset[str] = frozenset()
        """Symbols that may be written together with the one after them."""
        lines = files("store.text").joinpath("data/latin_letters.tsv").read_text("utf-8").splitlines()
        for line in lines:
            if line and not line.startswith("#"):
                shown, latin, cost, own = line.split("\t")
                self._take(shown, latin, float(cost), float(own))
        self.longest = max(map(len, self.ways))
        pairs = (part for ways in self.ways.values() for part in ways.written if len(part) > 1)
        self.openings = frozenset(part[0] for part in pairs)

    def _take(self, shown: str, latin: str, cost: float, own: float) -> None:
        if shown == f"^{ARTICLE}":
            self.article[latin] = cost
        elif shown in SLOTS and not latin:
            self.none[shown] = cost
        elif shown in SLOTS:
            ways = self.ways.setdefault(latin, Ways())
            ways.filled[shown] = cost
            ways.slot = min(ways.slot, cost)
            ways.hear(Sound("", False, False, cost))
        else:
            ways = self.ways.setdefault(latin, Ways())
            part = re.sub(r"\^.|.\$", lambda match: _UNMARKED[match[0]], shown)
            ways.written[part] = cost
            ways.symbol = min(ways.symbol, cost)
            # What is not written makes no symbol rarer.
            whole = cost + own if latin else cost
            ways.hear(Sound(_sound(part), shown.startswith("^"), shown.endswith("$"), whole))


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, read once."""
    return Table()
