"""From a Filter to the set of events it lets through: days are those of the event, entities are named in its sentences,
and the rest is said of an article that tells it."""

from __future__ import annotations

import sqlite3
from array import array
from dataclasses import replace
from functools import reduce
from itertools import chain

import numpy as np
from pyroaring import BitMap

from store.answers import EventOrder, Filter
from store.database import choosing
from store.database.kept import State, state
from store.database.moments import first_day, last_day
from store.database.numbers import Ints, column, ids_of, listed, members, selected
from store.database.selecting import event_light, is_everything, root_of
from store.database.stored import NAMED
from store.database.timeline import ORDERS

_MANY = 20_000
"""Where more mentions of a name begin the same day than this, they are not looked at one by one."""
_BEGUN = 3
"""So many times as many mentions are looked at for the first events of an entity."""
_FEW = 2_000
"""So many articles or events are asked one by one while the columns of all events have not been read."""


def events(connection: sqlite3.Connection, f: Filter) -> BitMap | None:
    """The events a filter lets through, not to be changed; None where it is all of them.

    To be asked within `files.snapshot`. Raises QueryError as `choosing.articles`.
    """
    if is_everything(f):
        return None
    now = state(connection)
    return now.remember(("events", f), lambda: reduce(BitMap.intersection, _Choosing(connection, now).sets(f)))


def ordered(connection: sqlite3.Connection, f: Filter, order: EventOrder, most: int | None) -> array[int]:
    """Their ids in the order asked; the first `most`."""
    now = state(connection)
    alone = len(f.entities) == 1 and f == Filter(entities=f.entities)
    if alone and order == "time" and most is not None and not now.recalls(("events", f)):
        begun = _first_of_entity(connection, root_of(connection, f.entities[0]), most)
        if begun is not None:
            return begun
    found = events(connection, f)
    if found is not None and len(found) <= _FEW and not (now.has_columns and order == "time"):
        rows = connection.execute(
            f"SELECT x.id FROM json_each(?) j CROSS JOIN events x ON x.id = j.value ORDER BY {ORDERS[order]} LIMIT ?",
            (listed(found), -1 if most is None else most),
        )
        return array("q", chain.from_iterable(rows))
    if order == "time":
        return now.columns(connection).in_time(found, most)
    sql = f"SELECT x.id AS a FROM events x ORDER BY {ORDERS[order]}"
    everything = now.remember(("events", order), lambda: column(connection, sql))
    if found is None:
        return ids_of(everything[:most])
    marked = np.zeros(int(everything.max(initial=0)) + 1, bool)
    marked[members(found)] = True
    return ids_of(everything[marked[everything]][:most])


def _first_of_entity(connection: sqlite3.Connection, root: int, most: int) -> array[int] | None:
    """The first events whose sentences name an entity; None where not so many are found at once.

    The mentions of a name are at hand in order of their first day. An event begins no sooner than any of its mentions
    does, but where people put it together; those are asked for by themselves.
    """
    ids: set[int] = set()
    names = [row[0] for row in connection.execute("SELECT id FROM names WHERE root = ?", (root,))]
    last = "SELECT day FROM event_names WHERE name_id = ? ORDER BY day LIMIT 1 OFFSET ?"
    ends = [row[0] for name in names for row in connection.execute(last, (name, _BEGUN * most))]
    if any(not isinstance(end, int) for end in ends):
        return None  # no day of the calendar
    until = min(ends, default=99_999_999)
    for name in names:
        rows = connection.execute(
            "SELECT m.event_id FROM event_names e CROSS JOIN event_mentions m ON m.id = e.event_mention_id"
            " WHERE e.name_id = ? AND e.day <= ? LIMIT ?",
            (name, until, _MANY),
        ).fetchall()
        if len(rows) == _MANY:
            return None
        ids.update(row[0] for row in rows)
    ids.update(_put_together(connection, root))
    found = connection.execute(
        "SELECT x.id FROM json_each(?) j CROSS JOIN events x ON x.id = j.value WHERE x.earliest <= ?"
        f" ORDER BY {ORDERS['time']} LIMIT ?",
        (listed(ids), f"{until // 10_000:04}-{until // 100 % 100:02}-{until % 100:02}", most),
    ).fetchall()
    if len(found) < most and ends:
        return None
    return array("q", (row[0] for row in found))


