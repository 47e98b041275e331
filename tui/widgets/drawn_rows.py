"""Drawing the rows of a list: those that are in memory, in the part that is on screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.locale import gettext as _
from tui.locale import language
from tui.locale.said import again
from tui.widgets.listing import Listing
from tui.widgets.paint import one_line, padded, paragraph, strip, turned

R = TypeVar("R")
"""What a row is drawn from."""

_MARK = "✓ "
"""Stands before a row that is marked."""
CACHED_ROWS = 2000
"""Rows kept in memory; a screen shows at most a few hundred."""


class DrawnRows(ScrollView, Generic[R]):
    """What of a `Listing` is on screen, drawn once for each row and state; rows that are not in memory are blank.

    Subclasses draw a row in `draw`, `row_height` lines high.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor", "rows--cursor-blurred", "rows--header", "rows--dim", "rows--accent", "rows--empty",
    }  # fmt: skip
    DEFAULT_CSS = """
    DrawnRows {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .rows--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        & > .rows--cursor-blurred { background: $surface-lighten-2; text-style: bold; }
        & > .rows--header { color: $accent; text-style: bold underline; }
        & > .rows--dim { color: $text-muted; }
        & > .rows--accent { color: $warning; text-style: bold; }
        & > .rows--empty { color: $text-muted; }
    }
    """
    row_height: ClassVar[int] = 1
    markable: bool = False
    """Whether rows can be marked, for what is then done with all that are."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ids = Listing()
        self.cursor = 0
        self.empty_text = ""
        self._loaded = False
        self._rows: OrderedDict[int, R] = OrderedDict()
        self._whole: Mapping[int, R] = {}
        """Rows that cannot be asked for one by one: all of them stay."""
        self.ticked: dict[int, None] = {}
        """Ids of the rows that are marked, in the order in which they were; they stay so when other rows are shown."""
        self._strips: dict[tuple[int, int, str], list[Strip]] = {}
        self._paper = 0, Style.null()
        """Width and plain style of what is being drawn."""

    def row(self, id: int) -> R | None:
        """A row in memory by its id, or None."""
        found = self._rows.get(id)
        return self._whole.get(id) if found is None else found

    def say_again(self) -> None:
        """What the list says itself, in the language spoken now, and all rows anew."""
        self.empty_text = again(self.empty_text)
        self.ids.headers[:] = [again(header) for header in self.ids.headers]
        self.redraw()

    def redraw(self) -> None:
        """Draw everything anew (another language, other settings)."""
        self._strips.clear()
        self.refresh()

    def draw(self, row: R, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        """`row_height` lines of exactly `width` cells; `style` is the row's own, `dim` for what matters less."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        # the same for all lines, and worked out from all that is around the list
        self._paper = self.scrollable_content_region.width, self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width, plain = self._paper
        position, part = divmod(self.scroll_offset.y + y, self.row_height)
        if not self.ids:
            return self._said(y, width)
        if position >= len(self.ids):
            return Strip.blank(width, plain)
        key = self.ids[position]
        state = ""
        if position == self.cursor:
            state = "rows--cursor" if self.has_focus else "rows--cursor-blurred"
        drawn = self._strips.get((key, width, state))
        if drawn is None:
            drawn = self._draw(key, width, state, plain)
            if key < 0 or self.row(key) is not None:
                if len(self._strips) > CACHED_ROWS:
                    self._strips.clear()
                self._strips[key, width, state] = drawn
        return drawn[part]

    def _said(self, y: int, width: int) -> Strip:
        """A line of what stands where there are no rows: all of its words, however little room there is."""
        message, plain = self.empty_text if self._loaded else _("loading…"), self._paper[1]
        if self.size.height > 2:
            y -= 1  # as a heading, not at the very edge
        # every line begins where those of the interface do, whatever letters it is of
        base, side = _beginning()
        lines = [line for part in message.split("\n") for line in paragraph(part, max(8, width), base)]
        if 0 <= y < len(lines):
            return strip(padded(lines[y], width, self._style("rows--empty"), align=side), width, plain)
        return Strip.blank(width, plain)

    def _draw(self, key: int, width: int, state: str, plain: Style) -> list[Strip]:
        if key < 0:
            # it runs as the interface's language does, whatever names it names
            base, side = _beginning()
            told = one_line(self.ids.headers[-key - 1], width, base)
            header = padded(told, width, self._style("rows--header"), align=side)
            blank = [Strip.blank(width, plain)] * (self.row_height - 1)
            return [*blank, strip(header, width, plain)]
        row = self.row(key)
        if row is None:
            return [Strip.blank(width, plain)] * self.row_height
        style = self._style(state) if state else plain
        if state == "rows--cursor":
            style = turned(style)
        dim = style if state else self._style("rows--dim")
        if key not in self.ticked or not self.can_mark(key):
            return [strip(line, width, style) for line in self.draw(row, width, style, dim)]
        first, *more = self.draw(row, width - len(_MARK), style, dim)
        lines = [[Segment(_MARK, style), *first], *([Segment(" " * len(_MARK), style), *line] for line in more)]
        return [strip(line, width, style) for line in lines]

    def can_mark(self, id: int) -> bool:
        """Whether a row is one that can be marked: what stands for others (a month of events) is none."""
        return self.markable and id >= 0 and id not in self._whole

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component)


def _beginning() -> tuple[int, str]:
    """The direction and the side at which lines in the language spoken begin."""
    return (1, "right") if language() == "ar" else (0, "left")
