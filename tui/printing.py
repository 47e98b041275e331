"""Readable output. On a terminal: shaped, in visual order, fitted to its width. Elsewhere: logical order, unshaped.

Nothing of a text reaches the output as a control character.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from store.export.plain import one_line

if TYPE_CHECKING:
    from tui.terminal import Decision

Mode = Literal["visual", "runs", "words"]

_MEASURED = 200
"""Rows looked at before the first is printed, to find the widths of columns."""
_GAP = "  "
_LEAST = 6
"""Cells that a column which gives way keeps."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: numbers stand at the right; one that grows takes what room there is, or gives way."""

    title: str
    number: bool = False
    grows: bool = False
    most: int | None = None
    """Cells it takes at most on a terminal."""


class Printer:
    """Writes lines to stdout as they can be read there; used as a context, it keeps a terminal from reordering them.

    `mode` is how Arabic is sent to a terminal; without it, what is known of the terminal says it.
    """

    def __init__(self, mode: Mode | None = None) -> None:
        self.terminal = sys.stdout.isatty()
        self.width = max(shutil.get_terminal_size().columns, 20)
        self._styled = self.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._stack = ExitStack()
        self._decision: Decision | None = None
        if self.terminal:
            from tui import remembered
            from tui.terminal import Answers, decide

            # By the environment alone: to ask the terminal would take away what was typed ahead.
            self._decision = decide(Answers(), os.environ, mode)
            if mode is None and (chosen := remembered.mode_of(self._decision.name)) is not None:
                self._decision = decide(Answers(), os.environ, chosen)
            if self._decision.mode == "runs":
                self.width -= 1  # a blank at the left keeps the row's direction

    def __enter__(self) -> Printer:
        if self._decision is not None:
            from tui.terminal import switched

            self._stack.enter_context(switched(self._decision))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def line(self, text: str = "", *, bold: bool = False, dim: bool = False) -> None:
        """One line, cut to the terminal's width; right-to-left text stands at the right."""
        self._write(self._cell(text, self.width) if self.terminal else [one_line(text)], "1" if bold else "2" * dim)

    def paragraph(self, text: str, *, bold: bool = False, indent: int = 0) -> None:
        """A line of the text, wrapped to the terminal's width; `indent` blanks stay free where its lines begin."""
        style = "1" * bold
        text = one_line(text)
        if self._decision is None:
            return self._write([" " * indent + text], style)
        from tui.arabic import layout_paragraph

        for line in layout_paragraph(text, self.width - indent, tashkeel=self._decision.tashkeel):
            blank = [" "] * (self.width - indent - line.width if line.base else indent)
            self._write([*blank, *line.glyphs], style)
        return None

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> int:
        """A table with a heading, written as the rows come; nothing at all when there are none. How many there were.

        A cell more than there are columns is written under its row.
        """
        iterator = iter(rows)
        first = [[one_line(cell) for cell in row] for row in itertools.islice(iterator, _MEASURED)]
        if not first:
            return 0
        widths = self._widths(columns, first)
        self._row(columns, [column.title for column in columns], widths, "1")
        count = 0
        for row in itertools.chain(first, iterator):
            self._row(columns, row[: len(columns)], widths)
            for below in row[len(columns) :]:
                self.paragraph(below, indent=4)
            count += 1
        return count

    def row(self, columns: Sequence[Column], cells: Sequence[str]) -> None:
        """One row that belongs to no table."""
        cells = [one_line(cell) for cell in cells]
        self._row(columns, cells, self._widths(columns, [cells]))

    def _widths(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
        widths = [max(_cells(column.title), *(_cells(row[at]) for row in rows)) for at, column in enumerate(columns)]
        if not self.terminal:
            return widths
        widths = [min(width, column.most or width) for width, column in zip(widths, columns, strict=True)]
        growing = sorted((at for at, column in enumerate(columns) if column.grows), key=lambda at: widths[at])
        room = self.width - len(_GAP) * (len(columns) - 1)
        room -= sum(width for width, column in zip(widths, columns, strict=True) if not column.grows)
        # The narrow ones get what they need, the wide ones share the rest.
        for place, at in enumerate(growing):
            widths[at] = max(min(widths[at], room // (len(growing) - place)), _LEAST)
            room -= widths[at]
        return widths

    def _row(self, columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int], style: str = "") -> None:
        shown: list[str] = []
        for column, cell, width in zip(columns, cells, widths, strict=True):
            if shown:
                shown.append(_GAP)
            text = one_line(cell)
            if column.number:
                shown.append(text.rjust(width))
            elif self.terminal:
                shown += self._cell(text, width)
            else:
                shown.append(text + " " * (width - _cells(text)))
        self._write(shown, style)

    def _cell(self, text: str, width: int) -> list[str]:
        """What stands in each of `width` cells, from left to right; text that does not fit is cut with an ellipsis."""
        from tui.arabic import layout_line

        line = layout_line(one_line(text), width=width, tashkeel=self._decision is None or self._decision.tashkeel)
        blank = [" "] * (width - line.width)
        return [*blank, *line.glyphs] if line.base else [*line.glyphs, *blank]

    def _write(self, shown: Sequence[str], style: str) -> None:
        if self._decision is not None and self._decision.mode != "visual":
            from tui.arabic import modes

            cells = [(glyph, None) for part in shown for glyph in (part if part.isascii() else (part,))]
            if self._decision.mode == "runs":
                shown = [glyph for glyph, _ in modes.runs([(" ", None), *cells])]
            else:
                shown = [glyph for glyph, _ in modes.words(cells)]
        text = "".join(shown).rstrip(" ")
        sys.stdout.write(f"\x1b[{style}m{text}\x1b[m\n" if style and self._styled and text else f"{text}\n")


def _cells(text: str) -> int:
    """How many cells a terminal gives `text`, but for joined letters that share one."""
    if text.isascii():
        return len(text)
    count = 0
    for char in text:
        if unicodedata.category(char) not in ("Mn", "Me", "Cf"):
            count += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return count
