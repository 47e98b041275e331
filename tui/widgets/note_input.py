"""Several lines of editable text, Arabic joined and in visual order: `ArabicInput` with lines."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.arabic import Line, layout_paragraph
from tui.widgets.arabic_input import ArabicInput, clean
from tui.widgets.paint import strip


class NoteInput(ArabicInput):
    """A text whose lines are wrapped to the width; Enter begins another, Ctrl+S submits it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "submit", show=False, id="note.submit"),
        Binding("enter", "begin_line", show=False, id="note.line"),
        Binding("up", "line(-1)", show=False, id="note.up"),
        Binding("down", "line(1)", show=False, id="note.down"),
        Binding("shift+up", "line(-1, True)", show=False, id="note.select_up"),
        Binding("shift+down", "line(1, True)", show=False, id="note.select_down"),
    ]
    DEFAULT_CSS = "NoteInput { height: 6; }"

    _top = 0
    """The first line in sight."""
    _laid: tuple[tuple[str, int], list[Line]] | None = None
    """The lines of a value at a width."""

    def clean(self, text: str) -> str:
        """As of a line, line ends kept."""
        return "\n".join(map(clean, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))

    # -- where the cursor may stand ------------------------------------------------------------------------

    def _lines(self) -> list[Line]:
        width = max(8, self.size.width - 1)  # the cursor at the end of a full line has a cell too
        if self._laid is None or self._laid[0] != (self._value, width):
            lines = layout_paragraph(self._value, width)
            if self._value.endswith("\n"):
                end = len(self._value)
                lines.append(Line((), (), (), (), lines[-1].base, end, end, 0))
            self._laid = (self._value, width), lines
        return self._laid[1]

    def _row(self, lines: list[Line]) -> int:
        """The line that the cursor stands on."""
        return max(at for at, line in enumerate(lines) if line.start <= self._cursor or not at)

    def _on_line(self, line: Line) -> list[tuple[int, int, str]]:
        """Every place of the cursor in a line from left to right: (offset, width in cells, glyph)."""
        places = list(zip(line.starts, line.widths, line.glyphs, strict=True))
        # white space at which the line was wrapped, and its end, have no cell
        end = (max(line.ends, default=line.start), 1, " ")
        return [end, *places] if line.base else [*places, end]

    def _places(self) -> list[tuple[int, int, str]]:
        lines = self._lines()
        return self._on_line(lines[self._row(lines)])

    def action_step(self, by: int, select: bool = False) -> None:
        lines = self._lines()
        row = self._row(lines)
        places = self._on_line(lines[row])
        at = self._index(places) + by
        if 0 <= at < len(places):
            self._go(places[at][0], select)
        elif (at < 0) == bool(lines[row].base):  # beyond the end of the line
            self._go(lines[row + 1].start if row + 1 < len(lines) else self._cursor, select)
        elif row:
            before = self._on_line(lines[row - 1])
            self._go(max(place[0] for place in before), select)

    def action_line(self, by: int, select: bool = False) -> None:
        """To the line above or below, as far along it."""
        lines = self._lines()
        row = self._row(lines)
        there = row + by
        if not 0 <= there < len(lines):
            self._go(0 if by < 0 else len(self._value), select)
            return
        along = self._cursor - lines[row].start
        places = sorted(place[0] for place in self._on_line(lines[there]))
        self._go(places[min(along, len(places) - 1)], select)

    def action_home(self, select: bool = False) -> None:
        lines = self._lines()
        self._go(lines[self._row(lines)].start, select)

    def action_end(self, select: bool = False) -> None:
        self._go(max(place[0] for place in self._places()), select)

    def action_begin_line(self) -> None:
        self._insert("\n")

    # -- drawing -------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, self.rich_style
        lines = self._lines()
        row = self._row(lines)
        self._top = min(max(self._top, row - self.size.height + 1), row)
        at = self._top + y
        if at >= len(lines):
            return Strip.blank(width, style)
        line = lines[at]
        places = self._on_line(line)
        here = self._index(places) if at == row and self.has_focus else -1
        cursor = self.get_component_rich_style("input--cursor")
        chosen = self.get_component_rich_style("input--selection")
        start, end = self.selection
        parts = [
            Segment(glyph, style + cursor if index == here else style + chosen if start <= offset < end else style)
            for index, (offset, _, glyph) in enumerate(places)
        ]
        blank = Segment(" " * max(0, width - sum(place[1] for place in places)), style)
        return strip([blank, *parts] if line.base else [*parts, blank], width, style)

    def on_resize(self, event: events.Resize) -> None:
        self.refresh()
