"""All articles in the order of time, in memory: where each stands, and the newest of any set of them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pyroaring import BitMap

from store.database.moments import UNDATED
from store.database.numbers import Ints, bitmap, columns, ids_of, listed, members

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ZONE = 8192
"""Ids that are looked at together for the newest of what a search finds."""
_FEW = 20_000
"""So many are put in order by sorting; more by going through all articles."""
_NOWHERE = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Order:
    """Articles newest first, undated last, of one moment the one with the higher id first. Never changed: another
    state of the corpus has another."""

    ids: NDArray[np.int32]
    moments: Ints
    """The moment of each, as in `store.database.moments`."""

    @cached_property
    def rank(self) -> NDArray[np.int32]:
        """Where an id stands in `ids`; beyond all where there is no such article."""
        rank = np.full(int(self.ids.max(initial=0)) + 1, _NOWHERE, np.int32)
        rank[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        return rank

    def prepare(self) -> int:
        """Works out now what is asked for later; returns how many bytes it all takes."""
        return self.ids.nbytes + self.moments.nbytes + self.rank.nbytes + self.zones.nbytes

    @cached_property
    def everything(self) -> BitMap:
        """All articles."""
        return bitmap(np.sort(self.ids))

    @cached_property
    def zones(self) -> NDArray[np.int32]:
        """For each stretch of _ZONE ids the rank of its newest article."""
        return np.minimum.reduceat(self.rank, np.arange(0, len(self.rank), _ZONE))

    def published(self, since: int | None, until: int | None) -> BitMap:
        """Articles of the moments from `since` to `until`, the undated only where both are None."""
        rising = -self.moments
        first = 0 if until is None else int(np.searchsorted(rising, -until, "left"))
        last = len(self.ids)
        if since is not None or until is not None:
            last = int(np.searchsorted(rising, -max(since or 0, UNDATED + 1), "right"))
        return bitmap(np.sort(self.ids[first:last]))

    def undated(self) -> BitMap:
        """Articles without a moment."""
        return bitmap(np.sort(self.ids[int(np.searchsorted(-self.moments, -UNDATED, "left")) :]))

    def newest(self, found: BitMap, most: int | None = None) -> array[int]:
        """The ids of a set, newest first; only the first `most`."""
        ids = members(found)
        if len(ids) > _FEW:
            inside = np.zeros(len(self.rank), bool)
            inside[ids[ids < len(self.rank)]] = True
            ordered = self.ids[inside[self.ids]]
            return ids_of(ordered[:most])
        ranks = self.rank[ids[ids < len(self.rank)]]
        ranks = np.sort(ranks[ranks != _NOWHERE])
        return ids_of(self.ids[ranks[:most]])

    def first(self, most: int, find: Callable[[int, int], BitMap], keep: Callable[[BitMap], BitMap]) -> array[int]:
        """The `most` newest of a set, which `find` gives for a range of ids, ends included, and of which `keep` leaves
        no article out but for a newer one.

        Asked is first where the newest articles are; where ids are in order of time that is soon enough.
        """
        if most <= 0 or not len(self.ids):
            return array("q")
        by_age = np.argsort(self.zones, kind="stable")
        found = BitMap()
        done = 0
        for step in (1, 8):
            for low, high in _ranges(by_age[done : done + step]):
                found |= find(low, high)
            done += step
            if done >= len(by_age):
                return self.newest(keep(found), most)
            best = self.newest(keep(found), most)
            if len(best) == most and self.rank[best[-1]] < self.zones[by_age[done]]:
                return best
        for low, high in _ranges(by_age[done:]):
            found |= find(low, high)
        return self.newest(keep(found), most)


def _ranges(zones: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Zones as ranges of ids, neighbours joined; all ids between them where they lie scattered."""
    ordered = np.sort(zones)
    if len(ordered) == 0:
        return []
    breaks = np.flatnonzero(np.diff(ordered) != 1)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(ordered) - 1]))
    return [
        (int(ordered[start]) * _ZONE, (int(ordered[end]) + 1) * _ZONE - 1)
        for start, end in zip(starts, ends, strict=True)
    ]


def read(connection: sqlite3.Connection) -> Order:
    """The order as the corpus has it now."""
    ids, moments = columns(
        connection, "SELECT id AS a, moment AS b FROM articles ORDER BY moment DESC, id DESC", wide=2
    )
    return _sorted(ids, moments)


def renewed(connection: sqlite3.Connection, order: Order, changed: Iterable[int]) -> Order:
    """The order after some articles have come, gone or been given another date."""
    which = np.array(sorted(changed), np.int32)
    ids, moments = columns(
        connection,
        "SELECT a.id AS a, a.moment AS b FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value"
        " ORDER BY b DESC, a DESC",
        (listed(which.tolist()),),
        wide=2,
    )
    here = np.isin(order.ids, which)
    if len(ids) == np.count_nonzero(here) and (
        np.array_equal(order.ids[here], ids) and np.array_equal(order.moments[here], moments)
    ):
        return order  # they say something else, of the same days
    kept_ids, kept_moments = order.ids[~here], order.moments[~here]
    # Where each comes: before those that are older, and before those of the same moment with a lower id.
    first = np.searchsorted(-kept_moments, -moments, "left")
    last = np.searchsorted(-kept_moments, -moments, "right")
    places = [
        low + int(np.count_nonzero(kept_ids[low:high] > id_)) for id_, low, high in zip(ids, first, last, strict=True)
    ]
    return Order(np.insert(kept_ids, places, ids.astype(np.int32)), np.insert(kept_moments, places, moments))


def _sorted(ids: Ints, moments: Ints) -> Order:
    later, same = np.diff(moments), np.diff(ids)
    if bool(np.all((later < 0) | ((later == 0) & (same < 0)))):
        return Order(ids.astype(np.int32), moments)
    by_id = np.argsort(-ids, kind="stable")
    order = by_id[np.argsort(-moments[by_id], kind="stable")]
    return Order(ids[order].astype(np.int32), moments[order])
