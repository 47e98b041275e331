"""The explorer: turns keys and the panes' messages into jumps, and keeps the way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.timer import Timer

from store.answers import Bucket, EntityRow, EventRow, Filter, Overview
from store.database.queries import Reader
from store.errors import StoreError
from store.text.when import stretch
from tui import background
from tui.config import Digits, appearance
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import language, ngettext
from tui.panes.reader import ReaderPane
from tui.panes.search import SearchPane
from tui.screens.filling import on_a_row
from tui.screens.history import LISTS, PANES, Place, View, Zoom
from tui.screens.sheets import FilterSheet
from tui.screens.speaking import speak
from tui.screens.touring import Touring
from tui.settings.applying import Begun
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.density import Density
from tui.widgets.label import Label
from tui.widgets.rows import Rows

_REST = 0.15
"""Seconds a list's cursor stands still before the reader shows what is under it: a page costs 10 kB over SSH."""
_LOOK_AGAIN = 3.0
"""Seconds between looks at what other processes have done to the corpus."""


class Explorer(Touring):
    """Articles, entities, timeline and a reader over one corpus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("go", "explore", "correct", "window", "everywhere")

    def __init__(self, corpus: Path, *, sample: bool = False, begun: Begun = Begun()) -> None:  # noqa: B008  frozen
        super().__init__(corpus, sample=sample)
        self.zoom, self.order = begun.zoom, begun.order
        self.problems = begun.problems
        self.few_colours = begun.few
        self._resting: Timer | None = None
        self._unseen: Rows[Any] | None = None
        """The list whose cursor has moved on from what the reader shows."""
        self._looking = False

    def on_mount(self) -> None:
        self.name_things()
        self.place_panes()
        self.begin()
        self.set_interval(_LOOK_AGAIN, self._look_again)

    def show_overview(self, overview: Overview) -> None:
        """Say how large the corpus is; a pass over its names that was cut off goes on in the background."""
        first = self.overview is None
        super().show_overview(overview)
        if first and overview.waiting and background.wanted():
            background.refine(self.corpus)

    def _look_again(self) -> None:
        """What others have done meanwhile: new articles and changes are announced and what is read stays; how far names
        are refined, what the article in the reader is now, and when all are, the lists."""
        overview, shown, known = self.overview, self.reader.article, self.revision
        if overview is None or known is None or self._looking:
            return
        self._looking = True
        article = shown.row.id if shown is not None and shown.waiting else None

        def question(reader: Reader) -> tuple[int, int, int, bool]:
            revision = reader.revision()
            # a look that finds nothing new costs two rows
            count = reader.count(Filter(copies=True)) if revision != known else overview.articles
            return revision, count, *(reader.waiting(article) if overview.waiting else (0, False))

        def seen(answer: tuple[int, int, int, bool]) -> None:
            self._looking = False
            revision, count, waiting, still = answer
            if self.revision is None or revision <= self.revision or self.overview is not overview:
                return  # one of our own changes, or the lists were read anew meanwhile
            self.revision = revision
            refined = waiting != overview.waiting
            if refined:
                self.overview = replace(overview, waiting=waiting)
            if count != overview.articles or not refined:
                self.news = max(0, count - overview.articles)
            self.tell_again()
            if refined and not waiting:
                self.load(self.view())
            elif article is not None and not still and self.reader.article is shown:
                self.preview(self.place, self.reader.reading)

        def refused(error: StoreError) -> None:
            self._looking = False
            self.refuse(error)

        self.ask("watch", question, seen, refused)

    # -- jumps ---------------------------------------------------------------------------------------------

    def go(self, new: Filter, pane: str, *, label: tuple[int, str] | None = None, zoom: Zoom | None = None) -> None:
        """Jump to what a filter leaves, in a pane; the way back is kept."""
        self.settle_search()
        self.leave(self.view())
        if label is not None:
            self.labels[label[0]] = label[1]
        if new.query != self.filter.query:
            self.ranking = "newest"
        self.filter, self.place, self.zoom = new, Place(), zoom or self.zoom
        self.go_to_pane(pane)
        self.load(recall=True)

    def leave(self, view: View) -> None:
        """Keep a view for the way back."""
        self._history.leave(view)

    def restore(self, view: View) -> None:
        """Stand where a view stood."""
        self.filter, self.zoom, self.order, self.ranking = view.filter, view.zoom, view.order, view.ranking
        self.place = view.place
        self.go_to_pane(view.pane)
        self.load(view, recall=True)

    def open_article(self, place: Place, *, remember: bool = True) -> None:
        """Show an article in the reader and go there."""
        self._unseen = None
        shown = self.reader.article
        # a name that is gone to again is where the cursor goes again
        there = place == self.place and place.mark is None and shown is not None and shown.row.id == place.article
        if remember:
            self.leave(self.view())
            if not there:
                self.hold.begin()
            self.go_to_pane("reader")
        if not there:
            self.preview(place)

    # -- messages of the panes -----------------------------------------------------------------------------

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """The reader follows the cursor of the list that has the keys, once it rests or the reader is gone to."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        self._unseen = None
        if event.rows.id == "timeline":
            self.point()
        if event.moved:
            self.tell_status()
        if event.rows.has_focus and event.id is not None and (event.moved or self.reader.display):
            self._unseen = event.rows
            if self.reader.display:
                self._resting = self.set_timer(_REST, self._follow)

    def _follow(self) -> None:
        self._resting, rows = None, self._unseen
        if rows is None or not rows.has_focus:
            return
        self._unseen = None
        place = self.place_of(rows)
        if place is not None and place != self.place:
            self.preview(place)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if self.defer(event.rows.id or "", event.rows.action_open):
            return
        place = self.place_of(event.rows)
        row = event.rows.row(event.id)
        if isinstance(row, Bucket):
            self.look_into(row)
        elif place is not None:
            self.open_article(place)
            self.hear("open")
        elif event.rows.id == "entities":
            self.action_articles_of()
            self.hear("articles_of")

    def on_reader_pane_marked(self, event: ReaderPane.Marked) -> None:
        if self.pane == "reader":
            self.tell_mark(event.mark)

    def on_reader_pane_opened(self, event: ReaderPane.Opened) -> None:
        self.action_articles_of()
        self.hear("articles_of")

    def on_reader_pane_selected(self, event: ReaderPane.Selected) -> None:
        self.copy(event.text)

    def on_arabic_input_stripped(self, event: ArabicInput.Stripped) -> None:
        self.tell(
            ngettext(
                "{n} invisible character was left out of the paste",
                "{n} invisible characters were left out of the paste",
                event.count,
            ).format(n=event.count)
        )

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        search = self.query_one(SearchPane)
        if search.is_open and self.focused is not None and search not in self.focused.ancestors:
            self.settle_search()

    # -- actions -------------------------------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        if name == "reader":
            self._follow()
        self.go_to_pane(name)

    def action_next_pane(self, by: int) -> None:
        self.action_pane(PANES[(PANES.index(self.pane) + by) % len(PANES)])

    def action_back(self) -> None:
        view = self._history.back(self.view())
        if view is None:
            self.tell(_("this is where you began"))
        else:
            self.restore(view)
            self.consult_again(view)

    def action_forward(self) -> None:
        view = self._history.forward(self.view())
        if view is None:
            self.tell(_("nothing lies ahead"))
        else:
            self.restore(view)

    @on_a_row
    def action_articles_of(self) -> None:
        entity, subject = self.entity_in_hand(), self.subject()
        if entity is not None:
            self.go(Filter(entities=(entity[0],)), "articles", label=entity)
        elif isinstance(subject, EventRow):
            self.go(Filter(event=subject.id), "articles")
        elif isinstance(subject, Bucket):
            first, last, _precision = stretch(subject.value)
            self.go(replace(self.filter, since=first, until=last), "articles")
        else:
            self.tell(_("put the cursor on a name or an event first"))

    @on_a_row
    def action_entities_of(self) -> None:
        entity, article = self.entity_in_hand(), self.article_in_hand()
        if self.pane == "entities" and entity is not None:
            self.go(Filter(entities=(entity[0],)), "entities", label=entity)
        elif article is not None:
            self.go(Filter(article=article), "entities")
        else:
            self.tell(_("put the cursor on an article first"))

    @on_a_row
    def action_copies_of(self) -> None:
        """All articles that tell the story of one, each by itself; the way back puts them together again."""
        article = self.article_in_hand()
        if article is None:
            self.tell(_("put the cursor on an article first"))
            return

        def found(copies: int) -> None:
            if copies > 1:
                self.go(Filter(story=article), "articles")
            else:
                self.tell(_("this article has no copies"))

        self.ask("copies", lambda reader: reader.count(Filter(story=article)), found)

    @on_a_row
    def action_timeline_of(self) -> None:
        entity, article = self.entity_in_hand(), self.article_in_hand()
        if entity is not None:
            self.go(Filter(entities=(entity[0],)), "timeline", label=entity, zoom="event")
        elif article is not None:
            self.go(Filter(article=article), "timeline", zoom="event")
        else:
            self.tell(_("put the cursor on a name or an article first"))

    def action_filter(self) -> None:
        entity = self.labels.get(self.filter.entities[0], "") if self.filter.entities else ""
        self.app.push_screen(FilterSheet(self.filter, entity), self._filtered)

    def _filtered(self, wanted: tuple[Filter, str] | None) -> None:
        if wanted is None:
            return
        new, name = wanted
        if not name:
            self.go(new, self.list)
            return

        def found(rows: list[EntityRow]) -> None:
            if rows:
                self.go(replace(new, entities=(rows[0].id,)), self.list, label=(rows[0].id, rows[0].name))
                if rows[0].read_as is not None:
                    self.tell(_("{latin} is read as {arabic}").format(latin=name, arabic=rows[0].read_as))
            else:
                self.tell(_("no entity is called {name}").format(name=name), problem=True)

        self.ask("filter", lambda reader: reader.find_entities(name), found)

    def action_clear(self) -> None:
        self.end_tour()
        if self.stop_asking() or self.cancel_pending():
            return
        if self.unmark():
            self.tell_status()
            return
        if self.filter != Filter():
            self.go(Filter(), self.list)
        else:
            self.action_reload()

    def action_reload(self) -> None:
        """Read the lists anew: another process may have added some."""
        self.load(self.view())

    def action_zoom_pane(self) -> None:
        self.zoom_pane()

    def action_help(self) -> None:
        from tui.screens.helping import help_sheet

        self.app.push_screen(help_sheet(self, self.pane))

    # -- appearance ----------------------------------------------------------------------------------------

    def repaint_all(self) -> None:
        """Draw everything anew, as the settings and the language want it."""
        self.name_things()
        for name in LISTS:
            self.rows(name).redraw()
        self.reader.redraw()
        self.query_one(Density).refresh()

    def action_language(self) -> None:
        speak(self.app, "en" if language() == "ar" else "ar")

    def name_again(self) -> None:
        """Say everything in the language spoken now."""
        self.repaint_all()
        for label in self.query_one(SearchPane).query(Label):
            label.say_again()
        self.load(self.view())

    def action_tashkeel(self) -> None:
        appearance.tashkeel = not appearance.tashkeel
        self.repaint_all()
        self.tell(_("vowel marks are shown") if appearance.tashkeel else _("vowel marks are hidden"))

    def action_latin(self) -> None:
        appearance.latin = not appearance.latin
        self.load(self.view())
        self.tell(_("Latin letters find Arabic names") if appearance.latin else _("Latin letters find only themselves"))

    def action_digits(self) -> None:
        order: dict[Digits, Digits] = {"text": "latin", "latin": "arabic", "arabic": "text"}
        appearance.digits = order[appearance.digits]
        self.repaint_all()
        self.tell({"text": _("digits as in the text"), "latin": "0-9", "arabic": "٠-٩"}[appearance.digits])
