"""What is said in articles: statements, roles and quantities of each as one row of packed JSON, and who speaks where.

Numbers instead of names: a speaker with a name is the number of that name, so that whoever it belongs to after a merge
is found by `names.root`; one without is the words of the text.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from store.database.packing import pack
from store.database.packing import read as unpacked
from store.models import About, Analysis, Quantity, Quote, Role, Speaker, StatementKind
from store.resolve.spoken import Spoken

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
BITS = 12
"""A statement in a list is one integer: its article, then its place among those of the article."""
MOST = (1 << BITS) - 1
"""So many statements of an article are kept."""


def store(connection: sqlite3.Connection, article_id: int, said: Spoken | Analysis, ids: Mapping[str, int]) -> None:
    """Stores what is said; `ids` are the numbers of the names of the article by the names as displayed in it."""
    quotes = [_quote_row(one, ids) for one in said.quotes[:MOST]]
    record = {
        "q": quotes,
        "r": [_role_row(one, ids) for one in said.roles if one.person in ids],
        "n": [_quantity_row(one) for one in said.quantities],
    }
    connection.execute("INSERT INTO spoken VALUES (?, ?)", (article_id, pack(_written(record))))
    speakers = Counter(row[5][2] for row in quotes if row[5] and isinstance(row[5][2], int))
    connection.executemany(
        "INSERT INTO speakers VALUES (?, ?, ?)", [(name, article_id, number) for name, number in speakers.items()]
    )


_WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _written(record: Mapping[str, list[list[Any]]]) -> str:
    return _WRITE({key: rows for key, rows in record.items() if rows})


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


def shorten(connection: sqlite3.Connection) -> None:
    """Writes what version 17 kept as it is kept since: packed, with the length of a verb in the place of its words."""
    connection.create_function("shortened", 1, _shortened, deterministic=True)
    connection.execute("UPDATE spoken SET said = shortened(said) WHERE typeof(said) = 'text'")


def _shortened(kept: str) -> bytes | str:
    try:
        record = json.loads(kept)
        for row in record.get("q", ()):
            row[4] = len(row[4] or "")
        return pack(_written(record))
    except (ValueError, TypeError, IndexError, AttributeError):
        return kept  # damaged: `verify` tells of it


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
            verbs = [(row[3], row[3] + row[4]) for row in record.get("q", ())]
            outside += [[start, end] for start, end in verbs if not 0 <= start <= end <= length]
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
class Names:
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


def quantity(row: Sequence[Any], cut: Cut) -> Quantity:
    """A quantity as it was stored."""
    start, end, low, high, unit, about, rule = row
    return Quantity(start, end, cut(start, end), low, high, unit, ABOUT[about], rule)


def cut_of(text: str, begun: int = 0) -> Cut:
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
    kept, cut, names = _read(row[0]), cut_of(str(row[1])), Names(connection)
    return Spoken(
        tuple(names.quote(one, cut) for one in kept.get("q", ())),
        tuple(names.role(one, cut) for one in kept.get("r", ())),
        tuple(quantity(one, cut) for one in kept.get("n", ())),
    )


def kept_rows(connection: sqlite3.Connection, article_id: int, key: str) -> list[list[Any]]:
    """What is kept of an article under one key of its `record`; nothing where it was not looked for yet."""
    row = connection.execute("SELECT said FROM spoken WHERE article_id = ?", (article_id,)).fetchone()
    return _read(row[0]).get(key, []) if row else []


def numbers_of(connection: sqlite3.Connection, article_id: int) -> dict[str, int]:
    """The numbers of an article's names by the names as displayed in it."""
    rows = connection.execute(
        "SELECT f.form, f.name_id FROM mentions m JOIN forms f ON f.id = m.form_id WHERE m.article_id = ?",
        (article_id,),
    )
    return {str(form): int(name) for form, name in rows}
