"""A scrolling page of paragraphs and pairs, for help and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.css.scalar import Scalar
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.arabic import base_direction
from tui.config import appearance
from tui.keys import bindings
from tui.locale import language
from tui.locale.said import again
from tui.widgets.paint import one_line, own_direction, padded, paragraph, strip, text_cells

_LOOKS = 4
"""Layouts that are kept: with and without a scrollbar, before and after a change of style."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading, a paragraph, or a key with its meaning."""

    kind: Literal["heading", "text", "pair"]
    text: str
    key: str = ""


class Prose(ScrollView, can_focus=True):
    """Entries laid out for the width there is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--heading", "prose--key"}
    BINDINGS = bindings("prose")
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
        self._anchor = 0, 0
        """The line it was scrolled to, and the width at which it is that line."""
        self._laid: dict[tuple[object, ...], list[list[Segment]]] = {}
        """Lines by all that they follow from but the entries: a sheet asks for its height several times a frame."""

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries, from the line that is on top now."""
        if list(entries) != list(self._entries):
            self._entries = entries
            self._laid.clear()
            self._lay_out()
            self.refresh(layout=True)

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)

    def _fit(self, _screen: Screen[Any]) -> None:
        """Leave room within a sheet for what else stands in it, so that nothing but this scrolls."""
        frame = self.parent
        if not isinstance(frame, Widget) or not frame.has_class("sheet"):
            return
        others = [one for one in frame.children if one is not self and one.display]
        taken = sum(one.outer_size.height + one.styles.margin.height for one in others)
        room = self.app.size.height * 9 // 10 - frame.gutter.height - taken
        least = Scalar.parse(str(max(1, room)))
        if self.styles.max_height != least:
            self.styles.max_height = least

    def redraw(self) -> None:
        """Draw everything anew (other colours)."""
        self._lay_out()

    def say_again(self) -> None:
        """The same entries in the language spoken now."""
        self._entries = [replace(entry, text=again(entry.text), key=again(entry.key)) for entry in self._entries]
        self._laid.clear()
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        line, width = self._anchor
        if width == self.virtual_size.width and line != self.scroll_offset.y:
            self.scroll_to(y=line, animate=False)

    def watch_show_vertical_scrollbar(self) -> None:
        """A scrollbar takes a column, and comes without the page being resized."""
        if self.is_mounted and self._lines:
            self._lay_out()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._laid_out(max(8, width))))

    def _lay_out(self) -> None:
        width = max(8, self.scrollable_content_region.width)
        self._lines = self._laid_out(width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _laid_out(self, width: int) -> list[list[Segment]]:
        """The lines of all entries in a width, laid out once for each look of them."""
        heading, key = (self.get_component_rich_style(f"prose--{name}") for name in ("heading", "key"))
        look = width, language(), self.rich_style, heading, key, appearance.tashkeel, appearance.digits
        found = self._laid.get(look)
        if found is None:
            if len(self._laid) >= _LOOKS:
                self._laid.clear()
            found = self._laid[look] = self._drawn(width, heading, key)
        return found

    def _drawn(self, width: int, heading: Style, bright: Style) -> list[list[Segment]]:
        laid: list[list[Segment]] = []
        mirrored = language() == "ar"
        for entry in self._entries:
            if entry.kind == "heading":
                if laid:
                    laid.append([])
                base = own_direction(entry.text)
                title = one_line(entry.text, width, base)
                laid.append(padded(title, width, heading, align="right" if mirrored else ""))
            elif entry.kind == "pair":
                left = min(self._KEY_WIDTH, width // 3)
                side = "right" if mirrored else "left"
                key = text_cells(entry.key, left, bright, align=side)
                for line in paragraph(entry.text, width - left, own_direction(entry.text)):
                    meaning = padded(line, width - left, self.rich_style)
                    laid.append([*meaning, *key] if mirrored else [*key, *meaning])
                    key = text_cells("", left, self.rich_style)
            else:
                own = own_direction(entry.text)
                for text in entry.text.split("\n"):
                    # what is quoted is read in its own direction, that of its first letter
                    first = next((ch for ch in text if ch.isalpha()), "")
                    for line in paragraph(text, width, base_direction(first) if own is None else own):
                        laid.append(padded(line, width, self.rich_style))
        return laid

    def render_line(self, y: int) -> Strip:
        at = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if at < len(self._lines):
            return strip(self._lines[at], width, self.rich_style)
        return Strip.blank(width, self.rich_style)

    def _scroll(self, y: float) -> None:
        self.scroll_to(y=y, animate=False)
        self._anchor = round(self.scroll_target_y), self.virtual_size.width

    def action_move(self, by: int) -> None:
        self._scroll(self.scroll_offset.y + by)

    def action_page(self, by: int) -> None:
        self._scroll(self.scroll_offset.y + by * max(1, self.size.height - 1))

    def action_first(self) -> None:
        self._scroll(0)

    def action_last(self) -> None:
        self._scroll(self.virtual_size.height)
