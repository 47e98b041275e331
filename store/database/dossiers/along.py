"""Who is named along with somebody, in which sentences two are, and what happens with them."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from math import log

from pyroaring import BitMap

from store.answers import OFFSET_BITS, Filter
from store.database import choosing, choosing_events, entities, facets, mentions, reading, timeline
from store.database.companions import MOST
from store.database.dossiers import seen
from store.database.facets import Counting
from store.database.files import stopping
from store.database.kept import state
from store.database.numbers import listed
from store.database.selecting import root_of
from store.dossiers import Companion, Events, Subject, Together
from store.models import MentionType

_KINDS: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")
_FEW = 2_000
"""So many events are put in order by themselves."""
_LOOK = 1_024


def companions(connection: sqlite3.Connection, about: Subject, most: int) -> list[tuple[MentionType, list[Companion]]]:
    """As `store.database.dossiers.companions`."""
    f, now = about.filter, state(connection)
    there = choosing.articles(connection, f)
    share = len(there) / max(1, reading.stories(connection))
    groups = facets.groups(connection, f, _KINDS, "articles", MOST)
    itself = {root_of(connection, row.id) for row in about.entities}
    counting = Counting(connection, now, there)
    known = dict(
        connection.execute(
            "SELECT e.id, e.articles FROM json_each(?) j CROSS JOIN entities e ON e.id = j.value",
            (listed(id_ for ids in groups.values() for id_ in ids),),
        ).fetchall()
    )
    chosen: dict[MentionType, list[int]] = {}
    for kind in _KINDS:
        weights = {}
        for id_ in groups.get(kind, ()):
            if id_ not in itself:
                stopping(connection)
                shared = counting.articles(id_)
                weights[id_] = beyond_chance(shared, known[id_] * share), shared
        chosen[kind] = sorted(weights, key=lambda id_: (*(-each for each in weights[id_]), id_))[:most]
    wanted = [id_ for ids in chosen.values() for id_ in ids]
    rows = {row.id: row for row in entities.rows(connection, wanted, f)}
    return [
        (kind, [Companion(rows[id_], known[id_] * share) for id_ in ids if id_ in rows])
        for kind, ids in chosen.items()
        if ids
    ]


def beyond_chance(shared: int, expected: float) -> float:
    """How much more there is in common than by chance: what a test of likelihoods counts for the cell of both."""
    return shared * log(shared / expected) if shared and expected else 0.0


def together(connection: sqlite3.Connection, about: Subject, most: int, sampled: int, f: Filter) -> Together:
    """As `store.database.dossiers.together`."""
    one, other = (root_of(connection, row.id) for row in about.entities)
    articles = choosing.newest(connection, f, sampled)
    named: dict[int, list[tuple[int, int]]] = {}
    for article, start, root in connection.execute(
        "SELECT m.article_id, m.start, n.root FROM json_each(?) j CROSS JOIN mentions m ON m.article_id = j.value"
        " CROSS JOIN forms f ON f.id = m.form_id CROSS JOIN names n ON n.id = f.name_id WHERE n.root IN (?, ?)",
        (listed(articles), one, other),
    ):
        named.setdefault(article, []).append((start, root))
    begun: dict[int, list[int]] = {}
    for article, start in connection.execute(
        "SELECT s.article_id, s.start FROM json_each(?) j CROSS JOIN sentences s ON s.article_id = j.value"
        " ORDER BY s.article_id, s.start",
        (listed(articles),),
    ):
        begun.setdefault(article, []).append(start)
    keys: list[int] = []
    for article in articles:
        sentences: dict[int, dict[int, int]] = {}
        for start, root in sorted(named.get(article, ()), reverse=True):
            sentences.setdefault(bisect_right(begun.get(article, []), start), {})[root] = start
        starts = (by_root[one] for by_root in sentences.values() if len(by_root) == 2)
        keys.extend((article << OFFSET_BITS) | start for start in sorted(starts))
    return Together(tuple(mentions.rows(connection, one, keys[:most])), tuple(keys), len(articles))


def events(connection: sqlite3.Connection, about: Subject, most: int) -> Events:
    """As `store.database.dossiers.events`."""
    f = about.filter
    found = choosing_events.events(connection, f)
    assert found is not None
    best = _widest(connection, found, most)
    if len(best) < most:
        # what one outlet tells is all alike: of that the latest, but for what was said to come after the last article
        dated = seen.in_time(connection, about)[0]
        last = reading.rows(connection, dated[-1:].tolist(), "")
        until = last[0].published.value[:10] if last and last[0].published.value else None
        told = choosing_events.ordered(connection, f, "time", None)
        best.extend(_latest(connection, told, until, set(best), most - len(best)))
    return Events(tuple(timeline.rows(connection, best)), len(found))


def _widest(connection: sqlite3.Connection, found: BitMap, most: int) -> list[int]:
    """The events of a set that several outlets tell, most of them first."""
    wanted = "x.outlets > 1 ORDER BY x.outlets DESC, x.sentences DESC, x.earliest, x.id"
    if len(found) <= _FEW:
        sql = f"SELECT x.id FROM json_each(?) j CROSS JOIN events x ON x.id = j.value WHERE {wanted} LIMIT ?"
        return [row[0] for row in connection.execute(sql, (listed(found), most))]
    # those of all stand in this order in an index
    best: list[int] = []
    for at, (id_,) in enumerate(
        connection.execute(f"SELECT x.id FROM events x INDEXED BY events_ranked WHERE {wanted}")
    ):
        if at % _LOOK == 0:
            stopping(connection)
        if id_ in found:
            best.append(id_)
            if len(best) == most:
                break
    return best


def _latest(
    connection: sqlite3.Connection, told: Sequence[int], until: str | None, without: set[int], most: int
) -> list[int]:
    """Of events in order of time the last that begin no later than a day, those that are known to the day first."""
    best: list[int] = []
    vague: list[int] = []
    for start in range(len(told), 0, -_LOOK):
        ids = told[max(0, start - _LOOK) : start]
        rows = connection.execute(
            "SELECT x.id, x.precision IN ('day', 'time') FROM json_each(?) j CROSS JOIN events x ON x.id = j.value"
            " WHERE x.earliest <= coalesce(?, x.earliest)",
            (listed(ids), until),
        )
        exact = {id_: bool(by_day) for id_, by_day in rows if id_ not in without}
        for id_ in reversed(ids):
            if id_ in exact:
                (best if exact[id_] else vague).append(id_)
        if len(best) >= most:
            break
    return [*best, *vague][:most]
