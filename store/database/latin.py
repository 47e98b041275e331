"""Latin letters find Arabic names: the entities that a Latin name may stand for, and the words of a search."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate, product
from math import inf, log

from store.database.lookup import bare
from store.database.remembered import remembered
from store.database.sounds import MANY, Fits, Readings, as_written, having, marks, telling, ways
from store.text.fold import fold
from store.text.latin import Spelling
from store.text.latin_names import Part, listed, of_words, parts
from store.text.latin_query import LatinReading, Meaning, understand
from store.text.query import Node, parse

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NAMES, _OF_ONE = 150, 80
"""Most names that are looked at besides those that consist of nothing else; for a single word."""
_SCANNED = 2000
"""Most names with a common word that are looked through for another; names that came first are known best."""
_WHOLE = (8, 4, 3, 2, 1, 1)
"""By number of parts: most units for each part when names are sought that consist of nothing else."""
_INSIDE, _EACH_MORE, _NOT_LAST, _MOVED = 0.7, 0.3, 1.0, 1.0
"""What it costs that a name has other words, each of them, that its last word is one of them, and another order."""
_PATIENCE = 2.0
"""How much more one part of a name may cost when all others fit and nothing fits as a whole."""
_READINGS, _LESS_LIKELY = 6, 3.0
"""Most words that a search looks for besides a Latin one, and how much less likely than the likeliest they may be."""


@dataclass(frozen=True, slots=True)
class Name:
    """A form of a name, its folded words, and the entity that it belongs to."""

    root: int
    mentions: int
    """Of the name, which may be a rare one of the entity."""
    form: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A name that a Latin one may stand for."""

    name: Name
    cost: float
    """The less the likelier, the natural logarithm of how unlikely it is; how well it is known is not in it."""
    places: Sequence[int]
    """Which of its words the Latin ones were read as."""

    @property
    def read_as(self) -> str:
        """The words that the Latin ones were read as, as texts have them."""
        return as_written(self.name.form, self.name.words, self.places)


def find(connection: sqlite3.Connection, name: str) -> dict[int, Match]:
    """The entities that a Latin name may stand for, all of its words, each by its likeliest name; none for a name that
    is not Latin."""
    asked = parts(name)
    if not asked:
        return {}
    fits = Fits(connection)
    found = _matches(connection, fits.readings(asked), len(asked))
    if not found and len(asked) > 1:
        found = _nearly(connection, fits, asked)
    return found


def _matches(connection: sqlite3.Connection, readings: Readings, length: int) -> dict[int, Match]:
    found: dict[int, Match] = {}
    for name, fit in _fitting(connection, readings, length):
        _keep(found, name, *fit)
    return found


def _fitting(
    connection: sqlite3.Connection, readings: Readings, length: int
) -> Iterator[tuple[Name, tuple[float, tuple[int, ...]]]]:
    """The names that have all of the parts, each with how well it fits."""
    begins: dict[int, list[tuple[int, dict[str, float]]]] = {}
    for (begin, end), among in readings.items():
        begins.setdefault(begin, []).append((end, among))
    most = max((unit.count(" ") + 1 for among in readings.values() for unit in among), default=1)
    for name in _candidates(connection, readings, length):
        if (fit := _fit(name.words, begins, most, length)) is not None:
            yield name, fit


def _keep(found: dict[int, Match], name: Name, cost: float, places: Sequence[int]) -> None:
    """The likeliest match of each entity."""
    old = found.get(name.root)
    if old is None or cost - log(1 + name.mentions) < old.cost - log(1 + old.name.mentions):
        found[name.root] = Match(name, cost, places)


def _nearly(connection: sqlite3.Connection, fits: Fits, asked: Sequence[Part]) -> dict[int, Match]:
    """As `find`, where one part is written in a way that is not usual: another word of the names that have the rest."""
    found: dict[int, Match] = {}
    for at, odd in enumerate(asked):
        rest = (*asked[:at], *asked[at + 1 :])
        readings = fits.readings(rest)
        fitting = list(_fitting(connection, readings, len(rest)))
        others = [
            {bare(word): place for place, word in enumerate(name.words) if place not in places}
            for name, (_, places) in fitting
        ]
        spelling = Spelling(odd.latin, article=bool(odd.article), patience=_PATIENCE)
        costs = spelling.fits({word for of_one in others for word in of_one}, behind=inf)
        for (name, (cost, places)), of_one in zip(fitting, others, strict=True):
            for word, place in of_one.items():
                if word in costs:
                    _keep(found, name, cost + costs[word], (*places, place))
    return found


