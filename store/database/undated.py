"""Undated articles and the dated sentences of others that tell the same as theirs."""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Iterator, Sequence

from store.database.moments import UNDATED
from store.database.tellings import told
from store.models import DateMention, Sentence
from store.resolve.alike import Told, tell
from store.resolve.dating import OPEN, Witness, same_story
from store.resolve.weekdays import weekday_in

Stretches = dict[str, list[tuple[str, str]]]

_COMPARED = 200
"""How many dated sentences of the same days are compared with an open one."""
_MEANT = "SELECT 1 FROM dates x JOIN meanings s ON s.id = x.meaning_id WHERE x.article_id = a.id"


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
            f" AND EXISTS ({_MEANT} AND s.value GLOB 'XXXX-WXX-[1-7]*')"
            f" AND EXISTS ({_MEANT} AND s.value GLOB 'XXXX-[01][0-9]*')"
            f" AND EXISTS ({_MEANT} AND (s.value = 'XXXX' AND s.mod = 'START' OR s.value GLOB 'XXXX-[01][0-9]'))",
            (UNDATED,),
        )
    }
    days = execute(
        "SELECT a.id, t.text FROM articles a JOIN dates x ON x.article_id = a.id"
        " JOIN meanings s ON s.id = x.meaning_id JOIN expressions t ON t.id = x.expression_id"
        " WHERE a.moment = ? AND a.basis = 'unknown' AND s.value GLOB 'XXXX-[01][0-9]-[0-3][0-9]*'",
        (UNDATED,),
    )
    found.update(int(row[0]) for row in days if int(row[0]) not in found and weekday_in(row[1]))
    return sorted(found)


def touched(connection: sqlite3.Connection, candidates: Sequence[int], added: Sequence[int]) -> list[int]:
    """Those of the candidates that what was added may say something of: they are new themselves, or hold a day or month
    (`12-14`, `12`) of which an added article tells."""
    told_of: set[str] = set()
    for article_id in added:
        for earliest, latest in connection.execute(
            "SELECT DISTINCT d.earliest, d.latest FROM event_mentions m JOIN stretches d ON d.id = m.stretch_id"
            " WHERE m.article_id = ?",
            (article_id,),
        ):
            told_of.add(earliest[5:] if earliest == latest else earliest[5:7])
    new = set(added)
    of_dates = (
        "SELECT DISTINCT substr(s.value, 6, 5) FROM dates x JOIN meanings s ON s.id = x.meaning_id"
        " WHERE x.article_id = ? AND length(s.value) IN (7, 10)"
    )
    return [
        article_id
        for article_id in candidates
        if article_id in new or any(row[0] in told_of for row in connection.execute(of_dates, (article_id,)))
    ]


def stretches(connection: sqlite3.Connection) -> Stretches:
    """The days and months of which there are dated sentences, by `12-14` and `12`."""
    found: Stretches = {}
    for earliest, latest in connection.execute(
        "SELECT earliest, latest FROM stretches d"
        " WHERE EXISTS (SELECT 1 FROM event_mentions m WHERE m.stretch_id = d.id)"
    ):
        if earliest == latest:
            found.setdefault(earliest[5:], []).append((earliest, latest))
        elif earliest[:7] == latest[:7]:
            found.setdefault(earliest[5:7], []).append((earliest, latest))
    return found


def witnesses(
    connection: sqlite3.Connection,
    article_id: int,
    text: str,
    dates: Sequence[DateMention],
    sentences: Sequence[Sentence],
    known: Stretches,
) -> Iterator[Witness]:
    """The dated sentences of other articles that tell the same as a sentence of this one with an open date.

    `dates` are those of the text without an anchor; `known` what `stretches` gave. Articles that are themselves dated
    by others say nothing.
    """
    for mention in dates:
        match = OPEN.fullmatch(mention.value)
        sentence = next((s for s in sentences if s.start <= mention.start and mention.end <= s.end), None)
        if match is None or sentence is None or mention.modality != "asserted":
            continue
        mine = _open(connection, article_id, text, mention, sentence)
        for days in known.get(f"{match[1]}-{match[2]}" if match[2] else match[1], ()):
            if match[2] or days[1] == _last_of_month(days[0]):
                yield from _agreeing(connection, article_id, mention, mine, days)


def _agreeing(
    connection: sqlite3.Connection, article_id: int, mention: DateMention, mine: Told, days: tuple[str, str]
) -> Iterator[Witness]:
    rows = connection.execute(
        "SELECT m.id, m.article_id, a.title FROM event_mentions m JOIN articles a ON a.id = m.article_id"
        " JOIN documents d ON d.article_id = m.article_id"
        " WHERE m.stretch_id = (SELECT id FROM stretches WHERE earliest = ? AND latest = ?) AND m.article_id <> ?"
        " AND NOT d.by_others ORDER BY m.id DESC LIMIT ?",
        (*days, article_id, _COMPARED),
    ).fetchall()
    for mention_id, other, title in rows:
        if same_story(mine, told(connection, mention_id)):
            yield Witness(mention, *days, int(other), str(title))


def _open(connection: sqlite3.Connection, article_id: int, text: str, mention: DateMention, sentence: Sentence) -> Told:
    named = connection.execute(
        'SELECT m.start, m."end", n.key, n.type FROM mentions m JOIN forms f ON f.id = m.form_id'
        ' JOIN names n ON n.id = f.name_id WHERE m.article_id = ? AND m.start >= ? AND m."end" <= ?',
        (article_id, sentence.start, sentence.end),
    ).fetchall()
    spans = [
        (s - sentence.start, e - sentence.start) for s, e in [*(row[:2] for row in named), (mention.start, mention.end)]
    ]
    said = text[sentence.start : sentence.end]
    names = [key for _, _, key, kind in named if kind != "LOC"]
    return tell(article_id, mention.value, ("", ""), mention.modality, said, spans[-1], spans[:-1], names)


def _last_of_month(first: str) -> str | None:
    """The last day of the month that begins on a day; None for any other day."""
    year, month, day = first.split("-")
    return f"{first[:8]}{calendar.monthrange(int(year), int(month))[1]}" if day == "01" else None
