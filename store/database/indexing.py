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
