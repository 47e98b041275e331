"""A sheet with a list to choose from: one row by Enter, or several that were marked."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import language
from tui.locale.said import again
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.label import Label
from tui.widgets.paint import two_sides
from tui.widgets.rows import Rows


class Pick(NamedTuple):
    """A row: what is chosen, and what is said of it at the other edge."""

    text: str
    note: str = ""


class Picks(Rows[Pick]):
    """The rows of a sheet."""

    markable = True

    def can_mark(self, id: int) -> bool:
        """All of them, where several can be chosen."""
        return self.markable and id >= 0

    def draw(self, row: Pick, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        right_to_left = language() == "ar"
        text, note = again(row.text), again(row.note)
        left, right = (note, text) if right_to_left else (text, note)
        return [two_sides(left, right, width, dim if right_to_left else style, style if right_to_left else dim)]


class PickSheet(ModalScreen[list[int] | None]):
    """Dismissed with the positions of what was chosen, in their order; None when nothing is to happen."""

    CSS = (
        SHEET_CSS
        + """
    PickSheet { align: center middle; }
    PickSheet .sheet { height: auto; }
    PickSheet Rows { background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("pick")
    PICKS: ClassVar[type[Picks]] = Picks

    def __init__(self, title: str, picks: Sequence[Pick], *, several: bool = False, at: int = 0) -> None:
        """`at` is where the cursor stands at first."""
        super().__init__()
        self._title, self._picks, self._several, self._at = title, picks, several, at

    def compose(self) -> ComposeResult:
        note = _("{list_open} takes it · {list_mark} marks several") if self._several else _("{list_open} takes it")
        with Vertical(classes="sheet"):
            yield classed(Label(self._title, _("Esc closes")), "sheet-title")
            yield classed(Label(with_keys(note)), "sheet-note")
            yield self.PICKS(id="picks")

    def on_mount(self) -> None:
        rows = self.query_one(Picks)
        self._fit(self.app.size.height)
        rows.markable = self._several
        rows.empty_text = _("there is nothing to choose from")
        rows.show(array("q", range(len(self._picks))), whole=dict(enumerate(self._picks)))
        rows.focus()
        rows.select(self._at)

    def on_resize(self, event: events.Resize) -> None:
        """As high as there are rows, as far as the screen is."""
        self._fit(event.size.height)

    def _fit(self, height: int) -> None:
        self.query_one(Picks).styles.height = min(max(1, len(self._picks)), max(1, height * 9 // 10 - 4))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(sorted(event.rows.ticked) or [event.id])

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def on_rows_marked(self, event: Rows.Marked) -> None:
        event.stop()

    async def action_dismiss(self, result: list[int] | None = None) -> None:
        self.dismiss(result)
