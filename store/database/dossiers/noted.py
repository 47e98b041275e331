"""What people put on somebody or something, and on what tells of it."""

from __future__ import annotations

import sqlite3

from store.annotations import Annotation
from store.database import annotation
from store.database.anchoring import resolved
from store.database.noted import told as told_of
from store.database.numbers import listed
from store.database.selecting import root_of
from store.dossiers import Noted, Subject

_OWN = 100
"""So many of those on an entity itself are told at most."""


def notes(connection: sqlite3.Connection, about: Subject, most: int) -> Noted:
    """As `store.database.dossiers.notes`."""
    roots = [root_of(connection, row.id) for row in about.entities]
    on_them = [id_ for root in roots for id_ in resolved(connection).of_entity.get(root, ())]
    found = sorted((made, id_, article) for id_, made, article, _ in told_of(connection, about.filter))
    found.reverse()
    ids = [id_ for _, id_, _ in found]
    articles = tuple(dict.fromkeys(article for _, _, article in found))
    told = annotation.rows(connection, ids[:most])
    return Noted(_newest(connection, on_them), len(on_them), tuple(told), len(ids), articles)


def _newest(connection: sqlite3.Connection, ids: list[int]) -> tuple[Annotation, ...]:
    rows = connection.execute(
        f"SELECT id FROM annotations WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {annotation.NEWEST} LIMIT ?",
        (listed(ids), _OWN),
    )
    return tuple(annotation.rows(connection, [id_ for (id_,) in rows.fetchall()]))
