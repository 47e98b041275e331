"""Quotation marks of a paragraph: which opens and which closes, nested or left open."""

from __future__ import annotations

import re

from store.values import value_class

# One set of characters comes first, so that they are looked for fast; then what of them is part of no word.
_MARK = re.compile(r"""["“”„‟«»‹›″'‘’](?:(?<!['‘’])|(?<=['‘])(?<!\w.)|(?<=['’])(?!\w))""")
_OPENS, _CLOSES = "“„«‹‘", "”»›’"
_UNSEEN = "\u200e\u200f\u202a\u202b\u202c"
"""Marks of direction, which some write beside a quotation mark."""
_SPACES_OUT = "([-–—ـ:،؛"


@value_class(frozen=True, slots=True)
class Marked:
    """What stands between two quotation marks: `[start, end)` without them, white space at its edges left out."""

    start: int
    end: int
    depth: int
    closed: bool


def marked(text: str, start: int, end: int) -> list[Marked]:
    """The quoted stretches of `text[start:end]`, one paragraph, by where they begin; linear.

    A straight mark opens after white space or an opening bracket and closes otherwise; what is never closed goes on to
    the end of the paragraph if it is the outermost, and is no quotation if it lies within another.
    """
    found: list[Marked] = []
    opened: list[tuple[int, str]] = []
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if _is_opening(text, at, mark, start, end, bool(opened)):
            opened.append((match.end(), mark))
        elif opened:
            begun, _ = opened.pop()
            _append(found, text, begun, at, len(opened), True)
    if opened:
        _append(found, text, opened[0][0], end, 0, False)
    return sorted(found, key=lambda one: (one.start, -one.end))


def _is_opening(text: str, at: int, mark: str, start: int, end: int, inside: bool) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in _OPENS:
        # A pair of the same curly mark is written by some (“…“).
        return not (mark in "“„" and inside and (after in ".،؛" or (not before.isspace() and not after.isalnum())))
    if mark in _CLOSES:
        if mark != "”" or inside or not (before.isspace() or before in _SPACES_OUT):
            return False
        return not after.isspace() or text[start:at].rstrip()[-1:] in ("", ":", "،")  # قال: ” كلام ”
    if not inside:
        return before.isspace() or before in _SPACES_OUT or after.isalnum()
    return (before.isspace() or before in _SPACES_OUT) and not after.isspace() and after not in "،؛.,;:!؟?)»”"


def _append(found: list[Marked], text: str, start: int, end: int, depth: int, closed: bool) -> None:
    while start < end and (text[start].isspace() or text[start] in _UNSEEN):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _UNSEEN):
        end -= 1
    if start < end:
        found.append(Marked(start, end, depth, closed))
