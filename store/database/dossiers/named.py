"""How texts name an entity: spellings with what is written so, the roles that are said of it, and what it says."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np

from store.answers import OFFSET_BITS, Filter, place_of_mention
from store.database import choosing, mentions, statement_queries
from store.database.as_written import as_written
from store.database.kept import state
from store.database.numbers import columns, ids_of, listed
from store.database.selecting import root_of
from store.database.stored import SURFACE
from store.dossiers import Role, Roles, Spelling, Spoken, Subject
from store.spoken import RoleRow, Wanted
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
    ).fetchall()
    told = as_written(connection, [reason for _form, _mentions, reason in rows])
    return [Spelling(form, mentions, reason) for (form, mentions, _reason), reason in zip(rows, told, strict=True)]


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
    keys = mentions.ids(connection, entity, Filter(), sampled)
    newest, known = list(dict.fromkeys(place_of_mention(key)[0] for key in keys)), set(keys)
    said: dict[tuple[str, str | None], list[tuple[RoleRow, int]]] = {}
    for row in statement_queries.roles_in(connection, entity, newest):
        key = (row.article.id << OFFSET_BITS) | row.role.person_start
        if key in known:
            said.setdefault((fold(row.role.text), row.role.holder), []).append((row, key))
    ranked = sorted(said, key=lambda one: (-len(said[one]), one[0], one[1] or ""))
    return Roles(tuple(_role(said[one]) for one in ranked), len(keys))


def _role(said: Sequence[tuple[RoleRow, int]]) -> Role:
    rows, keys = zip(*said, strict=True)
    days = sorted(row.article.published.value[:10] for row in rows if row.article.published.value)
    return Role(
        Counter(row.role.text for row in rows).most_common(1)[0][0],
        tuple(dict.fromkeys(keys)),
        rows[0].role.holder,
        days[0] if days else None,
        days[-1] if days else None,
    )


def spoken(connection: sqlite3.Connection, about: Subject, most: int) -> Spoken:
    """As `store.database.dossiers.spoken`."""
    f, wanted = about.filter, Wanted(about.entities[0].id)
    kinds = statement_queries.kinds(connection, f, wanted)
    latest = statement_queries.rows(connection, statement_queries.ids(connection, f, wanted, most))
    return Spoken(tuple(kinds.most_common()), tuple(latest))
