"""Rows that come into sight, the article in the reader, and what stands under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from store.annotations import Annotation
from store.answers import Article, ArticleRow, Bucket, EntityRow, EventRow, Filter, StoredMention
from store.database.queries import Reader
from store.errors import StoreError
from store.models import Contradiction
from tui.panes.marks import Mark
from tui.panes.reader import Reading
from tui.screens.filling import Filling
from tui.screens.history import LISTS, Place, Spot, View
from tui.screens.lists import Mentions, rows_of_timeline
from tui.screens.mentions import Left, MentionsSheet
from tui.widgets.rows import Rows


class Loading(Filling):
    """The explorer's contents."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._mentions: tuple[Mentions, Spot] | None = None
        """The mentions that were looked at last, and where the cursor stood among them."""

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        """Rows that come into sight."""
        pane, ids = event.rows, event.ids
        # an older list may be in sight until the new one comes
        now = self.filter_of(pane.id or "")
        questions: dict[str, Callable[[Reader], Mapping[int, ArticleRow | EntityRow | EventRow]]] = {
            "articles": lambda reader: {row.id: row for row in reader.articles(ids, now.query, now.latin)},
            "entities": lambda reader: {row.id: row for row in reader.entities(ids, now)},
            "timeline": lambda reader: rows_of_timeline(reader, ids),
        }

        def supply(rows: Mapping[int, ArticleRow | EntityRow | EventRow]) -> None:
            pane.supply(rows, event.edition)
            if pane.id == "timeline":
                self.point()
            self.learn(rows)

        def refused(error: StoreError) -> None:
            pane.missed()
            self.refuse(error)

        if event.edition == pane.edition:
            self.ask(f"rows of {pane.id}", questions[pane.id or ""], supply, refused)

    def preview(self, place: Place, reading: Reading | None = None) -> None:
        """Show an article in the reader and stay here; with `reading`, where it was left."""
        self.place = place
        article, query, latin = place.article, self.asked.query, self.asked.latin
        if article is None:
            return

        def question(
            reader: Reader,
        ) -> tuple[Article, list[tuple[int, int]], list[Contradiction], list[Annotation]]:
            from store.resolve.contradictions import contradictions  # not needed for the first frame

            found = reader.article(article)
            title = found.cleaned.title
            span = (title.start, title.end) if title and title.start is not None and title.end is not None else None
            hits = reader.highlight(found.document.text, query, span, latin) if query else []
            return found, hits, contradictions(found), reader.annotations_in(article)

        def show(answer: tuple[Article, list[tuple[int, int]], list[Contradiction], list[Annotation]]) -> None:
            found, hits, slips, told = answer
            self.reader.show(found, place.span, hits, place.entity, reading, slips, place.mark, told)
            self.hold.end()

        self.ask("reader", question, show)

    def mentions_of(self, entity: int, name: str) -> None:
        """Where the articles under the present filter name an entity, in a list over the explorer; what is chosen there
        is opened. Where the same is asked for again, its cursor stands where it was left."""
        wanted = Mentions(entity, self.asked)

        def left(answer: Left | None) -> None:
            if answer is None:
                return
            self._mentions = wanted, answer.spot
            if answer.place is not None:
                self.open_article(answer.place)

        spot = self._mentions[1] if self._mentions is not None and self._mentions[0] == wanted else Spot()
        narrowed = self._filter_in_words() if self.filter != Filter() else ""
        self.app.push_screen(MentionsSheet(self.corpus, wanted, name, narrowed, spot), left)

    def open_article(self, place: Place, *, remember: bool = True) -> None:
        """Show an article in the reader and go there."""
        raise NotImplementedError

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
        articles, entities, timeline = (Spot(self.rows(name).current_id, *self.rows(name).spot) for name in LISTS)
        there = (articles, entities, timeline)
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
