"""Finished rows, rewritten for terminals that reorder them a second time.

A row is a sequence of cells `(glyph, style)` from left to right as they are to be seen; so is the result, with the
same number of cells of the same widths in the order in which they are to be sent. `style` is anything the caller
needs back with the glyph.

- `runs` is for terminals that apply UAX #9 to a row (PuTTY, VTE before it is told not to, probably iTerm2 and
  Terminal.app). It sends an order that they turn into the row. Blanks beside text become U+2800, which is as blank but
  of class L: it keeps words, panes and the direction of the row apart. `simulate_runs` is such a terminal.
- `words` is for kitty, which has no bidirectional algorithm but sets every blank-delimited word with an RTL character
  from right to left, digits included. `simulate_words` is such a terminal.

What `runs` cannot send, because no order gives it: a European number that touches an Arabic letter on its left, with no
RTL letter anywhere to its right in the phrase ("1كتاب" at the start of a line); it is seen at the phrase's other end.
A bracket at the end of a phrase can have the same fate when it pairs with one inside. Damage stays within the phrase.
The marks ؛ and ؟ after such a number are of the class of letters too, and are sent as the neutral ⁏ and ⸮, which look
the same. A row must not begin with an RTL letter at the left edge of the screen, from which some terminals take the
direction of the row, and an RTL row must not touch a number in the pane beside it: panes keep a blank column at both
sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, TypeVar

from tui.arabic import levels as bidi
from tui.arabic.paragraph import mirrored
from tui.arabic.tables import BRACKETS

Style = TypeVar("Style")
Cell = tuple[str, Style]

GUARD: Final = "\u2800"

_BLANKS: Final = (" ", GUARD)
_NEUTRAL_TWIN: Final = {"\u061b": "\u204f", "\u061f": "\u2e2e"}
_PHRASE: Final = re.compile("[RPN](?:(?:[RPNEOB]|_(?!__))*[RPN])?")
_WORD: Final = re.compile("[^_]+")
_OUTLINE: Final = {"R": "R", "A": "R", "E": "E", "N": "N"}
_BRACKETS: Final = frozenset(BRACKETS)
_TOUCHING: Final = re.compile("[NOB]*E")
# Marks that touch a European number to their right, with nothing of their class further right in the phrase.
_STRANDED: Final = re.compile("P[POB]*(?=[NOB]*E)(?!(?:[NEOB]|_(?!__))*[RP])")


def runs(row: Sequence[Cell[Style]]) -> list[Cell[Style]]:
    """The cells to send so that a terminal that applies UAX #9 to the row shows `row`."""
    cells = list(row)
    outline = _outline(cells)
    while found := _STRANDED.search(outline):
        for at in range(*found.span()):
            glyph, style = cells[at]
            cells[at] = (_NEUTRAL_TWIN.get(glyph[:1], glyph[:1]) + glyph[1:], style)
        outline = outline[: found.start()] + "O" * len(found[0]) + outline[found.end() :]
    sent = _sent(cells, _phrases(outline))
    if not any("B" in outline[start:end] for start, end in _phrases(outline)):
        return sent
    # A bracket in a phrase that pairs with one outside it tears the phrase apart; words are safer then.
    wrong = _wrong(sent, cells)
    if wrong:
        apart = _sent(cells, _words_of(outline))
        if _wrong(apart, cells) < wrong:
            return apart
    return sent


def _sent(cells: list[Cell[Style]], phrases: Iterable[tuple[int, int]]) -> list[Cell[Style]]:
    """The cells in the order to send them, when the `phrases` are turned round and the rest is not."""
    guarded = _guarded(cells)
    sent: list[Cell[Style]] = []
    at = 0
    for start, end in phrases:
        sent += guarded[at:start]
        sent += _logical(cells[start:end])
        at = end
    return sent + guarded[at:]


def _wrong(sent: list[Cell[Style]], cells: list[Cell[Style]]) -> int:
    """How many cells would be seen that were not meant."""
    return sum(seen != meant for seen, meant in zip(simulate_runs(sent), cells, strict=True))


def _outline(cells: list[Cell[Style]]) -> str:
    """One letter a cell: L for class L and box drawing, R for an RTL letter, P for a mark of the class of RTL letters
    that has a neutral twin, E and N for European and Arabic numbers, _ for a blank, B for a bracket, O for the rest.
    """
    letters = []
    for (glyph, _), kind in zip(cells, _kinds(cells), strict=True):
        if glyph[:1] in _BLANKS:
            letters.append("_")
        elif glyph[:1] in _NEUTRAL_TWIN:
            letters.append("P")
        elif kind == "L" or _separates(glyph):
            letters.append("L")
        else:
            letters.append(_OUTLINE.get(kind, "B" if glyph in _BRACKETS else "O"))
    return "".join(letters)


