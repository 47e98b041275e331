"""What is said in articles: statements, roles and quantities of each as one row of packed JSON, and who speaks where.

Numbers instead of names: a speaker with a name is the number of that name, so that whoever it belongs to after a merge
is found by `names.root`; one without is the words of the text.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from store.answers import Filter, SentenceRef
from store.database import choosing, reading
from store.database.files import stopping
from store.database.packing import pack
from store.database.packing import read as unpacked
from store.database.selecting import root_of
from store.extract.quantities.units import unit as counted
from store.models import About, Analysis, Quantity, Quote, Role, Speaker, StatementKind
from store.resolve.spoken import Spoken
from store.spoken import QuantityRow, RoleRow, StatementPage, StatementRow, Wanted

TABLES = """
-- What is said in an article (`store.database.statements`).
CREATE TABLE spoken (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    said BLOB NOT NULL
);
-- How many statements of an article are of whom. Without a reference to articles, as `said`.
CREATE TABLE speakers (
    name_id INTEGER NOT NULL REFERENCES names(id),
    article_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (name_id, article_id)
) WITHOUT ROWID
"""

Cut = Callable[[int, int], str]

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
ABOUT: tuple[About, ...] = get_args(About)
_BITS = 12
"""A statement in a list is one integer: its article, then its place among those of the article."""
_MOST = (1 << _BITS) - 1
_LOOK = 64
_FEW, _MANY = 512, 30_000
"""So many articles are asked for at first, and so many beyond which all are."""


def store(connection: sqlite3.Connection, article_id: int, said: Spoken | Analysis, ids: Mapping[str, int]) -> None:
    """Stores what is said; `ids` are the numbers of the names of the article by the names as displayed in it."""
    quotes = [_quote_row(one, ids) for one in said.quotes[:_MOST]]
    record = {
        "q": quotes,
        "r": [_role_row(one, ids) for one in said.roles if one.person in ids],
        "n": [_quantity_row(one) for one in said.quantities],
    }
    written = json.dumps({key: rows for key, rows in record.items() if rows}, ensure_ascii=False, separators=(",", ":"))
    connection.execute("INSERT INTO spoken VALUES (?, ?)", (article_id, pack(written)))
    speakers = Counter(row[5][2] for row in quotes if row[5] and isinstance(row[5][2], int))
    connection.executemany(
        "INSERT INTO speakers VALUES (?, ?, ?)", [(name, article_id, number) for name, number in speakers.items()]
    )


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Takes what an article says out again."""
    row = connection.execute("SELECT said FROM spoken WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        return
    connection.executemany(
        "DELETE FROM speakers WHERE name_id = ? AND article_id = ?", [(name, article_id) for name in _speaking(row[0])]
    )
    connection.execute("DELETE FROM spoken WHERE article_id = ?", (article_id,))


def lead(connection: sqlite3.Connection) -> None:
    """Makes the way from speakers to articles anew; what is damaged goes, so that it is looked for again."""
    for article_id in {article_id for article_id, _ in _faults(connection)}:
        connection.execute("DELETE FROM spoken WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM speakers")
    for article_id, kept in connection.execute("SELECT article_id, said FROM spoken").fetchall():
        connection.executemany(
            "INSERT INTO speakers VALUES (?, ?, ?)",
            [(name, article_id, number) for name, number in _speaking(kept).items()],
        )


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Where what is said leaves its text, names what is no name, or is not found by its speaker; for `verify`."""
    led: dict[int, dict[int, int]] = {}
    for name, article_id, number in connection.execute("SELECT name_id, article_id, number FROM speakers"):
        led.setdefault(article_id, {})[name] = number
    damaged = set()
    for article_id, fault in _faults(connection):
        damaged.add(article_id)
        yield f"article {article_id}: {fault}"
    for article_id, kept in connection.execute("SELECT article_id, said FROM spoken"):
        if article_id not in damaged and dict(_speaking(kept)) != led.get(article_id, {}):
            yield f"statements of article {article_id} are not found by their speakers"
        led.pop(article_id, None)
    for article_id in led:
        yield f"somebody speaks in article {article_id}, in which nothing is said"


def _faults(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """What is said but cannot be, by article."""
    names = {int(row[0]) for row in connection.execute("SELECT id FROM names")}
    for article_id, kept, length in connection.execute(
        "SELECT s.article_id, s.said, length(t.text) FROM spoken s JOIN texts t ON t.article_id = s.article_id"
    ).fetchall():
        try:
            record = _read(kept)
            outside = [row[:2] for rows in record.values() for row in rows if not 0 <= row[0] < row[1] <= length]
            strangers = set(_speaking(kept)) - names
        except (ValueError, zlib.error, TypeError, KeyError, IndexError, AttributeError):
            yield article_id, "what is said in it cannot be read"
            continue
        for start, end in outside:
            yield article_id, f"something is said at {start}-{end}, outside its text"
        if strangers:
            yield article_id, "somebody speaks who is no name"


def _read(kept: bytes | str) -> dict[str, list[list[Any]]]:
    return cast(dict[str, list[list[Any]]], json.loads(unpacked(kept)))


def record(kept: bytes | str) -> dict[str, list[list[Any]]]:
    """What is kept of an article as `store` wrote it: quotes under "q", roles under "r", quantities under "n"."""
    return _read(kept)


def is_direct(connection: sqlite3.Connection, article_id: int, place: int) -> bool:
    """Whether a statement of an article is given in quotation marks."""
    return bool(_rows(connection, article_id, "q")[place][2] % 2)


def quantity_at(connection: sqlite3.Connection, article_id: int, place: int, text: str) -> Quantity:
    """A quantity of an article by its place among those."""
    return _quantity(_rows(connection, article_id, "n")[place], _of(text))


def _speaking(kept: bytes | str) -> Counter[int]:
    rows = _read(kept).get("q", ())
    return Counter(row[5][2] for row in rows if row[5] and isinstance(row[5][2], int))


def missing(connection: sqlite3.Connection, most: int) -> list[int]:
    """So many of the articles in which it was not looked for statements yet, newest first."""
    rows = connection.execute(
        "SELECT a.id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM spoken s WHERE s.article_id = a.id)"
        " ORDER BY a.moment DESC, a.id DESC LIMIT ?",
        (most,),
    )
    return [int(row[0]) for row in rows]


def _speaker(one: Speaker | None, ids: Mapping[str, int]) -> list[int | str] | None:
    if one is None:
        return None
    known = ids.get(one.name) if one.named else None
    return [one.start, one.end, one.name if known is None else known]


def _quote_row(one: Quote, ids: Mapping[str, int]) -> list[Any]:
    return [
        one.start, one.end, KINDS.index(one.kind) * 2 + one.direct, one.verb_start, len(one.verb or ""),
        _speaker(one.speaker, ids), _speaker(one.addressee, ids), _speaker(one.via, ids),
        None if one.date_start is None else [one.date_start, one.date_end], one.rule,
    ]  # fmt: skip


def _role_row(one: Role, ids: Mapping[str, int]) -> list[Any]:
    holder = None if one.holder is None else ids.get(one.holder, one.holder)
    return [one.start, one.end, one.person_start, one.person_end, ids[one.person], holder, one.rule]


def _quantity_row(one: Quantity) -> list[Any]:
    return [one.start, one.end, one.low, one.high, one.unit, ABOUT.index(one.about), one.rule]


@dataclass(frozen=True, slots=True)
class _Names:
    """Display names of entities by the numbers of their names."""

    connection: sqlite3.Connection

    def of(self, number: int) -> tuple[int, str] | None:
        """The entity that a name belongs to, and what it is called."""
        row = self.connection.execute(
            "SELECT e.id, e.name FROM names n JOIN entities e ON e.id = n.root WHERE n.id = ?", (number,)
        ).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))

    def speaker(self, kept: Sequence[Any] | None) -> Speaker | None:
        """A speaker as it was stored."""
        if kept is None:
            return None
        start, end, who = kept
        if isinstance(who, str):
            return Speaker(start, end, who, named=False)
        known = self.of(who)
        return Speaker(start, end, known[1] if known else "")

    def quote(self, row: Sequence[Any], cut: Cut) -> Quote:
        """A statement as it was stored."""
        start, end, code, verb_start, length, speaker, addressee, via, date, rule = row
        verb = cut(verb_start, verb_start + length) or None
        first, last = date or (None, None)
        return Quote(
            start, end, self.speaker(speaker), verb, verb_start, bool(code % 2), KINDS[code // 2],
            self.speaker(addressee), self.speaker(via), first, last, rule,
        )  # fmt: skip

    def role(self, row: Sequence[Any], cut: Cut) -> Role:
        """A role as it was stored."""
        start, end, first, last, person, holder, rule = row
        known = self.of(person)
        held = self.of(holder) if isinstance(holder, int) else None
        name = held[1] if held else holder if isinstance(holder, str) else None
        return Role(start, end, cut(start, end), first, last, known[1] if known else cut(first, last), name, rule)


def _quantity(row: Sequence[Any], cut: Cut) -> Quantity:
    start, end, low, high, unit, about, rule = row
    return Quantity(start, end, cut(start, end), low, high, unit, ABOUT[about], rule)


def _of(text: str, begun: int = 0) -> Cut:
    """What stands at offsets of a whole of which `text` is the part that begins at `begun`."""
    return lambda start, end: text[start - begun : end - begun]


def of_article(connection: sqlite3.Connection, article_id: int) -> Spoken | None:
    """What is said in an article; None where it was not looked for yet."""
    row = connection.execute(
        "SELECT s.said, t.text FROM spoken s JOIN texts t ON t.article_id = s.article_id WHERE s.article_id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    kept, cut, names = _read(row[0]), _of(str(row[1])), _Names(connection)
    return Spoken(
        tuple(names.quote(one, cut) for one in kept.get("q", ())),
        tuple(names.role(one, cut) for one in kept.get("r", ())),
        tuple(_quantity(one, cut) for one in kept.get("n", ())),
    )


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
        for place, row in enumerate(_rows(connection, article_id, "q")):
            if _is_wanted(row, wanted, of):
                found.append((article_id << _BITS) | place)
    return StatementPage(found, None)


def kinds(connection: sqlite3.Connection, f: Filter, wanted: Wanted) -> Counter[StatementKind]:
    """How many statements of each kind there are."""
    return Counter(KINDS[row[2] // 2] for _, _, row in _wanted(connection, f, wanted))


def _wanted(connection: sqlite3.Connection, f: Filter, wanted: Wanted) -> Iterator[tuple[int, int, list[Any]]]:
    """Statements as they are stored, each with its article and its place among those of the article."""
    of = _names_of(connection, wanted.speaker)
    for at, article_id in _articles(connection, f, wanted.speaker, 0):
        if at % _LOOK == 0:
            stopping(connection)
        for place, row in enumerate(_rows(connection, article_id, "q")):
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
    return not wanted.kinds or KINDS[row[2] // 2] in wanted.kinds


def _rows(connection: sqlite3.Connection, article_id: int, key: str) -> list[list[Any]]:
    row = connection.execute("SELECT said FROM spoken WHERE article_id = ?", (article_id,)).fetchone()
    return _read(row[0]).get(key, []) if row else []


def rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[StatementRow]:
    """A page of statements in the order asked; what is there no more is left out."""
    articles = {row.id: row for row in reading.rows(connection, [one >> _BITS for one in ids], "")}
    names, sentences = _Names(connection), _Sentences(connection)
    found: list[StatementRow] = []
    read: tuple[int, list[list[Any]]] | None = None
    for one in ids:
        article_id, place = one >> _BITS, one & _MOST
        if read is None or read[0] != article_id:
            read = article_id, _rows(connection, article_id, "q")
        kept = read[1]
        if article_id not in articles or place >= len(kept):
            continue
        row = kept[place]
        speaker = row[5][2] if row[5] else None
        known = names.of(speaker) if isinstance(speaker, int) else None
        # from its verb, which may stand behind it, or in the sentence before
        verb = (row[3], row[3] + row[4]) if row[4] else (row[0], row[1])
        sentence = sentences.at(article_id, min(row[0], verb[0]), max(row[1], verb[1]))
        quote = names.quote(row, _of(sentence.text, sentence.start))
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
    of, names, sentences = _names_of(connection, entity), _Names(connection), _Sentences(connection)
    articles = {row.id: row for row in reading.rows(connection, naming, "")}
    found: list[RoleRow] = []
    for at, article_id in enumerate(naming):
        if at % _LOOK == 0:
            stopping(connection)
        for row in _rows(connection, article_id, "r"):
            if row[4] in of and article_id in articles:
                sentence = sentences.at(article_id, min(row[0], row[2]), max(row[1], row[3]))
                role = names.role(row, _of(sentence.text, sentence.start))
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
        kept = [row for row in _rows(connection, article_id, "n") if wanted is None or counted(row[4]) == wanted]
        line = next(iter(reading.rows(connection, [article_id], "")), None) if kept else None
        if line is None:
            continue
        for row in kept:
            sentence = sentences.at(article_id, row[0], row[1])
            yield QuantityRow(line, sentence, _quantity(row, _of(sentence.text, sentence.start)))


def numbers_of(connection: sqlite3.Connection, article_id: int) -> dict[str, int]:
    """The numbers of an article's names by the names as displayed in it."""
    rows = connection.execute(
        "SELECT f.form, f.name_id FROM mentions m JOIN forms f ON f.id = m.form_id WHERE m.article_id = ?",
        (article_id,),
    )
    return {str(form): int(name) for form, name in rows}
