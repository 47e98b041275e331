"""The one virtual list: it holds ids and the rows on screen, never the corpus."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message

from tui.keys import bindings
from tui.widgets.cursor_rows import CursorRows
from tui.widgets.drawn_rows import CACHED_ROWS, R
from tui.widgets.hold import Hold
from tui.widgets.listing import Listing

_AHEAD = 30
"""Rows asked for beyond the ones on screen, once these have come, so that scrolling meets them ready."""
_SOON = 0.15
"""Seconds after which rows around those of a new list are asked for: until then more urgent things are."""
_NEAR = 2000
"""Rows around the cursor in which its row is looked for when the list has changed: a matter of microseconds."""


class Rows(CursorRows[R], can_focus=True):
    """A list over a `Listing` of ids.

    Whoever owns it answers `Wanted` with `supply`; rows that have not come yet are drawn blank.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    class Wanted(Message):
        """Rows about to be seen that are not in memory."""

        def __init__(self, rows: Rows[Any], ids: tuple[int, ...]) -> None:
            super().__init__()
            self.rows, self.ids, self.edition = rows, ids, rows.edition

        @property
        def control(self) -> Rows[Any]:
            return self.rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Rows.Wanted) and message.rows is self.rows

    class Highlighted(Message):
        """The cursor came to stand on another row; `moved` when it went there, not when another list was shown."""

        def __init__(self, rows: Rows[Any], id: int | None, moved: bool) -> None:
            super().__init__()
            self.rows, self.id, self.moved = rows, id, moved

        @property
        def control(self) -> Rows[Any]:
            return self.rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Rows.Highlighted) and message.rows is self.rows

    class Chosen(Message):
        """Enter or a double click on a row."""

        def __init__(self, rows: Rows[Any], id: int) -> None:
            super().__init__()
            self.rows, self.id = rows, id

        @property
        def control(self) -> Rows[Any]:
            return self.rows

    class Marked(Message):
        """A row was marked, or its mark taken away."""

        def __init__(self, rows: Rows[Any]) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows[Any]:
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.edition = 0
        """Another number for each list shown: rows that were asked for under an older one are not of this list."""
        self._asked: frozenset[int] = frozenset()
        self.due = 0
        """How often rows ahead are to be asked for yet."""
        self._gone: set[int] = set()
        """Ids of which no row came when they were asked for."""
        self._hold = Hold(self)
        self._to_end = False
        """Whether the end was gone to, which lies further down when the list grows."""

    # -- what it holds -------------------------------------------------------------------------------------

    def show(
        self,
        ids: Listing | array[int],
        keep: int | None = None,
        at: int | None = None,
        line: int | None = None,
        rows: Mapping[int, R] | None = None,
        whole: Mapping[int, R] | None = None,
    ) -> None:
        """Show another list; the cursor goes to the first row, or to the one with the id `keep`.

        `at` is where that stands, as far as it is known; where it is gone from the list (hidden, merged), the cursor
        stays as far down as it was. `line` is the line of the screen it is to stand on. `rows` are at hand already,
        `whole` as for `furnish`.
        """
        was = self.current_id
        before = self._line
        self.ids, self._loaded, self._to_end = _listing(ids), True, False
        self.edition += 1
        self._rows = OrderedDict(rows or {})
        self.meet(self._rows)
        self._whole = whole or {}
        self._strips.clear()
        self._asked, self._gone = frozenset(), set()
        position = 0
        if keep is not None:
            found = self.ids.find(keep, self.cursor if at is None else at, _NEAR)
            position = self.cursor if found is None else found
            if found is not None and line is None and keep == was and self.scroll_offset.y:
                line = before
        self.virtual_size = Size(self.size.width, len(self.ids) * self.row_height)
        self.cursor = self._selectable(position, 1)
        self._put_on(self.cursor * self.row_height if line is None else line)
        self.refresh()
        self.post_message(self.Highlighted(self, self.current_id, moved=False))
        self.want(ahead=0)
        self.due += 1
        self.set_timer(_SOON, self._look_ahead)

    def extend(self, ids: Listing | array[int], at: int | None = None) -> None:
        """Show a longer list whose beginning is in sight already; rows in memory stay, the cursor's row where it is.

        `at` is where that stands now, as far as it is known.
        """
        current, line, before = self.current_id, self._line, self._in_sight()
        self.ids = _listing(ids)
        if current is not None and not self._to_end:
            found = self.ids.find(current, self.cursor, _NEAR)
            if found is None and at is not None:
                found = self.ids.find(current, at, _NEAR)
            self.cursor = self._selectable(self.cursor, 1) if found is None else found
        self.virtual_size = Size(self.size.width, len(self.ids) * self.row_height)
        if self._to_end:
            self._move_to(len(self.ids) - 1, -1)
        elif self.scroll_offset.y or self.cursor * self.row_height != line:
            self._put_on(line)
        if self._in_sight() != before:
            self._strips.clear()
            self.refresh()
        self.want()

    def meet(self, rows: Mapping[int, R]) -> None:
        """Rows that come into memory, before they are drawn."""

    def supply(self, rows: Mapping[int, R], edition: int | None = None) -> None:
        """Rows by id, as asked for by `Wanted` of that edition."""
        if edition not in (None, self.edition):
            return
        self.meet(rows)
        for key, row in rows.items():
            self._rows[key] = row
            self._rows.move_to_end(key)
        self._gone.update(self._asked - rows.keys())
        self._asked = frozenset()
        while len(self._rows) > CACHED_ROWS:
            self._rows.popitem(last=False)
        first, last = self._around(0)
        if not rows.keys().isdisjoint(self.ids[first:last]):
            self.refresh()
        self._hold.end()
        self.want()

    def furnish(self, rows: Mapping[int, R]) -> None:
        """Rows by id that stay as long as the list is shown; they are never asked for."""
        self._whole = rows
        self._strips.clear()
        self.refresh()

    def fail(self, why: str) -> None:
        """There is no answer: a list that shows nothing says why, one that shows rows keeps them."""
        self.missed()
        if not self.ids:
            self.empty_text = why.replace("; ", "\n")
            self.show(Listing())

    def missed(self) -> None:
        """The rows asked for cannot be had now: ask again when the list is moved."""
        self._asked = frozenset()

    @property
    def current_id(self) -> int | None:
        """The id under the cursor, None on an empty list."""
        if 0 <= self.cursor < len(self.ids) and self.ids[self.cursor] >= 0:
            return self.ids[self.cursor]
        return None

    @property
    def current_row(self) -> R | None:
        """The row under the cursor if it has come, else None."""
        return self.row(self.current_id) if self.current_id is not None else None

    def select(self, id: int) -> bool:
        """Move the cursor to an id; False if the list does not hold it."""
        position = self.ids.find(id, self.cursor)
        if position is not None:
            self._move_to(position)
        return position is not None

    @property
    def in_memory(self) -> dict[int, R]:
        """The rows on and around the screen that are in memory, by id."""
        first, last = self._around(self._page)
        return {key: row for key in self.ids[first:last] if key >= 0 and (row := self._rows.get(key)) is not None}

    @property
    def spot(self) -> tuple[int, int | None]:
        """The cursor's position, and the line of the screen it stands on; none where the list's beginning is in sight,
        for that is what stays there then."""
        return self.cursor, self._line if self.scroll_offset.y else None

    # -- moving --------------------------------------------------------------------------------------------

    def _move_to(self, position: int, step: int = 1) -> None:
        self._to_end = False
        old, new = self.cursor, self._selectable(position, step)
        if old == new:
            self._keep_in_sight()
            return
        self.cursor = new
        self._keep_in_sight()
        if self._missing(0):
            self._hold.begin()
        for at in (old, new):
            self._refresh_row(at)
        self.post_message(self.Highlighted(self, self.current_id, moved=True))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.want()

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(self.size.width, len(self.ids) * self.row_height)
        self._strips.clear()
        self.call_after_refresh(self._fit_again, self._wished)
        self.want()

    def on_unmount(self) -> None:
        self._hold.end()  # its timer goes with the list

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    def _missing(self, more: int) -> tuple[int, ...]:
        first, last = self._around(more)
        return tuple(
            key for key in self.ids[first:last] if key >= 0 and self.row(key) is None and key not in self._gone
        )

    def _look_ahead(self) -> None:
        self.due -= 1
        self.want()

    def want(self, ahead: int = _AHEAD) -> None:
        """Ask for the rows in sight that are not in memory, and when they have come for those `ahead`."""
        if not self.ids:
            return
        missing = self._missing(0) or (() if self._asked else self._missing(ahead))
        # an answer that is under way for all of them is waited for; otherwise a new question replaces it
        if not self._asked.issuperset(missing):
            self._asked = frozenset(missing)
            self.post_message(self.Wanted(self, missing))

    # -- keys and mouse ------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self._move_to(self.cursor + by, 1 if by > 0 else -1)

    def action_page(self, by: int) -> None:
        page = max(1, self.size.height // self.row_height - 1)
        self._move_to(self.cursor + by * page, 1 if by > 0 else -1)

    def action_first(self) -> None:
        self._move_to(0, 1)
        self.scroll_to(y=0, animate=False)
        self._wished = 0

    def action_last(self) -> None:
        self._move_to(len(self.ids) - 1, -1)
        self._to_end = True

    def action_mark_row(self) -> None:
        key = self.current_id
        if key is None or not self.can_mark(key):
            return
        if key in self.ticked:
            del self.ticked[key]
        else:
            self.ticked[key] = None
        self.redraw()
        self.action_move(1)
        self.post_message(self.Marked(self))

    def unmark(self) -> None:
        """Take all marks away."""
        if self.ticked:
            self.ticked.clear()
            self.redraw()

    def action_open(self) -> None:
        if self.current_id is not None:
            self.post_message(self.Chosen(self, self.current_id))

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The cursor comes along, so that it is in sight when a key is pressed."""
        self.call_after_refresh(self._come_along)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """As downwards."""
        self.call_after_refresh(self._come_along)

    def _come_along(self) -> None:
        height = max(1, self.scrollable_content_region.height)
        first = -(-self.scroll_offset.y // self.row_height)
        last = max(first, (self.scroll_offset.y + height) // self.row_height - 1)
        self._wished = self.scroll_offset.y
        if not first <= self.cursor <= last:
            self._move_to(max(first, min(last, self.cursor)), 1 if self.cursor < first else -1)

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None:
            return
        position = (self.scroll_offset.y + place.y) // self.row_height
        if position < len(self.ids) and self.ids[position] >= 0:
            self._move_to(position)
            if event.chain > 1:
                self.action_open()


def _listing(ids: Listing | array[int]) -> Listing:
    return ids if isinstance(ids, Listing) else Listing.of(ids)
