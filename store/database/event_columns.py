"""All events and what tells them as a few columns in memory: which events a set of articles tells, in order of time and
by stretches, however many they are."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pyroaring import BitMap

from store.database.numbers import Ints, bitmap, columns, ids_of, listed, members

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Four = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

_LAST_DAY = 99999999
_EVENT = (
    "x.id AS a, CAST(replace(x.earliest, '-', '') AS INTEGER) AS b, CAST(replace(x.latest, '-', '') AS INTEGER) AS c,"
    " CAST(substr(replace(x.bucket, '-', '') || '0000', 1, 8) AS INTEGER) AS d"
)
_MENTION = "m.id AS a, m.article_id AS b, m.event_id AS c"


@dataclass(frozen=True)
class Columns:
    """Events in the order of the timeline, and their mentions by id. Never changed: another state has others."""

    events: NDArray[np.int32]
    """Ids by earliest day, longer stretches first where they begin together, then by id."""
    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    """Days as numbers, 20211209."""
    buckets: NDArray[np.int32]
    """The finest of day, month and year that each lies in: 20211209, 20211200 or 20210000."""
    articles: NDArray[np.int32]
    """By mention id, the article; 0 where there is none."""
    told: NDArray[np.int32]
    """By mention id, the event."""

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Columns:
        """The events of a corpus as they are now."""
        found = columns(connection, f"SELECT {_EVENT} FROM events x ORDER BY x.earliest, x.latest DESC, x.id", wide=4)
        ids, article, event = columns(connection, f"SELECT {_MENTION} FROM event_mentions m ORDER BY m.id", wide=3)
        articles, told = (np.zeros(int(ids.max(initial=0)) + 1, np.int32) for _ in range(2))
        articles[ids], told[ids] = article, event
        return cls(*_sorted(found), articles, told)

    def renewed(self, connection: sqlite3.Connection, changed: Iterable[int], events: Iterable[int]) -> Columns:
        """What they have become where some articles and events have changed."""
        changed_articles, changed_events = (np.array(sorted(each), np.int32) for each in (changed, events))
        if not len(changed_articles) and not len(changed_events):
            return self
        kept = ~np.isin(self.events, changed_events)
        new = columns(
            connection,
            f"SELECT {_EVENT} FROM json_each(?) j CROSS JOIN events x ON x.id = j.value",
            (listed(changed_events.tolist()),),
            wide=4,
        )
        before = (self.events, self.earliest, self.latest, self.buckets)
        found = [np.concatenate((old[kept].astype(np.int64), more)) for old, more in zip(before, new, strict=True)]
        mentions = [
            columns(
                connection,
                f"SELECT {_MENTION} FROM json_each(?) j CROSS JOIN event_mentions m ON m.{of} = j.value",
                (listed(which.tolist()),),
                wide=3,
            )
            for of, which in (("article_id", changed_articles), ("event_id", changed_events))
        ]
        size = max(len(self.articles), *(int(each[0].max(initial=0)) + 1 for each in mentions))
        articles, told = np.zeros(size, np.int32), np.zeros(size, np.int32)
        articles[: len(self.articles)] = self.articles
        told[: len(self.told)] = self.told
        articles[np.isin(articles, changed_articles)] = 0
        for ids, article, event in mentions:
            articles[ids], told[ids] = article, event
        return Columns(*_sorted(found), articles, told)

    @cached_property
    def _last(self) -> int:
        return int(max(self.events.max(initial=0), self.told.max(initial=0))) + 1

    def told_by(self, found: BitMap) -> BitMap:
        """The events that any of some articles tells."""
        inside = np.zeros(max(int(self.articles.max(initial=0)), found.max() if found else 0) + 1, bool)
        inside[members(found)] = True
        inside[0] = False
        return self._of_mentions(self.told[inside[self.articles]])

    def of_mentions(self, mentions: Ints) -> BitMap:
        """The events of some event mentions."""
        return self._of_mentions(self.told[mentions[mentions < len(self.told)]])

    def _of_mentions(self, told: NDArray[np.int32]) -> BitMap:
        marked = np.zeros(self._last, bool)
        marked[told] = True
        return bitmap(np.flatnonzero(marked).astype(np.int32))

    def within(self, since: int, until: int) -> BitMap:
        """The events that touch the days from `since` to `until`, as numbers."""
        return bitmap(np.sort(self.events[(self.latest >= since) & (self.earliest <= until)]))

    def in_time(self, found: BitMap | None = None, most: int | None = None) -> array[int]:
        """The ids of some events, or all, in the order of the timeline; the first `most`."""
        if found is None:
            return ids_of(self.events[:most])
        return ids_of(self.events[self._places(found)[:most]])

    def counts(self, found: BitMap | None = None) -> Counter[int]:
        """How many events, of some or all, lie in each bucket (20211209, 20211200, 20210000)."""
        codes = self._codes if found is None else self._codes[self._places(found)]
        counted = np.bincount(codes, minlength=len(self._values))
        there = np.flatnonzero(counted)
        return Counter(dict(zip(self._values[there].tolist(), counted[there].tolist(), strict=True)))

    def _places(self, found: BitMap) -> NDArray[np.intp]:
        marked = np.zeros(self._last, bool)
        ids = members(found)
        marked[ids[ids < self._last]] = True
        return np.flatnonzero(marked[self.events])

    @cached_property
    def _by_value(self) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        return np.unique(self.buckets, return_inverse=True)

    @property
    def _values(self) -> NDArray[np.int32]:
        return self._by_value[0]

    @property
    def _codes(self) -> NDArray[np.intp]:
        return self._by_value[1]


def _sorted(found: list[Ints]) -> Four:
    ids, earliest, latest, buckets = found
    key = (earliest * (_LAST_DAY + 1) + (_LAST_DAY - latest)).astype(np.int64)
    if not bool(np.all(np.diff(key) >= 0)):
        by_id = np.argsort(ids, kind="stable")
        order = by_id[np.argsort(key[by_id], kind="stable")]
        ids, earliest, latest, buckets = (each[order] for each in (ids, earliest, latest, buckets))
    return ids.astype(np.int32), earliest.astype(np.int32), latest.astype(np.int32), buckets.astype(np.int32)
