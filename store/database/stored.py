"""What stands of an article in several tables, put together as it was found."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from store.answers import StoredMention
from store.models import DateMention, Event, Mention

DATE = (
    'd.start, d."end", t.text, s.type, s.value, s.mod, s.earliest, s.latest, s.precision, s.modality, d.anchor,'
    " g.rule, x.name, x.version, s.bound"
)
"""The columns of a DateMention, of `d` in dates and what DATE_JOINS brings."""
DATE_JOINS = (
    "JOIN expressions t ON t.id = d.expression_id JOIN meanings s ON s.id = d.meaning_id"
    " JOIN grounds g ON g.id = d.ground_id JOIN extractors x ON x.id = g.extractor_id"
)
NAMED = (
    'JOIN mentions l ON l.article_id = m.article_id AND l.start BETWEEN m.start AND m."end" - 1 AND l."end" <= m."end"'
    " JOIN forms f ON f.id = l.form_id"
)
"""The names within the sentence of an event mention `m`: `f.name_id`, one for each time it is named."""
SURFACE = "coalesce(m.surface_id, m.form_id)"
"""The form that a mention `m` has in the text; stored apart only where it is not the one that is displayed."""


def mentions(connection: sqlite3.Connection, article_id: int) -> list[StoredMention]:
    """The names of an article in reading order."""
    rows = connection.execute(
        'SELECT m.start, m."end", w.form, n.type, f.form, n.key, g.score, x.name, x.version, g.rule, g.reason,'
        " e.id, e.name, n.reason"
        f" FROM mentions m JOIN forms f ON f.id = m.form_id JOIN forms w ON w.id = {SURFACE}"
        " JOIN names n ON n.id = f.name_id JOIN entities e ON e.id = n.root"
        " JOIN grounds g ON g.id = m.ground_id JOIN extractors x ON x.id = g.extractor_id"
        " WHERE m.article_id = ? ORDER BY m.start",
        (article_id,),
    )
    # The key says which known thing a name was taken for, also where a person says that another is meant.
    found = []
    for row in rows:
        values = (*row[:5], row[5].split("\t")[1] or None, *row[6:11])
        found.append(StoredMention(Mention(*values), row[11], row[12], "; ".join(filter(None, (row[10], row[13])))))
    return found


def dates(connection: sqlite3.Connection, article_id: int) -> list[DateMention]:
    """The dates of an article in reading order."""
    rows = connection.execute(
        f"SELECT {DATE} FROM dates d {DATE_JOINS} WHERE d.article_id = ? ORDER BY d.start", (article_id,)
    )
    return [DateMention(*row) for row in rows]


def events(
    connection: sqlite3.Connection, article_id: int, mentions: Sequence[StoredMention]
) -> list[tuple[int, Event]]:
    """What an article with these names tells, in reading order, each with the id of its event."""
    named = Named((one.mention.start, one.mention.end, one.mention.name) for one in mentions)
    rows = connection.execute(
        'SELECT m.event_id, m.start, m."end", s.value, s.earliest, s.latest, s.precision, s.modality, m.names,'
        " m.date_start, m.date_end, s.bound FROM event_mentions m JOIN meanings s ON s.id = m.meaning_id"
        " WHERE m.article_id = ? ORDER BY m.start, m.date_start",
        (article_id,),
    )
    found: list[tuple[int, Event]] = []
    for event_id, *when, names, first, last, bound in rows:
        told_of = named.within(*when[:2]) if names is None else tuple(json.loads(names))
        found.append((event_id, Event(*(*when, told_of, first, last, bound))))
    return found


class Named:
    """The names of an article, by which those of a sentence need not be stored: given as (start, end, display name)."""

    def __init__(self, names: Iterable[tuple[int, int, str]]) -> None:
        self._names = sorted(names, key=lambda name: name[:2])
        self._starts = [name[0] for name in self._names]

    def within(self, start: int, end: int) -> tuple[str, ...]:
        """The names within a sentence, each once, in reading order."""
        inside = self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return tuple(dict.fromkeys(name for _, last, name in inside if last <= end))
