"""Every place where the articles of a filter name an entity, as one list of integers; and a page of them, with their
sentences.

There are hundreds of thousands of them, so a mention in a list is one integer: the id of its article, then the offset
at which it begins (an article has at most 4 MB, so 24 bits hold every offset). This module needs numpy: it is imported
by those who ask for mentions, not to start.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from store.answers import OFFSET_BITS, Filter, MentionRow, SentenceRef, place_of_mention
from store.database import choosing, reading
from store.database.facets import Counting
from store.database.files import stopping
from store.database.kept import state
from store.database.numbers import columns, ids_of, listed, members
from store.database.selecting import root_of

FEW = 5000
"""Mentions in so many articles are looked for article by article; in more, by the name, whose index is short."""
_LOOK = 16
"""After so many rows it is asked whether an answer is still wanted."""
_IN_ARTICLES = (
    "SELECT m.article_id AS a, m.start AS b FROM json_each(?) j CROSS JOIN mentions m ON m.article_id = j.value"
    " CROSS JOIN forms f ON f.id = m.form_id CROSS JOIN names n ON n.id = f.name_id WHERE n.root = ?"
)
_BY_NAME = (
    "SELECT m.article_id AS a, m.start AS b FROM names n CROSS JOIN forms f ON f.name_id = n.id"
    " CROSS JOIN mentions m ON m.form_id = f.id WHERE n.root = ?"
)


def ids(connection: sqlite3.Connection, entity: int, f: Filter, most: int | None = None) -> array[int]:
    """The mentions of an entity in the articles that a filter lets through: of the newest article first, within each in
    reading order; the first `most` of them."""
    order, root, naming = state(connection).order(connection), root_of(connection, entity), _naming(f, entity)
    found = choosing.articles(connection, naming) if most is None else None
    if found is None or len(found) <= FEW:
        # each of them has one at least
        articles = choosing.newest(connection, naming, most)
        where, starts = columns(connection, _IN_ARTICLES, (listed(articles), root), wide=2)
    else:
        where, starts = columns(connection, _BY_NAME, (root,), wide=2)
        inside = np.zeros(len(order.rank), bool)
        inside[members(found)] = True
        wanted = inside[where]
        where, starts = where[wanted], starts[wanted]
    by_age = np.lexsort((starts, order.rank[where]))
    listed_ids = (where[by_age] << OFFSET_BITS) | starts[by_age]
    # two that begin at one place are one row, that of the longer
    return ids_of(listed_ids[np.diff(listed_ids, prepend=-1) != 0][:most])


def count(connection: sqlite3.Connection, entity: int, f: Filter) -> int:
    """How many mentions of an entity there are in these articles."""
    found = choosing.articles(connection, _naming(f, entity))
    assert found is not None
    return Counting(connection, state(connection), found).mentions(root_of(connection, entity))


def rows(connection: sqlite3.Connection, entity: int, ids: Sequence[int]) -> list[MentionRow]:
    """A page of an entity's mentions in the order asked. Left out are those that are there no more, or name another
    by now."""
    root = root_of(connection, entity)
    articles = {row.id: row for row in reading.rows(connection, [id_ >> OFFSET_BITS for id_ in ids], "")}
    found: list[MentionRow] = []
    known: tuple[int, str] = -1, ""
    for at, id_ in enumerate(ids):
        if at % _LOOK == 0:
            stopping(connection)
        article_id, start = place_of_mention(id_)
        end = _end(connection, root, article_id, start)
        if end is None or article_id not in articles:
            continue
        if known[0] != article_id:
            known = article_id, _text(connection, article_id)
        first, last = _around(connection, article_id, start, end)
        sentence = SentenceRef(article_id, first, last, known[1][first:last])
        found.append(MentionRow(id_, articles[article_id], sentence, start, end))
    return found


def _naming(f: Filter, entity: int) -> Filter:
    return f if entity in f.entities else replace(f, entities=(*f.entities, entity))


def _end(connection: sqlite3.Connection, root: int, article_id: int, start: int) -> int | None:
    """Where the mention ends that begins there; None where there is none."""
    row = connection.execute(
        'SELECT max(m."end") FROM mentions m JOIN forms f ON f.id = m.form_id JOIN names n ON n.id = f.name_id'
        " WHERE m.article_id = ? AND m.start = ? AND n.root = ?",
        (article_id, start, root),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def _text(connection: sqlite3.Connection, article_id: int) -> str:
    return str(connection.execute("SELECT text FROM texts WHERE article_id = ?", (article_id,)).fetchone()[0])


def _around(connection: sqlite3.Connection, article_id: int, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around a mention; that of the mention where it is in none."""
    row = connection.execute(
        'SELECT start, "end" FROM sentences WHERE article_id = ? AND start <= ? ORDER BY start DESC LIMIT 1',
        (article_id, start),
    ).fetchone()
    return (row[0], max(row[1], end)) if row and row[1] > start else (start, end)
