"""A line of input that shows Arabic joined and in visual order, with a cursor that moves as the eye sees it.

The value is logical text. The cursor is a block over the cluster (a letter with its marks) before which
typing inserts, or over the blank cell at the logical end.
"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.arabic import base_direction, layout_line
from tui.locale.said import again
from tui.widgets.paint import strip, text_cells, turned

_WORD = re.compile(r"\S+")


class ArabicInput(Widget, can_focus=True):
    """One line of editable text; posts `Changed`, `Submitted` and `Cancelled`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"input--cursor", "input--selection", "input--prompt"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False, id="input.submit"),
        Binding("escape", "cancel", show=False, id="input.cancel"),
        Binding("left", "step(-1)", show=False, id="input.left"),
        Binding("right", "step(1)", show=False, id="input.right"),
        Binding("shift+left", "step(-1, True)", show=False, id="input.select_left"),
        Binding("shift+right", "step(1, True)", show=False, id="input.select_right"),
        Binding("ctrl+left,alt+b", "word(-1)", show=False, id="input.word_left"),
        Binding("ctrl+right,alt+f", "word(1)", show=False, id="input.word_right"),
        Binding("ctrl+shift+left", "word(-1, True)", show=False, id="input.select_word_left"),
        Binding("ctrl+shift+right", "word(1, True)", show=False, id="input.select_word_right"),
        Binding("home", "home", show=False, id="input.home"),
        Binding("end,ctrl+e", "end", show=False, id="input.end"),
        Binding("shift+home", "home(True)", show=False, id="input.select_home"),
        Binding("shift+end", "end(True)", show=False, id="input.select_end"),
        Binding("ctrl+a", "select_all", show=False, id="input.select_all"),
        Binding("backspace", "delete_before", show=False, id="input.delete_before"),
        Binding("delete", "delete_after", show=False, id="input.delete_after"),
        Binding("ctrl+w", "delete_word", show=False, id="input.delete_word"),
        Binding("ctrl+u", "clear", show=False, id="input.clear"),
    ]
    DEFAULT_CSS = """
    ArabicInput {
        height: 1;
        & > .input--cursor { text-style: reverse; }
        & > .input--selection { background: $input-selection-background; color: $input-selection-foreground; }
        & > .input--prompt { color: $text-muted; }
    }
    """

    class Changed(Message):
        """The value is another one now."""

        def __init__(self, input: ArabicInput, value: str) -> None:
            super().__init__()
            self.input, self.value = input, value

        @property
        def control(self) -> ArabicInput:
            return self.input

    class Submitted(Changed):
        """Enter was pressed."""

    class Cancelled(Message):
        """Escape was pressed."""

        def __init__(self, input: ArabicInput) -> None:
            super().__init__()
            self.input = input

        @property
        def control(self) -> ArabicInput:
            return self.input

    class Stripped(Message):
        """Characters that have no place in a line (controls, invisible marks of direction) were left out of a paste."""

        def __init__(self, input: ArabicInput, count: int) -> None:
            super().__init__()
            self.input, self.count = input, count

        @property
        def control(self) -> ArabicInput:
            return self.input

    def __init__(self, value: str = "", *, prompt: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._value = self.clean(value)
        self._cursor = len(self._value)
        self._anchor: int | None = None
        self.prompt = prompt

    def clean(self, text: str) -> str:
        """What may stand in the value of a text that was typed or pasted."""
        return clean(text)

    @property
    def value(self) -> str:
        """The logical text."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self._set(self.clean(value), len(self.clean(value)))

    @property
    def selection(self) -> tuple[int, int]:
        """The selected span of the value; empty, at the cursor, when nothing is selected."""
        anchor = self._cursor if self._anchor is None else self._anchor
        return min(anchor, self._cursor), max(anchor, self._cursor)

    @property
    def selected(self) -> str:
        """The selected text, logical."""
        start, end = self.selection
        return self._value[start:end]

    def _go(self, cursor: int, select: bool) -> None:
        """Move the cursor; what lies between is selected or nothing is any more."""
        self._anchor = (self._cursor if self._anchor is None else self._anchor) if select else None
        self._cursor = cursor
        self.refresh()

    def _set(self, value: str, cursor: int) -> None:
        changed = value != self._value
        self._value, self._cursor, self._anchor = value, cursor, None
        self.refresh()
        if changed:
            self.post_message(self.Changed(self, value))

    # -- drawing -------------------------------------------------------------------------------------------

    def _places(self) -> list[tuple[int, int, str]]:
        """Every place of the cursor from left to right: (offset, width in cells, glyph)."""
        line = layout_line(self._value, base=base_direction(self._value))
        places = list(zip(line.starts, line.widths, line.glyphs, strict=True))
        end = (len(self._value), 1, " ")
        return [end, *places] if line.base else [*places, end]

    def _index(self, places: list[tuple[int, int, str]]) -> int:
        """Where in `places` the cursor stands: the cell that holds its offset."""
        best = max((place[0] for place in places if place[0] <= self._cursor), default=0)
        return next(at for at, place in enumerate(places) if place[0] == best)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        style = self.rich_style
        if y:
            return Strip.blank(width, style)
        if not self._value and not self.has_focus:
            prompt = text_cells(again(self.prompt), width, self.get_component_rich_style("input--prompt"))
            return strip(prompt, width, style)
        places = self._places()
        at = self._index(places)
        first, last = _window([place[1] for place in places], at, width)
        cursor = self.get_component_rich_style("input--cursor") if self.has_focus else style
        selected = turned(self.get_component_rich_style("input--selection"))
        start, end = self.selection
        parts = [
            Segment(glyph, style + cursor if index == at else style + selected if start <= offset < end else style)
            for index, (offset, _, glyph) in enumerate(places[first:last], first)
        ]
        used = sum(place[1] for place in places[first:last])
        blank = Segment(" " * (width - used), style)
        right = bool(self._value) and places[0][0] == len(self._value) and len(places) > 1
        return strip([blank, *parts] if right else [*parts, blank], width, style)

    # -- editing -------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        text = event.text.replace("\r\n", "\n")
        kept = self.clean(text)
        if len(kept) < len(text):
            self.post_message(self.Stripped(self, len(text) - len(kept)))
        self._insert(kept)

    def _insert(self, text: str) -> None:
        start, end = self.selection
        text = self.clean(text)
        self._set(self._value[:start] + text + self._value[end:], start + len(text))

    def _delete(self, start: int, end: int) -> None:
        """Delete a span, or what is selected instead."""
        if self.selected:
            start, end = self.selection
        self._set(self._value[:start] + self._value[end:], start)

    def _cluster_before(self) -> int:
        """The offset where the cluster before the cursor starts."""
        at = self._cursor - 1
        while at > 0 and unicodedata.category(self._value[at]) in ("Mn", "Me"):
            at -= 1
        return max(0, at)

    def action_step(self, by: int, select: bool = False) -> None:
        places = self._places()
        at = max(0, min(len(places) - 1, self._index(places) + by))
        self._go(places[at][0], select)

    def action_word(self, by: int, select: bool = False) -> None:
        onwards = (by > 0) != bool(base_direction(self._value))  # to the left is onwards in Arabic
        starts = [word.start() for word in _WORD.finditer(self._value)]
        if onwards:
            self._go(next((at for at in starts if at > self._cursor), len(self._value)), select)
        else:
            self._go(next((at for at in reversed(starts) if at < self._cursor), 0), select)

    def action_home(self, select: bool = False) -> None:
        self._go(0, select)

    def action_end(self, select: bool = False) -> None:
        self._go(len(self._value), select)

    def action_select_all(self) -> None:
        self._anchor = 0
        self._go(len(self._value), select=True)

    def action_delete_before(self) -> None:
        self._delete(self._cluster_before(), self._cursor)

    def action_delete_after(self) -> None:
        end = self._cursor + 1
        while end < len(self._value) and unicodedata.category(self._value[end]) in ("Mn", "Me"):
            end += 1
        self._delete(self._cursor, end)

    def action_delete_word(self) -> None:
        kept = self._value[: self._cursor].rstrip()
        self._delete(kept.rfind(" ") + 1, self._cursor)

    def action_clear(self) -> None:
        self._set("", 0)

    def action_submit(self) -> None:
        self.post_message(self.Submitted(self, self._value))

    def action_cancel(self) -> None:
        self.post_message(self.Cancelled(self))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


def clean(text: str) -> str:
    """`text` without control and formatting characters; line ends and tabs become blanks, joiners stay."""
    text = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return "".join(ch for ch in text if ch in "\u200c\u200d" or unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))


def _window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """The range of cells around `at` that fits into `room`."""
    first, last, used = at, at + 1, widths[at]
    while True:
        if first > 0 and used + widths[first - 1] <= room:
            first -= 1
            used += widths[first]
        elif last < len(widths) and used + widths[last] <= room:
            used += widths[last]
            last += 1
        else:
            return first, last
