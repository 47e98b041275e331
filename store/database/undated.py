"""Undated articles and the dated sentences of others that tell the same as theirs."""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from store.database.events import told
from store.database.moments import UNDATED
from store.models import DateMention, Sentence
from store.resolve.alike import Told, tell
from store.resolve.dating import OPEN, Witness, same_story
from store.resolve.weekdays import weekday_in

_COMPARED = 200
"""How many dated sentences of the same days are compared with an open one."""


def open_articles(connection: sqlite3.Connection) -> list[int]:
    """Articles that others might date, in order: those that say their weekday, their place in a year and a day or month
    without its year; those that say a weekday and a day of a month with its weekday; and those that others did date."""
    execute = connection.execute
    found = {
        int(row[0])
        for row in execute(
            "SELECT a.id FROM articles a JOIN documents d ON d.article_id = a.id"
            " WHERE d.by_others AND a.basis = 'inferred'"
            " UNION SELECT a.id FROM articles a WHERE a.moment = ? AND a.basis = 'unknown'"
            " AND EXISTS (SELECT 1 FROM dates x WHERE x.article_id = a.id AND x.value GLOB 'XXXX-WXX-[1-7]*')"
            " AND EXISTS (SELECT 1 FROM dates x WHERE x.article_id = a.id AND x.value GLOB 'XXXX-[01][0-9]*')"
            " AND EXISTS (SELECT 1 FROM dates x WHERE x.article_id = a.id"
            " AND (x.value = 'XXXX' AND x.mod = 'START' OR x.value GLOB 'XXXX-[01][0-9]'))",
            (UNDATED,),
        )
    }
    days = execute(
        "SELECT a.id, x.text FROM articles a JOIN dates x ON x.article_id = a.id"
        " WHERE a.moment = ? AND a.basis = 'unknown' AND x.value GLOB 'XXXX-[01][0-9]-[0-3][0-9]*'",
        (UNDATED,),
    )
    found.update(int(row[0]) for row in days if int(row[0]) not in found and weekday_in(row[1]))
    return sorted(found)


def witnesses(
    connection: sqlite3.Connection,
    article_id: int,
    text: str,
    dates: Sequence[DateMention],
    sentences: Sequence[Sentence],
) -> Iterator[Witness]:
    """The dated sentences of other articles that tell the same as a sentence of this one with an open date.

    `dates` are those of the text without an anchor. Articles that are themselves dated by others say nothing.
    """
    first, last = connection.execute("SELECT min(earliest), max(latest) FROM event_mentions").fetchone()
    if first is None:
        return
    for mention in dates:
        match = OPEN.fullmatch(mention.value)
        sentence = next((s for s in sentences if s.start <= mention.start and mention.end <= s.end), None)
        if match is None or sentence is None or mention.modality != "asserted":
            continue
        mine = _open(connection, article_id, text, mention, sentence)
        for year in range(int(first[:4]), int(last[:4]) + 1):
            days = _days(year, int(match[1]), int(match[2]) if match[2] else None)
            if days is not None:
                yield from _agreeing(connection, article_id, mention, mine, days)


def _agreeing(
    connection: sqlite3.Connection, article_id: int, mention: DateMention, mine: Told, days: tuple[str, str]
) -> Iterator[Witness]:
    rows = connection.execute(
        "SELECT m.id, m.article_id, a.title FROM event_mentions m JOIN articles a ON a.id = m.article_id"
        " JOIN documents d ON d.article_id = m.article_id"
        " WHERE m.earliest = ? AND m.latest = ? AND m.article_id <> ? AND NOT d.by_others ORDER BY m.id DESC LIMIT ?",
        (*days, article_id, _COMPARED),
    ).fetchall()
    for mention_id, other, title in rows:
        if same_story(mine, told(connection, mention_id)):
            yield Witness(mention, *days, int(other), str(title))


def _open(connection: sqlite3.Connection, article_id: int, text: str, mention: DateMention, sentence: Sentence) -> Told:
    named = connection.execute(
        'SELECT m.start, m."end", n.key, n.type FROM mentions m JOIN names n ON n.id = m.name_id'
        ' WHERE m.article_id = ? AND m.start >= ? AND m."end" <= ?',
        (article_id, sentence.start, sentence.end),
    ).fetchall()
    spans = [
        (s - sentence.start, e - sentence.start) for s, e in [*(row[:2] for row in named), (mention.start, mention.end)]
    ]
    said = text[sentence.start : sentence.end]
    names = [key for _, _, key, kind in named if kind != "LOC"]
    return tell(article_id, mention.value, ("", ""), mention.modality, said, spans[-1], spans[:-1], names)


def _days(year: int, month: int, day: int | None) -> tuple[str, str] | None:
    try:
        first = date(year, month, day or 1)
        return first.isoformat(), date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()
    except ValueError:
        return None
