"""Which entities share a sentence, and how often: pairs counted as arrays of numbers, so that millions of them fit.

This module needs numpy: it is imported by those who ask for ties, not to start.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from typing import TYPE_CHECKING, overload

import numpy as np

from store.answers import Filter, Tie
from store.database import choosing
from store.database.files import stopping
from store.database.numbers import listed

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 500
"""So many articles are read at a time."""
_GATHERED = 1 << 18
"""So many pairs are gathered before they are counted."""
_IN_ARTICLES = (
    "SELECT m.article_id, m.start, n.root FROM json_each(?) j CROSS JOIN mentions m ON m.article_id = j.value"
    " CROSS JOIN forms f ON f.id = m.form_id CROSS JOIN names n ON n.id = f.name_id ORDER BY m.article_id"
)
_SENTENCES = (
    "SELECT s.article_id, s.start FROM json_each(?) j CROSS JOIN sentences s ON s.article_id = j.value"
    " ORDER BY s.article_id, s.start"
)


class Ties(Sequence[Tie]):
    """Ties in their order; each is made when it is looked at."""

    def __init__(self, keys: NDArray[np.int64], sentences: NDArray[np.int64], articles: NDArray[np.int64]) -> None:
        self._keys, self._sentences, self._articles = keys, sentences, articles

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Tie: ...

    @overload
    def __getitem__(self, at: slice) -> Ties: ...

    def __getitem__(self, at: int | slice) -> Tie | Ties:
        if isinstance(at, slice):
            return Ties(self._keys[at], self._sentences[at], self._articles[at])
        key = int(self._keys[at])
        return Tie(key >> 32, key & 0xFFFFFFFF, int(self._sentences[at]), int(self._articles[at]))


class _Counts:
    """Pairs with their numbers, counted a stretch at a time."""

    def __init__(self) -> None:
        self.keys = np.empty(0, np.int64)
        self.sentences = np.empty(0, np.int64)
        self.articles = np.empty(0, np.int64)
        self._gathered: list[int] = []
        self._within: list[int] = []

    def add(self, together: Iterable[tuple[int, int]]) -> None:
        """The pairs of an article, each with its number of sentences."""
        for key, sentences in together:
            self._gathered.append(key)
            self._within.append(sentences)
        if len(self._gathered) > _GATHERED:
            self.settle()

    def settle(self) -> None:
        """Count what was gathered."""
        keys = np.concatenate([self.keys, np.array(self._gathered, np.int64)])
        sentences = np.concatenate([self.sentences, np.array(self._within, np.int64)])
        articles = np.concatenate([self.articles, np.ones(len(self._gathered), np.int64)])
        self._gathered, self._within = [], []
        self.keys, place = np.unique(keys, return_inverse=True)
        # sums of integers far below 2**53, which doubles hold
        self.sentences = np.bincount(place, sentences, len(self.keys)).astype(np.int64)
        self.articles = np.bincount(place, articles, len(self.keys)).astype(np.int64)


def ties(
    connection: sqlite3.Connection,
    f: Filter,
    nodes: Iterable[int],
    least: int = 1,
    most: int | None = None,
    newest: int | None = None,
) -> Ties:
    """The ties between `nodes` in the articles that a filter lets through, or the `newest` of them: those of `least`
    sentences or more, the strongest first, at most `most`."""
    known, counts = frozenset(nodes), _Counts()
    ids = choosing.newest(connection, f, newest)
    for start in range(0, len(ids), _AT_ONCE):
        stopping(connection)
        for together in _of_articles(connection, listed(ids[start : start + _AT_ONCE]), known):
            counts.add(together.items())
    counts.settle()
    keep = np.flatnonzero(counts.sentences >= least)
    order = np.lexsort((counts.keys[keep], -counts.articles[keep], -counts.sentences[keep]))
    keep = keep[order][:most]
    return Ties(counts.keys[keep], counts.sentences[keep], counts.articles[keep])


def _of_articles(connection: sqlite3.Connection, ids: str, known: frozenset[int]) -> Iterator[dict[int, int]]:
    """Of each article in how many sentences pairs of entities stand."""
    starts: dict[int, list[int]] = {}
    for article, start in connection.execute(_SENTENCES, (ids,)):
        starts.setdefault(article, []).append(start)
    for article, rows in groupby(connection.execute(_IN_ARTICLES, (ids,)), key=lambda row: row[0]):
        named: dict[int, set[int]] = {}
        begins = starts.get(article, [])
        for _, start, entity in rows:
            if entity in known:
                named.setdefault(bisect_right(begins, start), set()).add(entity)
        together: dict[int, int] = {}
        for those in named.values():
            for one, other in combinations(sorted(those), 2):
                key = one << 32 | other
                together[key] = together.get(key, 0) + 1
        yield together
