"""What a number is worth: half of it, half more of it, from one to another, figures with stops between thousands."""

from __future__ import annotations

import re
from bisect import bisect_left

from store.extract.dates.meaning import Number
from store.extract.dates.sentence import Line
from store.extract.quantities.context import before
from store.extract.quantities.nouns import WORD, word_at
from store.extract.quantities.units import unit
from store.extract.quantities.words import measures, scales, sets

_GROUPED = re.compile(r"(?:ال ?)?([1-9]\d{0,2}(?:\.\d{3})+)")
"""Figures with a stop that may stand between thousands; 12.5 and 0.614 are none."""
_TO = [re.compile(rf" ?(?:-|–|الي|او{more}) ?(\d[\d.,]*)") for more in ("", "|و")]
"""What links the ends of a range, by whether بين stands before the first."""
_TO_WORD = [re.compile(rf" (?:الي|او{more}) ?(?=[^\W\d_])") for more in ("", "|و")]
_BETWEEN = re.compile(r"(?<!\w)[وب]?بين \Z")
_PARTS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_AND_HALF = re.compile(
    rf" و(نصف|ربع|ثلث)(?: (?:ال)?(?:{'|'.join(sorted(scales(), key=len, reverse=True))})(?!\w))?(?= \w)"
)
_SCALE = re.compile(r"[^\W\d_]+\Z")


def reach(folded: str, line: Line, at: int, end: int, low: float) -> tuple[float, float, int] | None:
    """The lowest and highest of numbers between which something lies, and where the second one ends: 20 إلى 30,
    بين ثلاثة وخمسة, 2.3 إلى 3.4 مليون; None where a number stands by itself."""
    start = line.starts[at]
    between = folded.endswith("بين ", 0, start) and _BETWEEN.search(before(folded, start)) is not None
    to = _TO[between].match(folded, end)
    if to is not None:
        low = grouped(folded, folded[start:end], to.end()) or low
        end = to.end()
        limit = to[1].rstrip(".,")
        try:
            high = grouped(folded, limit, end) or float(limit.replace(",", ""))
        except ValueError:
            return low, low, end
        scale = word_at(folded, end)
        if scale is not None and scale[2] in scales():  # 2.3 إلى 3.4 مليون, but من 2000 إلى 3 آلاف
            by = scales()[scale[2]]
            low, high, end = low * by if low < high else low, high * by, scale[1]
        return low, high, end
    joined = _TO_WORD[between].match(folded, end)
    if joined is None:
        return None
    other = bisect_left(line.starts, joined.end(), at)
    if other >= len(line.starts) or line.starts[other] != joined.end():
        return None
    number = line.values[other].get("#")
    if not isinstance(number, Number) or number.ordinal or number.definite:
        return None
    high, end = float(number.value), line.ends[other]
    scale_word = _SCALE.search(folded[max(0, end - 12) : end])
    scale_of = scales().get(scale_word.group(), 1.0) if scale_word else 1.0
    return (low * scale_of if low < high / scale_of else low), high, end


def parts(folded: str, start: int, end: int) -> tuple[int, float, int, float]:
    """Where a number begins and ends with what is said of its parts, of what share it is, and what more: half of a
    million (نصف مليون), three millions and a half (3 ملايين ونصف المليون)."""
    text = folded[start:end]
    scale = next((value for word, value in scales().items() if text.endswith(word)), 0.0)
    words = WORD.findall(before(folded, start)) if text in scales() else ()
    part = words[-1] if words else ""
    part = part[1:] if part[:1] in "وبل" and part[1:] in _PARTS else part
    if part in _PARTS:
        return folded.rindex(part, 0, start), _PARTS[part], end, 0.0
    more = _AND_HALF.match(folded, end) if scale else None
    if more is None:
        return start, 1.0, end, 0.0
    return start, 1.0, more.end(), _PARTS[more[1]] * scale


def grouped(folded: str, figures: str, end: int) -> float | None:
    """The value of figures whose stops stand between thousands, by what is counted from `end` on; else None.

    100.000 people are no hundred: people come whole. Money and measures may have three decimals, unless all are 0.
    """
    match = _GROUPED.fullmatch(figures)
    word = word_at(folded, end)
    if word is not None and word[2] == "من":
        word = word_at(folded, word[1])
    if match is None or word is None or word[2] == "في" or word[2] in sets()["percent"]:
        return None
    if word[2] in scales() or (unit(word[2]) in measures() and not figures.endswith(".000")):
        return None
    return float(match[1].replace(".", ""))
