"""What the panes show: lists under the present filter, rows that come into sight, the article in the reader."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from store.database.queries import Reader
from store.errors import QueryError, StoreError
from store.models import (
    RANKED,
    Article,
    ArticleRow,
    Bucket,
    Contradiction,
    EntityRow,
    EventOrder,
    EventRow,
    Filter,
    MentionType,
    StoredMention,
    Unit,
)
from store.text.latin_query import LatinReading
from store.text.when import stretch
from tui.config import appearance
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.panes.entities import type_name
from tui.panes.marks import Mark
from tui.panes.reader import Reading
from tui.panes.search import SearchPane
from tui.panes.timeline import BIN, zoom_name
from tui.screens.history import LISTS, Place, View, Zoom
from tui.screens.telling import Telling
from tui.widgets.density import Density
from tui.widgets.paint import visual
from tui.widgets.rows import Rows, with_headers

_FIRST = 200
"""So many articles are shown at once; the rest of a long list follows."""


class Loading(Telling):
    """The explorer's contents, and what of them stands under the cursor."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.zoom: Zoom = "event"
        self.order: EventOrder = "time"
        self.place = Place()

    @property
    def asked(self) -> Filter:
        """The filter as the store is to take it: by the settings in force."""
        return self.filter if appearance.latin or not self.filter.query else replace(self.filter, latin=False)

    # -- loading -------------------------------------------------------------------------------------------

    def load(self, view: View | None = None, day: str = "") -> None:
        """Fill the three lists under the present filter; `view` says where its cursors stood.

        `day` (or a month, a year) is where the timeline's cursor is to go instead.
        """
        now, zoom, order = self.asked, self.zoom, self.order
        ranking = self.ranking
        unit: Unit = "day" if zoom == "event" else zoom
        self.refused = None
        articles, entities, timeline = view.cursors if view else (None, None, None)
        self.ask("overview", Reader.overview, self.show_overview)
        self._read(now)
        # where the cursor is to stand may lie far down: then all are asked for at once
        most = _FIRST if articles is None and self.ranking == "newest" else None
        self.ask(
            "articles",
            lambda reader: reader.article_ids(now, ranking, most),
            lambda ids: self._show_articles(ids, articles, view.reading if view else None, whole=len(ids) != most),
            self._refuse_filter,
        )
        self.ask(
            "entities",
            lambda reader: reader.entity_groups(now),
            lambda groups: self._show_entities(groups, entities),
            self._refuse_filter,
        )

        def events(reader: Reader) -> tuple[array[int], array[int], int | None]:
            keep = timeline
            if day:
                # of the events that touch the day, the last to begin begins in it; else the next one
                there = reader.event_ids(replace(now, since=day, until=day))
                after = there[-1:] or reader.event_ids(replace(now, since=day))[:1]
                keep = after[0] if after else timeline
            return reader.event_ids(now, order), _undated(reader, now), keep

        if zoom == "event":
            self.ask("timeline", events, lambda found: self._show_events(*found), self._refuse_filter)
            self.ask("density", lambda reader: reader.buckets(now, unit), self._show_density, self._refuse_filter)
        else:
            self.drop("density")
            self.ask(
                "timeline",
                lambda reader: (reader.buckets(now, unit), _undated(reader, now)),
                lambda found: self._show_buckets(*found, timeline, day),
                self._refuse_filter,
            )
        self.say_empty()
        self.tell_status()

    def _read(self, now: Filter) -> None:
        """Say what Latin words of a search are taken for."""

        def show(readings: tuple[LatinReading, ...]) -> None:
            self.readings = readings
            if readings and not self._notice:
                self.tell_status()

        if now.query.strip() and now.latin:
            self.ask("readings", lambda reader: reader.readings(now.query), show, lambda _error: show(()))
        else:
            self.drop("readings")
            show(())

    def _refuse_filter(self, error: StoreError) -> None:
        """Nothing is let through by what cannot be understood; what a failing file showed before stays."""
        self.refuse(error)
        if isinstance(error, QueryError):
            self.refused = str(error)
            self.say_empty()
            for name in LISTS:
                self.rows(name).show(array("q"))
                self.frame(name).border_subtitle = ""
            self.query_one(Density).show(())
            self.query_one(SearchPane).note("")

    def _show_articles(self, ids: array[int], keep: int | None, reading: Reading | None, *, whole: bool) -> None:
        pane = self.rows("articles")
        pane.show(ids, keep=keep)
        if whole:
            self._count_articles()
        else:
            now, edition = self.asked, pane.edition
            self.frame("articles").border_subtitle = "…"
            self.query_one(SearchPane).note("…")
            self.ask("articles", lambda reader: reader.article_ids(now), lambda all_: self._extend(all_, edition))
        if self.place.article is not None:
            self.preview(self.place, reading)
        elif ids:
            first = self.filter.entities[0] if self.filter.entities else None
            self.preview(Place(pane.current_id, entity=first))
        else:
            self.reader.show_nothing()

    def _extend(self, ids: array[int], edition: int) -> None:
        """All articles, when the first of them are shown."""
        pane = self.rows("articles")
        if pane.edition == edition:
            pane.extend(ids)
            self._count_articles()

    def _count_articles(self) -> None:
        found = len(self.rows("articles").ids)
        ranked = [_("by relevance")] if self.ranking == "relevance" and self.filter.query else []
        self.frame("articles").border_subtitle = visual(" · ".join([str(found), *ranked]))
        if not self.query_one(SearchPane).is_wrong:
            self.note_count()
        self.all_ranked = found <= RANKED
        if self.ranking == "relevance" and not self._notice:
            self.tell_status()

    def note_count(self) -> None:
        """Say beside the query how many articles are shown."""
        found = len(self.rows("articles").ids)
        self.query_one(SearchPane).note(ngettext("{n} article", "{n} articles", found).format(n=found))

    def _show_entities(self, groups: list[tuple[MentionType, array[int]]], keep: int | None) -> None:
        named = [(f"{type_name(kind)} {len(ids)}", ids) for kind, ids in groups]
        ids, headers = with_headers(named)
        self.rows("entities").show(ids, headers, keep=keep)
        self.frame("entities").border_subtitle = str(len(ids) - len(headers))

    def _show_events(self, ids: array[int], undated: array[int], keep: int | None) -> None:
        said = [str(len(ids)), *([_("by outlets")] if self.order == "outlets" else [])]
        self._show_timeline(ids, undated, keep)
        self.frame("timeline").border_subtitle = visual(" · ".join(said))

    def _show_buckets(self, buckets: list[Bucket], undated: array[int], keep: int | None, day: str) -> None:
        if day:
            # the one it lies in, of several the most exact; else the next
            inside = [at for at, bucket in enumerate(buckets) if day.startswith(bucket.value)]
            after = (at for at, bucket in enumerate(buckets) if bucket.value > day)
            keep = max(inside, key=lambda at: len(buckets[at].value)) if inside else next(after, None)
        self._show_timeline(array("q", range(len(buckets))), undated, keep)
        self.rows("timeline").furnish(dict(enumerate(buckets)))
        self.frame("timeline").border_subtitle = visual(zoom_name(self.zoom))
        self._show_density(buckets)

    def _show_timeline(self, ids: array[int], undated: array[int], keep: int | None) -> None:
        """Events or their counts, and below them the articles of which nothing says when they are from."""
        headers: list[str] = []
        if undated:
            headers = [ngettext("{n} undated article", "{n} undated articles", len(undated)).format(n=len(undated))]
            ids = array("q", [*ids, -1, *(BIN + article for article in undated)])
        self.rows("timeline").show(ids, headers, keep=keep)

    def _show_density(self, buckets: list[Bucket]) -> None:
        self.query_one(Density).show(buckets, None if self.zoom == "event" else self.zoom)
        self.point()

    def point(self) -> None:
        """Mark on the density line what stands under the timeline's cursor."""
        row = self.rows("timeline").current_row
        if isinstance(row, EventRow):
            self.query_one(Density).point(row.earliest, row.latest, row.bound)
        elif isinstance(row, Bucket):
            first, last, _precision = stretch(row.value)
            self.query_one(Density).point(first, last)
        else:
            self.query_one(Density).unmark()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        """Rows that come into sight."""
        pane, ids, now = event.rows, event.ids, self.asked
        questions: dict[str, Callable[[Reader], Sequence[ArticleRow | EntityRow | EventRow]]] = {
            "articles": lambda reader: reader.articles(ids, now.query, now.latin),
            "entities": lambda reader: reader.entities(ids, now),
            "timeline": lambda reader: reader.events([key for key in ids if key < BIN]),
        }
        undated = [key - BIN for key in ids if key >= BIN]

        def supply(rows: Sequence[ArticleRow | EntityRow | EventRow]) -> None:
            pane.supply({row.id: row for row in rows}, event.edition)
            if pane.id == "timeline":
                self.point()
            self.labels.update((row.id, row.name) for row in rows if isinstance(row, EntityRow))

        def refused(error: StoreError) -> None:
            pane.missed()
            self.refuse(error)

        if event.edition != pane.edition:
            return
        if not (pane.id == "timeline" and self.zoom != "event"):
            self.ask(f"rows of {pane.id}", questions[pane.id or ""], supply, refused)
        if undated and pane.id == "timeline":
            self.ask(
                "rows of the undated",
                lambda reader: reader.articles(undated),
                lambda rows: pane.supply({BIN + row.id: row for row in rows}, event.edition),
                refused,
            )

    def preview(self, place: Place, reading: Reading | None = None) -> None:
        """Show an article in the reader and stay here; with `reading`, where it was left."""
        self.place = place
        article, query, latin = place.article, self.asked.query, self.asked.latin
        if article is None:
            return

        def question(reader: Reader) -> tuple[Article, list[tuple[int, int]], list[Contradiction]]:
            from store.resolve.contradictions import contradictions  # not needed for the first frame

            found = reader.article(article)
            title = found.cleaned.title
            span = (title.start, title.end) if title and title.start is not None and title.end is not None else None
            hits = reader.highlight(found.document.text, query, span, latin) if query else []
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
        if isinstance(row, ArticleRow):
            return Place(row.id)
        return None

    def view(self) -> View:
        """Where the explorer stands now."""
        cursors = tuple(self.rows(name).current_id for name in LISTS)
        there = (cursors[0], cursors[1], cursors[2])
        return View(self.filter, self.pane, self.zoom, self.order, self.ranking, self.place, self.reader.reading, there)

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
        if isinstance(subject, ArticleRow):
            return subject.id
        return self.place.article if self.pane == "reader" else None


def _undated(reader: Reader, f: Filter) -> array[int]:
    """Articles under a filter that no day is known of; none where the filter is about days or events."""
    if f.since or f.until or f.event is not None or f.precision or f.modality:
        return array("q")
    return reader.article_ids(replace(f, undated=True))
