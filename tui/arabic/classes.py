"""Bidirectional classes of characters, as strings of one ASCII letter per code point (UAX #9, section 3.2)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# W, the isolates (6 to 9) and what rule X9 removes (b, 1 to 5) are what rule L1 resets at the end of a line.
CLASS_LETTERS: Final = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "ES": "+", "ET": "%", "AN": "N", "CS": ",", "NSM": "M", "BN": "b",
    "B": "B", "S": "S", "WS": "W", "ON": "O", "LRE": "1", "RLE": "2", "LRO": "3", "RLO": "4", "PDF": "5",
    "LRI": "6", "RLI": "7", "FSI": "8", "PDI": "9",
}  # fmt: skip
RESET_AT_END: Final = "W6789b12345"
REMOVED: Final = "b12345"

# Default classes of unassigned code points (DerivedBidiClass.txt, @missing lines).
_UNASSIGNED: Final = (
    ("A", ((0x600, 0x7BF), (0x860, 0x8FF), (0xFB50, 0xFDCF), (0xFDF0, 0xFDFF), (0xFE70, 0xFEFF))),
    ("A", ((0x10D00, 0x10D3F), (0x10EC0, 0x10EFF), (0x10F30, 0x10F6F), (0x1EC70, 0x1ECBF), (0x1ED00, 0x1ED4F))),
    ("A", ((0x1EE00, 0x1EEFF),)),
    ("R", ((0x590, 0x5FF), (0x7C0, 0x85F), (0xFB1D, 0xFB4F), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))),
    ("%", ((0x20A0, 0x20CF),)),
)
_ISOLATE: Final = re.compile("[6789B]")
_STRONG_OR_ISOLATE: Final = re.compile("[LRAB678]")


def _class_of(code: int) -> str:
    known = unicodedata.bidirectional(chr(code))
    if known:
        return CLASS_LETTERS[known]
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xE0000 <= code <= 0xE0FFF:
        return "b"
    for letter, ranges in _UNASSIGNED:
        if any(first <= code <= last for first, last in ranges):
            return letter
    return "L"


class _Classes(dict[int, str]):
    """A translation table from code points to class letters that works out each code point once."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _class_of(code)
        return letter


_CLASSES: Final = _Classes()


def classes(text: str) -> str:
    """The bidirectional class of every code point of `text`, as class letters (`CLASS_LETTERS`)."""
    return text.translate(_CLASSES)


def first_strong(kinds: str, default: int = 0) -> int:
    """The paragraph level by rules P2 and P3 from the class letters `kinds`; `default` without a strong character."""
    return first_strong_between(kinds, 0, len(kinds), matching_isolates(kinds), default)


def matching_isolates(kinds: str) -> dict[int, int]:
    """Offset of each isolate initiator to that of its PDI (BD9)."""
    matching: dict[int, int] = {}
    opened: list[int] = []
    for found in _ISOLATE.finditer(kinds):
        kind = found[0]
        if kind == "9":
            if opened:
                matching[opened.pop()] = found.start()
        elif kind == "B":
            opened.clear()
        else:
            opened.append(found.start())
    return matching


def first_strong_between(kinds: str, start: int, end: int, matching: dict[int, int], default: int) -> int:
    """Rules P2 and P3 on the part `[start, end)` of `kinds`; isolates in it are skipped."""
    at = start
    while found := _STRONG_OR_ISOLATE.search(kinds, at, end):
        kind = found[0]
        if kind == "L":
            return 0
        if kind in "RA":
            return 1
        if kind == "B":
            return default
        closing = matching.get(found.start())
        if closing is None:
            return default
        at = closing
    return default
