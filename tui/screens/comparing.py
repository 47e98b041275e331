"""A screen with two articles side by side: what differs between them, from one difference to the next."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import Article, ArticleRow
from store.database.queries import Reader
from store.errors import StoreError
from store.text.comparing import Comparison
from store.text.facing import Facing, facing
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.said import joined
from tui.locale.told import in_words
from tui.panes.articles import date_label
from tui.panes.comparing import ComparingPane
from tui.screens.asking import Asking
from tui.screens.history import Place
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.label import Label


class _Compared(NamedTuple):
    """What was worked out in a thread."""

    one: Article
    other: Article
    found: Comparison
    pairs: list[Facing]


class ComparingSheet(Asking[Place | None], ModalScreen[Place | None]):
    """Dismissed with the article that is to be opened, or None."""

    CSS = (
        SHEET_CSS
        + """
    ComparingSheet { background: $background; }
    ComparingSheet .sheet { width: 100%; max-width: 100%; height: 100%; max-height: 100%; padding: 0; }
    ComparingSheet ComparingPane { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("comparing")

    def __init__(self, corpus: Path, one: int, other: int) -> None:
        super().__init__(corpus)
        self._ids = one, other
        self._whole = False
        self.pane = ComparingPane(id="comparing")
        self._titles = Label(), Label()
        self.note = Label()
        self._count = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self._titles[0], "sheet-title")
            yield classed(self._titles[1], "sheet-title")
            yield classed(self.note, "sheet-note")
            yield self.pane

    def on_mount(self) -> None:
        self.pane.focus()
        self._compare()

    def on_unmount(self) -> None:
        self.drop_all()

    def _compare(self) -> None:
        self.note.say(_("comparing…"))
        whole, (first, second) = self._whole, self._ids

        def question(reader: Reader) -> _Compared:
            from store.export import comparison  # not needed to start

            one, other = reader.article(first), reader.article(second)
            found = comparison.between(one, other, whole=whole)
            lines = [
                [(block.start, block.end) for block in comparison.compared(each, whole=whole)] for each in (one, other)
            ]
            return _Compared(one, other, found, facing(found.pieces, *lines))

        self.ask("comparison", question, self._show)

    def _show(self, answer: _Compared) -> None:
        for label, sign, article in zip(self._titles, "−+", (answer.one, answer.other), strict=True):
            label.say(f"{sign} {_about(article.row)}", article.row.title)
        counts = answer.found.counts
        gone, come = counts.get("gone", 0), counts.get("come", 0)
        said = [
            ngettext("{n} word only in the first", "{n} words only in the first", gone).format(n=gone) if gone else "",
            ngettext("{n} only in the second", "{n} only in the second", come).format(n=come) if come else "",
        ]
        self._count = joined(" · ", filter(None, said)) or _("no word differs")
        self.pane.show(answer.found, answer.pairs, answer.one.document.text, answer.other.document.text)
        self._say("")

    def _say(self, text: str) -> None:
        self.note.say(
            text or self._count,
            with_keys(
                _(
                    "{comparing_next} {comparing_previous} go on · {comparing_whole} whole pages · "
                    "{comparing_first} {comparing_second} open"
                )
            ),
        )

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self.note.say(in_words(error))

    def on_comparing_pane_looked(self, event: ComparingPane.Looked) -> None:
        event.stop()
        said = _("difference {n} of {count}").format(n=f"{event.number:,}", count=f"{event.count:,}")
        self._say(f"{said} · {self._count}")

    def action_look(self, by: int) -> None:
        if not self.pane.look(by):
            self._say(_("no further difference"))

    def action_whole(self) -> None:
        self._whole = not self._whole
        self._compare()

    def action_open(self, which: int) -> None:
        self.drop_all()
        self.dismiss(Place(self._ids[which]))

    def action_leave(self) -> None:
        self.drop_all()
        self.dismiss(None)


def _about(row: ArticleRow) -> str:
    return joined(" · ", filter(None, (date_label(row), row.outlet)))
