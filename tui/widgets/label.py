"""A line of text that knows Arabic: status lines, captions, tabs. What names a key can be clicked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.arabic import Line
from tui.keys import named
from tui.locale import language
from tui.locale.said import again
from tui.widgets.paint import one_line, padded, paragraph, segments, strip

_APART = re.compile(r" · |[,،؛;] ")
"""What stands between one key with what it does and the next."""
_ISOLATES = "\u2066\u2067\u2068\u2069"
"""In them stands a key of several signs within Arabic."""
_LEAST = 8
"""Cells of a name that are worth showing where it is cut."""
_KEPT = 0.6
"""The second text keeps its room up to this part of the line; the first one gives way and says so by "…"."""


class _Drawn(NamedTuple):
    """A line: what it says, as it is painted, and what stands at its end."""

    text: str
    first: Line
    second: Line | None = None


class Label(Widget):
    """Two texts, one at each edge of one line, the first where the interface's language begins to read; where its
    style lets it be higher, the first one goes on below.

    The second one is short and stays in sight: how to leave, how many there are, what is new.
    """

    DEFAULT_CSS = "Label { height: 1; }"

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left, self._right = left, right

    def say(self, left: str, right: str = "") -> None:
        """Show other texts."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            grows = self.styles.height is not None and self.styles.height.is_auto and self.size.width > 0
            self.refresh(layout=grows and len(self._lines(self.size.width)) != self.size.height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[_Drawn]:
        """What stands at the beginning and at the end of each line, if all of them are shown."""
        base = int(language() == "ar")
        kept = max(1, round(width * _KEPT), width - len(self._left) - 1)
        right = one_line(self._right, kept, base) if self._right else None
        room = max(1, width - (right.width + 1 if right is not None else 0))
        if len(self._left) <= 4 * width:
            left = one_line(self._left, None, base)
            if left.width <= room:
                return [_Drawn(self._left, left, right)]
        if self.styles.height is None or not self.styles.height.is_auto:
            return [_Drawn(self._left, one_line(self._left, room, base), right)]
        # all of it is said, and what stands at the right behind it
        told = list(_wrapped(self._left, width, base))
        if told[-1].first.width <= room:
            told[-1] = told[-1]._replace(second=right)
        elif right is not None:
            told.append(_Drawn("", one_line("", None, base), right))
        return told

    def say_again(self) -> None:
        """The same texts in the language spoken now."""
        self._left, self._right = again(self._left), again(self._right)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, style = self.size.width, self.rich_style
        lines = self._lines(width)
        if y >= len(lines):
            return Strip.blank(width, style)
        _text, first, second = lines[y]
        sides = ("right", "left") if language() == "ar" else ("left", "right")
        if second is None:
            return strip(padded(first, width, style, align=sides[0]), width, style)
        painted = segments(first, style)
        other = padded(second, width - first.width, style, align=sides[1])
        return strip([*other, *painted] if sides[0] == "right" else [*painted, *other], width, style)

    def on_click(self, event: events.Click) -> None:
        """A key that stands under the mouse is pressed."""
        place = event.get_content_offset(self)
        width = self.size.width
        lines = self._lines(width)
        if place is None or place.y >= len(lines):
            return
        told, first, second = lines[place.y]
        mirrored = language() == "ar"

        def within(line: Line, *, begins: bool) -> int:
            return place.x - (width - line.width if mirrored == begins else 0)

        text, line, x = told, first, within(first, begins=True)
        if second is not None and not 0 <= x < first.width:
            text, line, x = self._right, second, within(second, begins=False)
        if not 0 <= x < line.width:
            return
        key = next((key for start, end, key in _keys(text) if start <= line.offset_at(x) < end), None)
        if key is not None:
            event.stop()
            self.app.simulate_key(key)


def _wrapped(text: str, width: int, base: int) -> Iterator[_Drawn]:
    """A text in lines: hints stay whole, sentences are wrapped at words."""
    line = ""
    for part in text.split(" · "):
        longer = f"{line} · {part}" if line else part
        if one_line(longer, None, base).width <= width:
            line = longer
            continue
        if line:
            yield _Drawn(line, one_line(line, None, base))
        *full, rest = paragraph(part, max(8, width), base)
        yield from (_Drawn(part, each) for each in full)
        line = part[rest.start :]
    yield _Drawn(line, one_line(line, None, base))


def _keys(text: str) -> Iterator[tuple[int, int, str]]:
    """Where in a line of hints which key is named: "Enter opens · y copies"; nothing where it is no such line."""
    ends = [*((found.start(), found.end()) for found in _APART.finditer(text)), (len(text), len(text))]
    start, told = 0, []
    for end, following in ends:
        key = named(text[start:end].split(" ", 1)[0].strip(_ISOLATES))
        if key is not None:
            told.append((start, end, key))
        start = following
    # a sentence may begin with "a" as a hint does; two of them or a key with a name are meant
    return iter(told if len(told) > 1 or (told and len(told[0][2]) > 1) else [])


class Chips(Widget):
    """Short texts in a row, some of them lit: tabs, or keys with what they do. A click presses the key.

    Where there is no room for all, those that may be short (tabs) show their key alone but for the lit one, and the
    last that is cut is cut with "…".
    """

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
        self._places: list[tuple[int, int, str]] = []
        """From and to which cell which key is named."""

    def say(self, chips: Sequence[tuple[str, str, bool]]) -> None:
        """Show (key, label, lit) chips; those that find no room are left out from the end."""
        if list(chips) != self._chips:
            self._chips = list(chips)
            self.refresh()

    def say_again(self) -> None:
        """The same chips in the language spoken now."""
        self.say([(again(key), again(label), lit) for key, label, lit in self._chips])

    def _fitting(self, width: int) -> list[tuple[str, str, bool]]:
        """The chips as there is room for them: the lit one is always among them."""
        chips = self._chips
        if not any(lit for _key, _label, lit in chips) or _wide(chips) <= width:
            return chips
        chips = [(key, label if lit or named(key) is None else "", lit) for key, label, lit in chips]
        while len(chips) > 1 and _wide(chips) > width:
            # what is no tab goes first, from the end; then tabs behind and before the lit one
            at = next((at for at in reversed(range(len(chips))) if named(chips[at][0]) is None), None)
            if at is None:
                at = next((at for at in reversed(range(len(chips))) if not chips[at][2]), 0)
            del chips[at]
        return chips

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        mirrored = language() == "ar"  # the first chip at the right, each with its key at the right
        parts: list[Segment] = []
        self._places = []
        room = width
        for key, label, lit in self._fitting(width):
            name = one_line(key)
            line = one_line(label)
            needed = name.width + line.width + 3
            if named(key) is None and name.width + _LEAST < room < needed:
                line = one_line(label, room - name.width - 3)
                needed = room
            if needed > room:
                break
            style = self.rich_style + (self.get_component_rich_style("chips--lit") if lit else self.rich_style)
            begins = width - room
            self._places.append((room - needed + 2, room, key) if mirrored else (begins, begins + needed - 2, key))
            room -= needed
            told = segments(name, style if lit else self.get_component_rich_style("chips--key"))
            gap, apart = Segment(" ", style), Segment("  ", self.rich_style)
            if mirrored:
                parts = [apart, *segments(line, style), gap, *told, *parts]
            else:
                parts += [*told, gap, *segments(line, style), apart]
        if mirrored:
            parts = [Segment(" " * room, self.rich_style), *parts]
        return strip(parts, width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """The key of the chip under the mouse is pressed."""
        place = event.get_content_offset(self)
        if place is None:
            return
        found = next((key for start, end, key in self._places if start <= place.x < end), None)
        key = named(found) if found is not None else None
        if key is not None:
            event.stop()
            self.app.simulate_key(key)


def _wide(chips: Sequence[tuple[str, str, bool]]) -> int:
    return sum(one_line(key).width + one_line(label).width + 3 for key, label, _lit in chips)