def _phrases(outline: str) -> Iterator[tuple[int, int]]:
    """Spans of cells whose order has to be changed: from an RTL letter or an Arabic number to the last one before a
    letter of class L, box drawing or a wide blank.
    """
    at = 0
    while found := _PHRASE.search(outline, at):
        start, end = found.span()
        letter = max(outline.rfind(kind, start, end) for kind in "RP")
        touching = _TOUCHING.match(outline, end)
        european = outline.find("E", max(letter, start), touching.end() if touching else end)
        if european >= 0:
            # A European number with no RTL letter to its right takes the direction of the row; a blank keeps it apart.
            stop = max(outline.rfind("_", letter, european), letter + 1) if letter >= 0 else european
            end = max(outline.rfind(kind, start, stop) for kind in "RPN") + 1
        yield start, end
        at = end


def _words_of(outline: str) -> Iterator[tuple[int, int]]:
    """The phrases of every word by itself."""
    for found in _WORD.finditer(outline):
        for start, end in _phrases(found[0]):
            yield found.start() + start, found.start() + end


def _guarded(cells: list[Cell[Style]]) -> list[Cell[Style]]:
    """The cells, with blanks that are at the edge of the row or beside something else made guards."""
    blank = [False, *[glyph[:1] == " " for glyph, _ in cells], False]
    return [
        (GUARD + glyph[1:], style) if blank[at + 1] and not (blank[at] and blank[at + 2]) else (glyph, style)
        for at, (glyph, style) in enumerate(cells)
    ]


def _logical(phrase: list[Cell[Style]]) -> list[Cell[Style]]:
    """A phrase in the order to send it: from right to left but for its numbers."""
    logical = [(mirrored(glyph), style) for glyph, style in reversed(phrase)]
    levels = bidi.resolve("".join([glyph[:1] for glyph, _ in logical]), 0)
    for start, end in bidi.runs_at(levels, 2):
        logical[start:end] = [(mirrored(glyph), style) for glyph, style in reversed(logical[start:end])]
    return logical


def _kinds(cells: Sequence[Cell[Style]]) -> str:
    """The bidirectional class of each cell: that of its base character."""
    return bidi.classes("".join([glyph[:1] or " " for glyph, _ in cells]))


def simulate_runs(sent: Sequence[Cell[Style]]) -> list[Cell[Style]]:
    """What a terminal shows that applies UAX #9 to a row, with the direction of the first strong character."""
    text = "".join([glyph[:1] for glyph, _ in sent])
    kinds = bidi.classes(text)
    base = bidi.first_strong(kinds)
    levels = bidi.for_line(bidi.resolve(text, base, kinds), kinds, base)
    shown: list[Cell[Style]] = []
    for start, end, level in bidi.visual_runs(levels):
        if level & 1:
            shown += [(mirrored(glyph), style) for glyph, style in reversed(sent[start:end])]
        else:
            shown += sent[start:end]
    return [(glyph.replace(GUARD, " "), style) for glyph, style in shown]


def words(row: Sequence[Cell[Style]], font: Callable[[Style], object] | None = None) -> list[Cell[Style]]:
    """The cells to send so that a terminal that sets each RTL word from right to left shows `row`.

    `font` tells which part of a style chooses another font (bold, italic): such terminals end a word there. Without
    it no style does.
    """
    sent: list[Cell[Style]] = []
    for (apart, _), group in groupby(row, lambda cell: (_separates(cell[0]), font(cell[1]) if font else None)):
        cells = list(group)
        if not apart and any(kind in "RAN" for kind in _kinds(cells)):
            cells = [(mirrored(glyph), style) for glyph, style in reversed(cells)]
        sent += cells
    return sent


def simulate_words(sent: Sequence[Cell[Style]], font: Callable[[Style], object] | None = None) -> list[Cell[Style]]:
    """What such a terminal shows. Reversing a word twice gives it back, so this is the same as `words`."""
    return words(sent, font)


def _separates(glyph: str) -> bool:
    """Whether the terminal ends a word at this cell: blanks and box drawing, which kitty draws itself."""
    return glyph[:1] in _BLANKS or "\u2500" <= glyph[:1] < "\u2600"
