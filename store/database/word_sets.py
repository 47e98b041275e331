"""The articles of frequent forms of words as bitmaps, so that a search for what stands in half a million articles need
not read half a million places of the index.

Blocks of BLOCK article ids that are full are closed: for the forms that many of their articles have, `word_sets` says
which. What it does not hold (rare forms, the block that is still filling, a block in which the index has changed since)
the index answers. `khabar verify` compares them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pyroaring import BitMap

from store.database import entity_sets
from store.database.entity_sets import packed, unpacked
from store.database.notes import ARTICLE
from store.text.query import index_words

FREQUENT = entity_sets.BLOCK // 32
"""A form is kept for a block in which so many articles have it."""
_SAMPLE = 400
"""Articles of a block that are looked at for forms that may be frequent."""
_MATCH = "SELECT rowid AS a FROM article_words WHERE article_words MATCH ?"
_WITHIN = f"{_MATCH} AND rowid BETWEEN ? AND ?"


Row = tuple[str, int, bytes]
"""A form, a block, and the articles of it that have the form."""


class Keeper:
    """Works within the writer's transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def reworded(self, article_id: int) -> None:
        """The index has other words of an article now."""
        execute, block = self._connection.execute, article_id // entity_sets.BLOCK
        if execute("DELETE FROM closed_blocks WHERE block = ?", (block,)).rowcount:
            execute("DELETE FROM word_sets WHERE block = ?", (block,))

    def missing(self) -> list[int]:
        """The blocks that are full and not closed, each a portion of work."""
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
        closed = _closed(self._connection)
        return [block for block in range(last // entity_sets.BLOCK) if block not in closed]

    def work_out(self, block: int) -> tuple[int, list[Row]]:
        """What is to be kept of a block: about a second's work."""
        return block, list(_frequent(self._connection, block))

    def put(self, worked_out: tuple[int, list[Row]], changed: Mapping[int, set[int]] | None) -> int:
        """Closes a block, unless articles of it have changed since, or it is not known which have; whether it did."""
        block, rows = worked_out
        if changed is None or any(article // entity_sets.BLOCK == block for article in changed[ARTICLE]):
            return 0
        self._connection.executemany("INSERT OR REPLACE INTO word_sets VALUES (?, ?, ?)", rows)
        self._connection.execute("INSERT OR IGNORE INTO closed_blocks VALUES (?)", (block,))
        return 1

    def close(self) -> None:
        """Closes all blocks that are full, within a transaction: for whoever is alone with the corpus."""
        for block in self.missing():
            self.put(self.work_out(block), {ARTICLE: set()})


def _frequent(connection: sqlite3.Connection, block: int) -> Iterator[Row]:
    from store.database.numbers import selected

    first, last = block * entity_sets.BLOCK, (block + 1) * entity_sets.BLOCK - 1
    (there,) = connection.execute("SELECT count(*) FROM articles WHERE id BETWEEN ? AND ?", (first, last)).fetchone()
    step = max(1, there // _SAMPLE)
    sample = connection.execute(
        "SELECT text FROM texts WHERE article_id BETWEEN ? AND ? AND article_id % ? = 0", (first, last, step)
    )
    counted: Counter[str] = Counter()
    looked = 0
    for (text,) in sample:
        looked += 1
        counted.update(set(index_words(text).split()))
    # Half of what a frequent form has on average: one that is missed is asked of the index.
    least = max(1.0, looked * FREQUENT / max(there, 1) / 2)
    for form in sorted(form for form, number in counted.items() if number >= least):
        articles = selected(connection, _WITHIN, (f'"{form}"', first, last))
        if len(articles) >= FREQUENT:
            yield form, block, packed(articles)


def _closed(connection: sqlite3.Connection) -> set[int]:
    return {row[0] for row in connection.execute("SELECT block FROM closed_blocks")}


def having(connection: sqlite3.Connection, forms: Sequence[str]) -> BitMap:
    """The articles that have any of some forms, folded words of the index."""
    from store.database.numbers import selected

    closed = _closed(connection)
    marks = ", ".join("?" * len(forms))
    found = BitMap()
    lacking: dict[str, set[int]] = {form: set(closed) for form in forms}
    if closed:
        kept = connection.execute(f"SELECT form, block, articles FROM word_sets WHERE form IN ({marks})", forms)
        for form, block, articles in kept:
            found |= unpacked(articles)
            lacking[form].discard(block)
    by_blocks: dict[frozenset[int], list[str]] = {}
    for form, blocks in lacking.items():
        by_blocks.setdefault(frozenset(blocks), []).append(form)
    for without, some in by_blocks.items():
        blocks = set(without)
        # Rare forms are asked for together; of many frequent ones the index would look at each for every article.
        for asked in [some] if blocks == closed and closed else [[form] for form in some]:
            match = " OR ".join(f'"{form}"' for form in asked)
            if blocks == closed:
                found |= selected(connection, _MATCH, (match,))
                continue
            for first, last in _open(connection, closed - blocks):
                found |= selected(connection, _WITHIN, (match, first, last))
    return found


def _open(connection: sqlite3.Connection, answered: set[int]) -> list[tuple[int, int]]:
    """The ranges of ids outside some blocks."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    ranges: list[tuple[int, int]] = []
    for block in range(last // entity_sets.BLOCK + 1):
        if block in answered:
            continue
        first, end = block * entity_sets.BLOCK, (block + 1) * entity_sets.BLOCK - 1
        if ranges and ranges[-1][1] == first - 1:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((first, end))
    return ranges
