"""Who is named along with an entity that thousands of articles name, worked out beforehand.

`companions` has a list for each large entity whose articles have not changed since: of each kind the MOST that share
most articles with it. Where there is none, `store.database.facets` counts on bitmaps, which finds the same in ten times
the time. `khabar verify` compares.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from store.database.notes import LIST, Notes
from store.models import MentionType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGE = 1_000
"""An entity that more articles name has a list."""
MOST = 64
"""So many of each kind are kept."""
_KINDS: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")
_AT_ONCE = 1 << 17
"""So many articles' entities are read at a time."""


Row = tuple[int, bytes]
"""An entity and its list."""


class Keeper:
    """Works within the writer's transactions."""

    def __init__(self, connection: sqlite3.Connection, notes: Notes) -> None:
        self._connection = connection
        self._notes = notes

    def changed(self, articles: Collection[int], entities: Collection[int]) -> None:
        """Articles name other entities now, or name some more often: what is named with any of them is counted anew."""
        # Only of a large entity is there a list, or may one be worked out at this moment; until that is put down it
        # stays above half, as no transaction that comes here takes more from it.
        half = LARGE // 2
        if len(articles) > half:
            self.clear()
            return
        nearly = "SELECT id FROM entities WHERE articles > ?"
        within = "SELECT n.root FROM article_names x JOIN names n ON n.id = x.name_id WHERE x.article_id = ?"
        along = f"{nearly} AND id IN ({within})"
        found = [self._connection.execute(along, (half, article)) for article in articles]
        among = f"{nearly} AND id IN (SELECT value FROM json_each(?))"
        found.append(self._connection.execute(among, (half, json.dumps(list(entities)))))
        dropped = {int(row[0]) for rows in found for row in rows}
        self._connection.executemany("DELETE FROM companions WHERE entity_id = ?", ((each,) for each in dropped))
        self._notes.note(LIST, dropped)

    def clear(self) -> None:
        """Drops all lists: entities are shown, or of another kind, that were not before."""
        self._connection.execute("DELETE FROM companions")
        self._notes.note(LIST, [0])

    def missing(self) -> list[list[int]]:
        """The large entities without a list, in portions of work: all at once, as what takes long is read for all."""
        rows = self._connection.execute(
            "SELECT id FROM entities WHERE articles > ? AND id NOT IN (SELECT entity_id FROM companions)", (LARGE,)
        )
        found = [int(row[0]) for row in rows]
        return [found] if found else []

    def work_out(self, wanted: list[int]) -> list[Row]:
        """Their lists."""
        return _lists(self._connection, wanted)

    def put(self, rows: Sequence[Row], changed: Mapping[int, set[int]] | None) -> int:
        """Keeps lists, but of entities whose list was dropped since; returns how many."""
        if changed is None or 0 in changed[LIST]:
            return 0
        kept = [row for row in rows if row[0] not in changed[LIST]]
        self._connection.executemany("INSERT OR REPLACE INTO companions VALUES (?, ?)", kept)
        return len(kept)

    def renew(self) -> None:
        """Makes the lists that are missing, within a transaction: for whoever is alone with the corpus."""
        for portion in self.missing():
            self.put(self.work_out(portion), {LIST: set()})


def of_entity(connection: sqlite3.Connection, entity_id: int, most: int) -> dict[MentionType, array[int]] | None:
    """Those named most along with an entity, the `most` of each kind, most articles first, itself among them; None
    where it has no list or more are asked for."""
    row = connection.execute("SELECT listed FROM companions WHERE entity_id = ?", (entity_id,)).fetchone()
    if row is None or most > MOST:
        return None
    ids = array("q", row[0])
    there: dict[int, MentionType] = dict(
        connection.execute(
            "SELECT e.id, e.type FROM json_each(?) j CROSS JOIN entities e ON e.id = j.value WHERE NOT e.hidden",
            (f"[{','.join(map(str, ids))}]",),
        )
    )
    if len(there) < len(ids):
        return None  # some were hidden since
    found: dict[MentionType, array[int]] = {}
    for id_ in ids:
        found.setdefault(there[id_], array("q")).append(id_)
    return {kind: some[:most] for kind, some in found.items()}


def _lists(connection: sqlite3.Connection, wanted: list[int]) -> list[tuple[int, bytes]]:
    import numpy as np

    from store.database.facets import Counting
    from store.database.kept import State
    from store.database.numbers import members

    starts, entities = _by_article(connection)
    kinds: dict[int, MentionType] = dict(connection.execute("SELECT id, type FROM entities WHERE NOT hidden"))
    kind_of = np.full(max(int(entities.max(initial=0)), max(kinds, default=0)) + 1, -1, np.int8)
    for id_, kind in kinds.items():
        kind_of[id_] = _KINDS.index(kind)
    state = State()
    found = []
    for entity_id in wanted:
        articles = state.copies(connection).collapsed(state.sets.articles(connection, entity_id))
        ids = members(articles)
        begins, lengths = starts[ids], starts[ids + 1] - starts[ids]
        # the places of all entities of these articles, one article after another
        places = np.repeat(begins - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        shared = np.bincount(entities[places], minlength=len(kind_of))
        counting, best = Counting(connection, state, articles), array("q")
        for number in range(len(_KINDS)):
            of_kind = np.flatnonzero((kind_of == number) & (shared > 0))
            if len(of_kind) > MOST:
                least = np.partition(shared[of_kind], -MOST)[-MOST]
                of_kind = of_kind[shared[of_kind] >= least]
            counted = list(zip(of_kind.tolist(), shared[of_kind].tolist(), strict=True))
            best.extend(counting.ordered(counted)[:MOST])
        found.append((entity_id, best.tobytes()))
    return found


def _by_article(connection: sqlite3.Connection) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """For each article id, and one more, where its entities begin in the column of the entities of all articles."""
    import numpy as np

    from store.database.numbers import columns

    (last,) = connection.execute("SELECT coalesce(max(article_id), 0) FROM article_names").fetchone()
    names, roots = columns(connection, "SELECT id AS a, root AS b FROM names", wide=2)
    root_of = np.zeros(int(names.max(initial=0)) + 1, np.int64)
    root_of[names] = roots
    counts = np.zeros(last + 2, np.int64)
    parts = []
    for first in range(0, last + 1, _AT_ONCE):
        articles, named = columns(
            connection,
            "SELECT article_id AS a, name_id AS b FROM article_names WHERE article_id BETWEEN ? AND ?"
            " ORDER BY article_id",
            (first, first + _AT_ONCE - 1),
            wide=2,
        )
        # an entity once, by however many names an article calls it
        articles, entities = np.divmod(np.unique(articles * len(root_of) + root_of[named]), len(root_of))
        counts += np.bincount(articles + 1, minlength=last + 2)
        parts.append(entities.astype(np.int32))
    return np.cumsum(counts), np.concatenate(parts) if parts else np.zeros(0, np.int32)
