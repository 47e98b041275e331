"""One painted line: what stands in each cell of a terminal row, and which part of the logical text it stands for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Line:
    """Cells from left to right, as parallel tuples, with the map back to the logical text.

    A cell takes one or two terminal columns (`widths`) and stands for the code points `[starts[i], ends[i])` of the
    text that was laid out. `[start, end)` is the part of that text the line covers; white space at which a paragraph
    was wrapped is covered but has no cell. In a line that was cut, `end` is where the cut is and the cell of the
    ellipsis stands for all of the text after it. `base` is the paragraph's direction, 0 from left to right, 1 from
    right to left: where the line begins, and the side it is to be aligned to.
    """

    glyphs: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    widths: tuple[int, ...]
    base: int
    start: int
    end: int
    width: int

    def visual(self) -> str:
        """The row as painted, from left to right."""
        return "".join(self.glyphs)

    def columns(self, start: int, end: int) -> list[int]:
        """Indexes of the cells, from left to right, that stand for any code point of the logical span `[start, end)`.

        A lam-alef that only begins or only ends in the span is in it whole.
        """
        if start >= end:
            return []
        ends = self.ends
        return [cell for cell, at in enumerate(self.starts) if at < end and ends[cell] > start]

    def cell_at(self, column: int) -> int | None:
        """Index of the cell that covers the terminal column `column` of the line; None outside the line."""
        if not 0 <= column < self.width:
            return None
        if self.width == len(self.widths):
            return column
        for cell, width in enumerate(self.widths):
            column -= width
            if column < 0:
                return cell
        return None

    def offset_at(self, column: int) -> int:
        """Logical offset of what stands at the terminal column `column` (0 is the line's left edge).

        Beside the line it is the offset of that edge: `end` where the line ends, `start` where it begins.
        """
        cell = self.cell_at(column)
        if cell is not None:
            return self.starts[cell]
        return self.end if (column < 0) == bool(self.base) else self.start

    def column_of(self, offset: int) -> int:
        """Terminal column of the left edge of the cell that stands for the logical `offset`.

        At or past the end of the line it is the column just outside its last character: -1 in a line from right to
        left, `width` in a line from left to right. Painted so, a block cursor is always on the character before
        which typing would insert. An offset without a cell (white space at a wrap) counts as the end.
        """
        column = 0
        for cell, width in enumerate(self.widths):
            if self.starts[cell] <= offset < self.ends[cell]:
                return column
            column += width
        if offset < self.start:
            return 0 if not self.base else max(self.width - 1, -1)
        return -1 if self.base else self.width

    def step(self, offset: int, direction: int) -> int:
        """Logical offset of the next cursor position to the left (`direction` < 0) or right of that of `offset`.

        The positions are the cells and one more where the line ends. At the edges the offset stays.
        """
        order = [*self.starts, self.end] if not self.base else [self.end, *self.starts]
        at = self._position(offset) + (1 if direction > 0 else -1)
        return order[min(max(at, 0), len(order) - 1)]

    def _position(self, offset: int) -> int:
        shift = 1 if self.base else 0
        for cell, start in enumerate(self.starts):
            if start <= offset < self.ends[cell]:
                return cell + shift
        return 0 if self.base else len(self.starts)
