"""Finding the copies of articles that are new: those of about the same days whose signatures have something in common
are compared, pair by pair."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.database.files import stopping
from store.database.indexing import stored_blocks
from store.database.moments import UNDATED
from store.database.notes import ARTICLE
from store.database.stories import Keeper as Stories
from store.resolve.copies import VALUES, Body, is_copy, signature

AT_ONCE = 2_000
"""So many new articles are compared at a time."""
FAR = 31 * 1440
"""Minutes: what is further apart is not compared."""
_KNOWN = 500
"""Bodies that are remembered while pairs are compared."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What was found out about some articles."""

    articles: Sequence[int]
    signatures: Mapping[int, bytes]
    """Those that had none."""
    pairs: Sequence[tuple[int, int]]


class Keeper:
    """Works out of turn with the writer's transactions: see `store.database.settling.Working`."""

    def __init__(self, connection: sqlite3.Connection, stories: Stories) -> None:
        self._connection = connection
        self._stories = stories

    def missing(self, most: int | None = None) -> list[list[int]]:
        """The articles that are to be compared, newest first, or the `most` of them that come first, in portions."""
        rows = self._connection.execute(
            "SELECT u.article_id FROM unplaced u CROSS JOIN articles a ON a.id = u.article_id"
            " ORDER BY a.moment DESC, a.id DESC LIMIT ?",
            (-1 if most is None else most,),
        )
        ids = [int(row[0]) for row in rows]
        return [ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)]

    def work_out(self, portion: Sequence[int]) -> Placed:
        """Their copies, wherever they are."""
        asked = (
            "SELECT a.moment, s.signature FROM articles a LEFT JOIN signatures s ON s.article_id = a.id WHERE a.id = ?"
        )
        rows = {id_: row for id_ in portion if (row := self._connection.execute(asked, (id_,)).fetchone())}
        made = {id_: self._signature(id_) for id_, (_, known) in rows.items() if known is None}
        signed = {id_: (at, made.get(id_, known)) for id_, (at, known) in rows.items()}
        return Placed(portion, made, self._pairs({id_: of for id_, of in signed.items() if of[1]}))

    def put(self, found: Placed, changed: Mapping[int, set[int]] | None, /) -> int:
        """Keeps what was found, but of articles that have changed since; returns how many have their place now."""
        if changed is None:
            return 0
        others = changed[ARTICLE]
        there = [id_ for id_ in found.articles if id_ not in others]
        self._connection.executemany(
            "INSERT OR IGNORE INTO signatures VALUES (?, ?)",
            [(id_, of) for id_, of in found.signatures.items() if id_ not in others],
        )
        self._connection.executemany("DELETE FROM unplaced WHERE article_id = ?", ((id_,) for id_ in there))
        # one that has changed is to be compared again itself
        self._stories.pair([pair for pair in found.pairs if others.isdisjoint(pair)])
        return len(there)

    def _pairs(self, new: Mapping[int, tuple[int, bytes]]) -> list[tuple[int, int]]:
        if not new:
            return []
        import numpy as np

        from store.resolve.near import near

        ids, moments, signatures = self._around(new)
        fresh = np.array([at for at, id_ in enumerate(ids) if id_ in new])
        matrix = np.frombuffer(b"".join(signatures), "<u2").reshape(-1, VALUES)
        body = lru_cache(_KNOWN)(self._body)
        found = []
        for one, other in near(matrix, fresh).tolist():
            stopping(self._connection)
            dated = UNDATED not in (moments[one], moments[other])
            if dated and abs(moments[one] - moments[other]) > FAR:
                continue
            if is_copy(body(ids[one]), body(ids[other])):
                found.append((ids[one], ids[other]))
        return found

    def _around(self, new: Mapping[int, tuple[int, bytes]]) -> tuple[list[int], list[int], list[bytes]]:
        """Articles of about the days of the new ones, and themselves, by moment and id."""
        days = [moment for moment, _ in new.values()]
        low, high = (min(days) - FAR, max(days) + FAR) if min(days) != UNDATED else (UNDATED, max(days) + (1 << 40))
        sql = "SELECT a.id, a.moment, s.signature FROM articles a CROSS JOIN signatures s ON s.article_id = a.id WHERE"
        rows: list[tuple[int, int, bytes]] = []
        if low > UNDATED:
            rows += self._connection.execute(f"{sql} a.moment = ?", (UNDATED,))
        rows += self._connection.execute(f"{sql} a.moment BETWEEN ? AND ? ORDER BY a.moment, a.id", (low, high))
        rows = [row for row in rows if row[2] and row[0] not in new]
        rows += [(id_, *of) for id_, of in new.items()]
        rows.sort(key=lambda row: (row[1], row[0]))
        return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]

    def _signature(self, article_id: int) -> bytes:
        (text,) = self._connection.execute("SELECT text FROM texts WHERE article_id = ?", (article_id,)).fetchone()
        return signature(text, stored_blocks(self._connection, article_id))

    def _body(self, article_id: int) -> Body:
        return body(self._connection, article_id)


def body(connection: sqlite3.Connection, article_id: int) -> Body:
    """The body of a stored article."""
    text, published = connection.execute(
        "SELECT t.text, a.published FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?", (article_id,)
    ).fetchone()
    return Body.of(text, stored_blocks(connection, article_id), published)


def reasons(connection: sqlite3.Connection, article_id: int, others: Iterable[int]) -> dict[int, str]:
    """Why each of some articles is a copy of another, in words; those that are none are left out."""
    one = body(connection, article_id)
    return {other: why for other in others if (why := is_copy(one, body(connection, other)))}
