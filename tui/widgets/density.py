"""When how much happened, true to scale: each cell is one day, month, year or decade, gaps included.

The upper line has bars for what is known as exactly as a cell, and a light shade where only something less exact lies;
the lower one has a scale, and under it what stands under the cursor with its length: a point, a bar, an open arrow.
Time runs as the interface reads, from right to left in Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import clamp
from textual.strip import Strip
from textual.widget import Widget

from store.answers import Bucket, Unit
from store.models import Bound
from store.text.cells import cell_of, first_of
from store.text.when import in_figures, stretch
from tui.config import appearance
from tui.locale import language
from tui.widgets.paint import strip

_BARS = "▁▂▃▄▅▆▇█"
_SHADE = "░"
_UNITS: tuple[Unit, ...] = ("day", "month", "year", "decade")


def scale(start: int, width: int, unit: Unit) -> Iterator[tuple[int, str]]:
    """The labels of the scale: (offset from `start`, text), where a longer unit begins."""
    depth: dict[Unit, int] = {"day": 7, "month": 4, "year": 3, "decade": 2}
    before = None
    for offset in range(-1, width):
        following = first_of(start + offset + 1, unit)
        if following is None or following.toordinal() == 1:
            continue
        # of its last day: a month in which another Hijri year begins is the first of that year; a decade by its first
        first = first_of(start + offset, unit)
        last = str(first if unit == "decade" and first else date.fromordinal(following.toordinal() - 1))
        shown = in_figures(last, last, "day", appearance.calendar)
        part = shown[: depth[unit]]
        if offset >= 0 and before is not None and part != before:
            yield offset, part if unit in ("day", "month") else shown[:4]
        before = part


def dense_part(buckets: Sequence[Bucket]) -> tuple[Bucket, Bucket] | None:
    """The first and the last stretch of what is left without the twentieth of the events that lies farthest back and
    the twentieth that lies farthest ahead; None where there are none."""
    ordered = sorted(buckets, key=lambda bucket: stretch(bucket.value))
    if not ordered:
        return None
    ends: list[Bucket] = []
    for rows in (ordered, ordered[::-1]):
        left = sum(bucket.events for bucket in rows) / 20
        for bucket in rows:
            left -= bucket.events
            if left < 0:
                break
        ends.append(bucket)
    return ends[0], ends[1]


def fitting(buckets: Sequence[Bucket], width: int) -> Unit:
    """The shortest unit by which nine tenths of the events lie in `width` cells."""
    dense = dense_part(buckets)
    if dense is None:
        return "day"
    for unit in _UNITS:
        first, last = cell_of(stretch(dense[0].value)[0], unit), cell_of(stretch(dense[1].value)[1], unit)
        if first is None or last is None or last - first < width:
            return unit
    return "decade"


class Density(Widget):
    """The two lines above the timeline."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"density--bar", "density--cursor", "density--scale"}
    DEFAULT_CSS = """
    Density {
        height: 2;
        & > .density--bar { color: $accent; }
        & > .density--cursor { color: $warning; text-style: bold; }
        & > .density--scale { color: $text-muted; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._unit: Unit = "day"
        self._counts: dict[int, int] = {}
        self._vague: list[tuple[int, int]] = []
        self._most = 1
        self._buckets: Sequence[Bucket] = ()
        self._wanted: Unit | None = None
        self._marked: tuple[str, str, Bound | None] | None = None
        self._point: tuple[int, int, Bound | None] | None = None
        self._start = 0

    def show(self, buckets: Sequence[Bucket], unit: Unit | None = None) -> None:
        """Show how many events there are when; `buckets` may hold some less exact than `unit`.

        Without a unit it is the shortest by which nearly all of them are in sight at once.
        """
        self._buckets, self._wanted, self._point, self._marked = buckets, unit, None, None
        self._count()
        dense = dense_part(buckets)
        end = cell_of(stretch(dense[1].value)[1], self._unit) if dense else None
        if end is not None:
            self._start = end - self._width + 1
        self.refresh()

    def _count(self) -> None:
        unit = self._unit = self._wanted or fitting(self._buckets, self._width)
        self._counts, self._vague = {}, []
        for bucket in self._buckets:
            first, last, _precision = stretch(bucket.value)
            cell, end = cell_of(first, unit), cell_of(last, unit)
            if cell is None or end is None:
                continue
            if cell == end:
                self._counts[cell] = self._counts.get(cell, 0) + bucket.events
            else:
                self._vague.append((cell, end))
        self._most = max(self._counts.values(), default=1)

    def point(self, first: str, last: str, bound: Bound | None = None) -> None:
        """Mark the days from `first` to `last`, and what they begin or end; the window follows."""
        self._marked = first, last, bound
        begin, end = cell_of(first, self._unit), cell_of(last, self._unit)
        found = None if begin is None or end is None else (begin, max(begin, end), bound)
        if found == self._point:
            return
        self._point = found
        if found is not None and not self._start <= found[0] < self._start + self._width:
            self._start = found[0] - self._width // 2
        self.refresh()

    @property
    def _width(self) -> int:
        return max(1, self.size.width)

    def unmark(self) -> None:
        """Mark nothing."""
        self._point = self._marked = None
        self.refresh()

    def on_resize(self) -> None:
        """Another width may show other units; what is marked stays in sight."""
        marked = self._marked
        self.show(self._buckets, self._wanted)
        if marked is not None:
            self.point(*marked)

    def render_line(self, y: int) -> Strip:
        width = self._width
        cells = self._bars(width) if y == 0 else self._scale(width)
        if language() == "ar":
            cells.reverse()
        parts = [Segment(glyph, self.get_component_rich_style(f"density--{kind}")) for glyph, kind in cells]
        return strip(list(Segment.simplify(parts)), width, self.rich_style)

    def _bars(self, width: int) -> list[tuple[str, str]]:
        cells = [(" ", "scale")] * width
        for first, last in self._vague:
            for cell in range(max(first, self._start), min(last, self._start + width - 1) + 1):
                cells[cell - self._start] = (_SHADE, "scale")
        for offset in range(width):
            count = self._counts.get(self._start + offset)
            if count:
                height = clamp(-(-count * len(_BARS) // self._most), 1, len(_BARS))
                cells[offset] = (_BARS[height - 1], "bar")
        if self._point is not None and 0 <= (at := self._point[0] - self._start) < width:
            cells[at] = (cells[at][0], "cursor")
        return cells

    def _scale(self, width: int) -> list[tuple[str, str]]:
        cells = [(" ", "scale")] * width
        marked, mirrored = self._marks(width), language() == "ar"
        free = 0
        # of nothing there is no when
        for offset, label in scale(self._start, width, self._unit) if self._buckets or marked else ():
            places = range(offset, offset + len(label))
            if offset >= free and offset + len(label) <= width and not marked.keys() & places:
                for place, ch in zip(places, reversed(label) if mirrored else label, strict=True):
                    cells[place] = (ch, "scale")
                free = offset + len(label) + 1
        for place, glyph in marked.items():
            cells[place] = (glyph, "cursor")
        return cells

    def _marks(self, width: int) -> dict[int, str]:
        """What is drawn for the row under the cursor, by offset: a point or a bar, open to where it goes on."""
        if self._point is None:
            return {}
        first, last, bound = self._point
        begin, end = max(first - self._start, 0), min(last - self._start, width - 1)
        marked = dict.fromkeys(range(begin, end + 1), "━" if last > first else "▲")
        later, earlier = ("◁", "▷") if language() == "ar" else ("▷", "◁")
        if bound == "since" and 0 <= last + 1 - self._start < width:
            marked[last + 1 - self._start] = later
        if bound == "until" and 0 <= first - 1 - self._start < width:
            marked[first - 1 - self._start] = earlier
        return marked