def _put_together(connection: sqlite3.Connection, root: int) -> list[int]:
    """The events that people put together and whose sentences name an entity."""
    labelled = (
        "SELECT DISTINCT event_id AS id FROM event_mentions INDEXED BY event_mentions_together"
        " WHERE together IS NOT NULL"
    )
    rows = connection.execute(
        f"SELECT e.id FROM ({labelled}) e WHERE EXISTS (SELECT 1 FROM event_mentions m {NAMED}"
        " JOIN names n ON n.id = f.name_id WHERE m.event_id = e.id AND n.root = ?)",
        (root,),
    )
    return [int(row[0]) for row in rows]


def by_bucket(connection: sqlite3.Connection, f: Filter) -> list[tuple[str, int]]:
    """How many lie in each day, month and year that is the finest for them."""
    now, found = state(connection), events(connection, f)
    few = found is not None and len(found) <= _FEW and not now.has_columns
    if few or not now.columns(connection).regular:
        found = BitMap(column(connection, "SELECT id AS a FROM events").tolist()) if found is None else found
        return connection.execute(
            "SELECT x.bucket, count(*) FROM json_each(?) j CROSS JOIN events x ON x.id = j.value GROUP BY x.bucket",
            (listed(found),),
        ).fetchall()
    return [(_written(code), number) for code, number in now.columns(connection).counts(found).items()]


def _written(code: int) -> str:
    year, month, day = code // 10_000, code // 100 % 100, code % 100
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


class _Choosing:
    def __init__(self, connection: sqlite3.Connection, state: State) -> None:
        self._connection, self._state = connection, state

    def sets(self, f: Filter) -> list[BitMap]:
        """A set for each condition of a filter, the smallest first."""
        connection = self._connection
        found = [self._of_entity(root_of(connection, entity)) for entity in dict.fromkeys(f.entities)]
        if f.since is not None or f.until is not None:
            found.append(self._within(f.since, f.until))
        if f.type is not None:
            found.append(self._of_type(f.type))
        if f.event is not None:
            found.append(selected(connection, "SELECT id AS a FROM events WHERE id = ?", (f.event,)))
        light, wanted = event_light(f)
        if light:
            sql = f"SELECT x.id AS a FROM events x WHERE {light}"
            found.append(self._state.remember(("events", light, *wanted), lambda: selected(connection, sql, wanted)))
        told_by = replace(f, entities=(), since=None, until=None, type=None, event=None, precision=None, modality=None)
        if not is_everything(told_by):
            found.append(self._told_by(told_by))
        return sorted(found, key=len)

    def _told_by(self, f: Filter) -> BitMap:
        found = choosing.hits(self._connection, f)
        if len(found) <= _FEW and not self._state.has_columns:
            sql = "SELECT m.event_id AS a FROM json_each(?) j CROSS JOIN event_mentions m ON m.article_id = j.value"
            return selected(self._connection, sql, (listed(found),))
        return self._state.columns(self._connection).told_by(found)

    def _of_entity(self, root: int) -> BitMap:
        sql = (
            "SELECT e.event_mention_id AS a FROM names n CROSS JOIN event_names e ON e.name_id = n.id WHERE n.root = ?"
        )
        return self._of_mentions(column(self._connection, sql, (root,)))

    def _of_type(self, kind: str) -> BitMap:
        sql = (
            "SELECT e.event_mention_id AS a FROM entities t CROSS JOIN names n ON n.root = t.id"
            " CROSS JOIN event_names e ON e.name_id = n.id WHERE t.type = ? AND NOT t.hidden"
        )
        return self._state.remember(
            ("events of", kind), lambda: self._of_mentions(column(self._connection, sql, (kind,)))
        )

    def _of_mentions(self, mentions: Ints) -> BitMap:
        if len(mentions) <= _FEW and not self._state.has_columns:
            sql = "SELECT m.event_id AS a FROM json_each(?) j CROSS JOIN event_mentions m ON m.id = j.value"
            return selected(self._connection, sql, (listed(mentions.tolist()),))
        return self._state.columns(self._connection).of_mentions(mentions)

    def _within(self, since: str | None, until: str | None) -> BitMap:
        first = "0000-00-00" if since is None else first_day(since)
        last = "9999-99-99" if until is None else last_day(until)
        if self._state.has_columns and self._state.columns(self._connection).regular:
            return self._state.columns(self._connection).within(*(int(day.replace("-", "")) for day in (first, last)))
        sql = "SELECT id AS a FROM events WHERE earliest <= ? AND latest >= ?"
        return selected(self._connection, sql, (last, first))
