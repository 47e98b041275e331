"""Searching: what is typed is asked for at once, and a query that is wrong changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from store.errors import QueryError, StoreError
from store.text.nodes import Named, facts
from store.text.query import parse
from tui.locale import gettext as _
from tui.panes.search import SearchPane
from tui.screens.history import Place, Spot, View
from tui.screens.lists import Articles, Found
from tui.screens.timing import Timing


class Searching(Timing):
    """The explorer's search line."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._before_search: View | None = None

    def leave(self, view: View) -> None:
        """Keep a view for the way back."""
        raise NotImplementedError

    def restore(self, view: View) -> None:
        """Stand where a view stood."""
        raise NotImplementedError

    def action_search(self) -> None:
        self._before_search = self._before_search or self.view()
        self.go_to_pane("articles")
        self.query_one(SearchPane).open(self.filter.query)
        self.tell_keys()

    def on_search_pane_asked(self, event: SearchPane.Asked) -> None:
        query, final = event.query, event.final

        def wrong(error: StoreError) -> None:
            self._wrong(error)

        self.drop("query")
        try:
            asked = facts(parse(query)) if query.strip() else ()
            if any(isinstance(fact, Named) for fact in asked):
                # Whether there is an outlet or entity of this name, only the corpus knows.
                self.ask("query", lambda reader: reader.check(query), lambda _none: self._search(query, final), wrong)
            else:
                self._search(query, final)
        except QueryError as error:
            wrong(error)

    def _search(self, query: str, final: bool) -> None:
        """Show what a query finds, newest first."""
        pane = self.query_one(SearchPane)
        if not pane.is_open:
            self.go(replace(self.filter, query=query), self.pane)
            return
        if query != self.filter.query:
            if pane.is_wrong:
                pane.note("…")
            self.filter, self.place, self.ranking = replace(self.filter, query=query), Place(), "newest"
            self.load(recall=True)
        else:
            self.note_count()
            self.tell_status()
        if final:
            self.settle_search()
            self.go_to_pane("articles")

    def _wrong(self, error: StoreError) -> None:
        """Say what is wrong with a query and where; what the last one found stays."""
        self.refuse(error)
        if isinstance(error, QueryError) and error.position is not None:
            self.query_one(SearchPane).note(_("at character {n}").format(n=error.position + 1), problem=True)

    def settle_search(self) -> None:
        """What was searched for stands; the way back leads to before the first letter of it."""
        before, self._before_search = self._before_search, None
        self.query_one(SearchPane).close()
        self.tell_keys()
        if before is not None and before.filter != self.filter:
            self.leave(before)

    def on_search_pane_closed(self) -> None:
        self.drop("query")
        self.query_one(SearchPane).close()
        self.tell_keys()
        view, self._before_search = self._before_search, None
        if view is not None:
            self.restore(view)

    def action_rank(self) -> None:
        """Order what a search found by relevance: the newest of it, then all where that is more; then newest first."""
        if not self.filter.query.strip():
            self.tell(_("search for something first"))
            return
        self.go_to_pane("articles")
        if self.ranking == "relevance" and not self.all_ranked and not self.ranking_all:
            self._rank_all()
            return
        self.ranking = "relevance" if self.ranking == "newest" else "newest"
        self.ranking_all = False
        self.place = Place()
        self.load(replace(self.view(), cursors=(Spot(), *self.view().cursors[1:])))

    def _rank_all(self) -> None:
        """Rank all that was found, which takes its time; what is shown stays until it is done."""
        pane, wanted = self.rows("articles"), Articles(self.asked, "best")
        current, position = pane.current_id, pane.cursor
        self.ranking_all = True

        def ranked(found: Found) -> None:
            self.ranking, self.ranking_all = "best", False
            self.replace_list("articles", wanted, found)
            self.tell_status()

        def refused(error: StoreError) -> None:
            self.ranking_all = False
            self.refuse(error)

        self.ask("ranking", lambda reader: wanted.whole(reader, Spot(current, position)), ranked, refused)
        self.tell_status()
