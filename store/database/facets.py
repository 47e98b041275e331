"""Who and what a set of articles names, counted on bitmaps: entities by articles, and by mentions within them."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappush, heapreplace
from itertools import chain, groupby

import numpy as np
from pyroaring import BitMap

from store.answers import EntityOrder, Filter
from store.database import companions
from store.database.choosing import articles
from store.database.entity_sets import KEPT, Planes, mentions, unpacked
from store.database.files import stopping
from store.database.kept import State, state
from store.database.numbers import columns, listed
from store.database.selecting import root_of
from store.models import MentionType

FEW = 400
"""So many articles are asked one by one for their entities."""
_LOOK = 256
"""After so many entities it is asked whether an answer is still wanted."""

Counted = tuple[int, int, int]
"""An entity, in how many of the articles it is, and how often."""


class Counting:
    """How often entities are in a set of articles."""

    def __init__(self, connection: sqlite3.Connection, state: State, found: BitMap) -> None:
        self._connection, self._state, self._found = connection, state, found
        # What is counted is what entities and articles share. Long blocks of a bitmap are tested bit by bit, short ones
        # are searched, which takes ten times as long: so of a small set the much larger rest is taken.
        last = _last(connection)
        self._rest = found.flip(0, last + 1) if len(found) * 2 < last else None

    def _share(self, articles: BitMap) -> int:
        if self._rest is None:
            return articles.intersection_cardinality(self._found)
        return len(articles) - articles.intersection_cardinality(self._rest)

    def articles(self, entity_id: int) -> int:
        """In how many of the articles an entity is."""
        return self._share(self._state.sets.articles(self._connection, entity_id))

    def mentions(self, entity_id: int) -> int:
        """How often the articles mention it."""
        return self._mentions(self._state.sets.planes(self._connection, entity_id))

    def _mentions(self, planes: Planes) -> int:
        return mentions(planes, self._share)

    def one(self, entity_id: int) -> Counted:
        """An entity with both."""
        return entity_id, self.articles(entity_id), self.mentions(entity_id)

    def best(self, kind: MentionType, most: int) -> list[int]:
        """The `most` entities of a kind that are in most of the articles, the hidden left out.

        Asked are those in most articles of the corpus first, until none that follows can be in more of these.
        """
        if most <= 0:
            return []
        entities = self._connection.execute(
            "SELECT id, articles FROM entities WHERE type = ? AND articles > 0 AND NOT hidden"
            " ORDER BY articles DESC, mentions DESC, id",
            (kind,),
        )
        least: list[int] = []
        counted: list[tuple[int, int]] = []
        for at, (entity_id, at_most) in enumerate(entities):
            if len(least) == most and at_most < least[0]:
                break
            if at % _LOOK == 0:
                stopping(self._connection)
            if (shared := self.articles(entity_id)) and (len(least) < most or shared >= least[0]):
                counted.append((entity_id, shared))
                if len(least) < most:
                    heappush(least, shared)
                elif shared > least[0]:
                    heapreplace(least, shared)
        return self.ordered([pair for pair in counted if pair[1] >= least[0]])[:most]

    def all(self) -> list[tuple[MentionType, array[int]]]:
        """All entities of the articles by kind, those in most of the articles first."""
        by_kind: dict[MentionType, list[tuple[int, int]]] = {}
        mentions: dict[int, int] = {}
        for at, (kind, entity_id, planes) in enumerate(self._everyone()):
            if at % _LOOK == 0:
                stopping(self._connection)
            if shared := self._share(planes[0]):
                by_kind.setdefault(kind, []).append((entity_id, shared))
                if shared <= KEPT:
                    mentions[entity_id] = self._mentions(planes)
        return [(kind, array("q", self.ordered(counted, mentions))) for kind, counted in by_kind.items()]

    def _everyone(self) -> Iterator[tuple[MentionType, int, Planes]]:
        """Every entity that is shown, with its articles: the many small ones from one pass over the table."""
        large = self._connection.execute(
            "SELECT type, id FROM entities WHERE articles > ? AND NOT hidden", (KEPT,)
        ).fetchall()
        for kind, entity_id in large:
            yield kind, entity_id, self._state.sets.planes(self._connection, entity_id)
        small = self._connection.execute(
            "SELECT e.type, e.id, s.plane, s.articles FROM entities e CROSS JOIN entity_sets s ON s.entity_id = e.id"
            " WHERE e.articles BETWEEN 1 AND ? AND NOT e.hidden",
            (KEPT,),
        )
        for (kind, entity_id), rows in groupby(small, key=lambda row: row[:2]):
            planes: Planes = {0: BitMap()}
            for _, _, plane, members in rows:
                articles = unpacked(members)
                planes[plane] = planes[plane] | articles if planes.get(plane) else articles
            yield kind, entity_id, planes

    def ordered(self, counted: Sequence[tuple[int, int]], known: Mapping[int, int] | None = None) -> list[int]:
        """Entities, given with the number of articles they are in, by that; where it is the same by mentions, which are
        asked for only there where they are not `known`."""
        alike = Counter(shared for _, shared in counted)
        keys = []
        for at, (entity_id, shared) in enumerate(counted):
            if at % _LOOK == 0:
                stopping(self._connection)
            mentions = 0
            if alike[shared] > 1:
                mentions = known[entity_id] if known and entity_id in known else self.mentions(entity_id)
            keys.append((-shared, -mentions, entity_id))
        return [key[2] for key in sorted(keys)]


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])


def prepare(connection: sqlite3.Connection, now: State) -> None:
    """Reads the sets of entities that are in more than a few articles."""
    for at, (entity_id,) in enumerate(connection.execute("SELECT id FROM entities WHERE articles > ?", (KEPT,))):
        if at % _LOOK == 0:
            stopping(connection)
        now.sets.planes(connection, entity_id)


def groups(
    connection: sqlite3.Connection, f: Filter, wanted: Sequence[MentionType], order: EntityOrder, most: int | None
) -> dict[MentionType, array[int]]:
    """Entities of the articles that a filter lets through by kind, in the order asked; the first `most` of each."""
    now = state(connection)
    if most is not None and order == "articles" and f == Filter(entities=f.entities) and len(f.entities) == 1:
        known = companions.of_entity(connection, root_of(connection, f.entities[0]), most)
        if known is not None:
            return known
    found = articles(connection, f)
    if len(found) <= FEW:
        return _in_order(connection, of_few(connection, found), order, most)
    counting = Counting(connection, now, found)
    if order != "articles":
        ids = connection.execute("SELECT id FROM entities WHERE articles > 0 AND NOT hidden").fetchall()
        counted = [row for row in map(counting.one, chain.from_iterable(ids)) if row[1]]
        return _in_order(connection, counted, order, most)
    if most is not None and not now.recalls(("entities", f)):
        return {kind: array("q", counting.best(kind, most)) for kind in wanted}
    everything = now.remember(("entities", f), lambda: dict(counting.all()))
    return {kind: ids[:most] for kind, ids in everything.items()}


def counts(connection: sqlite3.Connection, f: Filter, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """In how many of the articles that a filter lets through entities are, and how often."""
    now, found = state(connection), articles(connection, f)
    if len(found) <= FEW:
        there = {id_: (shared, mentions) for id_, shared, mentions in of_few(connection, found)}
        return {id_: there.get(id_, (0, 0)) for id_ in ids}
    counting = Counting(connection, now, found)
    return {id_: counting.one(id_)[1:] for id_ in ids}


def of_few(connection: sqlite3.Connection, found: Iterable[int]) -> list[Counted]:
    """Every entity of a few articles."""

    # an article may call an entity by several names: numpy tells in less time than SQLite
    entities, articles, mentions = columns(
        connection,
        "SELECT n.root AS a, x.article_id AS b, x.mentions AS c FROM json_each(?) j"
        " CROSS JOIN article_names x ON x.article_id = j.value CROSS JOIN names n ON n.id = x.name_id",
        (listed(found),),
        wide=3,
    )
    in_articles = np.bincount(np.unique(entities << 32 | articles) >> 32)
    often = np.bincount(entities, weights=mentions).astype(np.int64)
    ids = np.flatnonzero(in_articles)
    return list(zip(ids.tolist(), in_articles[ids].tolist(), often[ids].tolist(), strict=True))


def _in_order(
    connection: sqlite3.Connection, counted: Sequence[Counted], order: EntityOrder, most: int | None
) -> dict[MentionType, array[int]]:
    there: dict[int, tuple[MentionType, str]] = {
        id_: (kind, name)
        for id_, kind, name in connection.execute(
            "SELECT e.id, e.type, e.name FROM json_each(?) j CROSS JOIN entities e ON e.id = j.value"
            " WHERE NOT e.hidden",
            (listed(row[0] for row in counted),),
        )
    }
    keys: dict[EntityOrder, Callable[[Counted], tuple[object, ...]]] = {
        "articles": lambda row: (-row[1], -row[2], row[0]),
        "mentions": lambda row: (-row[2], -row[1], row[0]),
        "name": lambda row: (there[row[0]][1], row[0]),
    }
    by_kind: dict[MentionType, array[int]] = {}
    for row in sorted((row for row in counted if row[0] in there), key=keys[order]):
        by_kind.setdefault(there[row[0]][0], array("q")).append(row[0])
    return {kind: ids[:most] for kind, ids in by_kind.items()}
