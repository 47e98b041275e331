"""The cursor of a list and the part of it that is on screen: what is in sight, and how the cursor stays there."""

from __future__ import annotations

from textual.geometry import Region

from tui.widgets.drawn_rows import DrawnRows, R


class CursorRows(DrawnRows[R]):
    """Rows with a cursor that is kept in sight."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wished = 0
        """The first line in sight as it was before the size changed: it is gone back to when there is room again."""

    def _selectable(self, position: int, step: int) -> int:
        """The nearest position at or beyond `position` that is no header."""
        last = len(self.ids) - 1
        if last < 0:
            return 0
        position = max(0, min(last, position))
        at = position
        while 0 <= at <= last and self.ids[at] < 0:
            at += step
        if not 0 <= at <= last:
            at = position
            while 0 <= at <= last and self.ids[at] < 0:
                at -= step
        return max(0, min(last, at))

    def _refresh_row(self, position: int) -> None:
        top = position * self.row_height - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, self.row_height))

    @property
    def _line(self) -> int:
        """The line of the screen on which the cursor's row begins."""
        return self.cursor * self.row_height - self.scroll_offset.y

    def _put_on(self, line: int) -> None:
        """Scroll so that the cursor's row begins on a line of the screen, or on the nearest that there is."""
        height = max(1, self.scrollable_content_region.height)
        y = self.cursor * self.row_height - max(0, min(line, height - self.row_height))
        self.scroll_to(y=max(0, y), animate=False, force=True)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        self._bring_in_sight()
        self._wished = round(self.scroll_target_y)

    def _bring_in_sight(self) -> None:
        top = self.cursor * self.row_height
        # the header right above the first row of a group comes into sight with it
        if self.cursor > 0 and self.ids[self.cursor - 1] < 0:
            top -= self.row_height
        bottom = (self.cursor + 1) * self.row_height
        height = max(1, self.scrollable_content_region.height)
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False, force=True)

    def _fit_again(self, wished: int) -> None:
        """After another size: as it stood, as far as the cursor stays in sight."""
        if wished != self.scroll_offset.y:
            self.scroll_to(y=wished, animate=False, force=True, immediate=True)
        self._bring_in_sight()

    @property
    def _page(self) -> int:
        """Rows of a screen, the one that is cut off too."""
        return self.size.height // self.row_height + 1

    def _around(self, more: int) -> tuple[int, int]:
        """Positions from and to which the screen and `more` rows on either side reach."""
        first = self.scroll_offset.y // self.row_height
        return max(0, first - more), min(len(self.ids), first + self._page + more)

    def _in_sight(self) -> list[int | str]:
        """What stands on the screen: ids, and headers in words."""
        first, last = self._around(0)
        return [key if key >= 0 else self.ids.headers[-key - 1] for key in self.ids[first:last]]
