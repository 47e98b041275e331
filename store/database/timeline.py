"""Reading the timeline: events in order of time, how many there are when, and why they are one."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from store.answers import Bucket, EventOrder, EventRow, Filter, SentenceRef, Unit
from store.database import annotation
from store.database.event_decisions import mentions_of
from store.database.kept import state
from store.database.log import replay
from store.database.selecting import is_everything
from store.database.stored import DATE, DATE_JOINS, NAMED
from store.models import DateMention

REASONS = 200
"""So many sentences of an event are told why they belong to it; each is compared with the others."""
_LENGTHS: dict[Unit, int] = {"day": 10, "month": 7, "year": 4, "decade": 3}
ORDERS: dict[EventOrder, str] = {
    "time": "x.earliest, x.latest DESC, x.id",
    "outlets": "x.outlets DESC, x.sentences DESC, x.earliest, x.id",
}


def ids(connection: sqlite3.Connection, f: Filter, order: EventOrder = "time", most: int | None = None) -> array[int]:
    """Ids of the events by their earliest day, longer stretches first where they begin together; or those first that
    most outlets tell; the first `most` of them."""
    if is_everything(f) and most is not None:
        rows = connection.execute(f"SELECT x.id FROM events x ORDER BY {ORDERS[order]} LIMIT ?", (most,))
        return array("q", chain.from_iterable(rows))
    # what works on sets is imported where there are some: not to start
    from store.database import choosing_events

    return choosing_events.ordered(connection, f, order, most)


def count(connection: sqlite3.Connection, f: Filter) -> int:
    """How many events a filter lets through."""
    if is_everything(f):
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
    from store.database import choosing_events

    found = choosing_events.events(connection, f)
    return len(found or ())


def rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[EventRow]:
    """A page of events in the order asked, those that are not there left out."""
    found = {id_: row for id_ in dict.fromkeys(ids) if (row := _row(connection, id_))}
    for id_, told in annotation.of_events(connection, found).items():
        found[id_] = replace(found[id_], annotated=told)
    return [found[id_] for id_ in ids if id_ in found]


def buckets(connection: sqlite3.Connection, f: Filter, by: Unit) -> list[Bucket]:
    """How many events lie in each stretch that has any; those less exact than `by` under what they are exact to.

    A decade is written with three figures (`202`), as TIMEX3 does.
    """
    if is_everything(f) and not state(connection).has_columns:
        each = connection.execute("SELECT bucket, count(*) FROM events GROUP BY bucket").fetchall()
    else:
        from store.database import choosing_events

        each = choosing_events.by_bucket(connection, f)
    counts: Counter[str] = Counter()
    for value, number in each:
        counts[value[: _LENGTHS[by]]] += number
    return [Bucket(value, counts[value]) for value in sorted(counts)]


def why(connection: sqlite3.Connection, id: int) -> list[str]:
    """Why sentences were joined: for each but the first, its closest companion among those before it."""
    # What compares sentences is needed for nothing else that is read.
    from store.database.tellings import told
    from store.resolve.alike import agreement

    mentions = connection.execute(
        "SELECT m.id, m.apart, m.together, m.article_id FROM event_mentions m"
        " JOIN articles a ON a.id = m.article_id WHERE m.event_id = ?"
        " ORDER BY a.moment = 0, a.moment, m.article_id, m.start",
        (id,),
    ).fetchall()
    more, mentions = len(mentions) - REASONS, mentions[:REASONS]
    by_people = _by_people(connection, {row[3] for row in mentions if row[1] or row[2]})
    reasons: list[str] = []
    joined = [told(connection, row[0]) for row in mentions]
    for at, (one, (mention_id, apart, label, _)) in enumerate(zip(joined, mentions, strict=True)):
        others = [*range(at), *range(at + 1, len(joined))]
        because = (agreement(one, joined[other]) for other in others if not apart)
        together = (by_people.get(mention_id) for other in others if label and label == mentions[other][2])
        reason = next(filter(None, chain(because, together)), None)
        if at and reason:
            reasons.append(reason)
        elif not at and apart and mention_id in by_people:
            reasons.append(by_people[mention_id])
    return [*reasons, *([f"… and {more} sentences more"] if more > 0 else [])]


def _by_people(connection: sqlite3.Connection, articles: set[int]) -> dict[int, str]:
    """Who said something of the event mentions of some articles, and when."""
    found: dict[int, str] = {}
    decisions = replay(connection).events if articles else None
    for article_id in sorted(articles):
        (digest,) = connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        ids, dates, told_there, _ = mentions_of(connection, article_id)
        keys = decisions.keys_in(bytes(digest).hex(), dates, told_there) if decisions else {}
        for at, mine in keys.items():
            found[ids[at]] = next(decisions.why[one] for one in mine) if decisions else ""
    return found


def dates_of(connection: sqlite3.Connection, id: int) -> list[DateMention]:
    """For each sentence of an event the first date that placed it there, in the order of the event's sentences."""
    found = connection.execute(
        f"SELECT m.article_id, m.start, {DATE} FROM event_mentions m"
        ' JOIN dates d ON d.article_id = m.article_id AND d.start = m.date_start AND d."end" = m.date_end'
        f" {DATE_JOINS} JOIN articles a ON a.id = m.article_id"
        " WHERE m.event_id = ? ORDER BY a.moment = 0, a.moment, m.article_id, m.start, d.start",
        (id,),
    )
    first: dict[tuple[int, int], DateMention] = {}
    for article_id, start, *date in found:
        first.setdefault((article_id, start), DateMention(*date))
    return list(first.values())


def _row(connection: sqlite3.Connection, event_id: int) -> EventRow | None:
    event = connection.execute(
        "SELECT value, earliest, latest, precision, modality, outlets, bound FROM events WHERE id = ?", (event_id,)
    ).fetchone()
    if event is None:
        return None
    told_by = connection.execute(
        'SELECT m.article_id, m.start, m."end", substr(t.text, m.start + 1, m."end" - m.start)'
        " FROM event_mentions m JOIN texts t ON t.article_id = m.article_id JOIN articles a ON a.id = m.article_id"
        " WHERE m.event_id = ? ORDER BY a.moment = 0, a.moment, m.article_id, m.start",
        (event_id,),
    ).fetchall()
    names = connection.execute(
        f"SELECT e.name FROM event_mentions m {NAMED} JOIN names n ON n.id = f.name_id JOIN entities e ON e.id = n.root"
        " WHERE m.event_id = ? AND NOT e.hidden GROUP BY e.id"
        " ORDER BY count(DISTINCT m.id) DESC, e.articles DESC, e.name",
        (event_id,),
    )
    sentences = tuple(dict.fromkeys(SentenceRef(*row) for row in told_by))
    told_in = tuple(dict.fromkeys(row[0] for row in told_by))
    *when, outlets, bound = event
    return EventRow(*(event_id, *when, tuple(row[0] for row in names), told_in, sentences, outlets, bound))
