"""The command palette: every action by its name, in Arabic and in English, with its key."""

from __future__ import annotations

from array import array
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.locale import gettext as _
from tui.locale import language
from tui.screens.offers import Offer, find
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.paint import with_note
from tui.widgets.rows import Rows


class OfferRows(Rows[Offer]):
    """Actions with their keys at the other edge; what cannot be done here says where, or why not, in their place."""

    def draw(self, row: Offer, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        ink = style if row.node is not None else dim
        return [with_note(_(row.label), row.why_not or row.keys, width, ink, dim, int(language() == "ar"))]


class Palette(ModalScreen[Offer | None]):
    """Dismissed with what is to be done, None for nothing."""

    CSS = (
        SHEET_CSS
        + """
    Palette { align: center middle; }
    Palette .sheet { height: auto; }
    Palette ArabicInput { background: $boost; }
    Palette Rows { background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, id="commands.down"),
        Binding("up", "move(-1)", show=False, id="commands.up"),
        Binding("pagedown", "page(1)", show=False, id="commands.page_down"),
        Binding("pageup", "page(-1)", show=False, id="commands.page_up"),
    ]

    def __init__(self, offers: list[Offer]) -> None:
        super().__init__()
        self._offers = self._found = offers

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(_("All commands"), _("Enter does it, Esc closes")), "sheet-title")
            yield ArabicInput(prompt=_("a word of it, in Arabic or English, or its key"))
            yield classed(Label(id="commands-note"), "sheet-note")
            yield OfferRows()

    def on_mount(self) -> None:
        rows = self.query_one(OfferRows)
        rows.styles.height = min(max(1, len(self._offers)), max(1, self.app.size.height * 9 // 10 - 5))
        rows.empty_text = _("nothing is called so")
        self._show()
        self.query_one(ArabicInput).focus()

    def _show(self) -> None:
        self.query_one(OfferRows).show(array("q", range(len(self._found))), whole=dict(enumerate(self._found)))
        self._say("")

    def _say(self, text: str) -> None:
        self.query_one("#commands-note", Label).say(text or _("↑ ↓ choose · type a word of it, Arabic or English"))

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        event.stop()
        self._found = find(self._offers, event.value)
        self._show()

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        event.stop()
        self.query_one(OfferRows).action_open()

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        event.stop()
        self.dismiss(None)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.id >= len(self._found):
            return  # what was typed behind Enter has left fewer
        offer = self._found[event.id]
        if offer.node is None:
            self._say(_("this cannot be done here ({why})").format(why=offer.why_not))
        else:
            self.dismiss(offer)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self._say("")

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def on_rows_marked(self, event: Rows.Marked) -> None:
        event.stop()

    def action_move(self, by: int) -> None:
        self.query_one(OfferRows).action_move(by)

    def action_page(self, by: int) -> None:
        self.query_one(OfferRows).action_page(by)