def _candidates(connection: sqlite3.Connection, readings: Readings, length: int) -> Iterator[Name]:
    """Names that may be meant: those of nothing else, and others with the words."""
    names: dict[int, None] = {}
    for way in sorted(ways(readings, length), key=len):
        columns = [readings[span] for span in way]
        whole = _whole(connection, columns)
        names.update(dict.fromkeys((*whole, *_holding(connection, columns))))
        if whole:
            break  # other ways to divide it would find the same
    ids = list(names)
    rows = connection.execute(
        "SELECT n.root, n.mentions, f.form, f.folded FROM names n JOIN forms f ON f.name_id = n.id"
        f" WHERE n.id IN ({marks(ids)}) ORDER BY n.id, f.displayed DESC",
        ids,
    )
    return (Name(root, mentions, form, folded.split()) for root, mentions, form, folded in rows)


def _whole(connection: sqlite3.Connection, columns: Sequence[dict[str, float]]) -> list[int]:
    """Names that consist of one unit of each column, with their articles or without."""
    most = _WHOLE[len(columns) - 1]
    spelt = [[way for unit in list(column)[:most] for way in (unit, f"ال{unit}")] for column in columns]
    forms = [" ".join(way) for way in product(*spelt)]
    rows = connection.execute(f"SELECT DISTINCT name_id FROM forms WHERE folded IN ({marks(forms)})", forms)
    return [name for (name,) in rows]


def _holding(connection: sqlite3.Connection, columns: Sequence[dict[str, float]]) -> list[int]:
    """Some names that have a unit of each column."""
    if len(columns) == 1:
        each = _OF_ONE // min(len(columns[0]), 2)
        found: list[int] = []
        for unit in columns[0]:
            rows = connection.execute("SELECT name_id FROM name_words WHERE word = ? LIMIT ?", (telling(unit), each))
            found.extend(name for (name,) in rows)
            if len(found) >= _OF_ONE:
                break
        return found
    words = [sorted({telling(unit) for unit in column}) for column in columns]
    # The words that the fewest names have, first.
    words.sort(key=lambda of_one: having(connection, of_one, _SCANNED))
    rows = connection.execute(
        f"SELECT name_id FROM name_words WHERE word IN ({marks(words[0])}) LIMIT ?", (*words[0], _SCANNED)
    )
    names = list(dict.fromkeys(name for (name,) in rows))
    for of_one in words[1:]:
        with_one = _among(connection, names, of_one)
        names = [name for name in names if name in with_one]
    return names[:_NAMES]


def _among(connection: sqlite3.Connection, names: Sequence[int], words: Sequence[str]) -> set[int]:
    """Those of some names that have one of some words, and others."""
    rare = [word for word in words if having(connection, [word], len(names)) < len(names)]
    found = connection.execute(f"SELECT name_id FROM name_words WHERE word IN ({marks(rare)})", rare).fetchall()
    among = json.dumps(names)
    for word in set(words).difference(rare):
        # Of a word that more names have than are looked through, these are looked up one by one.
        found += connection.execute(
            "SELECT name_id FROM name_words WHERE word = ? AND name_id IN (SELECT value FROM json_each(?))",
            (word, among),
        ).fetchall()
    return {name for (name,) in found}


def _fit(
    words: Sequence[str], begins: dict[int, list[tuple[int, dict[str, float]]]], most: int, length: int
) -> tuple[float, tuple[int, ...]] | None:
    """How well a name's words are those of some readings, and which of them are; None when one is missing.

    Readings come by the part where they begin; none has more than `most` words.
    """
    plain = [bare(word) for word in words]
    # The units of the name: as it is read, where it begins, and where it ends.
    units = [
        (" ".join((plain[at], *words[at + 1 : end])) if end > at + 1 else plain[at], at, end)
        for at in range(len(words))
        for end in range(at + 1, min(at + most, len(words)) + 1)
    ]
    best: tuple[float, tuple[int, ...]] | None = None

    def go_on(start: int, cost: float, used: tuple[int, ...]) -> None:
        nonlocal best
        if start == length:
            more = len(words) - len(used)
            total = cost + (_INSIDE + _EACH_MORE * more if more else 0.0)
            if len(words) - 1 not in used:
                total += _NOT_LAST
            if best is None or total < best[0]:
                best = total, used
            return
        for end, among in begins.get(start, ()):
            for unit, at, beyond in units:
                if unit in among and not any(at <= place < beyond for place in used):
                    moved = _MOVED if used and at < used[-1] else 0.0
                    go_on(end, cost + among[unit] + moved, (*used, *range(at, beyond)))

    go_on(0, 0.0, ())
    return best


