"""Some articles that were found otherwise than by a filter, in a list over the explorer."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import ArticleRow
from store.errors import StoreError
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words
from tui.panes.articles import ArticlesPane
from tui.screens.asking import Asking
from tui.screens.history import Place
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.label import Label
from tui.widgets.rows import Rows


class ArticlesSheet(Asking[Place | None], ModalScreen[Place | None]):
    """Dismissed with the article that was chosen, or None."""

    CSS = (
        SHEET_CSS
        + """
    ArticlesSheet { align: center middle; background: $background; }
    ArticlesSheet .sheet { width: 100%; max-width: 130; height: 100%; max-height: 100%; }
    ArticlesSheet Rows { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("articles")

    def __init__(self, corpus: Path, ids: Sequence[int], name: str) -> None:
        super().__init__(corpus)
        self._ids, self._named = ids, name
        self._rows = ArticlesPane(id="found")
        self._note = Label()

    def compose(self) -> ComposeResult:
        count = ngettext("{n} article", "{n} articles", len(self._ids)).format(n=f"{len(self._ids):,}")
        with Vertical(classes="sheet"):
            yield classed(Label(f"{count} · {self._named}", _("Esc closes")), "sheet-title")
            yield classed(self._note, "sheet-note")
            yield self._rows

    def on_mount(self) -> None:
        self._note.say(with_keys(_("{list_open} goes there")))
        self._rows.show(array("q", self._ids))
        self._rows.focus()

    def on_unmount(self) -> None:
        self.drop_all()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()
        ids, edition = event.ids, event.edition

        def supply(found: list[ArticleRow]) -> None:
            self._rows.supply({row.id: row for row in found}, edition)

        self.ask("rows", lambda reader: reader.articles(ids), supply)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(Place(event.id))

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self._rows.missed()
        self._note.say(in_words(error))

    def action_leave(self) -> None:
        self.dismiss(None)
