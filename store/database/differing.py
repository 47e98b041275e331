"""What differs among the newest articles of a filter: read from what is kept of each, compared by `store.resolve`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from store.answers import Filter, SentenceRef
from store.database import choosing, reading, statements
from store.database.files import stopping
from store.database.selecting import root_of
from store.extract.quantities.units import unit
from store.models import StatementKind
from store.resolve import differing
from store.resolve.heard import Heard, Number, Statement, Who
from store.resolve.pairing import Pair, Side
from store.spoken import Differ, Differing, DifferingRow

_LOOK = 16
"""After so many articles it is asked whether an answer is still wanted."""
_TOLD = (
    'SELECT m.start, m."end", m.event_id FROM event_mentions m JOIN events v ON v.id = m.event_id'
    " WHERE m.article_id = ? AND v.precision IN ('day', 'time')"
)
_NAMED = (
    'SELECT m.start, m."end", n.root FROM mentions m JOIN forms f ON f.id = m.form_id JOIN names n ON n.id = f.name_id'
    " WHERE m.article_id = ? ORDER BY m.start"
)
_ARTICLE = (
    "SELECT s.said, t.text, a.published, o.name, coalesce(c.story, a.id) FROM spoken s JOIN texts t USING (article_id)"
    " JOIN articles a ON a.id = s.article_id LEFT JOIN outlets o ON o.id = a.outlet_id"
    " LEFT JOIN copies c ON c.article_id = a.id WHERE s.article_id = ?"
)


def found(connection: sqlite3.Connection, f: Filter, most: int, entity: int | None = None) -> Differing:
    """What differs in the newest `most` articles that a filter lets through, and between them; only what `entity` says,
    or where a sentence names it."""
    listed = choosing.newest(connection, f, most)
    of = len(choosing.articles(connection, f)) if len(listed) == most else len(listed)
    articles: list[Heard] = []
    for at, article_id in enumerate(listed):
        if at % _LOOK == 0:
            stopping(connection)
        one = heard(connection, article_id)
        if one is not None:
            articles.append(one)
    pairs = differing.pairs(articles)
    if entity is not None:
        root = root_of(connection, entity)
        pairs = [pair for pair in pairs if any(_concerns(side, root) for side in (pair.one, pair.other))]
    return Differing(tuple(_rows(connection, pairs)), len(listed), of)


def _concerns(side: Side, entity: int) -> bool:
    return side.who == entity or entity in side.heard.named(*side.sentence)


def heard(connection: sqlite3.Connection, article_id: int) -> Heard | None:
    """An article with what is said in it; None where nothing is, or it was not looked for yet."""
    row = connection.execute(_ARTICLE, (article_id,)).fetchone()
    if row is None:
        return None
    kept, text, published, outlet, story = row
    record = statements.record(kept)
    quotes, numbers = record.get("q", []), record.get("n", [])
    if len(quotes) < 1 and not numbers:
        return None
    roots: dict[int, int] = {}
    said = []
    for place, one in enumerate(quotes):
        if one[5] is None:
            continue
        who: Who = one[5][2]
        if isinstance(who, int):
            if who not in roots:
                (roots[who],) = connection.execute("SELECT root FROM names WHERE id = ?", (who,)).fetchone() or (who,)
            who = roots[who]
        verb = (one[3], one[3] + one[4])
        said.append(Statement(place, one[0], one[1], verb, statements.KINDS[one[2] // 2], who, (one[5][0], one[5][1])))
    counted = [
        Number(
            place, one[0], one[1], one[2], one[3], one[4] if one[4] == "%" else unit(one[4]), statements.ABOUT[one[5]]
        )
        for place, one in enumerate(numbers)
        if one[2] is not None and one[3] is not None
    ]
    sql = 'SELECT start, "end" FROM sentences WHERE article_id = ? ORDER BY start'
    sentences = connection.execute(sql, (article_id,)).fetchall()
    if not sentences:
        return None
    return Heard(
        article_id, _day(published), outlet, story, text, sentences,
        connection.execute(_NAMED, (article_id,)).fetchall(), said, counted,
        connection.execute(_TOLD, (article_id,)).fetchall() if counted else (),
    )  # fmt: skip


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _rows(connection: sqlite3.Connection, pairs: Sequence[Pair]) -> Iterable[DifferingRow]:
    articles = {side.heard.article for pair in pairs for side in (pair.one, pair.other)}
    rows = {row.id: row for row in reading.rows(connection, sorted(articles), "")}

    @cache
    def kept(article_id: int, key: str) -> list[list[Any]]:
        return statements.kept_rows(connection, article_id, key)

    def shown(side: Side) -> Differ:
        text, (start, end) = side.heard.text, side.sentence
        known = connection.execute("SELECT name FROM entities WHERE id = ?", (side.who,)).fetchone()
        kind: StatementKind | None = None
        direct = False
        quantity = None
        if side.statement is not None:
            kind = side.statement.kind
            direct = bool(kept(side.heard.article, "q")[side.statement.place][2] % 2)
        if side.number is not None:
            quantity = statements.quantity(kept(side.heard.article, "n")[side.number.place], statements.cut_of(text))
        speaker = side.who if isinstance(side.who, int) else None
        who = str(known[0]) if speaker is not None and known else "" if speaker is not None else str(side.who)
        sentence = SentenceRef(side.heard.article, start, end, text[start:end])
        return Differ(rows[side.heard.article], sentence, *side.span, who, speaker, kind, direct, quantity)

    for pair in pairs:
        if pair.one.heard.article in rows and pair.other.heard.article in rows:
            yield DifferingRow(shown(pair.one), shown(pair.other), pair.rule, round(pair.score, 2), pair.shared)