# -- a search ----------------------------------------------------------------------------------------------


def understood(connection: sqlite3.Connection, query: str, latin: bool = True) -> tuple[Node, tuple[LatinReading, ...]]:
    """What a search asks for, with Latin names read as Arabic ones too if `latin`; and what was read as what.

    Raises QueryError.
    """
    node = parse(query)
    if not latin or not _LATIN.search(query):
        return node, ()
    return understand(node, lambda words: remembered(connection, ("look", words), lambda: look(connection, words)))


def look(connection: sqlite3.Connection, words: Sequence[str]) -> list[Meaning]:
    """What Latin words of a search may stand for in the names of the corpus, likeliest first. Several words stand for
    what some name has one after another."""
    asked = of_words(words)
    if not asked:
        return []
    readings = Fits(connection).readings(asked)
    fame: dict[str, float] = {}
    costs: dict[tuple[str, ...], float] = {}
    for way in ways(readings, len(asked)):
        for chosen in product(*(_likely(connection, readings[span], fame).items() for span in way)):
            name = tuple(unit for unit, _ in chosen)
            # A name is at most as well known as the least known of its words.
            cost = sum(cost for _, cost in chosen) - min(fame[unit] for unit in name)
            costs[name] = min(cost, costs.get(name, cost))
    found: dict[str, Meaning] = {}
    most = inf
    for name in sorted(costs, key=costs.__getitem__):
        if len(found) < _READINGS and costs[name] <= most and (meaning := _meaning(connection, name)):
            if not found:
                most = costs[name] + _LESS_LIKELY
            found.setdefault(meaning.shown, meaning)
    return list(found.values())


def _likely(connection: sqlite3.Connection, among: dict[str, float], fame: dict[str, float]) -> dict[str, float]:
    """The likeliest of some units, how well the names that have them are known taken into account."""
    for unit in among:
        if unit not in fame:
            fame[unit] = _fame(connection, unit)
    return {unit: among[unit] for unit in nsmallest(_READINGS, among, key=lambda unit: among[unit] - fame[unit])}


def _fame(connection: sqlite3.Connection, unit: str) -> float:
    """By how much the mentions of names that have a unit make it likelier, as the natural logarithm."""
    row = connection.execute(
        "SELECT total(n.mentions) FROM (SELECT name_id FROM name_words WHERE word = ? LIMIT ?) w"
        " JOIN names n ON n.id = w.name_id",
        (telling(unit), MANY),
    ).fetchone()
    return log(1 + float(row[0]))


def _meaning(connection: sqlite3.Connection, name: Sequence[str]) -> Meaning | None:
    """The words of a name, or of a part of one, as names have them one after another, those of the most usual form
    first. None when no name has them so and no list either."""
    wanted = [word for unit in name for word in (bare(unit.split()[0]), *unit.split()[1:])]
    # Of the words of the name that which the fewest names have.
    rarest = min(name, key=lambda unit: having(connection, [telling(unit)], MANY)) if len(name) > 1 else name[0]
    rows = connection.execute(
        "SELECT f.form, f.folded, f.displayed FROM name_words w JOIN forms f ON f.name_id = w.name_id"
        " WHERE w.word = ? LIMIT ?",
        (telling(rarest), MANY),
    ).fetchall()
    # Not by SQLite, which sorts all of them before it takes the first.
    rows.sort(key=lambda row: -row[2])
    begins = set(accumulate((unit.count(" ") + 1 for unit in name), initial=0))
    # Each of the words that begin a unit may have its article or not.
    ways = 2 ** len(name)
    shown = ""
    found: dict[tuple[str, ...], None] = {}
    for form, folded, _ in rows:
        words = folded.split()
        for at in range(len(words) - len(wanted) + 1):
            if not words[at].endswith(wanted[0]):
                continue
            there = words[at : at + len(wanted)]
            if [bare(word) if place in begins else word for place, word in enumerate(there)] == wanted:
                shown = shown or as_written(form, words, range(at, at + len(wanted)))
                found[tuple(there)] = None
        if len(found) == ways:
            break
    if not shown and (shown := listed().get(" ".join(name), "")):
        found[tuple(fold(shown).split())] = None
    return Meaning(shown, tuple(found)) if shown else None
