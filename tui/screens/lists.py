"""What the lists ask the store: first what comes into sight, then how many there are, then all."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from store.answers import ArticleOrder, Bucket, EventOrder, Filter, Unit
from store.database.queries import Reader
from store.models import MentionType
from store.spoken import StatementPage
from store.spoken import Wanted as Said
from tui.locale import ngettext
from tui.panes.entities import type_name
from tui.panes.timeline import BIN
from tui.screens.history import Spot, Zoom
from tui.widgets.listing import Listing, Part

FIRST = 200
"""So many articles or events are shown at once; the rest of a long list follows."""
_PAGE, _LOOKED = 2000, 5000
"""So many statements are on a page, and for a page so many articles are looked at (0.05 ms each)."""
FIRST_NAMES = 60
"""So many entities of each kind are shown at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A list, or the beginning of one that is longer."""

    listing: Listing
    whole: bool
    at: int | None = None
    """The position of the row that was to be under the cursor, None where it is not in the list or there was none."""
    keep: int | None = None
    """That row."""
    count: int | None = None
    """How many there are, as far as it is known."""
    rows: Mapping[int, Any] = field(default_factory=dict)
    """Rows that come into sight first."""
    buckets: Sequence[Bucket] | None = None
    """How many events there are when, where the list consists of these."""
    revision: int | None = None
    """The state of the corpus it is of."""
    next: int | None = None
    """Where a list goes on that is asked for page by page."""


class Wanted(Hashable, Protocol):
    """What a list is to show; two that are equal show the same."""

    @property
    def filter(self) -> Filter:
        """What it is narrowed to."""

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        """What is shown at once, with the rows that come into sight: `rows` of them around the spot."""

    def whole(self, reader: Reader, spot: Spot) -> Found:
        """All of it."""

    def count(self, reader: Reader) -> int | None:
        """How many rows there are; None where only the whole list tells."""


class Naming(Wanted, Protocol):
    """A list of mentions of an entity."""

    @property
    def entity(self) -> int:
        """Whose they are."""


def _deep(spot: Spot, most: int) -> int:
    """How much of a list to ask for so that the row under the cursor is in it."""
    return most if spot.id is None or spot.position < most else spot.position + most


def _place(listing: Listing, spot: Spot) -> int | None:
    return None if spot.id is None else listing.find(spot.id, spot.position)


def _in_sight(listing: Listing, at: int | None, rows: int) -> list[int]:
    """Keys of the rows that a screen may show."""
    first, last = (0, rows) if at is None else (max(0, at - rows), at + rows)
    return [key for key in listing[first:last] if key >= 0]


def _listed(ids: array[int], spot: Spot, *, whole: bool) -> Found:
    """A list of these rows under no headings."""
    listing = Listing.of(ids)
    return Found(listing, whole, _place(listing, spot), spot.id, len(ids) if whole else None)


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles in an order."""

    filter: Filter
    ranking: ArticleOrder

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        most = _deep(spot, FIRST)
        # all of them are ranked in the background: it takes its time
        order: ArticleOrder = "newest" if self.ranking == "newest" else "relevance"
        ids = reader.article_ids(self.filter, order, most)
        whole = len(ids) < most and order == self.ranking
        if len(ids) < most:
            return self._found(reader, ids, spot, rows, whole=whole, count=len(ids))
        return self._found(reader, ids, spot, rows, whole=False)

    def whole(self, reader: Reader, spot: Spot) -> Found:
        ids = reader.article_ids(self.filter, self.ranking)
        return self._found(reader, ids, spot, 0, whole=True, count=len(ids))

    def _found(
        self, reader: Reader, ids: array[int], spot: Spot, rows: int, *, whole: bool, count: int | None = None
    ) -> Found:
        listing = Listing.of(ids)
        at = _place(listing, spot)
        keys = _in_sight(listing, at, rows) if rows else []
        shown = {row.id: row for row in reader.articles(keys, self.filter.query, self.filter.latin)} if keys else {}
        return Found(listing, whole, at, spot.id, count, shown)

    def count(self, reader: Reader) -> int | None:
        return reader.count(self.filter)


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities by kind."""

    filter: Filter

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        # where the cursor stands deep among many kinds, only all of them say which row that is
        most = FIRST_NAMES if spot.id is None or spot.position <= FIRST_NAMES else None
        groups = reader.entity_groups(self.filter, most=most)
        whole = most is None or all(len(ids) < most for _kind, ids in groups)
        found = self._found(groups, spot, whole=whole)
        keys = _in_sight(found.listing, found.at, rows)
        return replace(found, rows={row.id: row for row in reader.entities(keys, self.filter)})

    def whole(self, reader: Reader, spot: Spot) -> Found:
        return self._found(reader.entity_groups(self.filter), spot, whole=True)

    def _found(self, groups: list[tuple[MentionType, array[int]]], spot: Spot, *, whole: bool) -> Found:
        listing = Listing(
            Part(ids, f"{type_name(kind)} {len(ids) if whole or len(ids) < FIRST_NAMES else '…'}")
            for kind, ids in groups
        )
        return Found(listing, whole, _place(listing, spot), spot.id, listing.rows if whole else None)

    def count(self, reader: Reader) -> int | None:
        return None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where the articles of a filter name an entity."""

    entity: int
    filter: Filter

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        most = _deep(spot, FIRST)
        ids = reader.mention_ids(self.entity, self.filter, most)
        found = _listed(ids, spot, whole=len(ids) < most)
        keys = _in_sight(found.listing, found.at, rows)
        return replace(found, rows={row.id: row for row in reader.mention_rows(self.entity, keys)})

    def whole(self, reader: Reader, spot: Spot) -> Found:
        return _listed(reader.mention_ids(self.entity, self.filter), spot, whole=True)

    def count(self, reader: Reader) -> int | None:
        return reader.mention_count(self.entity, self.filter)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events, or how many there are in each stretch of time; below them the articles of which no day is known.

    `day` (or a month, a year) is where the cursor is to go, whatever the spot.
    """

    filter: Filter
    zoom: Zoom
    order: EventOrder
    day: str = field(default="", compare=False)

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        if self.zoom != "event":
            return self._buckets(reader, spot)
        most = _deep(spot, FIRST)
        if self.day or (spot.id is not None and spot.id >= BIN):
            found = self.whole(reader, spot)
        else:
            events = reader.event_ids(self.filter, self.order, most)
            found = self._found(reader, events, spot, whole=len(events) < most)
        keys = _in_sight(found.listing, found.at, rows)
        return replace(found, rows=rows_of_timeline(reader, keys))

    def whole(self, reader: Reader, spot: Spot) -> Found:
        if self.zoom != "event":
            return self._buckets(reader, spot)
        if self.day:
            # of the events that touch the day, the last to begin begins in it; else the next one
            there = reader.event_ids(replace(self.filter, since=self.day, until=self.day))
            after = there[-1:] or reader.event_ids(replace(self.filter, since=self.day), most=1)
            spot = Spot(after[0]) if after else spot
        return self._found(reader, reader.event_ids(self.filter, self.order), spot, whole=True)

    def _found(self, reader: Reader, events: array[int], spot: Spot, *, whole: bool) -> Found:
        listing = Listing((Part(events), *(_undated(reader, self.filter) if whole else ())))
        return Found(listing, whole, _place(listing, spot), spot.id, len(events) if whole else None)

    def _buckets(self, reader: Reader, spot: Spot) -> Found:
        unit: Unit = "day" if self.zoom == "event" else self.zoom
        buckets = reader.buckets(self.filter, unit)
        if self.day:
            # the one it lies in, of several the most exact; else the next
            inside = [at for at, bucket in enumerate(buckets) if self.day.startswith(bucket.value)]
            after = (at for at, bucket in enumerate(buckets) if bucket.value > self.day)
            spot = Spot(max(inside, key=lambda at: len(buckets[at].value)) if inside else next(after, None))
        listing = Listing((Part(array("q", range(len(buckets)))), *_undated(reader, self.filter)))
        return Found(listing, True, _place(listing, spot), spot.id, len(buckets), buckets=buckets)

    def count(self, reader: Reader) -> int | None:
        return reader.event_count(self.filter)


def rows_of_timeline(reader: Reader, keys: Sequence[int]) -> dict[int, Any]:
    """Events and undated articles by their keys in the timeline."""
    found: dict[int, Any] = {row.id: row for row in reader.events([key for key in keys if key < BIN])}
    undated = [key - BIN for key in keys if key >= BIN]
    found.update((BIN + row.id, row) for row in (reader.articles(undated) if undated else ()))
    return found


def _undated(reader: Reader, f: Filter) -> tuple[Part, ...]:
    """Articles under a filter that no day is known of; none where the filter is about days or events."""
    if f.since or f.until or f.event is not None or f.precision or f.modality:
        return ()
    ids = reader.article_ids(replace(f, undated=True))
    header = ngettext("{n} undated article", "{n} undated articles", len(ids)).format(n=len(ids))
    return (Part(ids, header, BIN),)


@dataclass(frozen=True, slots=True)
class Statements:
    """What is said in the articles of a filter: page by page, as all of it lies in the texts of all articles."""

    wanted: Said
    filter: Filter

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        # deep in the list, all before it is to be there
        look = _LOOKED if spot.id is None else None
        found = self._found(reader.statement_page(self.filter, self.wanted, 0, _deep(spot, FIRST), look), spot)
        keys = _in_sight(found.listing, found.at, rows)
        return replace(found, rows={row.id: row for row in reader.statement_rows(keys)})

    def more(self, reader: Reader, start: int) -> Found:
        """The next page, from where the one before ended."""
        return self._found(reader.statement_page(self.filter, self.wanted, start, _PAGE, _LOOKED), Spot())

    def whole(self, reader: Reader, spot: Spot) -> Found:
        return _listed(reader.statement_ids(self.filter, self.wanted), spot, whole=True)

    def _found(self, page: StatementPage, spot: Spot) -> Found:
        return replace(_listed(page.ids, spot, whole=page.next is None), next=page.next)

    def count(self, reader: Reader) -> int | None:
        return None
