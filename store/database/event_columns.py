"""All events and what tells them as a few columns in memory: which events a set of articles tells, in order of time and
by stretches, however many they are."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pyroaring import BitMap

from store.database.numbers import Ints, bitmap, columns, ids_of, listed, members, parsed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Three = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

_LAST_DAY = 99999999
_DIGITS = [0, 1, 2, 3, 5, 6, 8, 9]
"""Where the digits of `2021-12-09` stand."""
_MENTION = "m.id AS a, m.article_id AS b, m.event_id AS c"
_FEW = 50_000
"""So many events are put in order by sorting; more by going through all."""


@dataclass(frozen=True)
class Columns:
    """Events in the order of the timeline, and their mentions by id. Never changed: another state has others."""

    events: NDArray[np.int32]
    """Ids by earliest day, longer stretches first where they begin together, then by id."""
    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    """Days as numbers, 20211209."""
    articles: NDArray[np.int32]
    """By mention id, the article; 0 where there is none."""
    told: NDArray[np.int32]
    """By mention id, the event."""
    regular: bool = True
    """Whether all days are of the calendar (`2021-12-09`); else they are no numbers, and buckets are not told."""

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Columns:
        """The events of a corpus as they are now."""
        found = _read(connection, "SELECT id, earliest, latest FROM events ORDER BY earliest, latest DESC, id")
        # The index holds all that is asked for, in a tenth of the table.
        ids, article, event = columns(
            connection, f"SELECT {_MENTION} FROM event_mentions m INDEXED BY event_mentions_of_event", wide=3
        )
        articles, told = (np.zeros(int(ids.max(initial=0)) + 1, np.int32) for _ in range(2))
        articles[ids], told[ids] = article, event
        if len(found) < 3:
            nothing = np.zeros(len(found[0]), np.int32)
            return cls(found[0].astype(np.int32), nothing, nothing, articles, told, regular=False)
        return cls(*_sorted(found), articles, told)

    def renewed(self, connection: sqlite3.Connection, changed: Iterable[int], events: Iterable[int]) -> Columns:
        """What they have become where some articles and events have changed."""
        changed_articles, changed_events = (np.array(sorted(each), np.int32) for each in (changed, events))
        if not len(changed_articles) and not len(changed_events):
            return self
        if not self.regular:
            return Columns.read(connection)
        kept = ~np.isin(self.events, changed_events)
        new = _read(
            connection,
            "SELECT x.id, x.earliest, x.latest FROM json_each(?) j CROSS JOIN events x ON x.id = j.value",
            (listed(changed_events.tolist()),),
        )
        if len(new) < 3:
            return Columns.read(connection)
        before = (self.events, self.earliest, self.latest)
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

    def prepare(self) -> int:
        """Works out now what is asked for later; returns how many bytes it all takes."""
        columns = (self.events, self.earliest, self.latest, self.articles, self.told, self._codes, self._place)
        return sum(column.nbytes for column in columns)

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
        counted = np.bincount(codes)
        there = np.flatnonzero(counted)
        code = there + self._first
        values = code // 416 * 10_000 + code // 32 % 13 * 100 + code % 32
        return Counter(dict(zip(values.tolist(), counted[there].tolist(), strict=True)))

    def _places(self, found: BitMap) -> NDArray[np.int32] | NDArray[np.intp]:
        if len(found) <= _FEW:
            ids = members(found)
            places = self._place[ids[ids < self._last]]
            return np.sort(places[places >= 0])
        marked = np.zeros(self._last, bool)
        ids = members(found)
        marked[ids[ids < self._last]] = True
        return np.flatnonzero(marked[self.events])

    @cached_property
    def _place(self) -> NDArray[np.int32]:
        """By event, where it stands in `events`; -1 where there is none."""
        place = np.full(self._last, -1, np.int32)
        place[self.events] = np.arange(len(self.events), dtype=np.int32)
        return place

    @cached_property
    def buckets(self) -> NDArray[np.int32]:
        """The finest of day, month and year that each lies in, the first year where none holds it: 20211209, 20211200
        or 20210000."""
        same_day, same_month = self.earliest == self.latest, self.earliest // 100 == self.latest // 100
        year = self.earliest // 10_000 * 10_000
        return np.where(same_day, self.earliest, np.where(same_month, self.earliest // 100 * 100, year))

    @cached_property
    def _codes(self) -> NDArray[np.int32]:
        """Buckets as small numbers: years of 13 months (0 for none) of 32 days, from `_first` on."""
        years, months, days = self.buckets // 10_000, self.buckets // 100 % 100, self.buckets % 100
        return ((years * 13 + months) * 32 + days - self._first).astype(np.int32)

    @cached_property
    def _first(self) -> int:
        return int(self.buckets.min(initial=99_999_999)) // 10_000 * 416


def _read(connection: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> list[Ints]:
    """Events with their first and last days as numbers; the events alone where not all of these are days."""
    ids, earliest, latest = connection.execute(
        f"SELECT group_concat(id, ' '), group_concat(earliest, ''), group_concat(latest, '') FROM ({sql})", parameters
    ).fetchone()
    events = parsed(ids or "")
    days = [_days(text or "", len(events)) for text in (earliest, latest)]
    return [events, *(each for each in days if each is not None)]


def _days(text: str, number: int) -> Ints | None:
    """Days that stand next to each other, each as `2021-12-09`, as numbers; None where some are written otherwise."""
    if not text.isascii() or len(text) != 10 * number:
        return None
    digits = np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, 10)[:, _DIGITS].astype(np.int64) - ord("0")
    if digits.min(initial=0) < 0 or digits.max(initial=0) > 9:
        return None
    return np.asarray(digits @ (10 ** np.arange(7, -1, -1, dtype=np.int64)), np.int64)


def _sorted(found: Sequence[Ints]) -> Three:
    ids, earliest, latest = found
    key = earliest * (_LAST_DAY + 1) + (_LAST_DAY - latest)
    later = np.diff(key)
    if not bool(np.all((later > 0) | ((later == 0) & (np.diff(ids) > 0)))):
        order = np.lexsort((ids, key))
        ids, earliest, latest = ids[order], earliest[order], latest[order]
    return ids.astype(np.int32), earliest.astype(np.int32), latest.astype(np.int32)
