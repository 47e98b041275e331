"""What is asked of all that is said: pages and counts of statements, the roles of somebody, the numbers of one unit.

One article after the other is looked at, the newest first, as far as it is wanted (`store.database.statements`).
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from store.answers import Filter, SentenceRef
from store.database import choosing, reading, statements
from store.database.files import stopping
from store.database.selecting import root_of
from store.extract.quantities.units import unit as counted
from store.models import StatementKind
from store.spoken import QuantityRow, RoleRow, StatementPage, StatementRow, Wanted

_LOOK = 64
"""After so many articles it is asked whether an answer is still wanted."""
_FEW, _MANY = 512, 30_000
"""So many articles are asked for at first, and so many beyond which all are."""


def ids(connection: sqlite3.Connection, f: Filter, wanted: Wanted, most: int | None = None) -> array[int]:
    """The statements in the articles that a filter lets through, of the newest article first, in reading order; the
    first `most` of them."""
    return page(connection, f, wanted, 0, most, None).ids[:most]


def page(
    connection: sqlite3.Connection, f: Filter, wanted: Wanted, start: int, most: int | None, look: int | None
) -> StatementPage:
    """Of these statements those of the articles from the one that is `start` in their order: until there are `most`, or
    until `look` articles were looked at. All of an article are on one page."""
    of = _names_of(connection, wanted.speaker)
    found: array[int] = array("q")
    at = start
    for at, article_id in _articles(connection, f, wanted.speaker, start):
        if at % _LOOK == 0:
            stopping(connection)
        if (most is not None and len(found) >= most) or (look is not None and at - start >= look):
            return StatementPage(found, at)
        for place, row in enumerate(statements.kept_rows(connection, article_id, "q")):
            if _is_wanted(row, wanted, of):
                found.append((article_id << statements.BITS) | place)
    return StatementPage(found, None)


def kinds(connection: sqlite3.Connection, f: Filter, wanted: Wanted) -> Counter[StatementKind]:
    """How many statements of each kind there are."""
    return Counter(statements.KINDS[row[2] // 2] for _, _, row in _wanted(connection, f, wanted))


def _wanted(connection: sqlite3.Connection, f: Filter, wanted: Wanted) -> Iterator[tuple[int, int, list[Any]]]:
    """Statements as they are stored, each with its article and its place among those of the article."""
    of = _names_of(connection, wanted.speaker)
    for at, article_id in _articles(connection, f, wanted.speaker, 0):
        if at % _LOOK == 0:
            stopping(connection)
        for place, row in enumerate(statements.kept_rows(connection, article_id, "q")):
            if _is_wanted(row, wanted, of):
                yield article_id, place, row


def _articles(connection: sqlite3.Connection, f: Filter, speaker: int | None, start: int) -> Iterator[tuple[int, int]]:
    """Articles newest first with their places in that order, from one on; of a speaker those in which they speak. More
    and more are asked for, as the newest of many are sooner found than all."""
    speaking: set[int] | None = None
    if speaker is not None:
        rows = connection.execute(
            "SELECT s.article_id FROM names n JOIN speakers s ON s.name_id = n.id WHERE n.root = ?",
            (root_of(connection, speaker),),
        )
        speaking = {int(row[0]) for row in rows}
    most: int | None = max(_FEW, 2 * start)
    while True:
        listed = choosing.newest(connection, f, most)
        for at in range(start, len(listed)):
            if speaking is None or listed[at] in speaking:
                yield at, listed[at]
        if most is None or len(listed) < most:
            return
        start, most = len(listed), None if most > _MANY else most * 8


def _names_of(connection: sqlite3.Connection, speaker: int | None) -> frozenset[int]:
    if speaker is None:
        return frozenset()
    rows = connection.execute("SELECT id FROM names WHERE root = ?", (root_of(connection, speaker),))
    return frozenset(int(row[0]) for row in rows)


def _is_wanted(row: Sequence[Any], wanted: Wanted, of: frozenset[int]) -> bool:
    if wanted.speaker is not None and (row[5] is None or row[5][2] not in of):
        return False
    if wanted.direct is not None and bool(row[2] % 2) != wanted.direct:
        return False
    return not wanted.kinds or statements.KINDS[row[2] // 2] in wanted.kinds


def rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[StatementRow]:
    """A page of statements in the order asked; what is there no more is left out."""
    articles = {row.id: row for row in reading.rows(connection, [one >> statements.BITS for one in ids], "")}
    names, sentences = statements.Names(connection), _Sentences(connection)
    found: list[StatementRow] = []
    read: tuple[int, list[list[Any]]] | None = None
    for one in ids:
        article_id, place = one >> statements.BITS, one & statements.MOST
        if read is None or read[0] != article_id:
            read = article_id, statements.kept_rows(connection, article_id, "q")
        kept = read[1]
        if article_id not in articles or place >= len(kept):
            continue
        row = kept[place]
        speaker = row[5][2] if row[5] else None
        known = names.of(speaker) if isinstance(speaker, int) else None
        # from its verb, which may stand behind it, or in the sentence before
        verb = (row[3], row[3] + row[4]) if row[4] else (row[0], row[1])
        sentence = sentences.at(article_id, min(row[0], verb[0]), max(row[1], verb[1]))
        quote = names.quote(row, statements.cut_of(sentence.text, sentence.start))
        found.append(StatementRow(one, articles[article_id], sentence, quote, known[0] if known else None))
    return found


class _Sentences:
    """The sentences that spans lie in; the text is fetched once for all spans of an article that follow each other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._article: int | None = None
        self._text = ""

    def at(self, article_id: int, start: int, end: int) -> SentenceRef:
        """The sentence or sentences of a span."""
        sql = 'SELECT start, "end" FROM sentences WHERE article_id = ? AND start < ? ORDER BY start DESC LIMIT 1'
        first = self._connection.execute(sql, (article_id, start + 1)).fetchone()
        last = self._connection.execute(sql, (article_id, end)).fetchone()
        begun = first[0] if first and first[1] > start else start
        ended = max(end, last[1] if last else end)
        if article_id != self._article:
            (self._text,) = self._connection.execute(
                "SELECT text FROM texts WHERE article_id = ?", (article_id,)
            ).fetchone()
            self._article = article_id
        return SentenceRef(article_id, begun, ended, self._text[begun:ended])


