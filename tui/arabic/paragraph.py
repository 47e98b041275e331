"""A paragraph: levels and joining forms worked out once on the logical text, lines cut from it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate, chain
from typing import Final, TypeVar

from tui.arabic import levels as bidi
from tui.arabic.line import Line
from tui.arabic.shape import COMMON, REPLACEMENT, cells, end_of_tail
from tui.arabic.tables import INVISIBLE, MIRRORED, WIDE

T = TypeVar("T")

ELLIPSIS: Final = "…"

_MIRROR: Final = dict(zip(MIRRORED[::2], MIRRORED[1::2], strict=True))
_MIRRORED: Final = re.compile("[" + re.escape("".join(_MIRROR)) + "]")
# What has no cell of its own at the start of a text.
_LEADING: Final = re.compile(f"[{INVISIBLE}\U0001f3fb-\U0001f3ff]+")
_PARITY: Final = re.compile(rb"(.)\1*", re.DOTALL)
# Where a line may be broken: after white space (not after a no-break space) and at a zero width space.
_GAP: Final = re.compile("[ \t\x1f\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000]+")
# When a line is cut, a word boundary up to this many columns before the cut is taken instead.
_NEAR: Final = 8


def mirrored(glyph: str) -> str:
    """The contents of a cell as they stand in text from right to left (rule L4)."""
    return _MIRROR.get(glyph[:1], glyph[:1]) + glyph[1:]


@cache
def _wide_glyph() -> re.Pattern[str]:
    """Matches what takes two columns; compiled when first needed, as the set is large."""
    return re.compile(f"[{WIDE}]|[\U0001f1e6-\U0001f1ff]{{2}}")


def _widths(glyphs: list[str]) -> list[int]:
    wide = _wide_glyph().match
    return [2 if wide(glyph) else 1 for glyph in glyphs]


class Paragraph:
    """A paragraph's cells in logical order and its levels; `offset` is where it starts in the caller's text."""

    __slots__ = (
        "base",
        "columns",
        "count",
        "edges",
        "glyphs",
        "kinds",
        "length",
        "levels",
        "offset",
        "text",
        "uniform",
    )

    def __init__(self, text: str, base: int, tashkeel: bool, offset: int = 0) -> None:
        self.text = text
        self.base = base
        self.offset = offset
        self.length = len(text)
        self.kinds = ""
        self.levels = b""
        # The level that the whole paragraph is at, or None.
        self.uniform: int | None = 0
        # The column at which each cell starts and the last one ends, or None while every cell takes one column.
        self.columns: list[int] | None = None
        if base == 0 and text.isascii() and text.isprintable():
            self.glyphs = list(text)
            self.edges = list(range(offset, offset + len(text) + 1))
        else:
            self._resolve(text, base, tashkeel)
        self.count = len(self.glyphs)

    def _resolve(self, text: str, base: int, tashkeel: bool) -> None:
        # Separators are painted as blanks, and a caller who has them in one line wants one paragraph.
        self.kinds = kinds = bidi.classes(text).replace("B", "W").replace("S", "W")
        levels = bidi.resolve(text, base, kinds)
        if leading := _LEADING.match(text):
            # These belong to the first visible character's cell, and so do not count as a run before it.
            end = leading.end()
            levels = levels[end : end + 1] * end + levels[end:]
        self.levels = levels
        self.uniform = levels[0] if levels and levels.count(levels[0]) == len(levels) else None
        common = COMMON.fullmatch(text) is not None
        if "3" in kinds:
            glyphs, lengths = _overridden(text, levels, tashkeel)
        else:
            glyphs, lengths = cells(text, tashkeel=tashkeel, common=common)
        self.edges = list(accumulate(lengths, initial=self.offset))
        if self.uniform is None or self.uniform & 1:
            for found in _MIRRORED.finditer(text):
                at = found.start()
                if levels[at] & 1:
                    # A mirrored character is never the mark of a cell, so that this is its own.
                    cell = bisect_right(self.edges, at + self.offset) - 1
                    glyphs[cell] = mirrored(glyphs[cell])
        self.glyphs = glyphs
        if not common and _wide_glyph().search(text):
            self.columns = list(accumulate(_widths(glyphs), initial=0))

    def cell_from(self, at: int) -> int:
        """Index of the first cell that starts at or after the paragraph's code point `at`."""
        return at if len(self.edges) == self.length + 1 else bisect_left(self.edges, at + self.offset)

    def span(self, first: int, last: int) -> int:
        """Terminal columns of the cells `[first, last)`."""
        return last - first if self.columns is None else self.columns[last] - self.columns[first]

    def fitting(self, first: int, width: int) -> int:
        """The largest `last` such that the cells `[first, last)` fit into `width` columns."""
        if self.columns is None:
            return min(first + width, self.count)
        return bisect_right(self.columns, self.columns[first] + width) - 1

    def line(self, first: int, last: int, end: int, rest: int | None = None) -> Line:
        """The line of the cells `[first, last)`, in visual order; its span ends at `end`.

        With `rest`, an ellipsis that stands for the text from `end` to `rest` follows logically.
        """
        base, edges = self.base, self.edges
        glyphs = self.glyphs[first:last]
        starts = edges[first:last]
        ends = edges[first + 1 : last + 1]
        if self.uniform != base:
            self._reorder(first, last, glyphs, starts, ends)
        elif base:
            glyphs.reverse()
            starts.reverse()
            ends.reverse()
        if rest is not None:
            at = 0 if base else len(glyphs)
            glyphs.insert(at, ELLIPSIS)
            starts.insert(at, end)
            ends.insert(at, rest)
        widths: tuple[int, ...] = (1,) * len(glyphs)
        if self.columns is not None:
            widths = tuple(_widths(glyphs))
        return Line(tuple(glyphs), tuple(starts), tuple(ends), widths, base, edges[first], end, sum(widths))

    def _reorder(self, first: int, last: int, glyphs: list[str], starts: list[int], ends: list[int]) -> None:
        """Rules L1 and L2, in place, on parallel lists about the cells `[first, last)`."""
        start, stop = self.edges[first] - self.offset, self.edges[last] - self.offset
        levels = self.levels[start:stop]
        kept = len(self.kinds[start:stop].rstrip(bidi.RESET_AT_END))
        if kept < len(levels):
            levels = levels[:kept] + bytes([self.base]) * (len(levels) - kept)
        if self.base == 1 and max(levels, default=0) <= 2:
            # The usual case: all from right to left, and numbers and Latin words in it from left to right.
            runs = [
                (last - self.cell_from(start + b), last - self.cell_from(start + a)) for a, b in bidi.runs_at(levels, 2)
            ]
            _turn(glyphs, runs)
            _turn(starts, runs)
            _turn(ends, runs)
            return
        visual = [
            (self.cell_from(start + a) - first, self.cell_from(start + b) - first, level)
            for a, b, level in bidi.visual_runs(levels)
        ]
        _arrange(glyphs, visual)
        _arrange(starts, visual)
        _arrange(ends, visual)

    def cut(self, width: int, length: int) -> Line:
        """One line of at most `width` columns, cut with an ellipsis unless this is all of a text of `length`."""
        if self.length == length:
            last = self.count
            while last and self.span(0, last) > width and self.glyphs[last - 1] == " ":
                last -= 1
            if self.span(0, last) <= width:
                return self.line(0, last, length)
        if width == 0:
            return Line((), (), (), (), self.base, 0, 0, 0)
        last = self.fitting(0, width - 1)
        for at in range(last, max(last - min(_NEAR, width // 4), 0), -1):
            if at < self.count and self.glyphs[at] == " ":
                last = at
                break
        while last and self.glyphs[last - 1] == " ":
            last -= 1
        return self.line(0, last, self.edges[last], length)

    def wrap(self, width: int, end: int) -> list[Line]:
        """The paragraph's lines; the span of the last one ends at `end`."""
        count = self.count
        if width == 0 or count == 0:
            return [Line((), (), (), (), self.base, self.offset, end, 0)]
        if width == 1 and self.columns is not None:
            self.glyphs = [
                REPLACEMENT if wide == 2 else glyph
                for glyph, wide in zip(self.glyphs, _widths(self.glyphs), strict=True)
            ]
            self.columns = None
        if self.span(0, count) <= width:
            return [self.line(0, count, end)]
        stops, nexts = self._gaps()
        lines: list[Line] = []
        first = 0
        while first < count:
            fits = self.fitting(first, width)
            following = fits
            if fits < count:
                gap = bisect_right(stops, fits) - 1
                if gap >= 0 and stops[gap] > first:
                    fits, following = stops[gap], nexts[gap]
            lines.append(self.line(first, fits, end if following == count else self.edges[following]))
            first = following
        return lines

    def _gaps(self) -> tuple[list[int], list[int]]:
        """Where lines may break: the cells that end a word, and for each the cell that starts the next."""
        stops, nexts = [], []
        for found in _GAP.finditer(self.text):
            stop, following = self.cell_from(found.start()), self.cell_from(found.end())
            if stop < following and len(self.glyphs[following - 1]) > 1:
                following -= 1  # a blank with a mark on it is something to see
            stops.append(stop)
            nexts.append(following)
        if self.columns is not None:
            around = set(zip(stops, nexts, strict=True))
            blank = {cell for stop, following in around for cell in range(stop, following + 1)}
            for cell, glyph in enumerate(self.glyphs):
                if _wide_glyph().match(glyph):
                    around.update((at, at) for at in (cell, cell + 1) if at not in blank)
            pairs = sorted(around)
            stops, nexts = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        return stops, nexts


def _turn(values: list[T], runs: list[tuple[int, int]]) -> None:
    """Reverse `values` in place, but not what ends up in `runs`."""
    values.reverse()
    for start, end in runs:
        values[start:end] = values[start:end][::-1]


def _arrange(values: list[T], runs: list[tuple[int, int, int]]) -> None:
    """Put `values` into the order of visual runs `(start, end, level)` in place."""
    values[:] = chain.from_iterable([values[a:b][::-1] if level & 1 else values[a:b] for a, b, level in runs])


def _overridden(text: str, levels: bytes, tashkeel: bool) -> tuple[list[str], list[int]]:
    """Cells of a text with left-to-right overrides: Arabic letters forced to stand from left to right do not join."""
    glyphs: list[str] = []
    lengths: list[int] = []
    waiting = start = 0
    for found in _PARITY.finditer(bytes([level & 1 for level in levels])):
        end = end_of_tail(text, found.end())
        if end <= start:
            continue
        more, counts = cells(text[start:end], tashkeel=tashkeel, joined=bool(levels[start] & 1))
        if counts:
            counts[0] += waiting
            waiting = 0
            glyphs += more
            lengths += counts
        elif lengths:
            lengths[-1] += end - start
        else:
            waiting += end - start
        start = end
    return glyphs, lengths
