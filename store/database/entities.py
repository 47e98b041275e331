"""Reading entities: who and what the articles of a filter name, and how a name is found again."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import replace
from heapq import nsmallest
from itertools import chain
from math import log
from pathlib import Path

from store.answers import EntityOrder, EntityRow, Filter
from store.database import annotation, latin, sayings
from store.database.as_written import as_written
from store.database.lookup import bare, word_list
from store.database.selecting import is_everything, root_of
from store.database.stored import SURFACE
from store.errors import CorpusError
from store.models import MentionType

_KINDS: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")
_ORDERS = {
    "articles": "articles DESC, mentions DESC, id",
    "mentions": "mentions DESC, articles DESC, id",
    "name": "name, id",
}
_WHOLE_LATIN, _LATIN = 5, 6
"""How well an entity fits a Latin name that was read as its whole name, or as a part of it (`ranked`)."""
FOUND = 50
"""How many entities a name finds at most."""


def groups(
    connection: sqlite3.Connection, f: Filter, order: EntityOrder, most: int | None = None
) -> list[tuple[MentionType, array[int]]]:
    """Ids by kind in the order asked, the first `most` of each; hidden entities and kinds without any are left out."""
    wanted: Sequence[MentionType] = [f.type] if f.type else _KINDS
    if is_everything(replace(f, type=None)):
        found = {kind: _all(connection, kind, order, most) for kind in wanted}
    else:
        # what works on sets is imported where there are some: not to start
        from store.database import facets

        found = facets.groups(connection, replace(f, type=None), wanted, order, most)
    return [(kind, found[kind]) for kind in wanted if found.get(kind)]


def _all(connection: sqlite3.Connection, kind: MentionType, order: EntityOrder, most: int | None) -> array[int]:
    rows = connection.execute(
        f"SELECT id FROM entities WHERE type = ? AND articles > 0 AND NOT hidden ORDER BY {_ORDERS[order]} LIMIT ?",
        (kind, -1 if most is None else most),
    )
    return array("q", chain.from_iterable(rows))


def rows(connection: sqlite3.Connection, ids: Sequence[int], f: Filter) -> list[EntityRow]:
    """A page of lines in the order asked; counts are within the articles of the filter."""
    wanted = {id_: root_of(connection, id_) for id_ in ids}
    roots = sorted(set(wanted.values()))
    found = connection.execute(f"{_ROW} WHERE e.id IN (SELECT value FROM json_each(?))", (json.dumps(roots),))
    lines = {row[0]: EntityRow(*row) for row in found}
    if lines and not is_everything(replace(f, type=None)):
        from store.database import facets

        counted = facets.counts(connection, replace(f, type=None), lines)
        lines = {id_: replace(line, articles=counted[id_][0], mentions=counted[id_][1]) for id_, line in lines.items()}
    for id_, told in annotation.of_entities(connection, lines).items():
        lines[id_] = replace(lines[id_], annotated=told)
    return [lines[wanted[id_]] for id_ in ids if wanted[id_] in lines]


def one(connection: sqlite3.Connection, id: int, path: Path) -> EntityRow:
    """One entity. Raises CorpusError when there is none with this id."""
    row = connection.execute(f"{_ROW} WHERE e.id = ?", (root_of(connection, id),)).fetchone()
    if row is None:
        raise CorpusError(f"holds no entity {id}", str(path), "khabar entities lists them")
    return EntityRow(*row)


_ROW = "SELECT e.id, e.name, e.type, e.mentions, e.articles, e.linked FROM entities e"


def hidden(connection: sqlite3.Connection) -> list[EntityRow]:
    """The entities that people hid, by name."""
    rows = connection.execute(
        f"{_ROW} JOIN names n ON n.id = e.id AND n.root = e.id WHERE e.hidden ORDER BY e.name, e.id"
    )
    return [EntityRow(*row) for row in rows]


def find(connection: sqlite3.Connection, name: str, kind: MentionType | None) -> list[EntityRow]:
    """Entities that bear a name, best first: as it is shown or written, without its article, as a surname or other
    last part, as any other part; within each the best known first. After them those that a name in Latin letters may
    stand for, the likeliest first."""
    return [row for _, row in ranked(connection, name, kind)]


def ranked(connection: sqlite3.Connection, name: str, kind: MentionType | None) -> list[tuple[int, EntityRow]]:
    """As `find`, each with how well the name fits it: 0 is best."""
    found = _bearing(connection, name, kind)
    if len(found) < FOUND:
        there = {row.id for _, row in found}
        found.extend(line for line in _by_latin(connection, name, kind) if line[1].id not in there)
    return found[:FOUND]


def _by_latin(connection: sqlite3.Connection, name: str, kind: MentionType | None) -> list[tuple[int, EntityRow]]:
    matches = latin.find(connection, name)
    rows = connection.execute(
        f"{_ROW} WHERE e.id IN ({', '.join('?' * len(matches))}) AND e.articles > 0 AND NOT e.hidden", list(matches)
    )
    shown = [line for line in (EntityRow(*row) for row in rows) if kind is None or line.type == kind]

    def likely(row: EntityRow) -> tuple[float, int, int]:
        # As likely as the spelling is, times how often the news has the entity by that name.
        known = min(row.articles, matches[row.id].name.mentions)
        return matches[row.id].cost - log(1 + known), -row.articles, row.id

    found = []
    for row in nsmallest(FOUND, shown, key=likely):
        match = matches[row.id]
        whole = len(match.places) == len(match.name.words)
        found.append((_WHOLE_LATIN if whole else _LATIN, replace(row, read_as=match.read_as)))
    return found


def _bearing(connection: sqlite3.Connection, name: str, kind: MentionType | None) -> list[tuple[int, EntityRow]]:
    written = word_list(name)
    asked = [bare(word) for word in written]
    if not asked:
        return []
    # Read from a file of its own, which nothing else of reading needs.
    from store.resolve.names import corpus_key

    holders = " INTERSECT ".join(["SELECT name_id FROM name_words WHERE word = ?"] * len(asked))
    bearing = connection.execute(
        f"SELECT n.root, f.form, f.folded FROM names n JOIN forms f ON f.name_id = n.id WHERE n.id IN ({holders})",
        asked,
    )
    ranks: dict[int, int] = {}
    for root, form, folded in bearing:
        parts = [bare(word) for word in folded.split()]
        rank = (
            0 if form == name
            else 1 if folded == " ".join(written)
            else 2 if parts == asked
            else 3 if parts[-len(asked) :] == asked
            else 4
        )  # fmt: skip
        ranks[root] = min(rank, ranks.get(root, rank))
    # What is listed as another name of a thing finds it, though no text here calls it so.
    for type_ in _KINDS:
        known = connection.execute(
            "SELECT root FROM names WHERE plain = ? AND type = ?", (corpus_key(name, type_), type_)
        )
        ranks.update({root: min(1, ranks.get(root, 1)) for (root,) in known})
    # A person's name for an entity need not be among those of the texts.
    for (root,) in connection.execute("SELECT id FROM entities WHERE name = ?", (name,)):
        ranks[root] = 0
    lines = [
        EntityRow(*row)
        for root in ranks
        for row in connection.execute(f"{_ROW} WHERE e.id = ? AND e.articles > 0 AND NOT e.hidden", (root,))
    ]
    shown = [line for line in lines if kind is None or line.type == kind]
    best = sorted(shown, key=lambda row: (ranks[row.id], -row.articles, -row.mentions, row.id))[:FOUND]
    return [(ranks[row.id], row) for row in best]


def names(connection: sqlite3.Connection, id: int) -> list[tuple[str, int]]:
    """The names of an entity as texts give them, each with its mentions, the most usual first."""
    return connection.execute(
        "SELECT f.form, sum(f.displayed) FROM names n JOIN forms f ON f.name_id = n.id"
        " WHERE n.root = ? AND f.displayed > 0 GROUP BY f.form ORDER BY sum(f.displayed) DESC, f.form",
        (root_of(connection, id),),
    ).fetchall()


def written(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, str]:
    """How names are mostly written, by their keys as the log of edits has them; those that are not in use are left
    out."""
    rows = connection.execute(
        "SELECT n.key, f.form FROM json_each(?) j CROSS JOIN names n ON n.key = j.value"
        " JOIN forms f ON f.name_id = n.id WHERE f.displayed > 0 ORDER BY f.displayed",
        (json.dumps(keys),),
    )
    return dict(rows.fetchall())


def why(connection: sqlite3.Connection, id: int) -> list[str]:
    """Which names belong to an entity and why."""
    root = root_of(connection, id)
    rows = connection.execute(
        "SELECT f.form, sum(f.displayed), n.reason, n.id = ? FROM names n JOIN forms f ON f.name_id = n.id"
        " WHERE n.root = ? AND f.displayed > 0 GROUP BY f.form, n.reason"
        " ORDER BY n.id <> ?, sum(f.displayed) DESC, f.form",
        (root, root, root),
    ).fetchall()
    told = as_written(connection, [reason for _form, _mentions, reason, _itself in rows])
    reasons = []
    for (form, mentions, _reason, itself), reason in zip(rows, told, strict=True):
        because = reason or ("the name itself" if itself else "the same name")
        reasons.append(f"{form} ({mentions}×): {because}")
    written = connection.execute(
        "SELECT w.form, g.reason, count(*) FROM names n JOIN forms f ON f.name_id = n.id"
        f" JOIN mentions m ON m.form_id = f.id JOIN grounds g ON g.id = m.ground_id JOIN forms w ON w.id = {SURFACE}"
        " WHERE n.root = ? AND g.reason <> '' GROUP BY w.form, g.reason ORDER BY count(*) DESC, w.form LIMIT 20",
        (root,),
    ).fetchall()
    told = as_written(connection, [reason for _text, reason, _mentions in written])
    reasons.extend(
        f"{text} ({mentions}×): {reason}" for (text, _reason, mentions), reason in zip(written, told, strict=True)
    )
    if said := sayings.confirming(connection, root, [form for form, *_ in rows]):
        reasons.append(f"editors give {said[0]} of its articles the keyword {said[1]}")
    return reasons
