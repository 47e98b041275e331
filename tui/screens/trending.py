"""Looking at how often names are told of over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.answers import Filter
from store.text.when import stretch
from tui.screens.history import Zoom
from tui.screens.taking_along import TakingAlong

if TYPE_CHECKING:
    from tui.screens.trends import Left

_MOST = 5


class Trending(TakingAlong):
    """The explorer's pictures of trends."""

    def go(self, new: Filter, pane: str, *, label: tuple[int, str] | None = None, zoom: Zoom | None = None) -> None:
        """Jump to what a filter leaves, in a pane; the way back is kept."""
        raise NotImplementedError

    def action_trends(self) -> None:
        """Trends of the name under the cursor beside those that it was compared with; without one of those that were
        compared last, or of those of most articles."""
        entity = self.entity_in_hand()
        names = self.compared
        if entity is not None:
            names = (*(name for name in names if name != entity[0]), entity[0])[-_MOST:]
        self.show_trends(names)

    def show_trends(self, names: Sequence[int]) -> None:
        """Trends of some names, at most five of them, in the articles of this view."""
        from tui.screens.trends import TrendsSheet  # not for the first frame

        # what a view is narrowed to by a name is not what its trend is among
        f = replace(self.asked, entities=()) if self.asked.entities else self.asked
        narrowed = self._filter_in_words() if f != Filter() and f == self.asked else ""

        def left(answer: Left | None) -> None:
            if answer is None:
                return
            self.compared = answer.names
            if answer.export:
                self.take_along()
            elif answer.go is not None:
                entity, value = answer.go
                first, last, _precision = stretch(value)
                narrowed_to = replace(f, entities=(entity.id,), since=first, until=last)
                self.go(narrowed_to, "articles", label=(entity.id, entity.name))

        wanted = tuple(names) or self.asked.entities
        self.app.push_screen(TrendsSheet(self.corpus, f, wanted[-_MOST:], narrowed), left)
