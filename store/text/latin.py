"""Arabic names in Latin letters: whether `kadhimi` may be how كاظمي is written, and how well it fits. Pure.

A Latin spelling is laid against an Arabic word letter by letter: each way of writing a letter costs the more the rarer
it is, and so do vowels that Arabic leaves out. Costs are natural logarithms: one more is 2.7 times as unlikely. So that
the words of a corpus that may be meant are found by a look-up (`store.database.sounds`), both have a sound: consonants
alone, like ones taken for one (`store.text.latin_letters`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from math import inf

from store.text.fold import fold
from store.text.latin_letters import Sound, Ways, slot, symbols, table

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
_ROUNDING = 1e-9
_AFTER_ALL = chr(0x10FFFF)
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
        # By place in the spelling: what the letters from there to another place may stand for.
        self._ways: list[list[tuple[int, Ways]]] = [[] for _ in range(length + 1)]
        self._heard: list[dict[tuple[int, str], float]] = [{} for _ in range(length + 1)]
        for at in range(length + 1):
            for end in range(at, min(at + letters.longest, length) + 1):
                if (ways := letters.ways.get(latin[at:end])) is None:
                    continue
                self._ways[at].append((end, ways))
                for sound in ways.heard:
                    self._hear(sound, at, end)
        # What may be written from each place on, and what the rest costs at least: of symbols, and with a slot before.
        self._there = [frozenset[str]().union(*(ways.written for _, ways in there)) for there in self._ways]
        self._symbol, self._rest = self._least()

    def _hear(self, sound: Sound, at: int, end: int) -> None:
        """Keep the least cost of each sound; a vowel at either end of a word is heard although it is not written."""
        if (sound.first and at not in self._begins) or (sound.last and end < len(self.latin)):
            return
        if (end > at or sound.letters) and sound.cost < self._heard[at].get((end, sound.letters), sound.cost + 1):
            self._heard[at][end, sound.letters] = sound.cost

    def _least(self) -> tuple[list[float], list[float]]:
        """What the rest of the spelling costs at least from each place on: where a symbol is next, where a slot is."""
        length, empty = len(self.latin), min(table().none.values())
        symbol, rest = [inf] * length + [0.0], [inf] * (length + 1)
        for at in range(length, -1, -1):
            # Every symbol is followed by a slot, which may be empty, or filled with some of the letters.
            filled = 0.0 if at == length else inf
            for end, ways in self._ways[at]:
                if end > at:
                    symbol[at] = min(symbol[at], ways.symbol + rest[end])
                    filled = min(filled, ways.slot + (0.0 if end == length else symbol[end]))
            rest[at] = min(symbol[at] + empty, filled)
        return symbol, rest

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

    def fits(self, among: Iterable[str], most: int | None = None, behind: float = _BEHIND) -> dict[str, float]:
        """The units that it may stand for, with the cost of each; the likeliest first, at most so many, and none that
        costs more than the first by more than `behind`."""
        units = sorted(among, key=symbols)
        parts = list(map(symbols, units))
        found: list[tuple[float, str]] = []
        bounds, openings = self._bounds(self.limit), table().openings
        # Units that come one after another mostly begin alike: they are compared once as far as they do, and those that
        # begin as one that could not go on are passed over.
        rows = [_Row(dict(self._begins))]
        before = ""
        number = 0
        while number < len(parts):
            part = parts[number]
            same = 0
            for one, other in zip(before, part, strict=False):
                if one != other:
                    break
                same += 1
            del rows[same + 1 :]
            before = part
            for at in range(len(rows) - 1, len(part)):
                last = rows[at]
                row = self._next(part, at, rows, bounds, openings)
                rows.append(row)
                if row is _NOWHERE and (last is _NOWHERE or part[at] not in openings):
                    number = bisect_left(parts, part[: at + 1] + _AFTER_ALL, number + 1)
                    break
            else:
                cost = rows[-1].after("$", self, bounds).get(len(self.latin))
                if cost is not None and cost <= bounds[-1] and self._may_be(units[number]):
                    insort(found, (cost, units[number]))
                    limit = found[0][0] + behind
                    if most is not None and len(found) >= most:
                        limit = min(limit, found[most - 1][0])
                    if limit < bounds[-1]:
                        bounds = self._bounds(limit)
                number += 1
        return {unit: cost for cost, unit in found[:most] if cost <= bounds[-1]}

    def _may_be(self, unit: str) -> bool:
        """Whether a unit is not too long, and has not too many long vowels."""
        return len(unit) <= self._longest and unit.count("ا") + unit.count("و") + unit.count("ي") <= self._vowels

    def _bounds(self, limit: float) -> list[float]:
        """The greatest cost at each place of the spelling with which a unit may still fit, then that of a fit."""
        limit = min(limit, self.limit)
        # What is added up in another order may differ in its last digit.
        left = limit + _ROUNDING
        return [*(min(most, left - rest) for most, rest in zip(self._most, self._rest, strict=True)), limit]

    def _next(
        self, part: str, at: int, rows: Sequence[_Row], bounds: Sequence[float], openings: frozenset[str]
    ) -> _Row:
        """How far into the spelling one may be, and at what cost, after the symbol at `at`."""
        found: dict[int, float] = {}
        there, every = self._there, self._ways
        # The symbol alone, and together with the one before it.
        for begin in (at, at - 1) if at and part[at - 1] in openings else (at,):
            if (row := rows[begin]) is _NOWHERE:
                continue
            symbol = part[begin : at + 1]
            for place, cost in row.after(slot(part[begin - 1], symbol[0]) if begin else "^", self, bounds).items():
                if symbol in there[place]:
                    for end, ways in every[place]:
                        if symbol in ways.written:
                            total = cost + ways.written[symbol]
                            if total <= bounds[end] and total < found.get(end, inf):
                                found[end] = total
        return _Row(found) if found else _NOWHERE

    def fill(self, costs: dict[int, float], kind: str, limit: float) -> dict[int, float]:
        """`costs` by place, with what may stand at a slot and Arabic does not write taken in, up to a whole cost."""
        none = table().none[kind]
        if kind == "$":
            length = len(self.latin)
            ends = [cost + none for place, cost in costs.items() if place == length]
            ends += [
                cost + ways.filled[kind]
                for place, cost in costs.items()
                for end, ways in self._ways[place]
                if end == length and kind in ways.filled
            ]
            return {length: min(ends)} if ends else {}
        least = self._symbol
        filled = {place: cost + none for place, cost in costs.items() if cost + none + least[place] <= limit}
        for place, cost in costs.items():
            for end, ways in self._ways[place]:
                if kind in ways.filled:
                    total = cost + ways.filled[kind]
                    if total + least[end] <= limit and total < filled.get(end, inf):
                        filled[end] = total
        return filled


class _Row:
    """Costs by place in a spelling, and with each kind of slot after them once that is asked for."""

    __slots__ = ("_after", "costs")

    def __init__(self, costs: dict[int, float]) -> None:
        self.costs = costs
        self._after: dict[str, dict[int, float]] = {}

    def after(self, kind: str, spelling: Spelling, bounds: Sequence[float]) -> dict[int, float]:
        if (found := self._after.get(kind)) is None:
            found = self._after[kind] = spelling.fill(self.costs, kind, bounds[-1] + _ROUNDING)
        return found


_NOWHERE = _Row({})


def _after_those_like(unit: str, at: int, units: Sequence[str], number: int) -> int:
    """Where the units go on that do not begin as one does up to the symbol at `at`; `number` is where it is not known,
    as letters there may be part of another symbol in another unit."""
    start = unit[: at + 1]
    if " " in start or "ال" in start or start[-1] == "ا" or at + 1 >= len(unit):
        return number
    return bisect_left(units, start + _AFTER_ALL, number)


def _begins(latin: str, article: dict[str, float]) -> Iterator[tuple[int, float]]:
    """Where the name itself may begin, and at what cost: at the beginning, or after an article."""
    yield 0, 0.0
    for written, cost in article.items():
        if latin.startswith(written) and len(latin) > len(written) + 1:
            yield len(written), cost