def roles(connection: sqlite3.Connection, entity: int, f: Filter, most: int) -> list[RoleRow]:
    """The roles that the newest `most` articles say of an entity, newest article first."""
    naming = f if entity in f.entities else replace(f, entities=(*f.entities, entity))
    return roles_in(connection, entity, choosing.newest(connection, naming, most))


def roles_in(connection: sqlite3.Connection, entity: int, naming: Sequence[int]) -> list[RoleRow]:
    """The roles that some articles say of an entity, in their order."""
    of, names, sentences = _names_of(connection, entity), statements.Names(connection), _Sentences(connection)
    articles = {row.id: row for row in reading.rows(connection, naming, "")}
    found: list[RoleRow] = []
    for at, article_id in enumerate(naming):
        if at % _LOOK == 0:
            stopping(connection)
        for row in statements.kept_rows(connection, article_id, "r"):
            if row[4] in of and article_id in articles:
                sentence = sentences.at(article_id, min(row[0], row[2]), max(row[1], row[3]))
                role = names.role(row, statements.cut_of(sentence.text, sentence.start))
                found.append(RoleRow(articles[article_id], sentence, role))
    return found


def quantities(
    connection: sqlite3.Connection, f: Filter, unit: str | None, most: int | None = None
) -> list[QuantityRow]:
    """The quantities in the articles that a filter lets through, newest article first, of the same unit;
    the first `most` of them."""
    found: list[QuantityRow] = []
    for row in _quantities(connection, choosing.newest(connection, f, None), unit):
        found.append(row)
        if len(found) == most:
            break
    return found


def quantities_in(connection: sqlite3.Connection, articles: Sequence[int], unit: str | None) -> list[QuantityRow]:
    """The quantities of some articles, in their order, of the same unit."""
    return list(_quantities(connection, articles, unit))


def _quantities(connection: sqlite3.Connection, articles: Sequence[int], unit: str | None) -> Iterator[QuantityRow]:
    wanted, sentences = None if unit is None else counted(unit), _Sentences(connection)
    for at, article_id in enumerate(articles):
        if at % _LOOK == 0:
            stopping(connection)
        kept = [
            row
            for row in statements.kept_rows(connection, article_id, "n")
            if wanted is None or counted(row[4]) == wanted
        ]
        line = next(iter(reading.rows(connection, [article_id], "")), None) if kept else None
        if line is None:
            continue
        for row in kept:
            sentence = sentences.at(article_id, row[0], row[1])
            yield QuantityRow(
                line, sentence, statements.quantity(row, statements.cut_of(sentence.text, sentence.start))
            )
