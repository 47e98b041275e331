"""How often names are told of over time, and by whom: counted on sets of articles and their order of time.

This module needs numpy: it is imported by those who ask for trends, not to start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from store.answers import Filter, Series, Trends, Unit
from store.database import choosing, entities, entity_sets
from store.database.files import stopping
from store.database.kept import State, state
from store.database.numbers import columns, members
from store.database.selecting import root_of
from store.text.cells import cell_of, first_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyroaring import BitMap

MOST = 40_000
"""So many cells at most: a century of days. What is longer is counted by a longer unit."""
_UNITS: tuple[Unit, ...] = ("day", "month", "year", "decade")
_DAY = 1440
"""Minutes."""


def trends(connection: sqlite3.Connection, f: Filter, wanted: Sequence[int], by: Unit) -> Trends:
    """How many of the articles let through name each of some entities in each cell of time.

    Copies are counted as the filter says. Raises CorpusError for an entity that is not there.
    """
    now = state(connection)
    order, found = now.order(connection), choosing.articles(connection, f)
    # Ranks ascend from the newest article to the oldest; the undated come last.
    dated = int(np.searchsorted(-order.moments, 0, "left"))
    ranks = np.sort(order.rank[members(found)])
    here = ranks[ranks < dated]
    undated = len(ranks) - len(here)
    unit, first, cells = by, 0, np.empty(0, np.int64)
    if len(here):
        ends = (int(order.moments[here[at]]) // _DAY for at in (-1, 0))
        earliest, latest = (date.fromordinal(day).isoformat() for day in ends)
        for unit in _UNITS[_UNITS.index(by) :]:
            first, last = cell_of(earliest, unit) or 0, cell_of(latest, unit) or 0
            if last - first < MOST:
                break
        cells = _cells(now, connection, unit)
        wide = last - first + 1
    else:
        wide = 0
    every = np.bincount(cells[here] - first, minlength=wide) if wide else np.empty(0, np.int64)

    def counted(articles: BitMap) -> NDArray[np.int64]:
        some = order.rank[members(articles)]
        some = some[some < dated]
        return np.bincount(cells[some] - first, minlength=wide).astype(np.int64) if wide else np.empty(0, np.int64)

    series = []
    for entity in wanted:
        stopping(connection)
        planes = now.sets.planes(connection, root_of(connection, entity))
        shared = {plane: articles & found for plane, articles in planes.items()}
        articles = mentions = counted(shared[0])
        # mentions are bit-sliced: plane k + 1 has bit k of their number less one
        for plane, those in shared.items():
            if plane:
                mentions = mentions + (counted(those) << (plane - 1))
        row = entities.one(connection, entity, _path(connection))
        row = replace(row, articles=len(shared[0]), mentions=entity_sets.mentions(shared))
        series.append(Series(row, tuple(articles.tolist()), tuple(mentions.tolist())))
    return Trends(unit, first, tuple(every.tolist()), tuple(series), undated)


def _path(connection: sqlite3.Connection) -> Path:
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def _cells(now: State, connection: sqlite3.Connection, unit: Unit) -> NDArray[np.int64]:
    """The cell of each article in the order of time; meaningless for the undated."""

    def find() -> NDArray[np.int64]:
        days = now.order(connection).moments // _DAY
        if unit == "day":
            return days
        known = days[days > 0]
        if not len(known):
            return np.zeros(len(days), np.int64)
        ends = (date.fromordinal(int(day)).isoformat() for day in (known[-1], known[0]))
        first, last = (cell_of(day, unit) or 0 for day in ends)
        begins = [begin.toordinal() for cell in range(first + 1, last + 1) if (begin := first_of(cell, unit))]
        return np.searchsorted(np.array(begins, np.int64), days, "right") + first

    return now.remember(("cells", unit), find)


def outlets(connection: sqlite3.Connection, f: Filter) -> list[tuple[str | None, int, int]]:
    """The outlets of the articles that a filter lets through, each with their number and the newest of them, most
    first; None, the last, for no outlet."""
    now = state(connection)
    ids, of = now.remember(
        ("outlets",),
        lambda: columns(connection, "SELECT id AS a, coalesce(outlet_id, 0) AS b FROM articles ORDER BY id", wide=2),
    )
    order = now.order(connection)
    newest_first = order.ids[np.sort(order.rank[members(choosing.articles(connection, f))])]
    found, first, counts = np.unique(of[np.searchsorted(ids, newest_first)], return_index=True, return_counts=True)
    names = dict(connection.execute("SELECT id, name FROM outlets").fetchall())
    each = [
        (names.get(outlet), int(count), int(newest_first[at]))
        for outlet, at, count in zip(found.tolist(), first, counts, strict=True)
    ]
    return sorted(each, key=lambda one: (one[0] is None, -one[1], one[0] or ""))
