"""What people put on what a filter lets through: its articles, their sentences, its events, and who is named there."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from store.annotations import Kind, Noting
from store.answers import Filter
from store.database import annotation, choosing, choosing_events
from store.database.anchoring import resolved
from store.database.entity_sets import unpacked
from store.database.files import stopping
from store.database.numbers import listed
from store.database.selecting import is_everything

_ON_DOCUMENTS = (
    "SELECT n.id, n.made, d.article_id, n.kind FROM annotations n CROSS JOIN documents d ON d.digest = n.digest"
    " WHERE n.target IN ({targets})"
)
_ON_NAMES = (
    "SELECT n.id, n.made, e.id, n.kind FROM json_each(?) j CROSS JOIN entities e ON e.id = j.value"
    " CROSS JOIN annotations n ON n.id = CAST(j.key AS INTEGER) WHERE e.articles > 0 AND NOT e.hidden"
)
_SETS = (
    "SELECT s.entity_id, s.articles FROM json_each(?) j CROSS JOIN entity_sets s ON s.entity_id = j.value"
    " WHERE s.plane = 0"
)


def within(connection: sqlite3.Connection, f: Filter, most: int) -> Noting:
    """What is on all that a filter lets through, newest first: `most` of it, notes before what is no note, the newest
    of either; and how many there are.

    What takes time grows with how many annotations there are, not with the corpus. Raises QueryError as
    `choosing.articles`.
    """
    count = 0

    def counted() -> Iterator[tuple[bool, str, int]]:
        nonlocal count
        for id_, made, _, kind in chain(told(connection, f), _of_names(connection, f)):
            count += 1
            yield kind == "note", made, id_

    chosen = sorted(((made, id_) for _, made, id_ in heapq.nlargest(most, counted())), reverse=True)
    return Noting(tuple(annotation.rows(connection, [id_ for _, id_ in chosen])), count)


def told(connection: sqlite3.Connection, f: Filter) -> Iterator[tuple[int, str, int, Kind]]:
    """(id, when it was made, article, kind) of what is on the articles of a filter, their sentences and its events."""
    # what is on a copy is told, though of copies the newest alone counts
    f = replace(f, copies=True)
    if annotation.any_on(connection, "article", "sentence"):
        there = choosing.articles(connection, f)
        for row in connection.execute(_ON_DOCUMENTS.format(targets="'article', 'sentence'")):
            stopping(connection)
            if row[2] in there:
                yield row
    if annotation.any_on(connection, "event"):
        where = resolved(connection).where
        events = choosing_events.events(connection, f)
        for row in connection.execute(_ON_DOCUMENTS.format(targets="'event'")):
            stopping(connection)
            if (event := where.get(row[0])) is not None and (events is None or event in events):
                yield row


def _of_names(connection: sqlite3.Connection, f: Filter) -> Iterator[tuple[int, str, int, Kind]]:
    """(id, when it was made, entity, kind) of what is on entities that the articles of a filter name."""
    if not annotation.any_on(connection, "entity"):
        return
    entities = {id_: root for root, several in resolved(connection).of_entity.items() for id_ in several}
    named = None if is_everything(replace(f, copies=False)) else _named(connection, f, set(entities.values()))
    for row in connection.execute(_ON_NAMES, (json.dumps(entities),)):
        stopping(connection)
        if named is None or row[2] in named:
            yield row


def _named(connection: sqlite3.Connection, f: Filter, entities: set[int]) -> set[int]:
    """Those of some entities that the articles of a filter name."""
    there = choosing.articles(connection, replace(f, copies=True))
    found: set[int] = set()
    for entity, members in connection.execute(_SETS, (listed(entities),)):
        stopping(connection)
        if entity not in found and not there.isdisjoint(unpacked(members)):
            found.add(entity)
    return found
