"""Outlets: which of them write about something; of one its sections and authors, and what it tells before others."""

from __future__ import annotations

import sqlite3
from typing import Literal

import numpy as np
from pyroaring import BitMap

from store.answers import Filter
from store.database import choosing
from store.database.kept import State, state
from store.database.moments import UNDATED
from store.database.numbers import Ints, bitmap, columns, members
from store.dossiers import How, Subject, Teller, Told

_ASKED = 40
"""So many outlets, those with most articles, are asked whether they write about something."""
_NEVER = np.iinfo(np.int64).max


def tellers(connection: sqlite3.Connection, about: Subject, most: int) -> list[Teller]:
    """As `store.database.dossiers.tellers`."""
    found = choosing.hits(connection, about.filter)
    if about.outlet is not None:
        return _said(connection, found, most)
    rows = connection.execute(
        "SELECT name FROM outlets WHERE articles > 0 ORDER BY articles DESC, name LIMIT ?", (_ASKED,)
    )
    counted = [
        Teller("outlet", name, found.intersection_cardinality(choosing.hits(connection, Filter(outlet=name))))
        for (name,) in rows.fetchall()
    ]
    return sorted((one for one in counted if one.articles), key=lambda one: (-one.articles, one.name))[:most]


def _said(connection: sqlite3.Connection, found: BitMap, most: int) -> list[Teller]:
    """What sources say of sections and authors of some articles."""
    names = connection.execute("SELECT id, name, value FROM sayings WHERE name IN ('section', 'author')").fetchall()
    if not names or not found:
        return []
    sayings, articles = columns(
        connection,
        "SELECT s.saying_id AS a, s.article_id AS b FROM sayings k CROSS JOIN said s ON s.saying_id = k.id"
        " WHERE k.name IN ('section', 'author')",
        wide=2,
    )
    # what several sources say alike of an article is said of it once
    alike: dict[tuple[Literal["section", "author"], str], int] = {}
    group = np.zeros(max(row[0] for row in names) + 1, np.int64)
    for id_, name, value in names:
        group[id_] = alike.setdefault((name, value), len(alike))
    inside = np.zeros(max(int(articles.max(initial=0)), found.max()) + 1, bool)
    inside[members(found)] = True
    wanted = inside[articles]
    pairs = np.unique(group[sayings[wanted]] * len(inside) + articles[wanted])
    counts = np.bincount(pairs // len(inside), minlength=len(alike)).tolist()
    rows = [Teller(name, value, counts[at]) for (name, value), at in alike.items() if counts[at]]
    rows.sort(key=lambda row: (-row.articles, row.name))
    return [one for kind in ("section", "author") for one in [row for row in rows if row.kind == kind][:most]]


def told(connection: sqlite3.Connection, outlet: str, most: int) -> list[Told]:
    """As `store.database.dossiers.told`."""
    now = state(connection)
    mine = choosing.hits(connection, Filter(outlet=outlet))
    copies, order = now.copies(connection), now.order(connection)
    by_how = _by_how(now, connection, mine)
    alone = (mine - copies.inside) | by_how.pop("alone")
    sets: dict[How, BitMap] = {"alone": copies.collapsed(alone), **by_how}
    return [Told(how, len(found), tuple(order.newest(found, most))) for how, found in sets.items()]


def _by_how(now: State, connection: sqlite3.Connection, mine: BitMap) -> dict[How, BitMap]:
    """Of the stories that are told more than once the outlet's articles: one for each, its first."""
    copies, order = now.copies(connection), now.order(connection)
    sets: dict[How, BitMap] = {"alone": BitMap(), "first": BitMap(), "level": BitMap(), "later": BitMap()}
    ids, stories = copies.ids, copies.stories
    if not len(ids):
        return sets
    inside = np.zeros(int(ids.max()) + 1, bool)
    there = members(mine & copies.inside)
    inside[there] = True
    own = inside[ids]
    moments = order.moments[order.rank[ids]]
    moments = np.where(moments == UNDATED, _NEVER, moments)
    begins = np.flatnonzero(np.diff(stories, prepend=stories[0] - 1))
    own_first = np.minimum.reduceat(np.where(own, moments, _NEVER), begins)
    others_first = np.minimum.reduceat(np.where(own, _NEVER, moments), begins)
    lengths = np.diff(np.append(begins, len(ids)))
    told_here = np.add.reduceat(own.astype(np.int64), begins)
    only = told_here == lengths
    # where no day is known of its own there is nothing to compare
    told_by_both = (told_here > 0) & ~only & (own_first < _NEVER)
    how: dict[How, Ints] = {
        "first": told_by_both & (own_first < others_first),
        "level": told_by_both & (own_first == others_first),
        "later": told_by_both & (own_first > others_first),
    }
    # the last of its articles in a story is its first: the newest stands before all others
    last = np.full(len(begins), -1, np.int64)
    number = np.repeat(np.arange(len(begins)), lengths)
    places = np.flatnonzero(own)
    last[number[places]] = places
    for name, which in how.items():
        sets[name] = bitmap(np.sort(ids[last[which]]))
    sets["alone"] = bitmap(np.sort(ids[own & only[number]]))
    return sets
