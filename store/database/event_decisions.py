"""What people said of events: which dated sentences are one event, and which are one of their own.

A dated sentence is known by its key: the SHA-256 of its document, "@" and the offset of its date. Both outlive a
re-extraction; where the date's span has changed, the key is that of the date which holds the offset.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


def key(digest: str, offset: int) -> str:
    """The key of a dated sentence."""
    return f"{digest}@{offset}"


@dataclass
class EventDecisions:
    """The edits of events, replayed."""

    apart: set[str] = field(default_factory=set)
    """Keys of what joins nothing by itself any more."""
    together: dict[str, str] = field(default_factory=dict)
    """Key -> the least key of those that are one event with it."""
    why: dict[str, str] = field(default_factory=dict)
    """Key -> who said so and when, of the last edit that speaks of it."""
    _offsets: dict[str, set[int]] = field(default_factory=dict)

    def merge(self, keys: Sequence[str], why: str) -> None:
        """These and all that is together with one of them are one event."""
        labels = {self.together[one] for one in keys if one in self.together}
        members = {*keys, *(one for one, label in self.together.items() if label in labels)}
        self._put_together(members)
        self._remember(keys, why)

    def split(self, keys: Sequence[str], why: str) -> None:
        """These leave the event they are in, and stay by themselves, together if they are several."""
        leaving = set(keys)
        left = {self.together.pop(one) for one in leaving if one in self.together}
        for label in left:
            self._put_together({one for one, other in self.together.items() if other == label})
        self._put_together(leaving)
        self.apart |= leaving
        self._remember(keys, why)

    def _put_together(self, members: set[str]) -> None:
        for one in members:
            self.together.pop(one, None)
            if len(members) > 1:
                self.together[one] = min(members)

    def _remember(self, keys: Iterable[str], why: str) -> None:
        for one in keys:
            self.why[one] = why
            digest, _, offset = one.partition("@")
            self._offsets.setdefault(digest, set()).add(int(offset))

    def said_of(self, digest: str, start: int, end: int) -> str | None:
        """The key that an edit uses for the date at `[start, end)` of a document; None when nothing is said of it."""
        found = [offset for offset in self._offsets.get(digest, ()) if start <= offset < end]
        return key(digest, min(found)) if found else None

    def documents(self) -> set[str]:
        """Digests of the documents that edits of events speak of."""
        return set(self._offsets)


def keys_of(connection: sqlite3.Connection, condition: str, parameters: Sequence[object]) -> list[str]:
    """Keys of the event mentions `m` that meet a condition, in reading order."""
    rows = connection.execute(
        "SELECT d.digest, m.date_start FROM event_mentions m JOIN documents d ON d.article_id = m.article_id"
        f" WHERE {condition} ORDER BY m.article_id, m.date_start",
        parameters,
    )
    return [key(bytes(digest).hex(), offset) for digest, offset in rows]


def put_down(connection: sqlite3.Connection, decisions: EventDecisions) -> list[int]:
    """Write what is decided beside the mentions; returns the ids of those of which something else was written."""
    rows = connection.execute(
        "SELECT m.id, d.digest, m.date_start, m.date_end, m.apart, m.together FROM event_mentions m"
        " JOIN documents d ON d.article_id = m.article_id WHERE m.apart OR m.together IS NOT NULL"
    ).fetchall()
    for digest in sorted(decisions.documents()):
        rows += connection.execute(
            "SELECT m.id, d.digest, m.date_start, m.date_end, m.apart, m.together FROM event_mentions m"
            " JOIN documents d ON d.article_id = m.article_id WHERE d.digest = ?",
            (bytes.fromhex(digest),),
        ).fetchall()
    changed: list[int] = []
    for mention_id, digest, start, end, *stored in dict.fromkeys(rows):
        said = of_mention(decisions, bytes(digest).hex(), start, end)
        if said != tuple(stored):
            connection.execute("UPDATE event_mentions SET apart = ?, together = ? WHERE id = ?", (*said, mention_id))
            changed.append(int(mention_id))
    return changed


def of_mention(decisions: EventDecisions, digest: str, start: int, end: int) -> tuple[int, str | None]:
    """(apart, together) of the dated sentence whose date is at `[start, end)`."""
    said = decisions.said_of(digest, start, end)
    return (int(said in decisions.apart), decisions.together.get(said)) if said else (0, None)
