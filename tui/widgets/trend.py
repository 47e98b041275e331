"""How often names are told of over time: a band of bars for each, one below the other, over one scale of time.

Bands, not lines over each other: which name is meant needs no colour, and two that meet hide nothing. Each cell is one
day, month, year or decade. Time runs as the interface reads, from right to left in Arabic.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import clamp
from textual.strip import Strip
from textual.widget import Widget

from store.answers import Series, Trends
from store.text.cells import value_of
from tui.locale import gettext as _
from tui.locale import language, ngettext
from tui.widgets.density import scale
from tui.widgets.paint import strip, text_cells, two_sides

_BARS = " ▁▂▃▄▅▆▇█"
_LEVELS = 8
_HIGHEST, _WIDEST, _APART = 6, 8, 3
"""Lines of a band's bars at most, columns of a bar at most, and from how many on a blank stands between two."""


class TrendBands(Widget):
    """The bands, with a cursor in time and one on a band."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "trend--bar", "trend--other", "trend--cursor", "trend--scale", "trend--name", "trend--current",
    }  # fmt: skip
    DEFAULT_CSS = """
    TrendBands {
        height: 1fr;
        & > .trend--bar { color: $accent; }
        & > .trend--other { color: $primary; }
        & > .trend--cursor { color: $warning; }
        & > .trend--scale { color: $text-muted; }
        & > .trend--name { text-style: bold; }
        & > .trend--current { text-style: bold reverse; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Trends | None = None
        self.band = 0
        """Which of the bands the cursor is on."""
        self._at = 0
        """The cell under the cursor, counted from the first."""
        self._start = self._wished = 0
        """The first cell in sight, and that of before the size changed."""
        self.shared = False
        """Whether all bands have one scale."""
        self.empty_text = ""

    # -- what is shown -------------------------------------------------------------------------------------

    def show(self, found: Trends, day: str | None = None) -> None:
        """Show other trends; the cursor goes to the cell that holds a day, else to the last that has anything."""
        from store.text.cells import cell_of

        self._found = found
        self.band = clamp(self.band, 0, max(0, len(found.series) - 1))
        cells = len(found.articles)
        at = cell_of(day, found.unit) if day else None
        self._at = clamp(at - found.first if at is not None else cells - 1, 0, max(0, cells - 1))
        self._start = max(0, cells - self._width)
        self._follow()
        self._wished = self._start
        self.refresh()

    @property
    def found(self) -> Trends | None:
        """What is shown."""
        return self._found

    @property
    def value(self) -> str | None:
        """The stretch under the cursor, as buckets are written."""
        found = self._found
        return value_of(found.first + self._at, found.unit) if found and found.articles else None

    @property
    def current(self) -> Series | None:
        """The band under the cursor."""
        return self._found.series[self.band] if self._found and self.band < len(self._found.series) else None

    def move(self, by: int) -> None:
        """Move the cursor so many cells later."""
        self._at = clamp(self._at + by, 0, max(0, len(self._found.articles) - 1)) if self._found else 0
        self._follow()
        self._wished = self._start
        self.refresh()

    def step(self, by: int) -> None:
        """Move the cursor so many bands down."""
        self.band = clamp(self.band + by, 0, max(0, len(self._found.series) - 1)) if self._found else 0
        self.refresh()

    def _follow(self) -> None:
        width = self._width
        if not self._start <= self._at < self._start + width:
            self._start = max(0, self._at - width // 2)

    @property
    def columns(self) -> int:
        """How many columns there are: so many cells of time can be in sight at once."""
        return max(1, self.size.width)

    @property
    def _wide(self) -> int:
        """How many columns a cell has: where there are few cells they fill the width."""
        return clamp(self.columns // max(1, len(self._found.articles)), 1, _WIDEST) if self._found else 1

    @property
    def _width(self) -> int:
        """How many cells are in sight."""
        return max(1, self.columns // self._wide)

    def on_resize(self) -> None:
        """Another width holds other stretches."""
        cells = len(self._found.articles) if self._found else 0
        self._start = clamp(self._wished, 0, max(0, cells - self._width))
        self._follow()
        self.refresh()

    # -- painting ------------------------------------------------------------------------------------------

    def _lines(self) -> int:
        """How many lines of bars a band has."""
        bands = len(self._found.series) if self._found else 0
        return clamp((self.size.height - 1) // bands - 1, 1, _HIGHEST) if bands else 1

    def render_line(self, y: int) -> Strip:
        found, width, plain = self._found, self.columns, self.rich_style
        if found is None or not found.series or not found.articles:
            return strip(text_cells(self.empty_text if not y else "", width, plain), width, plain)
        lines = self._lines()
        band, line = divmod(y, lines + 1)
        if band < len(found.series):
            series = found.series[band]
            return self._heading(band, series) if not line else self._bars(band, series, lines - line, lines)
        if y == len(found.series) * (lines + 1):
            return self._scale(found)
        return Strip.blank(width, plain)

    def _heading(self, band: int, series: Series) -> Strip:
        """The name, how often it is told of under the cursor, and in all."""
        here = ngettext("{n} article", "{n} articles", series.articles[self._at]).format(n=series.articles[self._at])
        most = max(series.articles)
        facts = _("{here} of {all}, at most {most}").format(
            here=here, all=f"{series.entity.articles:,}", most=f"{most:,}"
        )
        style = self._style("trend--current" if band == self.band else "trend--name")
        dim = self.rich_style + self._style("trend--scale")
        name = f"{band + 1} {series.entity.name}"
        arabic = language() == "ar"
        line = two_sides(name, facts, self.columns, self.rich_style + style, dim, base=int(arabic), mirrored=arabic)
        return strip(line, self.columns, self.rich_style)

    def _bars(self, band: int, series: Series, above: int, lines: int) -> Strip:
        """A line of bars, `above` how many of the band lie below it."""
        every = self._found.series if self._found and self.shared else (series,)
        most = max((max(one.articles) for one in every), default=0) or 1
        cells: list[tuple[str, Style]] = []
        bar = self._style("trend--other" if band % 2 else "trend--bar")
        wide = self._wide
        gap = int(wide >= _APART)
        for at in range(self._start, min(self._start + self._width, len(series.articles))):
            level = -(-series.articles[at] * _LEVELS * lines // most)
            glyph = _BARS[clamp(level - _LEVELS * above, 0, _LEVELS)]
            under = at == self._at
            style = self._style("trend--cursor") if under else bar
            cells += [("│" if under and glyph == " " else glyph, style)] * (wide - gap) + [(" ", style)] * gap
        return self._line(cells)

    def _line(self, cells: list[tuple[str, Style]]) -> Strip:
        """Cells in order of time as a line: from the left, or from the right in Arabic."""
        width, plain = self.columns, self.rich_style
        cells = [*cells[:width], *[(" ", plain)] * (width - len(cells))]
        if language() == "ar":
            cells.reverse()
        parts = [Segment(glyph, plain + style) for glyph, style in cells]
        return strip(list(Segment.simplify(parts)), width, plain)

    def _scale(self, found: Trends) -> Strip:
        style = self._style("trend--scale")
        cells = [(" ", style)] * (self._wide * min(self._width, len(found.articles) - self._start))
        free = 0
        for offset, label in scale(found.first + self._start, len(cells) // self._wide, found.unit):
            at = offset * self._wide
            if at >= free and at + len(label) <= len(cells):
                shown = reversed(label) if language() == "ar" else label
                cells[at : at + len(label)] = [(glyph, style) for glyph in shown]
                free = at + len(label) + 1
        # under the cursor, whatever the colours
        under = (self._at - self._start) * self._wide
        if 0 <= under < len(cells):
            cells[under] = ("▲", self._style("trend--cursor"))
        return self._line(cells)

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component)
