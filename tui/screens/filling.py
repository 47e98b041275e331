"""Filling the lists under the present filter: what is looked at first, then how many there are, then all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar

from store.answers import RANKED, Bucket, EntityRow, EventOrder, EventRow, Filter
from store.database.queries import Reader
from store.errors import QueryError, StoreError
from store.text.latin_query import LatinReading
from store.text.when import stretch
from tui.config import appearance
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words
from tui.panes.reader import Reading
from tui.panes.search import SearchPane
from tui.panes.timeline import zoom_name
from tui.screens.history import LISTS, Place, Spot, View, Zoom
from tui.screens.lists import Articles, Entities, Found, Timeline, Wanted
from tui.screens.remembering import Memory
from tui.screens.waiting import QUESTIONS, Waiting
from tui.widgets.density import Density
from tui.widgets.listing import Listing
from tui.widgets.paint import visual

_Step = tuple[Callable[[Reader], Any], Callable[[Any], None]]
"""A question and what becomes of its answer."""


_REST = 0.12
"""Seconds after which somebody who types is taken to rest."""


F = TypeVar("F", bound="Filling")


def on_a_row(action: Callable[[F], None]) -> Callable[[F], None]:
    """An action on what stands under the cursor; while the list is still to come, it is done when that has come."""

    @wraps(action)
    def act(self: F) -> None:
        if not self.defer(self.pane, partial(action, self)):
            action(self)

    return act


class Filling(Waiting):
    """The explorer's lists.

    A jump asks for the first page of the list that has the keys; when it is painted for those of the others and for the
    article in the reader; and then, one after another, for what only completes the picture (`_lane`). Whatever is still
    under way when the next jump comes is dropped.
    """

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.zoom: Zoom = "event"
        self.order: EventOrder = "time"
        self.place = Place()
        self.revision: int | None = None
        """The last state of the corpus that was heard of."""
        self._shown: dict[str, tuple[Wanted, Found]] = {}
        """What each list shows."""
        self._memory = Memory()
        self._lane: list[_Step] = []
        """What is asked when nothing more urgent is to be, one after another."""
        self._waiting_for = 0
        """First pages that have not come yet."""
        self._anew = False
        """Whether this jump asked the corpus for a list."""
        self._prepared = False
        self._deferred: tuple[str, Callable[[], None]] | None = None
        """What is to be done on a list when it has come."""
        self._load = 0
        """The number of the last jump: what belongs to an earlier one comes too late."""
        self.steps = 0
        """Things that are to be done when what is shown has been painted."""

    @property
    def asked(self) -> Filter:
        """The filter as the store is to take it: by the settings in force."""
        return self.filter if appearance.latin or not self.filter.query else replace(self.filter, latin=False)

    def preview(self, place: Place, reading: Reading | None = None) -> None:
        """Show an article in the reader and stay here; with `reading`, where it was left."""
        raise NotImplementedError

    def load(self, view: View | None = None, day: str = "", *, recall: bool = False) -> None:
        """Fill the three lists under the present filter; `view` says where its cursors stood.

        `day` (or a month, a year) is where the timeline's cursor is to go instead. With `recall`, lists that were
        looked at lately are shown as they were left, if the corpus has not changed since.
        """
        self._remember()
        self._load += 1
        self._deferred = None
        self.begin_waiting()
        for kind in QUESTIONS:
            self.drop(kind)
        self.refused, self.ranking_all, self._lane, self._waiting_for = None, False, [], 0
        now = self.asked
        self._read(now)
        wanted: dict[str, Wanted] = {
            "articles": Articles(now, self.ranking),
            "entities": Entities(now),
            "timeline": Timeline(now, self.zoom, self.order, day),
        }
        spots = dict(zip(LISTS, view.cursors if view else (Spot(),) * 3, strict=True))
        first = self.pane if self.pane in LISTS else self.list
        reading = view.reading if view else None
        self._waiting_for, self._anew = len(LISTS), False

        def fill(name: str, then: Callable[[], None] | None = None) -> None:
            found = self._memory.recall(wanted[name], self.revision) if recall and not day else None
            if found is None:
                self._ask_first(name, wanted[name], spots[name], reading, then)
            else:
                self._arrive(name, wanted[name], found, spots[name], reading, then)

        def fill_others() -> None:
            for name in LISTS:
                if name != first:
                    fill(name)

        # while a query is typed, what each letter finds comes before all that goes with it
        typing = self.query_one(SearchPane).is_open
        fill(first, partial(self.after_rest, fill_others) if typing else fill_others)
        self.say_empty()
        self.tell_status()

    def forget_list(self, name: str) -> None:
        """Nothing is shown in a list any more."""
        self._shown.pop(name, None)
        self.frame(name).border_subtitle = ""

    def forget_jump(self) -> None:
        """What was still to be done for this jump is not wanted any more."""
        self._deferred, self._lane = None, []
        self._load += 1

    def defer(self, name: str, action: Callable[[], None]) -> bool:
        """Whether a list is still to come; then does something on it when it has come, unless another key says else."""
        if name in self._coming:
            self._deferred = name, action
            return True
        return False

    def once_painted(self, step: Callable[[], None]) -> None:
        """Do something when what is shown now has been painted, unless another jump comes first."""
        self.call_after_refresh(self._step_of(step))

    def after_rest(self, step: Callable[[], None]) -> None:
        """Do something when for a moment no other jump has come."""
        self.set_timer(_REST, self._step_of(step))

    def _step_of(self, step: Callable[[], None]) -> Callable[[], None]:
        """A step of this jump, which is not taken when another has come meanwhile."""
        load = self._load
        self.steps += 1

        def go() -> None:
            self.steps -= 1
            if load == self._load:
                step()

        return go

    def _remember(self) -> None:
        """Keep the lists that are shown."""
        for name, (wanted, found) in self._shown.items():
            self._memory.keep(wanted, replace(found, rows=self.rows(name).in_memory, at=None, keep=None))

    def _ask_first(
        self, name: str, wanted: Wanted, spot: Spot, reading: Reading | None, then: Callable[[], None] | None = None
    ) -> None:
        """Ask for what a list shows at once; `then` do something when it is painted."""
        # before the first layout no list has a size yet
        height = self.rows(name).size.height or self.app.size.height // 2
        rows = max(1, height // self.rows(name).row_height + 1)
        if then is not None:
            self.hold.begin()

        self._anew = True

        def question(reader: Reader) -> Found:
            revision = reader.revision()
            return replace(wanted.first(reader, spot, rows), revision=revision)

        def answer(found: Found) -> None:
            self.revision, self.news = max(found.revision or 0, self.revision or 0), None
            self._arrive(name, wanted, found, spot, reading, then)

        self.ask(name, question, answer, self._refuse_filter)

    def _arrive(
        self, name: str, wanted: Wanted, found: Found, spot: Spot, reading: Reading | None,
        then: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        self._show(name, wanted, found, spot, reading)
        self.has_come(name)
        if self._deferred is not None and self._deferred[0] == name:
            self.call_next(self._deferred[1])
            self._deferred = None
        self.hold.end()
        if then is not None:
            self.once_painted(then)
        self._waiting_for -= 1
        if not self._waiting_for:
            self.once_painted(self._complete)

    # -- what completes the picture ------------------------------------------------------------------------

    def _complete(self) -> None:
        """Ask for numbers, then for whole lists, then for what stands at the edge."""
        counts: list[_Step] = []
        lists: list[_Step] = []
        for name, (wanted, found) in self._shown.items():
            if found.count is None:
                counts.append((wanted.count, partial(self._counted, name)))
            if not found.whole:
                lists.append(self._whole(name, wanted))
        now = self.asked
        density: list[_Step] = [(lambda reader: reader.buckets(now, "day"), self._show_density)]
        if self.zoom != "event" or self._shown["timeline"][1].buckets is not None:
            density = []
        corpus: list[_Step] = [(Reader.overview, self.show_overview)] if self._anew else []
        # last, once: what the first question about many would wait for
        prepare: list[_Step] = [] if self._prepared else [(Reader.prepare, self._be_prepared)]
        self._lane = [*counts, *corpus, *lists, *density, *prepare]
        self._go_on()

    def _be_prepared(self, _found: None) -> None:
        self._prepared = True

    def _go_on(self) -> None:
        if not self._lane:
            return
        question, answer = self._lane.pop(0)

        def answered(found: object) -> None:
            answer(found)
            self.once_painted(self._go_on)

        self.ask("later", question, answered, self._refuse_filter)

    def _whole(self, name: str, wanted: Wanted) -> _Step:
        pane = self.rows(name)

        def question(reader: Reader) -> Found:
            position, line = pane.spot
            return wanted.whole(reader, Spot(pane.current_id, position, line))

        def answer(found: Found) -> None:
            before = self._shown[name][1]
            self._shown[name] = wanted, replace(found, revision=before.revision)
            pane.extend(found.listing, found.at)
            self._counted(name, found.count)

        return question, answer

    # -- showing -------------------------------------------------------------------------------------------

    def _show(self, name: str, wanted: Wanted, found: Found, spot: Spot, reading: Reading | None) -> None:
        pane = self.rows(name)
        keep, at = (found.keep, found.at) if found.keep is not None else (spot.id, None)
        self._shown[name] = wanted, found
        pane.show(
            found.listing, keep, spot.position if at is None else at, spot.line, found.rows,
            dict(enumerate(found.buckets)) if found.buckets is not None and self.zoom != "event" else None,
        )  # fmt: skip
        self.learn(found.rows)
        self._counted(name, found.count)
        if name == "timeline" and found.buckets is not None:
            self.once_painted(partial(self._show_density, found.buckets))
        if name == "articles":
            go_on = self.after_rest if self.query_one(SearchPane).is_open else self.once_painted
            go_on(partial(self._show_article, reading))

    def filter_of(self, name: str) -> Filter:
        """The filter under which a list is that is shown."""
        return self._shown[name][0].filter if name in self._shown else self.asked

    def learn(self, rows: Mapping[int, Any]) -> None:
        """Take in the names of entities, for the words of a filter."""
        self.labels.update((row.id, row.name) for row in rows.values() if isinstance(row, EntityRow))

    def _show_article(self, reading: Reading | None) -> None:
        """The article of this place in the reader, else the one under the cursor."""
        current = self.rows("articles").current_id
        if self.place.article is not None:
            self.preview(self.place, reading)
        elif current is not None:
            self.preview(Place(current, entity=self.filter.entities[0] if self.filter.entities else None))
        else:
            self.reader.show_nothing()

    def replace_list(self, name: str, wanted: Wanted, found: Found) -> None:
        """Show a list in another order: the row under the cursor stays under it, and on its line."""
        pane = self.rows(name)
        current, line = pane.current_id, pane.spot[1]
        self._shown[name] = wanted, replace(found, revision=self.revision)
        pane.show(found.listing, current, found.at if found.keep == current else None, line, pane.in_memory)
        self._counted(name, found.count)

    def _counted(self, name: str, count: int | None) -> None:
        """Say how many rows a list has, or that it is not known yet."""
        wanted, found = self._shown[name]
        if found.count != count:
            self._shown[name] = wanted, replace(found, count=count)
        said = ["…" if count is None else str(count)]
        if name == "articles":
            self._count_articles(count)
            if self.filter.query and self.ranking != "newest":
                said.append(_("by relevance"))
        elif name == "entities" and count:
            # without a row of their own: in the order in which the columns stand
            said.insert(0, _("numbers: articles, mentions"))
        elif name == "timeline" and self.zoom != "event":
            said = [zoom_name(self.zoom)]
        elif name == "timeline" and self.order == "outlets":
            said.append(_("by outlets"))
        self.frame(name).border_subtitle = visual(" · ".join(said))

    def _count_articles(self, count: int | None) -> None:
        self.all_ranked = count is not None and count <= RANKED
        if not self.query_one(SearchPane).is_wrong:
            self.note_count()
        if not self._notice:
            self.tell_status()

    @property
    def found(self) -> int | None:
        """How many articles the filter lets through, None until it is known."""
        wanted, found = self._shown.get("articles", (None, None))
        return found.count if wanted is not None and found is not None and wanted.filter == self.asked else None

    def note_count(self) -> None:
        """Say beside the query how many articles there are."""
        n = self.found
        said = "…" if n is None else ngettext("{n} article", "{n} articles", n).format(n=f"{n:,}")
        self.query_one(SearchPane).note(said)

    def _show_density(self, buckets: Sequence[Bucket]) -> None:
        wanted, found = self._shown["timeline"]
        self._shown["timeline"] = wanted, replace(found, buckets=buckets)
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
        self._deferred = None
        self.refuse(error)
        if isinstance(error, QueryError):
            self._coming = set()
            self.hold.end()
            self.refused = in_words(error)
            self.say_empty()
            for name in LISTS:
                self.rows(name).show(Listing())
                self._shown.pop(name, None)
                self.frame(name).border_subtitle = ""
            self.query_one(Density).show(())
            self.query_one(SearchPane).note("")
        else:
            self.fail(in_words(error))
