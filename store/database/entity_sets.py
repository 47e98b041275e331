"""The articles of every entity as compressed bitmaps: what facets, co-occurrence and jumps are answered from.

The table `entity_sets` holds which articles name an entity (plane 0), and how often: plane k + 1 holds those in whose
number of mentions, less one, bit k is set (a bit-sliced index; O'Neil and Quass 1997), so that mentions within any set
of articles are a few cardinalities. Up to WHOLE articles stand in one row, more in a row for each 65,536 ids, so that
an article that comes changes little. `article_names` says article by article how often each name stands there, of
which the view `article_entities` makes the same; `khabar verify` compares. Neither has to change when names of 100,000
mentions change their entity: only the sets do.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pyroaring import BitMap

if TYPE_CHECKING:
    from store.database.numbers import Ints

BLOCK = 1 << 16
"""Article ids of one row where there are many: those of one container of a roaring bitmap."""
WHOLE = 4096
"""So many articles are kept in one row, whose block is ALL."""
ALL = -1
KEPT = 40
"""Sets of more articles are kept in memory."""
_REMEMBERED = 20_000
"""About so many entities' sets are remembered by a writer: some 20 MB."""

Planes = dict[int, BitMap]
"""Articles by plane."""
Row = tuple[int, int, int, bytes]
"""A row of the table: (entity, block, plane, articles)."""


TABLE = """
CREATE TABLE article_names (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    name_id INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (article_id, name_id)
) WITHOUT ROWID;
INSERT INTO article_names SELECT m.article_id, f.name_id, count(*) FROM mentions m JOIN forms f ON f.id = m.form_id
    GROUP BY 1, 2;
DROP TABLE article_entities;
CREATE VIEW article_entities AS SELECT x.article_id AS article_id, n.root AS entity_id, sum(x.mentions) AS mentions
    FROM article_names x CROSS JOIN names n ON n.id = x.name_id GROUP BY x.article_id, n.root
"""


