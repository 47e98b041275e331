"""The sentences of one event: each can be gone to, and those that tell something else be taken out."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import ArticleRow, EventRow, SentenceRef
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.panes.articles import date_label, source_label
from tui.panes.timeline import event_label
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.label import Label
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows


class Wanted(NamedTuple):
    """What is to be done with sentences: go to the one, or take all out of the event."""

    split: bool
    sentences: tuple[SentenceRef, ...]


def told_by(article: ArticleRow | None, width: int, style: Style, mark: str = "") -> list[Segment]:
    """The line above a sentence: when which outlet says it, in which article."""
    source = source_label(article) if article else ""
    return two_sides(mark + (date_label(article) if article else ""), source, width, style, style, base=0)


class _Sentences(Rows[SentenceRef]):
    """Two lines each: who says it when, and the sentence."""

    row_height: ClassVar[int] = 2

    def __init__(self, articles: Mapping[int, ArticleRow]) -> None:
        super().__init__(id="sentences")
        self._articles = articles
        self.marked: set[SentenceRef] = set()

    def draw(self, row: SentenceRef, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        mark = "✓ " if row in self.marked else "  "
        return [told_by(self._articles.get(row.article), width, dim, mark), text_cells(row.text, width, style)]


class SentencesSheet(ModalScreen[Wanted | None]):
    """A list over the explorer; dismissed with what is wanted, None when nothing is."""

    CSS = (
        SHEET_CSS
        + """
    SentencesSheet { align: center middle; }
    SentencesSheet .sheet { height: 90%; max-width: 120; }
    SentencesSheet Rows { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("sentences")

    def __init__(self, event: EventRow, articles: Sequence[ArticleRow]) -> None:
        super().__init__()
        self._event = event
        self._articles = {article.id: article for article in articles}

    def compose(self) -> ComposeResult:
        keys = with_keys(_("{list_open} goes there · {sentences_mark} marks · {sentences_split} takes out"))
        with Vertical(classes="sheet"):
            yield classed(Label(event_label(self._event), _("Esc closes")), "sheet-title")
            yield classed(Label(keys), "sheet-note")
            yield _Sentences(self._articles)

    def on_mount(self) -> None:
        rows = self.query_one(_Sentences)
        sentences = self._event.sentences
        rows.show(array("q", range(len(sentences))), whole=dict(enumerate(sentences)))
        rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(Wanted(False, (self._event.sentences[event.id],)))

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def action_mark(self) -> None:
        rows = self.query_one(_Sentences)
        if rows.current_row is not None:
            rows.marked ^= {rows.current_row}
            rows.redraw()
            rows.action_move(1)

    def action_split(self) -> None:
        rows = self.query_one(_Sentences)
        taken = [ref for ref in self._event.sentences if ref in rows.marked]
        if not taken and rows.current_row is not None:
            taken = [rows.current_row]
        self.dismiss(Wanted(True, tuple(taken)) if taken else None)

    async def action_dismiss(self, result: Wanted | None = None) -> None:
        self.dismiss(result)
