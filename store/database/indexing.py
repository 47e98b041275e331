"""What of an article the search sees: its title, and its text without what is not the article's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from store.models import Block
from store.text.query import index_words

_LEFT_OUT = frozenset({"title", "related", "boilerplate"})


def indexed(text: str, title: str, blocks: Sequence[Block]) -> tuple[str, str]:
    """The folded words of title and body as the index holds them."""
    return index_words(title), " ".join(filter(None, (index_words(text[s:e]) for s, e in searched(text, blocks))))


class Index:
    """The words of articles on their way into the index, within the writer's transactions.

    They go in together at the end of one. FTS5 gathers what it is given in memory, but writes it down as soon as a
    statement begins that may have to be taken back (OR REPLACE, RETURNING), and then has more parts to merge.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._new: list[tuple[int, str, str]] = []

    def put(self, article_id: int, words: tuple[str, str]) -> None:
        """An article has these words of its title and body."""
        self._new.append((article_id, *words))

    def take(self, article_id: int, words: tuple[str, str]) -> None:
        """It has them no more: they must be those that were put."""
        self.flush()
        self._connection.execute(
            "INSERT INTO article_words(article_words, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            (article_id, *words),
        )

    def flush(self) -> None:
        """Writes what is on its way."""
        self._connection.executemany("INSERT INTO article_words(rowid, title, body) VALUES (?, ?, ?)", self._new)
        self._new.clear()

    def forget(self) -> None:
        """The transaction was taken back."""
        self._new.clear()


def searched(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The stretches of the text that the body of the index is made from; all of it when there are no blocks."""
    if not blocks:
        return [(0, len(text))]
    return [(block.start, block.end) for block in blocks if block.kind not in _LEFT_OUT]


def stored_blocks(connection: sqlite3.Connection, article_id: int) -> list[Block]:
    """The blocks of a stored article in order."""
    rows = connection.execute(
        'SELECT b.start, b."end", r.kind, r.rule FROM blocks b JOIN block_rules r ON r.id = b.rule_id'
        " WHERE b.article_id = ? ORDER BY b.start",
        (article_id,),
    )
    return [Block(*row) for row in rows]
