"""Rows that are marked: what is done next is done with all of them."""

from __future__ import annotations

from tui.hinting import with_keys
from tui.locale import ngettext
from tui.panes.timeline import BIN
from tui.screens.history import LISTS
from tui.screens.loading import Loading
from tui.widgets.rows import Rows


class Marking(Loading):
    """The explorer's marks, one set for each list; they stay when the lists are filled anew."""

    def on_rows_marked(self, event: Rows.Marked) -> None:
        self.tell_status()

    def marked(self, pane: str) -> list[int]:
        """Ids of the marked rows of a list that has the keys, in the order in which they were marked; of the timeline
        the events only."""
        if self.pane != pane:
            return []
        return [key for key in self.rows(pane).ticked if pane != "timeline" or key < BIN]

    def marked_articles(self) -> list[int]:
        """Ids of the articles that are marked in the list that has the keys, the undated ones of the timeline too."""
        if self.pane == "timeline":
            return [key - BIN for key in self.rows("timeline").ticked if key >= BIN]
        return self.marked("articles")

    def unmark(self, pane: str | None = None) -> bool:
        """Take the marks of a list away, or all; False where there are none."""
        lists = [self.rows(name) for name in LISTS if pane in (None, name)]
        there = any(rows.ticked for rows in lists)
        for rows in lists:
            rows.unmark()
        return there

    def standing(self) -> str:
        """What is said while there is nothing new: how many rows are marked, else the filter."""
        counts = [len(self.rows(name).ticked) for name in LISTS]
        if not any(counts):
            return super().standing()
        count = counts[LISTS.index(self.pane)] if self.pane in LISTS else sum(counts)
        said = ngettext(
            "{n} marked; {explore_clear} takes the mark away", "{n} marked; {explore_clear} takes the marks away", count
        )
        return f"{with_keys(said, n=count)} · {super().standing()}"
