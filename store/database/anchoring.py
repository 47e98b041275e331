"""Where annotations are now: their keys (names, dated sentences, documents by their digests) as ids of the corpus.

Articles and sentences are found by the digest of their document, at once. Which entity a name belongs to by now, and
which event tells a dated sentence, is worked out for all of these at once and remembered for a state of the corpus
(`resolved`).
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.annotations import LONGEST_QUOTE, quoted
from store.database import event_decisions
from store.database.notes import revision
from store.resolve.alike import SEPARATOR


@dataclass
class Resolved:
    """Where the annotations of entities and events are in a state of the corpus, by their ids."""

    where: dict[int, int] = field(default_factory=dict)
    """The entity or event of each that is on one which is there."""
    of_entity: dict[int, list[int]] = field(default_factory=dict)
    of_event: dict[int, list[int]] = field(default_factory=dict)


_remembered: OrderedDict[tuple[str, int, int], Resolved] = OrderedDict()
_STATES = 4


def resolved(connection: sqlite3.Connection) -> Resolved:
    """Where annotations of entities and events are now; to be asked within `files.snapshot`."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    key = (str(path), *revision(connection))
    found = _remembered.get(key)
    if found is None:
        found = _remembered[key] = resolve(connection)
        while len(_remembered) > _STATES:
            _remembered.popitem(last=False)
    return found


def resolve(connection: sqlite3.Connection) -> Resolved:
    """As `resolved`, for whoever writes: nothing is remembered."""
    found = Resolved()
    for id_, root in _entities(connection).items():
        found.where[id_] = root
        found.of_entity.setdefault(root, []).append(id_)
    for id_, event in _events(connection).items():
        found.where[id_] = event
        found.of_event.setdefault(event, []).append(id_)
    return found


def entity_of(connection: sqlite3.Connection, name: str) -> int | None:
    """The entity that a key of a name belongs to: that of the name, or where no article gives it any more, of the same
    name under another type or link, those of the same type first."""
    row = connection.execute(
        "SELECT n.root FROM names n JOIN entities e ON e.id = n.root WHERE n.key = ? AND e.articles > 0", (name,)
    ).fetchone()
    if row is None:
        kind, *_, plain = name.split(SEPARATOR)
        row = connection.execute(
            "SELECT n.root FROM names n JOIN entities e ON e.id = n.root WHERE n.plain = ? AND n.mentions > 0"
            " ORDER BY n.type = ? DESC, n.mentions DESC, n.id LIMIT 1",
            (plain, kind),
        ).fetchone()
    return int(row[0]) if row else None


def article_of(connection: sqlite3.Connection, digest: str) -> int | None:
    """The article of a document, by its SHA-256 in hex."""
    row = connection.execute("SELECT article_id FROM documents WHERE digest = ?", (bytes.fromhex(digest),)).fetchone()
    return int(row[0]) if row else None


def event_of(connection: sqlite3.Connection, digest: str, start: int) -> int | None:
    """The event that a dated sentence tells, by its document and where its date begins."""
    article = article_of(connection, digest)
    if article is None:
        return None
    sql = "SELECT min(event_id) FROM event_mentions WHERE article_id = ? AND date_start = ?"
    (event,) = connection.execute(sql, (article, start)).fetchone()
    return int(event) if event is not None else _moved(connection, digest, article, [(0, start)]).get(0)


def _entities(connection: sqlite3.Connection) -> dict[int, int]:
    rows = connection.execute(
        "SELECT a.id, a.name, n.root, e.articles FROM annotations a LEFT JOIN names n ON n.key = a.name"
        " LEFT JOIN entities e ON e.id = n.root WHERE a.target = 'entity' ORDER BY a.id"
    ).fetchall()
    found: dict[int, int] = {}
    for id_, name, root, articles in rows:
        entity = root if articles else entity_of(connection, name)
        if entity is not None:
            found[id_] = int(entity)
    return found


def _events(connection: sqlite3.Connection) -> dict[int, int]:
    exact = connection.execute(
        "SELECT a.id, min(m.event_id) FROM annotations a JOIN documents d ON d.digest = a.digest"
        " JOIN event_mentions m ON m.article_id = d.article_id AND m.date_start = a.start"
        " WHERE a.target = 'event' GROUP BY a.id"
    )
    found: dict[int, int] = {int(id_): int(event) for id_, event in exact}
    moved: dict[tuple[bytes, int], list[tuple[int, int]]] = {}
    rows = connection.execute(
        "SELECT a.id, a.digest, a.start, d.article_id FROM annotations a JOIN documents d ON d.digest = a.digest"
        " WHERE a.target = 'event' ORDER BY a.id"
    )
    for id_, digest, start, article in rows:
        if id_ not in found:
            moved.setdefault((bytes(digest), article), []).append((id_, start))
    for (digest, article), several in moved.items():
        found.update(_moved(connection, digest.hex(), article, several))
    return found


def _moved(
    connection: sqlite3.Connection, digest: str, article: int, several: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """The events of dated sentences whose date is another span by now."""
    keys = {event_decisions.key(digest, start) for _, start in several}
    decisions = event_decisions.EventDecisions()
    decisions.split(sorted(keys), "")
    ids, dates, told, _ = event_decisions.mentions_of(connection, article)
    of_key: dict[str, int] = {}
    for at, mine in decisions.keys_in(digest, dates, told).items():
        (event,) = connection.execute("SELECT event_id FROM event_mentions WHERE id = ?", (ids[at],)).fetchone()
        of_key.update(dict.fromkeys(mine, int(event)))
    wanted = ((id_, of_key.get(event_decisions.key(digest, start))) for id_, start in several)
    return {id_: event for id_, event in wanted if event is not None}


def anchored(text: str, start: int, end: int, quote: str) -> tuple[int, int] | None:
    """Where a sentence stands in a text: at its span if the words are there still, else where they are nearest."""
    if end <= len(text) and (not quote or quoted(text[start:end]) == quote):
        return start, end
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and quote and len(places) < 100:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    best = min(places, key=lambda place: abs(place - start))
    length = len(quote) if len(quote) < LONGEST_QUOTE else end - start
    return best, min(best + length, len(text))
