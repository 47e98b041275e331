"""How texts name an entity: spellings with what is written so, and what is said right before the name."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np

from store.answers import OFFSET_BITS, Filter, place_of_mention
from store.database import choosing, mentions
from store.database.files import stopping
from store.database.kept import state
from store.database.numbers import columns, ids_of, listed
from store.database.selecting import root_of
from store.database.stored import SURFACE
from store.dossiers import Role, Roles, Spelling
from store.text.fold import fold

_FIRST = 1_000
"""In so many of the newest articles the first mentions of a spelling are looked for."""
_WRITTEN = (
    f"SELECT m.article_id AS a, m.start AS b FROM %s JOIN forms w ON w.id = {SURFACE} WHERE n.root = ? AND w.form = ?"
)
_IN_ARTICLES = _WRITTEN % (
    "json_each(?) j CROSS JOIN mentions m ON m.article_id = j.value CROSS JOIN forms f ON f.id = m.form_id"
    " CROSS JOIN names n ON n.id = f.name_id"
)
_BY_NAME = _WRITTEN % ("names n CROSS JOIN forms f ON f.name_id = n.id CROSS JOIN mentions m ON m.form_id = f.id")


def spellings(connection: sqlite3.Connection, entity: int) -> list[Spelling]:
    """As `store.database.dossiers.spellings`."""
    rows = connection.execute(
        "SELECT f.form, sum(f.surfaces), max(n.reason) FROM names n JOIN forms f ON f.name_id = n.id"
        " WHERE n.root = ? AND f.surfaces > 0 GROUP BY f.form ORDER BY 2 DESC, 1",
        (root_of(connection, entity),),
    )
    return [Spelling(*row) for row in rows]


def spelled(connection: sqlite3.Connection, entity: int, form: str, most: int | None) -> array[int]:
    """As `store.database.dossiers.spelled`."""
    order, root = state(connection).order(connection), root_of(connection, entity)
    if most is not None:
        newest = choosing.newest(connection, Filter(entities=(entity,), copies=True), _FIRST)
        where, starts = columns(connection, _IN_ARTICLES, (listed(newest), root, form), wide=2)
        found = len(where) >= most or len(newest) < _FIRST
    if most is None or not found:
        where, starts = columns(connection, _BY_NAME, (root, form), wide=2)
    by_age = np.lexsort((starts, order.rank[where]))
    keys = (where[by_age] << OFFSET_BITS) | starts[by_age]
    return ids_of(keys[np.diff(keys, prepend=-1) != 0][:most])


def roles(connection: sqlite3.Connection, entity: int, sampled: int) -> Roles:
    """As `store.database.dossiers.roles`."""
    # word lists are read for nothing else of a corpus
    from store.extract.entities.roles import before

    keys = mentions.ids(connection, entity, Filter(), sampled)
    forms: dict[str, Counter[str]] = {}
    where: dict[str, list[int]] = {}
    for article, some in _by_article(keys).items():
        stopping(connection)
        (text,) = connection.execute("SELECT text FROM texts WHERE article_id = ?", (article,)).fetchone()
        names = connection.execute(
            'SELECT m.start, m."end", n.type FROM mentions m JOIN forms f ON f.id = m.form_id'
            " JOIN names n ON n.id = f.name_id WHERE m.article_id = ? ORDER BY m.start",
            (article,),
        ).fetchall()
        begins = connection.execute("SELECT start FROM sentences WHERE article_id = ? ORDER BY start", (article,))
        begun = [row[0] for row in begins]
        for start in some:
            at = bisect_right(begun, start)
            said = before(text, start, names, begun[at - 1] if at else 0)
            if said is not None:
                folded = fold(said.text)
                forms.setdefault(folded, Counter())[said.text] += 1
                where.setdefault(folded, []).append((article << OFFSET_BITS) | start)
    ranked = sorted(where, key=lambda folded: (-len(where[folded]), folded))
    found = tuple(Role(forms[folded].most_common(1)[0][0], tuple(where[folded])) for folded in ranked)
    return Roles(found, len(keys))


def _by_article(keys: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key in keys:
        article, start = place_of_mention(key)
        found.setdefault(article, []).append(start)
    return found
