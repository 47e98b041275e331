"""Views of the explorer as they are kept for another day, and back: by keys that outlive the corpus's ids.

What comes back may be of another state of the corpus, or of anybody's making: every value is checked, and what is not
there any more is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast, get_args

from store.answers import ArticleOrder, EventOrder, Filter
from store.database.whereabouts import Ids, Keys
from store.models import MentionType, Modality, Precision
from tui.panes.reader import Reading
from tui.panes.timeline import BIN
from tui.screens.history import PANES, ZOOMS, Place, Spot, View, Zoom
from tui.screens.sheets import is_day, western
from tui.widgets.arabic_input import clean

_LARGEST = 1 << 40
"""Of positions and offsets: whatever is larger is none."""
_WORDS = 2000
"""Most code points of a search, and of other words of a filter."""
_ORDERS = cast(tuple[EventOrder, ...], get_args(EventOrder))
_RANKINGS = cast(tuple[ArticleOrder, ...], get_args(ArticleOrder))
T = TypeVar("T")


def kept_view(keys: Keys, view: View) -> dict[str, Any] | None:
    """A view as JSON has it; None where its filter names what is gone."""
    f = keys.filter(view.filter)
    if f is None:
        return None
    articles, entities, timeline = view.cursors

    def moment(id: int) -> object:
        if id >= BIN:
            return keys.article(id - BIN)
        return keys.event(id) if view.zoom == "event" else id

    said: dict[str, Any] = {
        "filter": f,
        "pane": view.pane,
        "zoom": view.zoom,
        "order": view.order,
        "ranking": view.ranking,
        "cursors": [_spot(articles, keys.article), _spot(entities, keys.entity), _spot(timeline, moment)],
    }
    if view.filter.added_after is not None:
        said["added_after"] = view.filter.added_after
    place, reading = view.place, view.reading
    article = keys.article(place.article)
    if article is not None:
        said["place"] = [article, place.span, keys.entity(place.entity), place.mark]
        said["reading"] = [reading.top, reading.mark]
    return said


def _spot(spot: Spot, key: Callable[[int], object]) -> list[object]:
    return [key(spot.id) if spot.id is not None else None, spot.position, spot.line]


def view_of(ids: Ids, said: object) -> tuple[View, bool] | None:
    """The view that was kept, without what is not there any more, and whether its filter is whole; None for what can be
    no view."""
    if not isinstance(said, dict):
        return None
    asked = said.get("filter")
    f, whole = ids.filter(asked)
    f = replace(f, added_after=_number(said.get("added_after")))
    if not isinstance(asked, dict) or not _is_sound(f):
        return None
    zoom: Zoom = _one_of(said.get("zoom"), ZOOMS, "event")

    def moment(key: object) -> int | None:
        if zoom != "event" and isinstance(key, int):
            return _number(key)
        if zoom == "event" and isinstance(key, str) and "@" in key:
            return ids.event(key)
        undated = ids.article(key)
        return BIN + undated if undated is not None else None

    kept = _several(said.get("cursors"), 3)
    place, reading = _place(said.get("place"), ids), _several(said.get("reading"), 2)
    pane = _one_of(said.get("pane"), PANES, "articles")
    view = View(
        f,
        "articles" if pane == "reader" and place.article is None else pane,
        zoom,
        _one_of(said.get("order"), _ORDERS, "time"),
        _one_of(said.get("ranking"), _RANKINGS, "newest"),
        place,
        Reading(*map(_number, reading)) if place.article is not None else Reading(),
        (_spot_of(kept[0], ids.article), _spot_of(kept[1], ids.entity), _spot_of(kept[2], moment)),
    )
    return view, whole


def _is_sound(f: Filter) -> bool:
    """Whether the words of a filter are such as the explorer could have put there."""
    words = [f.query, f.outlet or "", *(value for _what, value in f.said)]
    return (
        all(len(word) <= _WORDS and clean(word) == word for word in words)
        and all(day is None or (is_day(day) and day == western(day)) for day in (f.since, f.until))
        and f.type in (None, *get_args(MentionType))
        and f.precision in (None, *get_args(Precision))
        and f.modality in (None, *get_args(Modality))
    )


def _place(said: object, ids: Ids) -> Place:
    article, span, entity, mark = _several(said, 4)
    found = ids.article(article)
    if found is None:
        return Place()
    start, end = map(_number, _several(span, 2))
    there = (start, end) if start is not None and end is not None and start < end else None
    return Place(found, there, ids.entity(entity), _number(mark))


def _spot_of(said: object, id: Callable[[object], int | None]) -> Spot:
    key, position, line = _several(said, 3)
    found = id(key)
    return Spot(found, _number(position) or 0, _number(line)) if found is not None else Spot()


def _several(said: object, count: int) -> list[object]:
    """So many values, or so many times none."""
    return said if isinstance(said, list) and len(said) == count else [None] * count


def _number(said: object) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < _LARGEST else None


def _one_of(said: object, choice: tuple[T, ...], otherwise: T) -> T:
    return next((one for one in choice if one == said), otherwise)
