"""How much a text looks like Arabic: the pairs its letters form.

Wrong decodings of Arabic bytes give Arabic letters too, but pairs that no Arabic word has, or accented Latin
letters in the middle of words.
"""

from __future__ import annotations

import functools
import math
import re
from importlib import resources

_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
# Letters of Persian and Urdu in windows-1256, as the Arabic letters they look like.
_PERSIAN = str.maketrans("پچژگکھہںڈڑٹے", "بجزككههندرتي")
_LATIN = frozenset("àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ")
_SIGNS = frozenset("،؛؟«»“”‘’„‚‹›…–—•·°×÷\u00a0\u200c\u200d\u200e\u200f")
# Vowel marks stand after a letter, nunation at the end of its word (fathatan also before a final alef).
_MISPLACED = re.compile(
    "(?<![\u0621-\u063a\u0641-\u0652])[\u064b-\u0652]"
    "|[\u064c\u064d](?=[\u0621-\u064a])|\u064b(?=[\u0621-\u0626\u0628-\u064a])"
)
_DROPPED = re.compile("[\u064b-\u0652\u0640]+")
_OUTSIDE = "_"

# Seldom written: most of them are the two forms of final ya in windows-1256 read as ISO 8859-6.
_NUNATION = re.compile("[\u064c\u064d]")

# Log probabilities of what is no pair of Arabic letters, set by hand.
_COMMON, _SELDOM, _ODD, _IMPOSSIBLE = math.log(0.02), math.log(0.03), math.log(0.0003), math.log(1e-5)


def weigh(text: str, sample: int = 20_000) -> tuple[float, int]:
    """Log probability of the first `sample` characters as Arabic, ASCII pairs left out, and how many pairs count.

    The mean of Arabic prose is about -2.7, that of Arabic read with a wrong table -5 and less.
    """
    text = text[:sample]
    if text.isascii():
        return 0.0, 0
    marks = len(_MISPLACED.findall(text))
    total, count = _IMPOSSIBLE * marks + _SELDOM * len(_NUNATION.findall(text)), marks
    pairs = _pairs()
    previous = " "
    for char in _DROPPED.sub("", text.translate(_PERSIAN)) + " ":
        here, before = _letter(char), _letter(previous)
        if here != _OUTSIDE or before != _OUTSIDE:
            total += pairs.get(before + here, _ODD)
            count += 1
            if (here == _OUTSIDE and char.isalpha()) or (before == _OUTSIDE and previous.isalpha()):
                # Arabic letters do not touch Latin ones.
                total += _IMPOSSIBLE
        if not char.isascii() and here == _OUTSIDE:
            total += _COMMON if char in _SIGNS or char in _LATIN else _ODD if char.isalpha() else _IMPOSSIBLE
            count += 1
        previous = char
    return total, count


def arabic_letters(text: str) -> int:
    """How many Arabic letters `text` has."""
    return len(_ARABIC.findall(text.translate(_PERSIAN)))


def _letter(char: str) -> str:
    return char if "\u0621" <= char <= "\u063a" or "\u0641" <= char <= "\u064a" else _OUTSIDE


@functools.cache
def _pairs() -> dict[str, float]:
    table = (resources.files(__package__) / "data" / "bigrams.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    counts = {pair: int(count) for pair, count in rows}
    totals: dict[str, int] = {}
    for pair, count in counts.items():
        totals[pair[0]] = totals.get(pair[0], 0) + count
    letters = len(totals)
    letters_all = sorted(totals)
    return {
        first + second: math.log((counts.get(first + second, 0) + 0.2) / (totals[first] + 0.2 * letters))
        for first in letters_all
        for second in letters_all
    }
