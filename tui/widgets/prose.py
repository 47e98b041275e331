"""A scrolling page of paragraphs and pairs, for help and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.arabic import base_direction
from tui.keys import bindings
from tui.locale import language
from tui.locale.said import again
from tui.widgets.paint import padded, paragraph, strip, text_cells


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading, a paragraph, or a key with its meaning."""

    kind: Literal["heading", "text", "pair"]
    text: str
    key: str = ""


class Prose(ScrollView, can_focus=True):
    """Entries laid out for the width there is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--heading", "prose--key"}
    BINDINGS = bindings("reader")[:6]
    DEFAULT_CSS = """
    Prose {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .prose--heading { color: $accent; text-style: bold; }
        & > .prose--key { color: $warning; text-style: bold; }
    }
    """
    _KEY_WIDTH = 22

    def __init__(self, entries: Sequence[Entry], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries = entries
        self._lines: list[list[Segment]] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries, from the line that is on top now."""
        if list(entries) != list(self._entries):
            self._entries = entries
            self._lay_out()

    def say_again(self) -> None:
        """The same entries in the language spoken now."""
        self._entries = [replace(entry, text=again(entry.text), key=again(entry.key)) for entry in self._entries]
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(8, self.scrollable_content_region.width)
        self._lines = []
        for entry in self._entries:
            if entry.kind == "heading":
                if self._lines:
                    self._lines.append([])
                side = "right" if language() == "ar" else ""
                style = self.get_component_rich_style("prose--heading")
                self._lines.append(text_cells(entry.text, width, style, align=side))
            elif entry.kind == "pair":
                left = min(self._KEY_WIDTH, width // 3)
                side = "right" if language() == "ar" else "left"
                key = text_cells(entry.key, left, self.get_component_rich_style("prose--key"), align=side)
                meaning = text_cells(entry.text, width - left, self.rich_style)
                self._lines.append([*meaning, *key] if side == "right" else [*key, *meaning])
            else:
                for text in entry.text.split("\n"):
                    # a sentence about Arabic words is read in its own direction, that of its first letter
                    first = next((ch for ch in text if ch.isalpha()), "")
                    for line in paragraph(text, width, base_direction(first)):
                        self._lines.append(padded(line, width, self.rich_style))
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if at < len(self._lines):
            return strip(self._lines[at], width, self.rich_style)
        return Strip.blank(width, self.rich_style)

    def action_move(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def action_page(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by * max(1, self.size.height - 1), animate=False)

    def action_first(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        self.scroll_to(y=self.virtual_size.height, animate=False)
