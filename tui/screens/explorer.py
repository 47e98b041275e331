"""The explorer: lays the panes out, asks the store for them and turns keys into jumps."""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from store.database.queries import Reader
from store.errors import StoreError
from store.models import Article, ArticleRow, Bucket, EntityRow, EventRow, Filter, MentionType
from tui.keys import bindings, hints, shown
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.panes.articles import ArticlesPane
from tui.panes.entities import EntitiesPane, type_name
from tui.panes.marks import Mark
from tui.panes.reader import ReaderPane
from tui.panes.search import SearchPane
from tui.panes.timeline import TimelinePane, zoom_name
from tui.screens.asking import Asking
from tui.screens.correcting import Correcting
from tui.screens.history import LISTS, PANES, History, Place, View, Zoom
from tui.screens.sheets import FilterSheet, help_sheet
from tui.screens.telling import Telling
from tui.widgets.label import Chips, Label
from tui.widgets.paint import visual
from tui.widgets.rows import Rows, with_headers

_ZOOMS: tuple[Zoom, ...] = ("event", "month", "year")
_WIDE, _TWO, _HUGE, _TALL = 120, 100, 180, 30


class Explorer(Correcting, Telling, Asking):
    """Articles, entities, timeline and a reader over one corpus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("go", "explore", "correct", "window")
    CSS_PATH = "explorer.tcss"
    AUTO_FOCUS = "#articles"

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus)
        self._sample = sample
        self.filter = Filter()
        self.zoom: Zoom = "event"
        self.pane = "articles"
        self.place = Place()
        self._list = "articles"
        self._history = History()
        self._alone = False
        self._before_search: View | None = None
        self._labels: dict[int, str] = {}

    # -- layout --------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Chips(id="tabs")
        yield SearchPane(id="search")
        with Container(id="body"):
            with Vertical(id="lists"):
                yield ArticlesPane(id="articles")
                yield EntitiesPane(id="entities")
                yield TimelinePane(id="timeline")
            yield ReaderPane(id="reader")
        yield Label(id="status")
        yield Chips(id="keys")

    def on_mount(self) -> None:
        self.name_things()
        self._arrange(self.app.size.width, self.app.size.height)
        self.load()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width, event.size.height)

    def _arrange(self, width: int, height: int) -> None:
        """Three lists and the reader, one list and the reader, or one pane with tabs."""
        wide = width >= _WIDE and height >= _TALL and not self._alone
        two = not wide and width >= _TWO and not self._alone
        self.set_class(wide, "-wide")
        self.set_class(wide and width >= _HUGE, "-huge")
        self.set_class(two, "-two")
        self.set_class(not wide and not two, "-tabs")
        for name in PANES:
            shown_alone = name == self.pane or (two and (name == self._list or name == "reader"))
            self.query_one(f"#{name}").set_class(shown_alone, "-active")
        self.query_one("#lists").set_class(self.pane != "reader" or two, "-active")
        self._tell_tabs()

    @property
    def reader(self) -> ReaderPane:
        return self.query_one(ReaderPane)

    def rows(self, name: str) -> Rows[Any]:
        """One of the three lists by its name."""
        return self.query_one(f"#{name}", Rows)

    def go_to_pane(self, name: str) -> None:
        """Bring a pane into sight and give it the keys."""
        self.pane = name
        if name in LISTS:
            self._list = name
        self._arrange(self.app.size.width, self.app.size.height)
        self.query_one(f"#{name}").focus()
        self.tell_status()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        name = event.widget.id
        if name in PANES and name != self.pane:
            self.pane = name
            if name in LISTS:
                self._list = name
            self._tell_tabs()

    def name_things(self) -> None:
        """Say everything in the language spoken now."""
        titles = {
            "articles": _("articles"),
            "entities": _("entities"),
            "timeline": _("timeline"),
            "reader": _("reader"),
        }
        for number, name in enumerate(PANES, 1):
            self.query_one(f"#{name}").border_title = visual(f"{number} {titles[name]}")
        self.rows("articles").empty_text = _("no article here\nEsc shows all articles again")
        self.rows("entities").empty_text = _("no name here\nEsc shows all articles again")
        self.rows("timeline").empty_text = _("no dated event here\nEsc shows all articles again")
        self.reader.empty_text = _("Enter on an article opens it here")
        self.query_one("#keys", Chips).say([(shown(key.keys.split(",")[0]), _(key.hint), False) for key in hints()])
        self._tell_tabs()
        self.tell_status()

    def _tell_tabs(self) -> None:
        titles = (_("articles"), _("entities"), _("timeline"), _("reader"))
        chips = [
            (str(at), title, name == self.pane) for at, (name, title) in enumerate(zip(PANES, titles, strict=True), 1)
        ]
        label = _("sample corpus") if self._sample else self.corpus.name
        self.query_one("#tabs", Chips).say([("خبر", "khabar", False), *chips, ("·", label, False)])

    # -- loading -------------------------------------------------------------------------------------------

    def load(self, view: View | None = None) -> None:
        """Fill the three lists under the present filter; `view` says where its cursors stood."""
        now, zoom = self.filter, self.zoom
        articles, entities, timeline = view.cursors if view else (None, None, None)
        self.ask("overview", Reader.overview, self._show_overview)
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
            self.open_article(self.place, remember=False)
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
            self._labels.update((row.id, row.name) for row in rows if isinstance(row, EntityRow))

    def refuse(self, error: StoreError) -> None:
        self.tell(str(error), problem=True)

    # -- jumps ---------------------------------------------------------------------------------------------

    def view(self) -> View:
        """Where the explorer stands now."""
        cursors = tuple(self.rows(name).current_id for name in LISTS)
        return View(self.filter, self.pane, self.zoom, self.place, (cursors[0], cursors[1], cursors[2]))

    def go(self, new: Filter, pane: str, *, label: tuple[int, str] | None = None, zoom: Zoom | None = None) -> None:
        """Jump to what a filter leaves, in a pane; the way back is kept."""
        self._history.leave(self.view())
        if label is not None:
            self._labels[label[0]] = label[1]
        self.filter, self.place, self.zoom = new, Place(), zoom or self.zoom
        self.go_to_pane(pane)
        self.load()

    def restore(self, view: View) -> None:
        """Stand where a view stood."""
        self.filter, self.zoom, self.place = view.filter, view.zoom, view.place
        self.go_to_pane(view.pane)
        self.load(view)

    def open_article(self, place: Place, *, remember: bool = True) -> None:
        """Show an article in the reader and go there."""
        if remember:
            self._history.leave(self.view())
            self.go_to_pane("reader")
        self.preview(place)

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

    # -- messages of the panes -----------------------------------------------------------------------------

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """The reader follows the cursor of the list that has the keys."""
        if not event.rows.has_focus or not self.reader.display or event.id is None:
            return
        place = self._place_of(event.rows)
        if place is not None and place != self.place:
            self.preview(place)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        place = self._place_of(event.rows)
        row = event.rows.row(event.id)
        if isinstance(row, Bucket):
            self.go(replace(self.filter, since=row.value, until=row.value), "timeline", zoom="event")
        elif place is not None:
            self.open_article(place)
        elif event.rows.id == "entities":
            self.action_articles_of()

    def _place_of(self, pane: Rows[Any]) -> Place | None:
        """What the reader should show for the row under a list's cursor."""
        row = pane.current_row
        if pane.id == "articles" and pane.current_id is not None:
            return Place(pane.current_id, entity=self.filter.entities[0] if self.filter.entities else None)
        if isinstance(row, EventRow) and row.sentences:
            sentence = row.sentences[0]
            return Place(sentence.article, (sentence.start, sentence.end))
        return None

    def on_reader_pane_marked(self, event: ReaderPane.Marked) -> None:
        if self.pane == "reader":
            self.tell_mark(event.mark)

    def on_reader_pane_opened(self, event: ReaderPane.Opened) -> None:
        self.action_articles_of()

    def on_reader_pane_selected(self, event: ReaderPane.Selected) -> None:
        self.copy(event.text)

    def on_search_pane_asked(self, event: SearchPane.Asked) -> None:
        if event.final:
            self.query_one(SearchPane).close()
            if self._before_search is not None and self._before_search.filter != self.filter:
                self._history.leave(self._before_search)
            self._before_search = None
            self.go_to_pane("articles")
        if event.query != self.filter.query:
            self.filter, self.place = replace(self.filter, query=event.query), Place()
            self.load()

    def on_search_pane_closed(self) -> None:
        self.query_one(SearchPane).close()
        view, self._before_search = self._before_search, None
        if view is not None:
            self.restore(view)

    # -- actions -------------------------------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        self.go_to_pane(name)

    def action_next_pane(self, by: int) -> None:
        self.go_to_pane(PANES[(PANES.index(self.pane) + by) % len(PANES)])

    def action_back(self) -> None:
        view = self._history.back(self.view())
        if view is None:
            self.tell(_("this is where you began"))
        else:
            self.restore(view)

    def action_forward(self) -> None:
        view = self._history.forward(self.view())
        if view is None:
            self.tell(_("nothing lies ahead"))
        else:
            self.restore(view)

    def subject(self) -> Mark | ArticleRow | EntityRow | EventRow | Bucket | None:
        """What stands under the cursor of the pane that has the keys."""
        return self.reader.mark if self.pane == "reader" else self.rows(self.pane).current_row

    def entity_in_hand(self) -> tuple[int, str] | None:
        """Id and name of the entity under the cursor, in the list or in the text."""
        subject = self.subject()
        if isinstance(subject, EntityRow):
            return subject.id, subject.name
        if isinstance(subject, Mark) and subject.entity_id is not None:
            return subject.entity_id, subject.value.entity_name  # type: ignore[union-attr]
        return None

    def article_in_hand(self) -> int | None:
        """The article under the cursor or in the reader."""
        subject = self.subject()
        if isinstance(subject, ArticleRow):
            return subject.id
        if isinstance(subject, EventRow) and subject.sentences:
            return subject.sentences[0].article
        return self.place.article if self.pane == "reader" else None

    def action_articles_of(self) -> None:
        entity, subject = self.entity_in_hand(), self.subject()
        if entity is not None:
            self.go(Filter(entities=(entity[0],)), "articles", label=entity)
        elif isinstance(subject, EventRow):
            self.go(Filter(event=subject.id), "articles")
        elif isinstance(subject, Bucket):
            self.go(replace(self.filter, since=subject.value, until=subject.value), "articles")
        else:
            self.tell(_("put the cursor on a name or an event first"))

    def action_entities_of(self) -> None:
        entity, article = self.entity_in_hand(), self.article_in_hand()
        if self.pane == "entities" and entity is not None:
            self.go(Filter(entities=(entity[0],)), "entities", label=entity)
        elif article is not None:
            self.go(Filter(article=article), "entities")
        else:
            self.tell(_("put the cursor on an article first"))

    def action_timeline_of(self) -> None:
        entity, article = self.entity_in_hand(), self.article_in_hand()
        if entity is not None:
            self.go(Filter(entities=(entity[0],)), "timeline", label=entity, zoom="event")
        elif article is not None:
            self.go(Filter(article=article), "timeline", zoom="event")
        else:
            self.tell(_("put the cursor on a name or an article first"))

    def action_search(self) -> None:
        self._before_search = self._before_search or self.view()
        self.go_to_pane("articles")
        self.query_one(SearchPane).open(self.filter.query)

    def action_filter(self) -> None:
        entity = self._labels.get(self.filter.entities[0], "") if self.filter.entities else ""
        self.app.push_screen(FilterSheet(self.filter, entity), self._filtered)

    def _filtered(self, wanted: tuple[Filter, str] | None) -> None:
        if wanted is None:
            return
        new, name = wanted
        if not name:
            self.go(new, self._list)
            return

        def found(rows: list[EntityRow]) -> None:
            if rows:
                self.go(replace(new, entities=(rows[0].id,)), self._list, label=(rows[0].id, rows[0].name))
            else:
                self.tell(_("no entity is called {name}").format(name=name), problem=True)

        self.ask("filter", lambda reader: reader.find_entities(name), found)

    def action_clear(self) -> None:
        if self.cancel_pending():
            return
        if self.filter != Filter():
            self.go(Filter(), self._list)
        else:
            self.tell("")

    def action_zoom_timeline(self) -> None:
        self.zoom = _ZOOMS[(_ZOOMS.index(self.zoom) + 1) % len(_ZOOMS)]
        self.go_to_pane("timeline")
        self.load(self.view())

    def action_zoom_pane(self) -> None:
        self._alone = not self._alone
        self._arrange(self.app.size.width, self.app.size.height)

    def action_help(self) -> None:
        self.app.push_screen(help_sheet())
