"""Rules W1 to I2 of UAX #9 for one isolating run sequence, as passes of regular expressions over its class letters."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tui.arabic.tables import BRACKETS

_MAX_OPEN_BRACKETS: Final = 63

_CLOSING: Final = dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True))
_CLOSERS: Final = {closing: closing for closing in _CLOSING.values()}
# U+2329 and U+232A are canonically equivalent to U+3008 and U+3009 and pair with them (BD16).
_CLOSING["\u2329"] = "\u3009"
_CLOSERS["\u232a"] = "\u3009"
_BRACKET: Final = re.compile("[" + re.escape(BRACKETS) + "]")

_MARKED: Final = re.compile("([^M])(M+)")
_AFTER_AL: Final = re.compile("A[^LR]*")
_SEPARATOR: Final = re.compile(r"(?<=E)[+,](?=E)|(?<=N),(?=N)")
_TERMINATORS: Final = re.compile("%+")
_AFTER_L: Final = re.compile("L[^R]*")
_NEUTRAL_IN_L: Final = re.compile("(?<=L)O+(?=L)")
_NEUTRAL_IN_R: Final = re.compile("(?<=[REN])O+(?=[REN])")
_TO_NEUTRAL: Final = str.maketrans("+%,BSW6789", "O" * 10)
_STRONG: Final = str.maketrans("EN", "RR")
_EVEN: Final = str.maketrans({"L": "\0", "R": "\1", "E": "\2", "N": "\2", "O": "\0"})
_ODD: Final = str.maketrans({"L": "\1", "R": "\0", "E": "\1", "N": "\1", "O": "\0"})


def resolve_sequence(text: str, kinds: str, level: int, before: str, after: str) -> bytes:
    """Rules W1 to I2 for one isolating run sequence; `before` and `after` are sos and eos, "L" or "R".

    The letters of `kinds` may be override results; `text` is read for brackets only.
    """
    marked = "M" in kinds
    work = before + kinds
    if marked:  # W1
        work = _MARKED.sub(_absorb_marks, work)
    numbers = "E" in work
    if "A" in work:  # W2, W3
        if numbers:
            work = _AFTER_AL.sub(lambda found: found[0].replace("E", "N"), work)
            numbers = "E" in work
        work = work.replace("A", "R")
    if numbers or "N" in work:  # W4
        work = _SEPARATOR.sub(_number_before, work)
    if numbers and "%" in work:  # W5
        work = _TERMINATORS.sub(_terminators, work)
    work = work.translate(_TO_NEUTRAL)  # W6
    if numbers and "L" in work:  # W7
        work = _AFTER_L.sub(lambda found: found[0].replace("E", "L"), work)
    if _BRACKET.search(text):  # N0
        work = before + _resolve_brackets(text, work[1:], kinds, "LR"[level & 1], before)
    work += after
    if level & 1:  # N1, N2, I1, I2
        if "L" in work:
            work = _NEUTRAL_IN_L.sub(lambda found: "L" * len(found[0]), work)
        offsets = work[1:-1].translate(_ODD)
    else:
        work = _NEUTRAL_IN_R.sub(lambda found: "R" * len(found[0]), work)
        offsets = work[1:-1].translate(_EVEN)
    return offsets.encode("ascii").translate(_raised(level))


@cache
def _raised(level: int) -> bytes:
    """A translation table that adds `level`."""
    return bytes([(level + offset) & 255 for offset in range(256)])


def _number_before(found: re.Match[str]) -> str:
    """Rule W4: a separator takes the class of the number on both sides of it."""
    return found.string[found.start() - 1]


def _terminators(found: re.Match[str]) -> str:
    """Rule W5: terminators beside a European number belong to it."""
    work, (start, end) = found.string, found.span()
    return ("E" if work[start - 1] == "E" or work[end : end + 1] == "E" else "O") * (end - start)


def _absorb_marks(found: re.Match[str]) -> str:
    """Rule W1: marks take the class of the character before; after an isolate character they are neutral."""
    first = found[1]
    return first + ("O" if first in "6789" else first) * len(found[2])


def _resolve_brackets(text: str, work: str, kinds: str, embedding: str, context: str) -> str:
    """Rule N0 on the classes `work` of a sequence; `context` is sos. Returns the changed classes."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        at = found.start()
        if work[at] != "O":
            continue
        char = found[0]
        closing = _CLOSING.get(char)
        if closing is not None:
            if len(opened) == _MAX_OPEN_BRACKETS:
                break
            opened.append((closing, at))
            continue
        closing = _CLOSERS[char]
        for depth in range(len(opened) - 1, -1, -1):
            if opened[depth][0] == closing:
                pairs.append((opened[depth][1], at))
                del opened[depth:]
                break
    if not pairs:
        return work
    pairs.sort()
    strong = bytearray(work.translate(_STRONG), "ascii")
    changed = bytearray(work, "ascii")
    inside, opposite = (b"R", b"L") if embedding == "R" else (b"L", b"R")
    scanned = 0
    for start, end in pairs:
        if strong.find(inside, start, end) >= 0:
            direction = inside
        elif strong.find(opposite, start, end) >= 0:
            for at in range(scanned, start):
                if strong[at] != 79:  # "O"
                    context = chr(strong[at])
            scanned = start
            direction = context.encode("ascii")
        else:
            continue
        for at in (start, end):
            stop = at + 1
            while stop < len(kinds) and kinds[stop] == "M":
                stop += 1
            strong[at:stop] = changed[at:stop] = direction * (stop - at)
    return changed.decode("ascii")
