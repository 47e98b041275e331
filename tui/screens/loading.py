"""What the panes show: lists under the present filter, rows that come into sight, the article in the reader."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from store.database.queries import Reader
from store.models import Article, ArticleRow, Bucket, EntityRow, EventRow, MentionType, StoredMention
from tui.locale import ngettext
from tui.panes.entities import type_name
from tui.panes.marks import Mark
from tui.panes.search import SearchPane
from tui.panes.timeline import zoom_name
from tui.screens.history import LISTS, Place, View, Zoom
from tui.screens.telling import Telling
from tui.widgets.paint import visual
from tui.widgets.rows import Rows, with_headers


class Loading(Telling):
    """The explorer's contents, and what of them stands under the cursor."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.zoom: Zoom = "event"
        self.place = Place()

    # -- loading -------------------------------------------------------------------------------------------

    def load(self, view: View | None = None) -> None:
        """Fill the three lists under the present filter; `view` says where its cursors stood."""
        now, zoom = self.filter, self.zoom
        articles, entities, timeline = view.cursors if view else (None, None, None)
        self.ask("overview", Reader.overview, self.show_overview)
        self.ask("articles", lambda reader: reader.article_ids(now), lambda ids: self._show_articles(ids, articles))
        self.ask(
            "entities", lambda reader: reader.entity_groups(now), lambda groups: self._show_entities(groups, entities)
        )
        if zoom == "event":
            self.ask("timeline", lambda reader: reader.event_ids(now), lambda ids: self._show_events(ids, timeline))
        else:
            self.ask(
                "timeline", lambda reader: reader.buckets(now, zoom), lambda rows: self._show_buckets(rows, timeline)
            )
        self.tell_status()

    def _show_articles(self, ids: array[int], keep: int | None) -> None:
        pane = self.rows("articles")
        pane.show(ids, keep=keep)
        pane.border_subtitle = str(len(ids))
        self.query_one(SearchPane).note(ngettext("{n} article", "{n} articles", len(ids)).format(n=len(ids)))
        if self.place.article is not None:
            self.preview(self.place)
        elif ids:
            first = self.filter.entities[0] if self.filter.entities else None
            self.preview(Place(pane.current_id, entity=first))

    def _show_entities(self, groups: list[tuple[MentionType, array[int]]], keep: int | None) -> None:
        named = [(f"{type_name(kind)} {len(ids)}", ids) for kind, ids in groups]
        ids, headers = with_headers(named)
        self.rows("entities").show(ids, headers, keep=keep)
        self.rows("entities").border_subtitle = str(len(ids) - len(headers))

    def _show_events(self, ids: array[int], keep: int | None) -> None:
        self.rows("timeline").show(ids, keep=keep)
        self.rows("timeline").border_subtitle = str(len(ids))

    def _show_buckets(self, buckets: list[Bucket], keep: int | None) -> None:
        pane = self.rows("timeline")
        pane.show(array("q", range(len(buckets))), keep=keep)
        pane.supply(dict(enumerate(buckets)))
        pane.border_subtitle = visual(zoom_name(self.zoom))

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        """Rows that come into sight."""
        pane, ids, now = event.rows, event.ids, self.filter
        if pane.id == "articles":
            self.ask(
                "rows of articles",
                lambda reader: reader.articles(ids, now.query),
                lambda rows: self._supply(pane, rows),
            )
        elif pane.id == "entities":
            self.ask(
                "rows of entities", lambda reader: reader.entities(ids, now), lambda rows: self._supply(pane, rows)
            )
        elif pane.id == "timeline" and self.zoom == "event":
            self.ask("rows of timeline", lambda reader: reader.events(ids), lambda rows: self._supply(pane, rows))

    def _supply(self, pane: Rows[Any], rows: list[ArticleRow] | list[EntityRow] | list[EventRow]) -> None:
        pane.supply({row.id: row for row in rows})
        if pane.id == "entities":
            self.labels.update((row.id, row.name) for row in rows if isinstance(row, EntityRow))

    def preview(self, place: Place) -> None:
        """Show an article in the reader and stay here."""
        self.place = place
        article, query = place.article, self.filter.query
        if article is None:
            return

        def question(reader: Reader) -> tuple[Article, list[tuple[int, int]]]:
            found = reader.article(article)
            return found, reader.highlight(found.document.text, query) if query else []

        self.ask("reader", question, lambda answer: self.reader.show(answer[0], place.span, answer[1], place.entity))

    # -- what is in hand -----------------------------------------------------------------------------------

    def place_of(self, pane: Rows[Any]) -> Place | None:
        """What the reader should show for the row under a list's cursor."""
        row = pane.current_row
        if pane.id == "articles" and pane.current_id is not None:
            return Place(pane.current_id, entity=self.filter.entities[0] if self.filter.entities else None)
        if isinstance(row, EventRow) and row.sentences:
            sentence = row.sentences[0]
            return Place(sentence.article, (sentence.start, sentence.end))
        return None

    def view(self) -> View:
        """Where the explorer stands now."""
        cursors = tuple(self.rows(name).current_id for name in LISTS)
        return View(self.filter, self.pane, self.zoom, self.place, (cursors[0], cursors[1], cursors[2]))

    def subject(self) -> Mark | ArticleRow | EntityRow | EventRow | Bucket | None:
        """What stands under the cursor of the pane that has the keys."""
        return self.reader.mark if self.pane == "reader" else self.rows(self.pane).current_row

    def entity_in_hand(self) -> tuple[int, str] | None:
        """Id and name of the entity under the cursor, in the list or in the text."""
        subject = self.subject()
        if isinstance(subject, EntityRow):
            return subject.id, subject.name
        if isinstance(subject, Mark) and isinstance(subject.value, StoredMention):
            return subject.value.entity_id, subject.value.entity_name
        return None

    def article_in_hand(self) -> int | None:
        """The article under the cursor or in the reader."""
        subject = self.subject()
        if isinstance(subject, ArticleRow):
            return subject.id
        if isinstance(subject, EventRow) and subject.sentences:
            return subject.sentences[0].article
        return self.place.article if self.pane == "reader" else None
