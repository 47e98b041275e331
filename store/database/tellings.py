"""What is compared of event mentions (`store.resolve.alike`): read, remembered, and told apart before it is read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from store.database.stored import NAMED
from store.resolve.alike import Told, agreement, tell
from store.resolve.sketches import Seeker, sketch

_FEW = 4
"""So many mentions are read at once rather than held against their sketches first."""
_REMEMBERED = 50_000


class Tellings:
    """Works within the writer's transaction; remembers what it compared, as sentences never change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, Told] = {}

    def forget(self) -> None:
        """The ids of mentions may be given again."""
        self._known.clear()

    def remember(self, found: Iterable[tuple[int, Told]]) -> None:
        """What is compared of mentions that were just stored."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(found)

    def of(self, mention_id: int) -> Told:
        """What is compared of a mention."""
        known = self._known.get(mention_id)
        if known is None:
            known = told(self._connection, mention_id)
            self.remember([(mention_id, known)])
            # an older khabar has left none
            self._connection.execute(
                "UPDATE event_mentions SET sketch = ? WHERE id = ? AND sketch IS NULL", (sketch(known), mention_id)
            )
        return known

    def unlike(self, mention_id: int, others: Sequence[int]) -> set[int]:
        """Those of other mentions, not read yet, that by their sketches are of other events."""
        unread = [other for other in others if other not in self._known]
        if len(unread) < _FEW:
            return set()
        (own,) = self._connection.execute("SELECT sentence FROM event_mentions WHERE id = ?", (mention_id,)).fetchone()
        seeker = Seeker(self.of(mention_id))
        return {
            other
            for other, article, sentence, sketched, earliest, latest in self._connection.execute(
                "SELECT m.id, m.article_id, m.sentence, m.sketch, d.earliest, d.latest FROM json_each(?) j"
                " CROSS JOIN event_mentions m ON m.id = j.value CROSS JOIN stretches d ON d.id = m.stretch_id",
                (json.dumps(unread),),
            )
            if sentence != own and not seeker.may_agree(article, (earliest, latest), sketched)
        }

    def agreeing(self, mention_id: int, candidates: Iterable[int]) -> list[int]:
        """Those of some mentions that tell the same event."""
        what, others = self.of(mention_id), [other for other in candidates if other != mention_id]
        unlike = self.unlike(mention_id, others)
        return [other for other in others if other not in unlike and agreement(what, self.of(other))]


def told(connection: sqlite3.Connection, mention_id: int) -> Told:
    """What is compared of an event mention."""
    article_id, start, value, earliest, latest, modality, text, first, last = connection.execute(
        "SELECT m.article_id, m.start, s.value, s.earliest, s.latest, s.modality,"
        ' substr(t.text, m.start + 1, m."end" - m.start), m.date_start, m.date_end FROM event_mentions m'
        " JOIN meanings s ON s.id = m.meaning_id JOIN texts t ON t.article_id = m.article_id WHERE m.id = ?",
        (mention_id,),
    ).fetchone()
    others = connection.execute(
        "SELECT d.earliest, d.latest FROM event_mentions m JOIN stretches d ON d.id = m.stretch_id"
        " WHERE m.article_id = ? AND m.start = ? AND m.id <> ?",
        (article_id, start, mention_id),
    )
    named = connection.execute(
        f'SELECT l.start, l."end", n.key, n.type FROM event_mentions m {NAMED} JOIN names n ON n.id = f.name_id'
        " WHERE m.id = ?",
        (mention_id,),
    ).fetchall()
    return tell(
        article_id, value, (earliest, latest), modality, text, (first - start, last - start),
        sorted((s - start, e - start) for s, e, _, _ in named), (key for _, _, key, kind in named if kind != "LOC"),
        (key for _, _, key, kind in named if kind == "LOC"), others.fetchall(),
    )  # fmt: skip
