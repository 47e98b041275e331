"""The articles that answer a query by how well they do (BM25, Robertson and Zaragoza 2009, as FTS5 computes it)."""

from __future__ import annotations

import sqlite3
from array import array

import numpy as np

from store.answers import RANKED
from store.database.latin import understood
from store.database.numbers import Ints, columns, ids_of, listed
from store.database.word_forms import expansion
from store.text.nodes import fts, wanted_words

_TITLE_WEIGHT = 4.0
"""How much more a word in the title says than one in the text."""
_SCATTERED = 16
"""Where candidates lie so many times as far apart as they are many, each is asked for."""
_SCORES = (
    # Scores as integers; the limit makes SQLite compute them where the index is read.
    f"SELECT rowid AS a, CAST(bm25(article_words, {_TITLE_WEIGHT}, 1.0) * -1e12 AS INTEGER) AS b FROM article_words"
    " WHERE article_words MATCH ? AND rowid BETWEEN ? AND ?{} LIMIT -1"
)


def by_relevance(
    connection: sqlite3.Connection, query: str, newest: array[int], latin: bool = True, every: bool = False
) -> array[int]:
    """Ids that answer a query, newest first, with the first RANKED, or `every` one, ordered by how well they answer."""
    node = wanted_words(understood(connection, query, latin)[0]) if query.strip() else None
    if node is None or not newest:
        return newest
    ids = np.frombuffer(newest, np.int64)
    ranked, others = (ids, ids[:0]) if every else (ids[:RANKED], ids[RANKED:])
    low, high = int(ranked.min()), int(ranked.max())
    only, parameters = "", [fts(node, expansion(connection)), low, high]
    if high - low > _SCATTERED * len(ranked) and not every:
        # The sign keeps the index from being asked anew for each of the ids.
        only, parameters = " AND +rowid IN (SELECT value FROM json_each(?))", [*parameters, listed(ranked.tolist())]
    found, scores = columns(connection, _SCORES.format(only), parameters, wide=2)
    order = np.argsort(-_of(ranked, found, scores), kind="stable")
    return ids_of(np.concatenate((ranked[order], others)))


def _of(ids: Ints, found: Ints, scores: Ints) -> Ints:
    """The scores of some ids, 0 where they have none."""
    if not len(found):
        return np.zeros(len(ids), np.int64)
    by_id = np.argsort(found, kind="stable")
    found, scores = found[by_id], scores[by_id]
    places = np.minimum(np.searchsorted(found, ids), len(found) - 1)
    return np.where(found[places] == ids, scores[places], 0)
