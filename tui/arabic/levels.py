"""Embedding levels and visual order: the Unicode Bidirectional Algorithm (UAX #9, revision 46), rules P2 to L2.

A paragraph is worked on as a string of bidirectional classes, one ASCII letter per code point, so that most rules are
one pass of a regular expression over it. Explicit formatting and isolates, which are rare, take a slower path that
cuts the paragraph into isolating run sequences and sends each through the same rules.

Levels are `bytes`: one level per code point. A character that rule X9 removes keeps the level of the character before
it (UAX #9, section 5.2), so levels stay parallel to the text. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from typing import Final

from tui.arabic.classes import CLASS_LETTERS, REMOVED, RESET_AT_END, classes, first_strong
from tui.arabic.explicit import resolve_explicit, spread
from tui.arabic.sequence import resolve_sequence

__all__ = [
    "CLASS_LETTERS",
    "REMOVED",
    "RESET_AT_END",
    "classes",
    "first_strong",
    "for_line",
    "resolve",
    "runs_at",
    "visual_runs",
]

_SPECIAL: Final = re.compile("[b1-9]")
_EXPLICIT: Final = re.compile("[1-9]")
_RTL: Final = re.compile("[RAN]")
# A paragraph of level 1 without any of these is at level 1 throughout.
_NOT_ALL_RTL: Final = re.compile("[LEN]")
# Runs that rule L1 may reset: white space, isolates, what X9 removes, separators.
_RESET: Final = re.compile(f"[{RESET_AT_END}BS]+")
_RUN: Final = re.compile(rb"(.)\1*", re.DOTALL)


def resolve(text: str, base: int, kinds: str | None = None) -> bytes:
    """Levels of one paragraph before any line is cut (rules X1 to I2).

    `base` is the paragraph level, 0 or 1. `kinds` are the class letters of `text` where the caller has them.
    """
    if kinds is None:
        kinds = classes(text)
    if not _SPECIAL.search(kinds):
        if base:
            if not _NOT_ALL_RTL.search(kinds):
                return b"\1" * len(kinds)
        elif not _RTL.search(kinds):
            return bytes(len(kinds))
        edge = "LR"[base]
        return resolve_sequence(text, kinds, base, edge, edge)
    if not _EXPLICIT.search(kinds):
        return _resolve_without_removed(text, base, kinds)
    return resolve_explicit(text, base, kinds)


def _resolve_without_removed(text: str, base: int, kinds: str) -> bytes:
    """A paragraph with boundary neutrals (BN, such as ZWNJ) but no explicit formatting."""
    kept = [at for at, kind in enumerate(kinds) if kind != "b"]
    if not kept:
        return bytes([base]) * len(kinds)
    levels = resolve("".join([text[at] for at in kept]), base, kinds.replace("b", ""))
    return spread(levels, kept, len(kinds), base)


def for_line(levels: bytes, kinds: str, base: int) -> bytes:
    """`levels` after rule L1: separators, and the white space before them and at the end of the line, get `base`.

    `levels` and `kinds` are the slice of the paragraph that the line covers.
    """
    changed = bytearray(levels)
    fill = bytes([base])
    for found in _RESET.finditer(kinds):
        start, stop = found.span()
        if stop < len(kinds):
            stop = max(kinds.rfind("B", start, stop), kinds.rfind("S", start, stop)) + 1
        if start < stop:
            changed[start:stop] = fill * (stop - start)
    return bytes(changed)


def runs_at(levels: bytes, level: int) -> list[tuple[int, int]]:
    """The runs `[start, end)` at exactly `level`, in logical order."""
    runs = []
    wanted = bytes([level])
    at = levels.find(wanted)
    while at >= 0:
        found = _RUN.match(levels, at)
        end = found.end() if found else at + 1
        runs.append((at, end))
        at = levels.find(wanted, end)
    return runs


def visual_runs(levels: bytes) -> list[tuple[int, int, int]]:
    """Level runs `(start, end, level)` of a line in visual order, left to right (rule L2).

    Within a run of odd level the characters stand from right to left.
    """
    runs = [(found.start(), found.end(), levels[found.start()]) for found in _RUN.finditer(levels)]
    if len(runs) < 2:
        return runs
    present = {run[2] for run in runs}
    lowest = min((level for level in present if level & 1), default=256)
    for level in range(max(present), lowest - 1, -1):
        _reverse_at(runs, level)
    return runs


def _reverse_at(runs: list[tuple[int, int, int]], level: int) -> None:
    """Reverse every maximal sequence of runs at `level` or above, in place."""
    at = 0
    count = len(runs)
    while at < count:
        if runs[at][2] < level:
            at += 1
            continue
        stop = at + 1
        while stop < count and runs[stop][2] >= level:
            stop += 1
        if stop - at > 1:
            runs[at:stop] = runs[at:stop][::-1]
        at = stop
