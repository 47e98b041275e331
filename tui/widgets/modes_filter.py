"""The last step before the terminal: rows in visual order rewritten for terminals that reorder by themselves."""

from __future__ import annotations

from itertools import groupby

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.arabic import modes


def _cells(segments: list[Segment]) -> list[tuple[str, Style | None]]:
    """One (glyph with its marks, style) for each cell that is painted."""
    cells: list[tuple[str, Style | None]] = []
    for text, style, control in segments:
        if control:
            continue
        for char in text:
            if cells and not get_character_cell_size(char):
                cells[-1] = (cells[-1][0] + char, style)
            else:
                cells.append((char, style))
    return cells


def _joined(cells: list[tuple[str, Style | None]]) -> list[Segment]:
    return [
        Segment("".join(glyph for glyph, _ in group), style)
        for style, group in groupby(cells, key=lambda cell: cell[1])
    ]


class MergeFilter(LineFilter):
    """Joins neighbours of one style: each segment costs some twenty bytes of escape sequences on the wire."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return list(Segment.simplify(segments))


class RunsFilter(LineFilter):
    """For terminals that apply the whole bidirectional algorithm to a row (PuTTY, iTerm2, Terminal.app)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return _joined(modes.runs(_cells(segments)))


class WordsFilter(LineFilter):
    """For terminals that turn each right-to-left word round (kitty)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isascii() for segment in segments):
            return segments
        return _joined(modes.words(_cells(segments), lambda style: bool(style and style.bold)))


FILTERS: dict[str, type[LineFilter]] = {"runs": RunsFilter, "words": WordsFilter}
"""By mode; `visual` needs none."""
