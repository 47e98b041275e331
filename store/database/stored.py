"""What stands of an article in several tables, put together as it was found."""

from __future__ import annotations

import sqlite3

from store.models import DateMention, Mention, StoredMention

DATE = (
    'd.start, d."end", t.text, s.type, s.value, s.mod, s.earliest, s.latest, s.precision, s.modality, d.anchor,'
    " g.rule, x.name, x.version, s.bound"
)
"""The columns of a DateMention, of `d` in dates and what DATE_JOINS brings."""
DATE_JOINS = (
    "JOIN expressions t ON t.id = d.expression_id JOIN meanings s ON s.id = d.meaning_id"
    " JOIN grounds g ON g.id = d.ground_id JOIN extractors x ON x.id = g.extractor_id"
)
SURFACE = "coalesce(m.surface_id, m.form_id)"
"""The form that a mention `m` has in the text; stored apart only where it is not the one that is displayed."""


def mentions(connection: sqlite3.Connection, article_id: int) -> list[StoredMention]:
    """The names of an article in reading order."""
    rows = connection.execute(
        'SELECT m.start, m."end", w.form, n.type, f.form, n.linked, g.score, x.name, x.version, g.rule, g.reason,'
        " e.id, e.name, n.reason"
        f" FROM mentions m JOIN forms f ON f.id = m.form_id JOIN forms w ON w.id = {SURFACE}"
        " JOIN names n ON n.id = f.name_id JOIN entities e ON e.id = n.root"
        " JOIN grounds g ON g.id = m.ground_id JOIN extractors x ON x.id = g.extractor_id"
        " WHERE m.article_id = ? ORDER BY m.start",
        (article_id,),
    )
    return [
        StoredMention(Mention(*row[:11]), row[11], row[12], "; ".join(filter(None, (row[10], row[13])))) for row in rows
    ]


def dates(connection: sqlite3.Connection, article_id: int) -> list[DateMention]:
    """The dates of an article in reading order."""
    rows = connection.execute(
        f"SELECT {DATE} FROM dates d {DATE_JOINS} WHERE d.article_id = ? ORDER BY d.start", (article_id,)
    )
    return [DateMention(*row) for row in rows]