class Keeper:
    """Works within the writer's transactions: gathers what changes and writes it at their end. Remembers between them
    what is in one row for each plane, until `forget`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changed: dict[int, dict[int, int]] = {}
        self._known: dict[int, Planes] = {}
        """Of entities with at most WHOLE articles, as the table has them."""
        self._told: set[int] = set()
        self.shown_anew = False
        """Whether an entity is shown or hidden, or of another kind, that was not before."""

    def begun(self, entity_id: int) -> None:
        """An entity is new: the table has nothing of it."""
        self._known[entity_id] = {}

    def told(self, article_id: int) -> None:
        """`now` was said of all entities of an article."""
        self._told.add(article_id)

    def now(self, entity_id: int, article_id: int, mentions: int) -> None:
        """From now on an article has so many mentions of an entity, 0 for none."""
        self._changed.setdefault(entity_id, {})[article_id] = mentions

    def move(self, before: int, root: int, articles: Ints) -> None:
        """Mentions, each given by its article, are handed from one entity to another, all at once."""
        import numpy as np

        from store.database.numbers import bitmap, members

        self.shown_anew = True  # whom they are named with is counted anew for all
        for entity_id, sign in ((before, -1), (root, 1)):
            planes = self.planes(entity_id)
            there = members(planes.get(0, BitMap()))
            size = 1 + int(max(there.max(initial=0), articles.max(initial=0)))
            numbers = np.zeros(size, np.int64)
            numbers[there] = 1
            for plane, some in planes.items():
                if plane:
                    numbers[members(some)] += 1 << (plane - 1)
            numbers += sign * np.bincount(articles, minlength=size)
            ids = np.flatnonzero(numbers > 0)
            more = numbers[ids] - 1
            after = {0: bitmap(ids)} if len(ids) else {}
            for bit in range(int(more.max(initial=0)).bit_length()):
                if len(with_bit := ids[(more >> bit) & 1 == 1]):
                    after[bit + 1] = bitmap(with_bit)
            self._known.pop(entity_id, None)
            self._connection.execute("DELETE FROM entity_sets WHERE entity_id = ?", (entity_id,))
            self._connection.executemany(_INSERT, rows(entity_id, after))

    def planes(self, entity_id: int) -> Planes:
        """All planes of an entity as they are by now."""
        if counts := self._changed.get(entity_id):
            self._put(entity_id, counts)
        self._changed[entity_id] = {}  # it has changed, and is written
        found: Planes = {}
        for plane, members in self._connection.execute(
            "SELECT plane, articles FROM entity_sets WHERE entity_id = ?", (entity_id,)
        ):
            articles = unpacked(members)
            found[plane] = found[plane] | articles if plane in found else articles
        return found

    def forget(self) -> None:
        """The transaction was taken back, or others have written."""
        self._known.clear()
        self._begin()

    def _begin(self) -> None:
        self._changed.clear()
        self._told.clear()
        self.shown_anew = False

    def flush(self) -> tuple[list[int], set[int]]:
        """Writes what has changed; returns the entities that it has changed for, and the articles, but those of which
        all entities are among these."""
        entities = list(self._changed)
        articles = {article for counts in self._changed.values() for article in counts} - self._told
        put: list[Row] = []
        for entity_id, counts in self._changed.items():
            self._put(entity_id, counts, put)
        self._connection.executemany(_INSERT, put)
        self._begin()
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        return entities, articles

    def _put(self, entity_id: int, counts: Mapping[int, int], put: list[Row] | None = None) -> None:
        """Writes what has changed of an entity; rows for the table go into `put`, where it is given."""
        if not counts:
            return
        known = self._known.get(entity_id)
        if known is not None and len(known.get(0, ())) + len(counts) <= WHOLE:
            written = list(self._add(entity_id, known, counts))
            if put is None:
                self._connection.executemany(_INSERT, written)
            else:
                put += written
            return
        self._known.pop(entity_id, None)
        blocks: dict[int, dict[int, int]] = {}
        for article_id, mentions in counts.items():
            blocks.setdefault(article_id // BLOCK, {})[article_id] = mentions
        whole, before = self._before(entity_id, list(blocks))
        if whole:
            after = self._change(entity_id, ALL, counts, before.get(ALL, {}))
            if len(after.get(0, ())) <= WHOLE:
                self._known[entity_id] = after
            return
        for block, some in blocks.items():
            self._change(entity_id, block, some, before.get(block, {}))

    def _before(self, entity_id: int, blocks: Sequence[int]) -> tuple[bool, dict[int, Planes]]:
        """Whether all articles of an entity are in one row, and what it has in that or in some blocks."""
        found: dict[int, Planes] = {}
        for block, plane, members in self._connection.execute(
            f"SELECT block, plane, articles FROM entity_sets WHERE entity_id = ? AND block IN (?{', ?' * len(blocks)})",
            (entity_id, ALL, *blocks),
        ):
            found.setdefault(block, {})[plane] = unpacked(members)
        if found:
            return ALL in found, found
        other = "SELECT 1 FROM entity_sets WHERE entity_id = ? LIMIT 1"
        return self._connection.execute(other, (entity_id,)).fetchone() is None, found

    def _add(self, entity_id: int, known: Planes, counts: Mapping[int, int]) -> Iterator[Row]:
        """Changes what is known of an entity; gives the rows that are others now."""
        changed: set[int] = set()
        for article_id, mentions in counts.items():
            if article_id in known.get(0, ()):
                for plane, articles in known.items():
                    if article_id in articles:
                        articles.remove(article_id)
                        changed.add(plane)
            for plane in _planes_of(mentions):
                if (there := known.get(plane)) is None:
                    known[plane] = BitMap((article_id,))
                else:
                    there.add(article_id)
                changed.add(plane)
        for plane in changed:
            if known[plane]:
                yield entity_id, ALL, plane, packed(known[plane])
            else:
                del known[plane]
                self._connection.execute(_DELETE, (entity_id, ALL, plane))

    def _change(self, entity_id: int, block: int, counts: Mapping[int, int], before: Planes) -> Planes:
        """Writes what has changed of an entity in a block; returns what it has there now."""
        execute = self._connection.execute
        wanted, changed = of_counts(counts.items()), BitMap(array("I", counts))
        after: Planes = {}
        for plane in {*before, *wanted}:
            if there := (before.get(plane, BitMap()) - changed) | wanted.get(plane, BitMap()):
                after[plane] = there
        if block == ALL and len(after.get(0, ())) > WHOLE:
            execute("DELETE FROM entity_sets WHERE entity_id = ?", (entity_id,))
            self._connection.executemany(_INSERT, rows(entity_id, after))
            return after
        for plane in before.keys() - after.keys():
            execute(_DELETE, (entity_id, block, plane))
        self._connection.executemany(
            _INSERT,
            [
                (entity_id, block, plane, packed(articles))
                for plane, articles in after.items()
                if articles != before.get(plane)
            ],
        )
        return after


_INSERT = "INSERT OR REPLACE INTO entity_sets VALUES (?, ?, ?, ?)"
_DELETE = "DELETE FROM entity_sets WHERE (entity_id, block, plane) = (?, ?, ?)"


def of_counts(counts: Iterable[tuple[int, int]]) -> Planes:
    """The planes of articles with their numbers of mentions."""
    planes: dict[int, list[int]] = {}
    for article_id, mentions in counts:
        for plane in _planes_of(mentions):
            planes.setdefault(plane, []).append(article_id)
    return {plane: BitMap(array("I", ids)) for plane, ids in planes.items()}


@lru_cache(256)
def _planes_of(mentions: int) -> tuple[int, ...]:
    """The planes that an article with so many mentions is in."""
    if mentions < 1:
        return ()
    more = mentions - 1
    return (0, *(bit + 1 for bit in range(more.bit_length()) if more >> bit & 1))


def mentions(planes: Planes, shared: Callable[[BitMap], int] = len) -> int:
    """How often articles mention an entity: all of its, or those of which `shared` counts how many are among others."""
    return sum(shared(articles) << max(0, plane - 1) for plane, articles in planes.items())


def rows(entity_id: int, planes: Planes) -> Iterator[Row]:
    """The rows of the table for an entity: (entity, block, plane, articles)."""
    whole = len(planes.get(0, ())) <= WHOLE
    for plane, articles in planes.items():
        if whole:
            yield entity_id, ALL, plane, packed(articles)
            continue
        for block in range(articles.min() // BLOCK, articles.max() // BLOCK + 1):
            if inside := articles & BitMap(range(block * BLOCK, (block + 1) * BLOCK)):
                yield entity_id, block, plane, packed(inside)


def packed(articles: BitMap) -> bytes:
    """A set as the table holds it: the portable format of roaring bitmaps."""
    articles.run_optimize()
    return bytes(articles.serialize())


def unpacked(members: bytes) -> BitMap:
    """A set as it was. Raises sqlite3.DatabaseError for what is none."""
    try:
        return BitMap.deserialize(members)
    except (ValueError, IndexError, TypeError) as error:
        raise sqlite3.DatabaseError(f"a set of articles is damaged ({error})") from error


def fill(connection: sqlite3.Connection) -> None:
    """Makes the table anew from `article_entities`: for a migration, and for whoever writes that table in bulk."""
    connection.execute("DELETE FROM entity_sets")
    gathered: dict[int, Planes] = {}
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    for block in range(last // BLOCK + 1):
        counts: dict[int, list[tuple[int, int]]] = {}
        for entity_id, article_id, mentions in connection.execute(
            "SELECT entity_id, article_id, mentions FROM article_entities WHERE article_id BETWEEN ? AND ?",
            (block * BLOCK, (block + 1) * BLOCK - 1),
        ):
            counts.setdefault(entity_id, []).append((article_id, mentions))
        for entity_id, some in counts.items():
            planes = gathered.setdefault(entity_id, {})
            for plane, articles in of_counts(some).items():
                planes[plane] = planes[plane] | articles if plane in planes else articles
    for entity_id in sorted(gathered):
        connection.executemany(_INSERT, rows(entity_id, gathered[entity_id]))


class Sets:
    """The articles of entities as one state of the corpus has them. A connection that is given must look at that state.

    Kept are those of more than KEPT articles that have been asked for; the many small ones are soon read again.
    """

    def __init__(self, known: Mapping[int, Planes] | None = None) -> None:
        self._known: dict[int, Planes] = dict(known or {})

    def without(self, changed: Iterable[int]) -> Sets:
        """What is still so where some entities have changed."""
        kept = Sets(self._known)
        for entity_id in changed:
            kept._known.pop(entity_id, None)
        return kept

    def planes(self, connection: sqlite3.Connection, entity_id: int) -> Planes:
        """All planes of an entity, plane 0 always among them; not to be changed."""
        known = self._known.get(entity_id)
        if known is None:
            known = {0: BitMap()}
            for plane, members in connection.execute(
                "SELECT plane, articles FROM entity_sets WHERE entity_id = ? ORDER BY block", (entity_id,)
            ):
                articles = unpacked(members)
                known[plane] = known[plane] | articles if known.get(plane) else articles
            if len(known[0]) > KEPT:
                self._known[entity_id] = known
        return known

    def articles(self, connection: sqlite3.Connection, entity_id: int) -> BitMap:
        """The articles that name an entity; not to be changed."""
        return self.planes(connection, entity_id)[0]
