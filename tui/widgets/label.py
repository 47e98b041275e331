"""A line of text that knows Arabic: status lines, captions, tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.locale import language
from tui.locale.said import again
from tui.widgets.paint import one_line, segments, strip, two_sides


class Label(Widget):
    """Two texts, one at each edge of one line: the first where the interface's language begins to read."""

    DEFAULT_CSS = "Label { height: 1; }"

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left, self._right = left, right

    def say(self, left: str, right: str = "") -> None:
        """Show other texts."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def say_again(self) -> None:
        """The same texts in the language spoken now."""
        self._left, self._right = again(self._left), again(self._right)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        arabic = language() == "ar"
        return strip(
            two_sides(self._left, self._right, self.size.width, self.rich_style, base=int(arabic), mirrored=arabic),
            self.size.width,
            self.rich_style,
        )


class Chips(Widget):
    """Short texts in a row, some of them lit: tabs, or keys with what they do."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--key", "chips--lit"}
    DEFAULT_CSS = """
    Chips {
        height: 1;
        & > .chips--key { text-style: bold; color: $accent; }
        & > .chips--lit { text-style: reverse bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._chips: list[tuple[str, str, bool]] = []

    def say(self, chips: Sequence[tuple[str, str, bool]]) -> None:
        """Show (key, label, lit) chips; those that find no room are left out from the end."""
        if list(chips) != self._chips:
            self._chips = list(chips)
            self.refresh()

    def say_again(self) -> None:
        """The same chips in the language spoken now."""
        self.say([(again(key), again(label), lit) for key, label, lit in self._chips])

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        parts: list[Segment] = []
        room = width
        for key, label, lit in self._chips:
            name = one_line(key)
            line = one_line(label)
            needed = name.width + line.width + 3
            if needed > room:
                break
            room -= needed
            style = self.rich_style + (self.get_component_rich_style("chips--lit") if lit else self.rich_style)
            parts.extend(segments(name, style if lit else self.get_component_rich_style("chips--key")))
            parts.append(Segment(" ", style))
            parts.extend(segments(line, style))
            parts.append(Segment("  ", self.rich_style))
        if language() == "ar":  # the first chip at the right, each with its key at the right
            parts = [Segment(" " * room, self.rich_style), *reversed(parts)]
        return strip(parts, width, self.rich_style)
