"""A few bytes of what is compared of an event mention, by which most pairs are told to be two events unread.

Where a corpus has hundreds of sentences of one day, reading each to compare it with a new one takes most of the time of
adding. A sketch holds 16-bit numbers of the words and names that `store.resolve.alike` compares. Two different words
may have one number, so a sketch says at least what is shared, never less: `Seeker.may_agree` is an upper bound, and
what it leaves is compared word by word as before. What becomes one event is the same with it and without. The weight in
its head is of `data/stem_weights.tsv`: where that is made anew, a migration has to empty all sketches.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from store.resolve.alike import FEATURES, Told, length, weights
from store.resolve.stems import weight

_HEAD = struct.Struct("<dBB")
"""How much the words near the date weigh, how many numbers of such words follow, how many of names."""
_MOST = 255
_SLACK = 1e-6
"""Of the order of nothing, and more than sums in another order differ by."""


def sketch(told: Told) -> bytes:
    """Of a mention: the head, numbers of words near its date, of names, and of its other words; empty where these are
    too many to be counted."""
    near = {_number(word) for word in told.near}
    names = {_number(key) for key in told.names}
    others = {_number(word) for word in (*told.said, *told.stems)} - near
    if max(len(near), len(names)) > _MOST:
        return b""
    numbers = (*sorted(near), *sorted(names), *sorted(others))
    return _HEAD.pack(told.weights[1], len(near), len(names)) + struct.pack(f"<{len(numbers)}H", *numbers)


class Seeker:
    """One mention, to be held against the sketches of many."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._near, self._said, self._stems = map(_weighed, (told.near, told.said, told.stems))
        self._names = Counter(map(_number, told.names))
        self._places = min(len(told.places), 3)

    def may_agree(self, article: int, days: tuple[str, str], sketched: bytes | None) -> bool:
        """Whether `alike.agreement` with a mention of this article, of these days, may find that the two are one event.

        Asked of mentions in other sentences: the same date in the same sentence is one event whatever is in it.
        """
        if not sketched:
            return True
        others_weight, near_many, names_many = _HEAD.unpack_from(sketched)
        numbers = struct.unpack_from(f"<{(len(sketched) - _HEAD.size) // 2}H", sketched, _HEAD.size)
        near, names = numbers[:near_many], numbers[near_many : near_many + names_many]
        rest = numbers[near_many + names_many :]
        close = _sum(self._near, near)
        words = _sum(self._stems, near) + _sum(self._stems, rest)
        named = sum(self._names[number] for number in names if number in self._names)
        if not (close or words or named):
            return False
        told = self._told
        crossed = max(
            (close + _sum(self._near, rest)) / (told.weights[1] or 1), _sum(self._said, near) / (others_weight or 1)
        )
        most = (
            min(words, 40.0),
            2 * words / (told.weights[0] or 1),
            min(close, 20.0),
            2 * close / (told.weights[1] + others_weight or 1),
            crossed,
            float(min(named, 3)),
            float(self._places),
            1.0,
            float(days != told.days),
            float(article == told.article),
            math.log(max(length(told.days), length(days), 1)),
            1.0,
            1.0,
        )
        by_feature, bias, least, least_of_years = weights()
        # of what counts against it, the least there can be: none, but for what is known exactly
        score = bias + sum(
            each * value for each, value, exact in zip(by_feature, most, _EXACT, strict=True) if each > 0 or exact
        )
        return score >= min(least, least_of_years) - _SLACK


_KNOWN = frozenset({"one within the other", "same article", "length of days"})
_EXACT = tuple(name in _KNOWN for name in FEATURES)


def _weighed(words: Iterable[str]) -> dict[int, float]:
    found: dict[int, float] = {}
    for word in words:
        number = _number(word)
        found[number] = found.get(number, 0.0) + weight(word)
    return found


def _sum(weighed: dict[int, float], numbers: Iterable[int]) -> float:
    return sum(weighed[number] for number in numbers if number in weighed)


@lru_cache(maxsize=65536)
def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) & 0xFFFF
