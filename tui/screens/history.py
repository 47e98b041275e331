"""Where the explorer is, where it was, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from store.answers import ArticleOrder, EventOrder, Filter
from tui.panes.reader import Reading

PANES = ("articles", "entities", "timeline", "reader")
LISTS = PANES[:3]

Zoom = Literal["event", "day", "month", "year", "decade"]
ZOOMS: tuple[Zoom, ...] = ("event", "day", "month", "year", "decade")
"""How closely the timeline is looked at, the closest first."""


class Spot(NamedTuple):
    """Where a list's cursor stands: on which row, at which position, on which line of the screen."""

    id: int | None = None
    position: int = 0
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What the reader shows: an article, and what in it was jumped to."""

    article: int | None = None
    span: tuple[int, int] | None = None
    entity: int | None = None
    mark: int | None = None
    """Where the name or date begins that the reader's cursor is to stand on."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything needed to stand there again."""

    filter: Filter = field(default_factory=Filter)
    pane: str = "articles"
    zoom: Zoom = "event"
    order: EventOrder = "time"
    ranking: ArticleOrder = "newest"
    place: Place = field(default_factory=Place)
    reading: Reading = field(default_factory=Reading)
    cursors: tuple[Spot, Spot, Spot] = (Spot(), Spot(), Spot())
    """Where the cursors of the three lists stand."""


class History:
    """Views before and after the present one, as a browser keeps them."""

    def __init__(self) -> None:
        self._before: list[View] = []
        self._after: list[View] = []

    def leave(self, view: View) -> None:
        """A jump leaves `view`; what lay ahead is forgotten."""
        self._before.append(view)
        self._after.clear()

    @property
    def before(self) -> tuple[View, ...]:
        """What was left, the last at the end."""
        return tuple(self._before)

    @property
    def after(self) -> tuple[View, ...]:
        """What was gone back from, the next at the end."""
        return tuple(self._after)

    def go(self, view: View, by: int) -> View | None:
        """The view so many steps ahead of `view`, or back where that is less than nothing; None where there is none."""
        there: View | None = view
        for _ in range(abs(by)):
            if there is not None:
                there = self.forward(there) if by > 0 else self.back(there)
        return there

    def recall(self, before: Sequence[View], after: Sequence[View]) -> None:
        """What an earlier session left lies before all of this one; what lay ahead of it, only if nothing was left."""
        if not self._before and not self._after:
            self._after = list(after)
        self._before = [*before, *self._before]

    def back(self, view: View) -> View | None:
        """The view before `view`, None at the beginning."""
        if not self._before:
            return None
        self._after.append(view)
        return self._before.pop()

    def forward(self, view: View) -> View | None:
        """The view that `back` came from, None at the end."""
        if not self._after:
            return None
        self._before.append(view)
        return self._after.pop()
