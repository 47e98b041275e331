"""What is taken along as text on the clipboard. With rows marked, these."""

from __future__ import annotations

from store.answers import ArticleRow, EntityRow, EventRow
from store.database.queries import Reader
from tui.locale import gettext as _
from tui.panes.marks import Mark
from tui.panes.reader import ReaderPane
from tui.screens.copying import copy
from tui.screens.filling import on_a_row
from tui.screens.history import LISTS
from tui.screens.marking import Marking
from tui.when import event_date


class Carrying(Marking):
    """The explorer's copies."""

    def _text_in_hand(self) -> str:
        """Logical text of what stands under the cursor."""
        subject = self.subject()
        if isinstance(subject, Mark):
            reader = self.query_one(ReaderPane)
            span, article = reader.sentence, reader.article
            return article.document.text[span[0] : span[1]] if span and article else ""
        if isinstance(subject, (ArticleRow, EntityRow, EventRow)):
            return _text_of(subject)
        article_shown = self.query_one(ReaderPane).article
        return article_shown.document.text if self.pane == "reader" and article_shown else ""

    @on_a_row
    def action_copy(self) -> None:
        pane = self.pane
        ids = self.marked(pane) if pane in LISTS else []
        if not ids:
            self.copy(self.query_one(ReaderPane).selected if pane == "reader" else "")
            return

        def question(reader: Reader) -> list[ArticleRow] | list[EntityRow] | list[EventRow]:
            if pane == "articles":
                return reader.articles(ids)
            return reader.entities(ids) if pane == "entities" else reader.events(ids)

        self.ask("copy", question, lambda rows: self.copy("\n".join(map(_text_of, rows))))

    def copy(self, text: str) -> None:
        """Put logical text on the clipboard; without any, that of what stands under the cursor."""
        text = text or self._text_in_hand()
        if text:
            copy(self, text, self.tell)
        else:
            self.tell(_("there is nothing here to copy"))


def _text_of(row: ArticleRow | EntityRow | EventRow) -> str:
    """A row in logical text."""
    if isinstance(row, ArticleRow):
        return " — ".join(part for part in (row.title, row.published.value, row.outlet) if part)
    if isinstance(row, EntityRow):
        return row.name
    return "\n".join(f"{event_date(row)}: {sentence.text}" for sentence in row.sentences)
