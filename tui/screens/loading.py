"""What the panes show: lists under the present filter, rows that come into sight, the article in the reader."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from store.database.queries import Reader
from store.errors import QueryError, StoreError
from store.models import Article, ArticleRow, Bucket, Contradiction, EntityRow, EventRow, MentionType, StoredMention
from tui.locale import ngettext
from tui.panes.entities import type_name
from tui.panes.marks import Mark
from tui.panes.reader import Reading
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

    def load(self, view: View | None = None, day: str = "") -> None:
        """Fill the three lists under the present filter; `view` says where its cursors stood.

        `day` (or a month, a year) is where the timeline's cursor is to go instead.
        """
        now, zoom = self.filter, self.zoom
        self.refused = None
        articles, entities, timeline = view.cursors if view else (None, None, None)
        self.ask("overview", Reader.overview, self.show_overview)
        self.ask(
            "articles",
            lambda reader: reader.article_ids(now),
            lambda ids: self._show_articles(ids, articles, view.reading if view else None),
            self._refuse_filter,
        )
        self.ask(
            "entities",
            lambda reader: reader.entity_groups(now),
            lambda groups: self._show_entities(groups, entities),
            self._refuse_filter,
        )

        def events(reader: Reader) -> tuple[array[int], int | None]:
            # of the events that touch the day, the last to begin begins in it
            there = reader.event_ids(replace(now, since=day, until=day)) if day else ()
            return reader.event_ids(now), there[-1] if there else timeline

        if zoom == "event":
            self.ask("timeline", events, lambda found: self._show_events(*found), self._refuse_filter)
        else:
            self.ask(
                "timeline",
                lambda reader: reader.buckets(now, zoom),
                lambda rows: self._show_buckets(rows, timeline, day),
                self._refuse_filter,
            )
        self.say_empty()
        self.tell_status()

    def _refuse_filter(self, error: StoreError) -> None:
        """Nothing is let through by what cannot be understood; what a failing file showed before stays."""
        self.refuse(error)
        if isinstance(error, QueryError):
            self.refused = str(error)
            self.say_empty()
            for name in LISTS:
                self.rows(name).show(array("q"))
                self.rows(name).border_subtitle = ""
            self.query_one(SearchPane).note("")

    def _show_articles(self, ids: array[int], keep: int | None, reading: Reading | None) -> None:
        pane = self.rows("articles")
        pane.show(ids, keep=keep)
        pane.border_subtitle = str(len(ids))
        self.query_one(SearchPane).note(ngettext("{n} article", "{n} articles", len(ids)).format(n=len(ids)))
        if self.place.article is not None:
            self.preview(self.place, reading)
        elif ids:
            first = self.filter.entities[0] if self.filter.entities else None
            self.preview(Place(pane.current_id, entity=first))
        else:
            self.reader.show_nothing()

    def _show_entities(self, groups: list[tuple[MentionType, array[int]]], keep: int | None) -> None:
        named = [(f"{type_name(kind)} {len(ids)}", ids) for kind, ids in groups]
        ids, headers = with_headers(named)
        self.rows("entities").show(ids, headers, keep=keep)
        self.rows("entities").border_subtitle = str(len(ids) - len(headers))

    def _show_events(self, ids: array[int], keep: int | None) -> None:
        self.rows("timeline").show(ids, keep=keep)
        self.rows("timeline").border_subtitle = str(len(ids))

    def _show_buckets(self, buckets: list[Bucket], keep: int | None, day: str) -> None:
        pane = self.rows("timeline")
        if day:
            keep = next((at for at, bucket in enumerate(buckets) if day.startswith(bucket.value)), None)
        pane.show(array("q", range(len(buckets))), keep=keep)
        pane.supply(dict(enumerate(buckets)))
        pane.border_subtitle = visual(zoom_name(self.zoom))

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        """Rows that come into sight."""
        pane, ids, now = event.rows, event.ids, self.filter
        questions: dict[str, Callable[[Reader], Sequence[ArticleRow | EntityRow | EventRow]]] = {
            "articles": lambda reader: reader.articles(ids, now.query),
            "entities": lambda reader: reader.entities(ids, now),
            "timeline": lambda reader: reader.events(ids),
        }

        def supply(rows: Sequence[ArticleRow | EntityRow | EventRow]) -> None:
            pane.supply({row.id: row for row in rows}, event.edition)
            self.labels.update((row.id, row.name) for row in rows if isinstance(row, EntityRow))

        def refused(error: StoreError) -> None:
            pane.missed()
            self.refuse(error)

        if event.edition == pane.edition and not (pane.id == "timeline" and self.zoom != "event"):
            self.ask(f"rows of {pane.id}", questions[pane.id or ""], supply, refused)

    def preview(self, place: Place, reading: Reading | None = None) -> None:
        """Show an article in the reader and stay here; with `reading`, where it was left."""
        self.place = place
        article, query = place.article, self.filter.query
        if article is None:
            return

        def question(reader: Reader) -> tuple[Article, list[tuple[int, int]], list[Contradiction]]:
            from store.resolve.contradictions import contradictions  # not needed for the first frame

            found = reader.article(article)
            hits = reader.highlight(found.document.text, query) if query else []
            return found, hits, contradictions(found)

        self.ask(
            "reader",
            question,
            lambda answer: self.reader.show(answer[0], place.span, answer[1], place.entity, reading, answer[2]),
        )

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
        there = (cursors[0], cursors[1], cursors[2])
        return View(self.filter, self.pane, self.zoom, self.place, self.reader.reading, there)

    def subject(self) -> Mark | ArticleRow | EntityRow | EventRow | Bucket | None:
        """What stands under the cursor of the pane that has the keys."""
        return self.reader.mark if self.pane == "reader" else self.rows(self.pane).current_row

    def entity_in_hand(self) -> tuple[int, str] | None:
        """Id and name of the entity under the cursor, in the list or in the text."""
        subject = self.subject()
        key = self.rows("entities").current_id
        if self.pane == "entities" and key is not None:
            return key, subject.name if isinstance(subject, EntityRow) else self.labels.get(key, "…")
        if isinstance(subject, Mark) and isinstance(subject.value, StoredMention):
            return subject.value.entity_id, subject.value.entity_name
        return None

    def article_in_hand(self) -> int | None:
        """The article under the cursor or in the reader."""
        subject = self.subject()
        if self.pane == "articles":
            return self.rows("articles").current_id
        if isinstance(subject, EventRow) and subject.sentences:
            return subject.sentences[0].article
        return self.place.article if self.pane == "reader" else None
