"""A dossier's lines: a figure, what it is the figure of, and what more there is to say; each may lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from tui.locale import language
from tui.locale.said import again
from tui.widgets.paint import one_line, own_direction, padded, segments, text_cells
from tui.widgets.rows import Rows

_FIGURE = 12
"""Cells of the figures."""
_NOTE = 0.4
"""A note gets at most this part of the line: two days stand in it even in 80 columns."""
_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dossier."""

    figure: str = ""
    text: str = ""
    note: str = ""
    bar: float = 0.0
    """How long the bar is that stands in the place of the text, 1 the longest; 0 for none."""
    heights: tuple[int, ...] = ()
    """A picture of numbers one after another in the place of the text."""
    goal: object = None
    """Where it leads; None for nowhere."""


class DossierRows(Rows[Line]):
    """The lines of all sections below their headings. What a line begins with stands at the side where the interface's
    language begins to read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"dossier--figure", "dossier--bar"}
    DEFAULT_CSS = """
    DossierRows > .dossier--figure { color: $warning; }
    DossierRows > .dossier--bar { color: $accent; }
    """

    def draw(self, row: Line, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        selected = dim is style
        side = "right" if language() == "ar" else "left"
        figures = style if selected else self._style("dossier--figure")
        bars = style if selected else self._style("dossier--bar")
        # numbers stand below each other at their ends, whatever else the line says
        figure = one_line(again(row.figure), _FIGURE, 0)
        blank = Segment(" " * (_FIGURE - figure.width), style)
        parts = [[blank, *segments(figure, figures), Segment(" ", style)]]
        room = width - _FIGURE - 1
        note = one_line(again(row.note), round(room * _NOTE), own_direction(row.note)) if row.note else None
        if note is not None:
            room -= note.width + 2
        if row.heights:
            parts.append([Segment(_picture(row.heights, room, side == "right"), bars)])
        elif row.bar:
            bar = "█" * max(1, round(row.bar * room))
            parts.append(padded(one_line(bar), room, bars, align=side))
        else:
            parts.append(text_cells(again(row.text), room, style, align=side))
        if note is not None:
            parts.append([Segment("  ", style), *segments(note, dim)])
        if side == "right":
            # mirrored: the figures' column is the rightmost, their ends towards the text
            parts[0] = [Segment(" ", style), *segments(figure, figures), blank]
            parts.reverse()
            if note is not None:
                parts[0] = [*segments(note, dim), Segment("  ", style)]
        return [[segment for part in parts for segment in part]]


def _picture(heights: Sequence[int], width: int, mirrored: bool) -> str:
    """Numbers as bars, one after another, in a width; a cell that stands for several has what they are on average."""
    cells = min(len(heights), max(1, width))
    ends = [len(heights) * at // cells for at in range(cells + 1)]
    means = [sum(heights[first:last]) / (last - first) for first, last in pairwise(ends)]
    most = max(means, default=1) or 1
    drawn = "".join(_BARS[ceil(each * len(_BARS) / most) - 1] if each else " " for each in means)
    return drawn[::-1].rjust(width) if mirrored else drawn.ljust(width)
