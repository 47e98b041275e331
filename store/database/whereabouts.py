"""Where somebody stands in a corpus, by what outlives its ids: digests of documents, keys of names, dated sentences.

A corpus may be made anew, merged, refined or restored between two looks at it; whoever comes back is brought to what
is the same thing by then, or told that it is not there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from store.answers import Filter
from store.database import anchoring, searches
from store.database.queries import Reader
from store.errors import QueryError
from store.resolve.alike import SEPARATOR

_HEX = frozenset("0123456789abcdef")
_OFFSET = 9
"""Digits of an offset at most."""
T = TypeVar("T")


class Keys:
    """What ids of now are called for later; None for what is not there."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def article(self, id: int | None) -> str | None:
        """The SHA-256 of an article's document in hex."""
        return self._first("SELECT lower(hex(digest)) FROM documents WHERE article_id = ?", id)

    def entity(self, id: int | None) -> str | None:
        """The key of the name that an entity is known by."""
        return self._first("SELECT r.key FROM names n JOIN names r ON r.id = n.root WHERE n.id = ?", id)

    def event(self, id: int | None) -> str | None:
        """A dated sentence that tells an event: its document's digest, "@", and the offset of the date."""
        sql = (
            "SELECT lower(hex(d.digest)) || '@' || m.date_start FROM event_mentions m"
            " JOIN documents d ON d.article_id = m.article_id WHERE m.event_id = ?"
            " ORDER BY m.article_id, m.date_start LIMIT 1"
        )
        return self._first(sql, id)

    def filter(self, f: Filter) -> dict[str, Any] | None:
        """A filter by keys, but for what was added when; None where it names what is not there."""
        try:
            kept: dict[str, Any] = json.loads(searches.frozen(self._connection, replace(f, added_after=None)))
        except QueryError:
            return None
        return kept

    def _first(self, sql: str, id: int | None) -> str | None:
        row = self._connection.execute(sql, (id,)).fetchone() if id is not None else None
        return str(row[0]) if row is not None else None


class Ids:
    """What was called so is by now; None for what is no key, or of nothing that is here."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def article(self, key: object) -> int | None:
        """The article of a document."""
        if not isinstance(key, str) or not _is_digest(key):
            return None
        return anchoring.article_of(self._connection, key)

    def entity(self, key: object) -> int | None:
        """The entity that a name belongs to."""
        if not isinstance(key, str) or key.count(SEPARATOR) != 2:
            return None
        return anchoring.entity_of(self._connection, key)

    def event(self, key: object) -> int | None:
        """The event that a dated sentence tells."""
        digest, _, offset = key.partition("@") if isinstance(key, str) else ("", "", "")
        if not _is_digest(digest) or not (offset.isascii() and offset.isdecimal() and len(offset) <= _OFFSET):
            return None
        return anchoring.event_of(self._connection, digest, int(offset))

    def filter(self, kept: object) -> tuple[Filter, bool]:
        """The filter that was kept, without what of it is not there any more, and whether that is all of it."""
        found, lost = searches.thawed(self._connection, json.dumps(kept))
        return found, not lost


def keys(reader: Reader, question: Callable[[Keys], T]) -> T:
    """Ask for keys, of one state of the corpus. Raises as every method of `Reader`."""
    return reader.put(lambda connection: question(Keys(connection)))


def ids(reader: Reader, question: Callable[[Ids], T]) -> T:
    """Ask for ids, of one state of the corpus. Raises as every method of `Reader`."""
    return reader.put(lambda connection: question(Ids(connection)))


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= _HEX
