"""How many articles a dossier is about, when the first and the last of them came, and how many when."""

from __future__ import annotations

import sqlite3

import numpy as np

from store.database import choosing, reading
from store.database.facets import Counting
from store.database.kept import state
from store.database.moments import UNDATED
from store.database.numbers import Ints, members
from store.database.selecting import root_of
from store.dossiers import Sighting, Stretch, Subject, Summary, Unit

_MINUTES = 1440
_BEFORE_FIRST = 719_163
"""Days from the year 0 that moments count from to 1970, from which numpy counts."""


def summary(connection: sqlite3.Connection, about: Subject) -> Summary:
    """As `store.database.dossiers.summary`."""
    now, found = state(connection), choosing.articles(connection, about.filter)
    counting = Counting(connection, now, found)
    ids, moments = in_time(connection, about)
    first, last = (_sighting(connection, about, int(ids[at])) if len(ids) else None for at in (0, -1))
    mentions = tuple(counting.mentions(root_of(connection, row.id)) for row in about.entities)
    return Summary(len(found), mentions, len(found) - len(moments), first, last)


def trend(connection: sqlite3.Connection, about: Subject, unit: Unit) -> list[Stretch]:
    """As `store.database.dossiers.trend`."""
    _, moments = in_time(connection, about)
    days = (moments // _MINUTES - _BEFORE_FIRST).astype("datetime64[D]")
    values, counts = np.unique(days.astype("datetime64[M]" if unit == "month" else "datetime64[Y]"), return_counts=True)
    return [Stretch(str(value), int(count)) for value, count in zip(values, counts, strict=True)]


def in_time(connection: sqlite3.Connection, about: Subject) -> tuple[Ints, Ints]:
    """The articles that have a date, the oldest first, and their moments."""
    now, found = state(connection), choosing.articles(connection, about.filter)
    order = now.order(connection)
    ids = members(found)
    ranks = np.sort(order.rank[ids[ids < len(order.rank)]])[::-1]
    ranks = ranks[ranks < len(order.ids)]
    dated = ranks[order.moments[ranks] > UNDATED]
    return order.ids[dated].astype(np.int64), order.moments[dated]


def _sighting(connection: sqlite3.Connection, about: Subject, article: int) -> Sighting | None:
    rows = reading.rows(connection, [article], "")
    if not rows:
        return None
    start = None
    if about.entities:
        (start,) = connection.execute(
            "SELECT min(m.start) FROM mentions m JOIN forms f ON f.id = m.form_id JOIN names n ON n.id = f.name_id"
            " WHERE m.article_id = ? AND n.root = ?",
            (article, root_of(connection, about.entities[0].id)),
        ).fetchone()
    return Sighting(rows[0], start)
