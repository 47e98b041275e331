"""What people said of events: which dated sentences are one event, and which are one of their own.

A dated sentence is known by its key: the SHA-256 of its document, "@" and the offset of its date. Both outlive a
re-extraction. Where the date's span has changed, the key is that of the date which holds the offset; where a sentence
has come to say the same day twice (an undated article was dated), of the event mention with that day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Decided = tuple[int, str | None]
"""(apart, together) of an event mention, as its columns have them."""


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

    def documents(self) -> set[str]:
        """Digests of the documents that edits of events speak of."""
        return set(self._offsets)

    def of_document(self, digest: str, dates: Sequence[Date], told: Sequence[Mention]) -> list[Decided]:
        """What is decided of each event mention of a document."""
        keys = self.keys_in(digest, dates, told)
        found: list[Decided] = []
        for at in range(len(told)):
            mine = keys.get(at, ())
            labels = [self.together[one] for one in mine if one in self.together]
            found.append((int(any(one in self.apart for one in mine)), min(labels, default=None)))
        return found

    def keys_in(self, digest: str, dates: Sequence[Date], told: Sequence[Mention]) -> dict[int, list[str]]:
        """The keys that edits use for the event mentions of a document, by their places in `told`."""
        found: dict[int, list[str]] = {}
        for offset in sorted(self._offsets.get(digest, ())):
            value = next((value for start, end, value in dates if start <= offset < end), None)
            inside = [at for at, one in enumerate(told) if one[0] <= offset < one[1]]
            mine = [at for at in inside if told[at][3] <= offset < told[at][4]]
            alike = [at for at in inside if told[at][2] == value]
            for at in (mine or alike or (inside if len(inside) == 1 else []))[:1]:
                found.setdefault(at, []).append(key(digest, offset))
        return found


Date = tuple[int, int, str]
"""(start, end, value) of a date."""
Mention = tuple[int, int, str, int, int]
"""(start, end, value, start of the date, its end) of an event mention; start and end are the sentence's."""


def keys_of(connection: sqlite3.Connection, condition: str, parameters: Sequence[object]) -> list[str]:
    """Keys of the event mentions `m` that meet a condition, in reading order."""
    rows = connection.execute(
        "SELECT d.digest, m.date_start FROM event_mentions m JOIN documents d ON d.article_id = m.article_id"
        f" WHERE {condition} ORDER BY m.article_id, m.date_start",
        parameters,
    )
    return [key(bytes(digest).hex(), offset) for digest, offset in rows]


def mentions_of(
    connection: sqlite3.Connection, article_id: int
) -> tuple[list[int], list[Date], list[Mention], list[Decided]]:
    """Ids of an article's event mentions, its dates, the mentions and what stands beside them."""
    dates = connection.execute(
        'SELECT d.start, d."end", s.value FROM dates d JOIN meanings s ON s.id = d.meaning_id WHERE d.article_id = ?',
        (article_id,),
    ).fetchall()
    rows = connection.execute(
        'SELECT m.id, m.start, m."end", s.value, m.date_start, m.date_end, m.apart, m.together FROM event_mentions m'
        " JOIN meanings s ON s.id = m.meaning_id WHERE m.article_id = ? ORDER BY m.id",
        (article_id,),
    ).fetchall()
    return [row[0] for row in rows], dates, [tuple(row[1:6]) for row in rows], [(row[6], row[7]) for row in rows]


def put_down(connection: sqlite3.Connection, decisions: EventDecisions) -> list[int]:
    """Write what is decided beside the mentions; returns the ids of those of which something else was written."""
    articles = dict.fromkeys(
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT article_id FROM event_mentions WHERE apart OR together IS NOT NULL ORDER BY article_id"
        )
    )
    digests = {
        digest: row[0]
        for digest in sorted(decisions.documents())
        for row in connection.execute("SELECT article_id FROM documents WHERE digest = ?", (bytes.fromhex(digest),))
    }
    articles.update(dict.fromkeys(digests.values()))
    changed: list[int] = []
    for article_id in articles:
        (digest,) = connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        ids, dates, told, stored = mentions_of(connection, article_id)
        said = decisions.of_document(bytes(digest).hex(), dates, told)
        for mention_id, now, before in zip(ids, said, stored, strict=True):
            if now != before:
                connection.execute("UPDATE event_mentions SET apart = ?, together = ? WHERE id = ?", (*now, mention_id))
                changed.append(int(mention_id))
    return changed
