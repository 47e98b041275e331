"""What people put on somebody or something, and on what tells of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from store.annotations import Annotation
from store.database import annotation, choosing, choosing_events
from store.database.anchoring import resolved
from store.database.files import stopping
from store.database.numbers import listed
from store.database.selecting import root_of
from store.dossiers import Noted, Subject

_OWN = 100
"""So many of those on an entity itself are told at most."""


def notes(connection: sqlite3.Connection, about: Subject, most: int) -> Noted:
    """As `store.database.dossiers.notes`."""
    roots = [root_of(connection, row.id) for row in about.entities]
    on_them = [id_ for root in roots for id_ in resolved(connection).of_entity.get(root, ())]
    found = sorted((made, id_, article) for id_, made, article in _told(connection, about))
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


def _told(connection: sqlite3.Connection, about: Subject) -> Iterator[tuple[int, str, int]]:
    """(id, when it was made, article) of what is on its articles and on its events."""
    # what is on a copy is told, though of copies the newest alone counts
    f = replace(about.filter, copies=True)
    if annotation.any_on(connection, "article", "sentence"):
        there = choosing.articles(connection, f)
        rows = connection.execute(
            "SELECT n.id, n.made, d.article_id FROM annotations n CROSS JOIN documents d ON d.digest = n.digest"
            " WHERE n.target IN ('article', 'sentence')"
        )
        for row in rows:
            stopping(connection)
            if row[2] in there:
                yield row
    if annotation.any_on(connection, "event"):
        where = resolved(connection).where
        events = choosing_events.events(connection, f)
        rows = connection.execute(
            "SELECT n.id, n.made, d.article_id FROM annotations n CROSS JOIN documents d ON d.digest = n.digest"
            " WHERE n.target = 'event'"
        )
        for row in rows:
            if (event := where.get(row[0])) is not None and (events is None or event in events):
                yield row
