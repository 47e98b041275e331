"""Two articles side by side, or one above the other where that is too narrow, with what differs marked by signs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import zip_longest
from time import monotonic
from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.text.comparing import Comparison, Kind, Piece, Span
from store.text.facing import Facing
from tui.keys import bindings
from tui.locale import language
from tui.widgets.paint import StyledSpan, padded, paragraph, strip

Side = Literal["a", "b"]

_WIDE = 100
"""In so many cells two columns stand beside each other."""
_SLICE, _PAUSE = 0.015, 0.01
"""Seconds for which lines are laid out at a time, and between two such times."""
_SIGNS: dict[Kind, tuple[str, str]] = {
    "same": ("", ""), "minor": ("≈", ""), "gone": ("[-", "-]"), "come": ("{+", "+}"), "moved": ("{~", "~}"),
}  # fmt: skip
_MARGIN: dict[Kind, str] = {"same": " ", "minor": "≈", "moved": "~", "gone": "−", "come": "+"}
_END = -1
_HEAVIER: tuple[Kind, ...] = ("same", "minor", "moved", "gone", "come")


class _Row(NamedTuple):
    """A line of the screen."""

    parts: list[Segment]
    differences: tuple[int, ...]
    """The differences that begin in it."""


class ComparingPane(ScrollView, can_focus=True):
    """A comparison, laid out as far as it is looked at, and the rest while nobody presses a key."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "comparing--gone", "comparing--come", "comparing--minor", "comparing--moved", "comparing--here",
        "comparing--margin",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings("prose")
    DEFAULT_CSS = """
    ComparingPane {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .comparing--gone { color: $error; }
        & > .comparing--come { color: $success; text-style: bold; }
        & > .comparing--minor { text-style: underline; }
        & > .comparing--moved { color: $accent; text-style: italic; }
        & > .comparing--here { text-style: reverse; }
        & > .comparing--margin { color: $text-muted; }
    }
    """

    class Looked(Message):
        """Another difference is looked at: the number of it, from 1, of how many."""

        def __init__(self, number: int, count: int) -> None:
            super().__init__()
            self.number, self.count = number, count

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._texts: dict[Side, str] = {"a": "", "b": ""}
        self._pairs: Sequence[Facing] = ()
        self._of_side: dict[Side, list[tuple[Piece, int]]] = {"a": [], "b": []}
        """The pieces of a text in its order, each with the number of its difference; 0 for what is the same."""
        self._starts: dict[Side, list[int]] = {"a": [], "b": []}
        self.differences = 0
        """How many there are."""
        self.current = 0
        """The one that is looked at, from 1; 0 for none."""
        self._rows: list[_Row] = []
        self._laid_out = 0
        """So many pairs have been."""
        self._begins: list[int] = []
        """By pair, the line with which it begins."""
        self._goal = 0
        """The difference that is to be brought into sight when it is laid out, or _END."""
        self._first_row: dict[int, int] = {}
        """By difference, the line in which it begins."""

    def show(self, found: Comparison, pairs: Sequence[Facing], a: str, b: str) -> None:
        """Show what differs between two texts, whose paragraphs face each other in these pairs."""
        self._texts, self._pairs = {"a": a, "b": b}, pairs
        numbered: list[tuple[Piece, int]] = []
        number = 0
        before: Kind = "same"
        for piece in found.pieces:
            # what is gone and what has come for it are one difference; two paragraphs are two
            number += piece.kind != "same" and before in ("same", piece.kind)
            numbered.append((piece, number if piece.kind != "same" else 0))
            before = piece.kind
        self.differences = number
        self._of_side["a"] = sorted((each for each in numbered if each[0].kind != "come"), key=lambda each: each[0].a)
        self._of_side["b"] = [each for each in numbered if each[0].kind != "gone"]
        self._starts = {
            "a": [piece.a[0] for piece, _ in self._of_side["a"]],
            "b": [piece.b[0] for piece, _ in self._of_side["b"]],
        }
        self._lay_out_anew()

    # -- layout --------------------------------------------------------------------------------------------

    def _lay_out_anew(self) -> None:
        self._rows, self._begins, self._laid_out, self._first_row = [], [], 0, {}
        if self.size.width:
            self._reach(self.scroll_offset.y + 2 * self.size.height)
            self._later()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out_anew()

    def redraw(self) -> None:
        """Lay all out anew: another language, other settings."""
        self._lay_out_anew()

    def _reach(self, rows: int) -> None:
        """Lay out so many lines."""
        while self._laid_out < len(self._pairs) and len(self._rows) < rows:
            begin = len(self._rows)
            self._begins.append(begin)
            lines = self._lines_of(self._pairs[self._laid_out])
            for at, line in enumerate(lines):
                for number in line.differences:
                    self._first_row.setdefault(number, begin + at)
            self._rows += lines
            self._laid_out += 1
        # of what is still to come the height is guessed, so that the bar shows about where one is
        left = len(self._pairs) - self._laid_out
        height = len(self._rows) + (left * len(self._rows) // max(1, self._laid_out) if left else 0)
        self.virtual_size = Size(self.size.width, height)
        self.refresh()

    def _later(self) -> None:
        if self._laid_out < len(self._pairs) and self.is_attached:
            self.set_timer(_PAUSE, self._go_on)

    def _go_on(self) -> None:
        begun = monotonic()
        while monotonic() - begun < _SLICE and self._laid_out < len(self._pairs):
            self._reach(len(self._rows) + 1)
        if self._goal:
            self._go_to_goal()
        self._later()

    def _lines_of(self, pair: Facing) -> list[_Row]:
        """The lines of a pair, and a blank one below."""
        width = max(8, self.scrollable_content_region.width)
        if self.size.width >= _WIDE:
            rows = self._beside(pair, (width - 1) // 2)
        else:
            sides: list[tuple[Side, tuple[Span, ...]]] = [("a", pair.a), ("b", pair.b)]
            if pair.a and pair.b and not any(self._numbers(pair)):
                sides = sides[1:]  # the same in both is shown once
            rows = [_Row(*line) for side, spans in sides for line in self._column(side, spans, width)]
        return [*rows, _Row([], ())]

    def _beside(self, pair: Facing, width: int) -> list[_Row]:
        left, right = self._column("a", pair.a, width), self._column("b", pair.b, width)
        blank: tuple[list[Segment], tuple[int, ...]] = [Segment(" " * width, self.rich_style)], ()
        between = Segment("│", self.get_component_rich_style("comparing--margin"))
        rows = []
        for one, other in zip_longest(left, right, fillvalue=blank):
            first, second = (one, other) if language() != "ar" else (other, one)
            rows.append(_Row([*first[0], between, *second[0]], (*one[1], *other[1])))
        return rows

    def _numbers(self, pair: Facing) -> list[int]:
        """The differences of both paragraphs; 0 for what is the same."""
        sides: list[tuple[Side, tuple[Span, ...]]] = [("a", pair.a), ("b", pair.b)]
        return [number for side, spans in sides for span in spans for _, number, _ in self._inside(side, span)]

    def _inside(self, side: Side, span: Span) -> list[tuple[Piece, int, Span]]:
        """The pieces of a paragraph with their numbers and where they are in the text."""
        starts, pieces = self._starts[side], self._of_side[side]
        first, last = bisect_left(starts, span[0]), bisect_left(starts, span[1])
        return [(piece, number, piece.a if side == "a" else piece.b) for piece, number in pieces[first:last]]

    def _column(self, side: Side, spans: Sequence[Span], width: int) -> list[tuple[list[Segment], tuple[int, ...]]]:
        """The lines of paragraphs, with a margin that says how each differs, and the differences that begin in each."""
        style = self.get_component_rich_style("comparing--margin")
        blank = Segment(" ", self.rich_style)
        found = []
        for span in spans:
            text, marked, begun, heaviest = self._signed(side, span)
            places = [at for at, _ in begun]
            for line in paragraph(text, width - 3):
                painted = padded(line, width - 3, self.rich_style, marked)
                in_line = begun[bisect_left(places, line.start) : bisect_left(places, line.end)]
                # the margin stands where the interface's language begins a line
                if language() == "ar":
                    parts = [blank, *painted, Segment(f" {_MARGIN[heaviest]}", style)]
                else:
                    parts = [Segment(f"{_MARGIN[heaviest]} ", style), *painted, blank]
                found.append((parts, tuple(number for _, number in in_line)))
        return found

    def _signed(self, side: Side, span: Span) -> tuple[str, list[StyledSpan], list[tuple[int, int]], Kind]:
        """A paragraph with signs around what differs, their styles, where differences begin, and its gravest kind."""
        text, at = self._texts[side], span[0]
        made: list[str] = []
        length = 0
        marked: list[StyledSpan] = []
        begun: list[tuple[int, int]] = []
        heaviest: Kind = "same"
        for piece, number, (start, end) in self._inside(side, span):
            if piece.kind == "same":
                continue
            opening, closing = _SIGNS[piece.kind]
            made += [text[at:start], opening, text[start:end], closing]
            first = length + start - at
            length = first + len(opening) + end - start + len(closing)
            style = self.get_component_rich_style(f"comparing--{piece.kind}")
            if number == self.current:
                style += self.get_component_rich_style("comparing--here")
            marked.append((first, length, style))
            begun.append((first, number))
            heaviest = max(heaviest, piece.kind, key=_HEAVIER.index)
            at = end
        made.append(text[at : span[1]])
        return "".join(made), marked, begun, heaviest

    # -- painting ------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        at = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if at >= len(self._rows) and self._laid_out < len(self._pairs):
            self.call_later(self._reach, at + self.size.height)
        if at < len(self._rows):
            return strip(self._rows[at].parts, width, self.rich_style)
        return Strip.blank(width, self.rich_style)

    # -- keys ----------------------------------------------------------------------------------------------

    def look(self, by: int) -> bool:
        """Go to the next difference, or to the one before; False where there is none."""
        wanted = self.current + by if self.current else self._nearest(by)
        if not 1 <= wanted <= self.differences:
            return False
        before, self.current = self.current, wanted
        for number in (before, wanted):
            self._repaint(number)
        self._goal = wanted
        self._go_to_goal()
        self.post_message(self.Looked(wanted, self.differences))
        return True

    def _go_to_goal(self) -> None:
        """Bring what is to be looked at into sight, if it is laid out."""
        if self._goal == _END:
            self.scroll_to(y=self.virtual_size.height, animate=False, force=True)
            if self._laid_out == len(self._pairs):
                self._goal = 0
        elif self._goal in self._first_row:
            row, height = self._first_row[self._goal], self.size.height
            self._goal = 0
            if not self.scroll_offset.y <= row < self.scroll_offset.y + height - 2:
                self.scroll_to(y=max(0, row - height // 3), animate=False, force=True)

    def _nearest(self, by: int) -> int:
        """The first difference from the top of the screen on, or the last before it."""
        rows = sorted((row, number) for number, row in self._first_row.items())
        at = bisect_right(rows, (self.scroll_offset.y, -1))
        if by > 0:
            return rows[at][1] if at < len(rows) else 1
        return rows[at - 1][1] if at else 0

    def _repaint(self, difference: int) -> None:
        """Paint the paragraphs of a difference anew: it is looked at now, or no more."""
        row = self._first_row.get(difference)
        at = len(self._begins) if row is None else bisect_right(self._begins, row) - 1
        while at < self._laid_out and any(n == difference for n in self._numbers(self._pairs[at])):
            rows = self._lines_of(self._pairs[at])
            self._rows[self._begins[at] : self._begins[at] + len(rows)] = rows
            at += 1
        self.refresh()

    def action_move(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def action_page(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by * max(1, self.size.height - 1), animate=False)

    def action_first(self) -> None:
        self.current = 0
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        self._goal = _END
        self._go_to_goal()
