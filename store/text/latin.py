"""Arabic names in Latin letters: whether `kadhimi` may be how كاظمي is written, and how well it fits. Pure.

A Latin spelling is laid against an Arabic word letter by letter: each way of writing a letter costs the more the rarer
it is, and so do vowels that Arabic leaves out. Costs are natural logarithms: one more is 2.7 times as unlikely. So that
the words of a corpus that may be meant are found by a look-up (`store.database.sounds`), both have a sound: consonants
alone, like ones taken for one (`store.text.latin_letters`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import nsmallest

from store.text.fold import fold
from store.text.latin_letters import Sound, slot, symbols, table

_LETTERS = str.maketrans({"ə": "a", "ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "dh", "þ": "th"})
_MARKS = re.compile("[‘’`´′ʻʼʽʾʿˈ]")
_SPELT = re.compile(r"(?=.*[a-z].*[a-z])[a-z2356789']+")
LONGEST = 40
"""Code points of a Latin word that are looked at."""

_VOWELS = "aeiouyw'vj"

_BEAM = 32
"""Most sounds that one spelling is looked up by."""
_WIDTH = 8.0
"""How much less likely than the likeliest a sound may be."""
_BASE, _EACH, _BEHIND = 3.0, 1.6, 5.0
"""A spelling fits up to a cost of so much, and so much a letter, and so much more than the one that fits best."""
_EARLY = 5.5
"""What the first letters may cost, and so much a letter more."""


def plain(text: str) -> str:
    """Latin text in lower case without accents, every sign for hamza or ayn as an apostrophe."""
    return fold(_MARKS.sub("'", text)).translate(_LETTERS)


def is_spelling(word: str) -> bool:
    """Whether a word (as `plain` gives it) may be an Arabic name in Latin letters; the digits are those of chat."""
    return len(word) <= LONGEST and _SPELT.fullmatch(word) is not None


class Spelling:
    """One Latin spelling of a name, as `plain` gives it, to be compared with Arabic units."""

    def __init__(self, latin: str, *, article: bool = False, patience: float = 1.0) -> None:
        """`article`: an article was written before it, apart; else it may begin with one. `patience`: how many times
        the usual cost is still taken for a fit."""
        self.latin = latin = latin[:LONGEST]
        self.limit = patience * (_BASE + _EACH * len(latin))
        """The greatest cost that is a fit."""
        self._most = [min(self.limit, patience * (_EARLY + _EACH * at)) for at in range(len(latin) + 1)]
        # Nothing that is longer, or has more long vowels, fits.
        self._longest = len(latin) + 3
        self._vowels = sum(latin.count(letter) for letter in _VOWELS) + 1
        letters = table()
        length = len(latin)
        self._begins = {0: 0.0} if article else dict(_begins(latin, letters.article))
        # For each symbol: where in the spelling it may be written, as (from, to, cost); for each slot by where from.
        self._written: dict[str, list[tuple[int, int, float]]] = {}
        self._filled: list[dict[str, list[tuple[int, float]]]] = [{} for _ in range(length + 1)]
        self._heard: list[dict[tuple[int, str], float]] = [{} for _ in range(length + 1)]
        for at in range(length + 1):
            for end in range(at, min(at + letters.longest, length) + 1):
                if (ways := letters.ways.get(latin[at:end])) is None:
                    continue
                for part, cost in ways.written:
                    self._written.setdefault(part, []).append((at, end, cost))
                for kind, cost in ways.filled:
                    self._filled[at].setdefault(kind, []).append((end, cost))
                for sound in ways.heard:
                    self._hear(sound, at, end)

    def _hear(self, sound: Sound, at: int, end: int) -> None:
        """Keep the least cost of each sound; a vowel at either end of a word is heard although it is not written."""
        if (sound.first and at not in self._begins) or (sound.last and end < len(self.latin)):
            return
        if (end > at or sound.letters) and sound.cost < self._heard[at].get((end, sound.letters), sound.cost + 1):
            self._heard[at][end, sound.letters] = sound.cost

    def sounds(self) -> list[str]:
        """The sounds that the units it may stand for have: with an article before them, and without."""
        return list(dict.fromkeys(known for at in self._begins for known in self._sounds_from(at)))

    def _sounds_from(self, begin: int) -> list[str]:
        """The sounds of the spelling from a place on, the likeliest first."""
        length = len(self.latin)
        heard: list[dict[str, float]] = [{} for _ in range(length + 1)]
        heard[begin][""] = 0.0
        self._unwritten(heard[begin], begin)
        for at in range(begin, length):
            if not heard[at]:
                continue
            best = nsmallest(_BEAM, heard[at].items(), key=lambda item: item[1])
            most = best[0][1] + _WIDTH
            for (end, more), cost in self._heard[at].items():
                if end == at:
                    continue
                there = heard[end]
                for known, before in best:
                    if before > most:
                        break
                    longer, total = known + more, before + cost
                    if total < there.get(longer, total + 1):
                        there[longer] = total
        self._unwritten(heard[length], length)
        found = nsmallest(_BEAM, heard[length].items(), key=lambda item: item[1])
        return [known for known, cost in found if cost <= found[0][1] + _WIDTH]

    def _unwritten(self, heard: dict[str, float], at: int) -> None:
        """Take in that the vowel at the beginning or end of a word may not be written."""
        for (end, more), cost in self._heard[at].items():
            if end == at:
                for known, before in list(heard.items()):
                    if before + cost < heard.get(known + more, before + cost + 1):
                        heard[known + more] = before + cost

    def fits(self, among: Iterable[str]) -> dict[str, float]:
        """The units that it may stand for, with the cost of each; the likeliest first."""
        found: dict[str, float] = {}
        limit, vowels = self.limit, self._vowels
        # Units that come one after another mostly begin alike: they are compared once as far as they do.
        ways = [_Row(dict(self._begins))]
        before, dead = "", "-"
        for unit in sorted(among, key=symbols):
            if len(unit) > self._longest or unit.count("ا") + unit.count("و") + unit.count("ي") > vowels:
                continue
            part = symbols(unit)
            if part.startswith(dead):
                continue  # it begins as one that could not go on
            same = 0
            for one, other in zip(before, part, strict=False):
                if one != other:
                    break
                same += 1
            del ways[same + 1 :]
            before = part
            for at in range(len(ways) - 1, len(part)):
                ways.append(self._next(part, at, ways, limit))
                if not ways[-1].costs and not ways[-2].costs:
                    dead = part[: at + 1]
                    break
            else:
                cost = ways[-1].after("$", self).get(len(self.latin))
                if cost is not None and cost <= limit:
                    found[unit] = cost
                    limit = min(limit, cost + _BEHIND)
        kept = sorted((cost, unit) for unit, cost in found.items() if cost <= limit)
        return {unit: cost for cost, unit in kept}

    def _next(self, part: str, at: int, ways: list[_Row], limit: float) -> _Row:
        """How far into the spelling one may be, and at what cost, after the symbol at `at`."""
        row: dict[int, float] = {}
        most = self._most
        for width in (1, 2):
            begin = at + 1 - width
            if begin < 0:
                break
            if not ways[begin].costs:
                continue
            symbol = part[begin : at + 1]
            if (written := self._written.get(symbol)) is None:
                continue
            costs = ways[begin].after(slot(part[begin - 1] if begin else "", symbol[0]), self)
            for place, end, more in written:
                if (cost := costs.get(place)) is not None:
                    total = cost + more
                    if total <= limit and total <= most[end] and total < row.get(end, limit + 1):
                        row[end] = total
        return _Row(row)

    def fill(self, costs: dict[int, float], kind: str) -> dict[int, float]:
        """`costs` by place, with what may stand at a slot and Arabic does not write taken in."""
        none = table().none[kind]
        filled = {place: cost + none for place, cost in costs.items()}
        for place, cost in costs.items():
            for end, more in self._filled[place].get(kind, ()):
                if cost + more < filled.get(end, self.limit):
                    filled[end] = cost + more
        return filled


class _Row:
    """Costs by place in a spelling, and with each kind of slot after them once that is asked for."""

    __slots__ = ("_after", "costs")

    def __init__(self, costs: dict[int, float]) -> None:
        self.costs = costs
        self._after: dict[str, dict[int, float]] = {}

    def after(self, kind: str, spelling: Spelling) -> dict[int, float]:
        if kind not in self._after:
            self._after[kind] = spelling.fill(self.costs, kind) if self.costs else self.costs
        return self._after[kind]


def _begins(latin: str, article: dict[str, float]) -> Iterator[tuple[int, float]]:
    """Where the name itself may begin, and at what cost: at the beginning, or after an article."""
    yield 0, 0.0
    for written, cost in article.items():
        if latin.startswith(written) and len(latin) > len(written) + 1:
            yield len(written), cost
