"""Event mentions in the corpus: which of them are one event, and what that event then says."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from store.database.event_decisions import EventDecisions, put_down
from store.database.log import Decisions
from store.database.moments import day_number
from store.database.notes import EVENT, Notes
from store.database.repeated import Repeated
from store.database.sources import sentence_code, sources
from store.database.spans import by_span
from store.database.stored import NAMED, Named
from store.database.tellings import Tellings
from store.models import Analysis, Event
from store.resolve.alike import BEFORE, agreement, contains

# How many mentions of the same days are compared with a new one; beyond, only those that share a name with it.
_COMPARED = 400
_FIRST = date.min + timedelta(days=BEFORE)


class Joiner:
    """Works within the writer's transaction."""

    def __init__(self, connection: sqlite3.Connection, repeated: Repeated, notes: Notes) -> None:
        self._connection = connection
        self._repeated = repeated
        self._notes = notes
        self._tellings = Tellings(connection)
        self._alone_yet: set[int] = set()
        """Events that one mention tells, which have just been put down as they are."""

    def forget(self) -> None:
        """After a transaction that came to nothing its ids may be given again."""
        self._tellings.forget()
        self._alone_yet.clear()

    def add(
        self, article_id: int, analysis: Analysis, names: Sequence[tuple[int, int, int]], decisions: Decisions
    ) -> None:
        """Stores the event mentions of an article and joins each to the events it agrees with.

        `names` holds (start, end, name id) of the article's mentions.
        """
        if not analysis.events:
            return
        inside, text = sorted(names), analysis.document.text
        named = Named((one.start, one.end, one.name) for one in by_span(analysis.mentions))
        dates = {(date.start, date.end): date for date in reversed(analysis.dates)}
        decided = decisions.events.of_document(
            analysis.document.digest,
            [(date.start, date.end, date.value) for date in analysis.dates],
            [(one.start, one.end, one.value, one.date_start, one.date_end) for one in analysis.events],
        )
        added: list[int] = []
        ready = analysis.prepared
        sketches = ready.sketches if ready is not None else [None] * len(analysis.events)
        for event, said, sketched in zip(analysis.events, decided, sketches, strict=True):
            date = dates.get((event.date_start, event.date_end))
            meaning = self._repeated.id(
                "meanings", event.value, date.type if date else "DATE", date.mod if date else None, event.earliest,
                event.latest, event.precision, event.modality, event.bound,
            )  # fmt: skip
            names_told = None
            if event.names != named.within(event.start, event.end):
                names_told = json.dumps(event.names, ensure_ascii=False)
            more = (meaning, sentence_code(text[event.start : event.end]), *said, names_told)
            added.append(self._insert(article_id, event, inside, more, sketched))
        if ready is not None:
            self._tellings.remember(zip(added, (replace(one, article=article_id) for one in ready.told), strict=True))
        self._settle(added)
        self._alone_yet.clear()

    def decide(self, decisions: EventDecisions) -> None:
        """Tells events anew of which people said something else than before."""
        changed = put_down(self._connection, decisions)
        again = set(changed)
        for event_id in sorted({self._event_of(mention_id) for mention_id in changed}):
            mentions = self._mentions(event_id)
            if len(mentions) <= _COMPARED:
                again.update(self._dissolve(event_id))
                continue
            # too large to be told anew as a whole: what is said of some leaves the others as they are
            staying = [one for one in mentions if one not in again]
            for one in mentions:
                if one in again and staying:
                    self._alone(one)
            again.update(staying[:1])
        again.update(other for mention_id in changed for other in self._overlapping(mention_id))
        self._settle(sorted(again))

    def remove(self, article_id: int) -> None:
        """Takes an article's event mentions away; what they alone held together falls apart again."""
        rows = self._connection.execute(
            "SELECT id, event_id FROM event_mentions WHERE article_id = ?", (article_id,)
        ).fetchall()
        mine = {int(row[0]) for row in rows}
        around = {other for mention_id in mine for other in self._overlapping(mention_id)}
        named = self._connection.execute(
            f"SELECT DISTINCT f.name_id, d.earliest, m.id FROM event_mentions m JOIN stretches d ON d.id = m.stretch_id"
            f" {NAMED} WHERE m.article_id = ?",
            (article_id,),
        )
        self._connection.executemany(
            "DELETE FROM event_names WHERE name_id = ? AND day = ? AND event_mention_id = ?",
            [(name_id, day_number(earliest), mention_id) for name_id, earliest, mention_id in named],
        )
        self._connection.execute("DELETE FROM event_mentions WHERE article_id = ?", (article_id,))
        left = [other for event_id in sorted({int(row[1]) for row in rows}) for other in self._dissolve(event_id)]
        self.forget()
        self._settle(sorted({*left, *around} - mine))

    def _insert(
        self,
        article_id: int,
        event: Event,
        names: Sequence[tuple[int, int, int]],
        more: tuple[int, int, int, str | None, str | None],
        sketched: bytes | None,
    ) -> int:
        """`more` are its meaning, the code of its sentence, what people said of it (apart, together), and its names
        where they are not those within the sentence."""
        execute = self._connection.execute
        event_id = self._new_id()
        execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, 1)",
            (
                event_id, event.value, event.earliest, event.latest, event.precision, event.modality,
                bucket(event.earliest, event.latest), event.bound,
            ),
        )  # fmt: skip
        self._alone_yet.add(event_id)
        cursor = execute(
            f"INSERT INTO event_mentions VALUES ({', '.join('?' * 14)})",
            (
                None, article_id, event_id, event.start, event.end, event.date_start, event.date_end,
                self._repeated.id("stretches", event.earliest, event.latest), *more, sketched,
            ),
        )  # fmt: skip
        mention_id = int(cursor.lastrowid or 0)
        first, last = (bisect_left(names, (at,)) for at in (event.start, event.end))
        self._connection.executemany(
            "INSERT OR IGNORE INTO event_names VALUES (?, ?, ?)",
            ((name, day_number(event.earliest), mention_id) for _, e, name in names[first:last] if e <= event.end),
        )
        return mention_id

    def _settle(self, mention_ids: Sequence[int]) -> None:
        """Joins the events of these mentions to all those they agree with and renews what the events say."""
        waiting, asked = list(mention_ids), set(mention_ids)
        gathered: set[str] = set()
        for mention_id in waiting:  # grows while events fall apart
            apart, together = self._connection.execute(
                "SELECT apart, together FROM event_mentions WHERE id = ?", (mention_id,)
            ).fetchone()
            if together is not None and together not in gathered:
                gathered.add(together)
                for (other,) in self._connection.execute(
                    "SELECT min(id) FROM event_mentions WHERE together = ? GROUP BY event_id ORDER BY 1", (together,)
                ).fetchall():
                    self._join(mention_id, other)
            if apart:
                continue
            tellings, what = self._tellings, self._tellings.of(mention_id)
            joined = {self._event_of(mention_id)}
            same_days = self._same_days(mention_id)
            unlike = tellings.unlike(mention_id, [other for other, event_id in same_days if event_id not in joined])
            for other, event_id in same_days:
                # What is one event with it already need not be compared with it.
                if event_id not in joined and other not in unlike and agreement(what, tellings.of(other)):
                    joined.add(event_id)
                    self._join(mention_id, other)
            nearby = tellings.agreeing(mention_id, self._overlapping(mention_id))
            within = [other for other in nearby if contains(what, tellings.of(other))]
            if len({tellings.of(other).days for other in within}) == 1:
                for other in within:
                    self._join(mention_id, other)
            for coarse in (other for other in nearby if contains(tellings.of(other), what)):
                if coarse not in asked:
                    # Whether it still belongs to one stretch only is asked again, once, with all it was joined to.
                    asked.add(coarse)
                    waiting.extend(self._dissolve(self._event_of(coarse)))
                    gathered.clear()
        for event_id in sorted({self._event_of(mention_id) for mention_id in waiting}):
            if event_id in self._alone_yet:
                self._notes.note(EVENT, [event_id])
            else:
                self._renew(event_id)

    def _dissolve(self, event_id: int) -> list[int]:
        """Makes each mention of an event one of its own again; returns them. Large events are left as they are."""
        mentions = self._mentions(event_id)
        if not mentions:
            self._delete(event_id)
        if len(mentions) > _COMPARED:
            return mentions[:1]
        for mention_id in mentions[1:]:
            self._alone(mention_id)
        return mentions

    def _alone(self, mention_id: int) -> int:
        """Gives a mention an event of its own; returns the mention."""
        execute, event_id = self._connection.execute, self._new_id()
        execute(
            "INSERT INTO events SELECT ?, s.value, s.earliest, s.latest, s.precision, s.modality, '', 0, s.bound, 1"
            " FROM event_mentions m JOIN meanings s ON s.id = m.meaning_id WHERE m.id = ?",
            (event_id, mention_id),
        )
        execute("UPDATE event_mentions SET event_id = ? WHERE id = ?", (event_id, mention_id))
        return mention_id

    def _mentions(self, event_id: int) -> list[int]:
        rows = self._connection.execute("SELECT id FROM event_mentions WHERE event_id = ? ORDER BY id", (event_id,))
        return [int(row[0]) for row in rows]

    def _new_id(self) -> int:
        """An id that no event has had."""
        self._connection.execute("UPDATE last_event SET id = id + 1")
        (event_id,) = self._connection.execute("SELECT id FROM last_event").fetchone()
        return int(event_id)

    def _same_days(self, mention_id: int) -> list[tuple[int, int]]:
        """Mentions of the same days with their events: the newest, and those that share a name other than a place's."""
        what = self._tellings.of(mention_id)
        newest = (
            f"SELECT m.id, m.event_id FROM event_mentions m WHERE {_OF_DAYS} AND NOT m.apart ORDER BY m.id DESC LIMIT ?"
        )
        found: dict[int, int] = dict(self._connection.execute(newest, (*what.days, _COMPARED)))
        if len(found) == _COMPARED:
            found.update(
                self._connection.execute(
                    f"{_SHARING} AND theirs.day = ? AND {_OF_DAYS} ORDER BY m.id DESC LIMIT ?",
                    (mention_id, day_number(what.days[0]), *what.days, _COMPARED),
                )
            )
        return sorted(found.items())

    def _overlapping(self, mention_id: int) -> list[int]:
        """Mentions of days within or around these that share a name other than a place's."""
        first, last = self._tellings.of(mention_id).days
        try:
            since = (max(date.fromisoformat(first), _FIRST) - timedelta(days=BEFORE)).isoformat()
        except ValueError:  # outside the calendar
            since = first
        rows = self._connection.execute(
            f"{_SHARING} AND theirs.day BETWEEN ? AND ?"
            " AND (d.earliest >= ? AND d.latest <= ? OR d.earliest <= ? AND d.latest >= ?)"
            " AND (d.earliest, d.latest) <> (?, ?) ORDER BY m.id DESC LIMIT ?",
            (mention_id, day_number(since), day_number(last), first, last, first, last, first, last, _COMPARED),
        )
        return sorted(int(row[0]) for row in rows)

    def _join(self, one: int, other: int) -> None:
        keep, drop = sorted((self._event_of(one), self._event_of(other)))
        if keep != drop:
            self._alone_yet.difference_update((keep, drop))
            self._connection.execute("UPDATE event_mentions SET event_id = ? WHERE event_id = ?", (keep, drop))
            self._delete(drop)

    def _delete(self, event_id: int) -> None:
        self._notes.note(EVENT, [event_id])
        self._connection.execute("DELETE FROM events WHERE id = ?", (event_id,))

    def _event_of(self, mention_id: int) -> int:
        row = self._connection.execute("SELECT event_id FROM event_mentions WHERE id = ?", (mention_id,)).fetchone()
        return int(row[0])

    def _renew(self, event_id: int) -> None:
        self._notes.note(EVENT, [event_id])
        self._connection.execute(
            "UPDATE events SET value = ?, earliest = ?, latest = ?, precision = ?, modality = ?, bucket = ?,"
            " sentences = ?, bound = ?, outlets = ? WHERE id = ?",
            (*said(self._connection, event_id), event_id),
        )

    def mend(self) -> None:
        """Gives mentions whose event is gone events again, and lets all events say what they have to."""
        execute = self._connection.execute
        lost = [int(row[0]) for row in execute(f"SELECT m.id FROM event_mentions m {_LOST} ORDER BY m.id").fetchall()]
        for mention_id in lost:
            self._alone(mention_id)
        self._settle(lost)
        for (event_id,) in execute("SELECT id FROM events").fetchall():
            if not says(self._connection, event_id):
                self._renew(event_id)


_LOST = "LEFT JOIN events e ON e.id = m.event_id WHERE e.id IS NULL"


def said(connection: sqlite3.Connection, event_id: int) -> tuple[object, ...]:
    """What an event has to say, in the columns value to outlets: that of its most exact mentions, and among those what
    most of them say."""
    rows = connection.execute(
        "SELECT s.value, s.earliest, s.latest, s.precision, s.modality, s.bound FROM event_mentions m"
        " JOIN meanings s ON s.id = m.meaning_id WHERE m.event_id = ? AND s.earliest IS NOT NULL",
        (event_id,),
    ).fetchall()
    if not rows:
        return ()
    exact = min(_number(row[2]) - _number(row[1]) for row in rows)
    finest = Counter(row[:4] for row in rows if _number(row[2]) - _number(row[1]) == exact)
    value, earliest, latest, precision = chosen = min(finest, key=lambda row: (-finest[row], row))
    bounds = {row[5] for row in rows if row[:4] == chosen}
    modalities = Counter(row[4] for row in rows)
    modality = min(modalities, key=lambda name: (name != "asserted", -modalities[name], name))
    return (
        value, earliest, latest, precision, modality, bucket(earliest, latest), len(rows),
        bounds.pop() if len(bounds) == 1 else None, 1 if len(rows) == 1 else sources(connection, event_id),
    )  # fmt: skip


def says(connection: sqlite3.Connection, event_id: int) -> bool:
    """Whether an event that is told by sentences says what it has to."""
    row = connection.execute(
        "SELECT value, earliest, latest, precision, modality, bucket, sentences, bound, outlets FROM events"
        " WHERE id = ?",
        (event_id,),
    ).fetchone()
    return bool(row == said(connection, event_id))


_OF_DAYS = "m.stretch_id = (SELECT id FROM stretches WHERE earliest = ? AND latest = ?)"
_SHARING = (
    "SELECT DISTINCT m.id, m.event_id FROM (SELECT DISTINCT f.name_id FROM event_mentions m"
    f" {NAMED} JOIN names n ON n.id = f.name_id AND n.type <> 'LOC' WHERE m.id = ?) mine"
    " CROSS JOIN event_names theirs ON theirs.name_id = mine.name_id"
    " CROSS JOIN event_mentions m ON m.id = theirs.event_mention_id"
    " CROSS JOIN stretches d ON d.id = m.stretch_id WHERE NOT m.apart"
)


def bucket(earliest: str, latest: str) -> str:
    """The finest of day, month and year that all the days lie in; the first year when none holds them all."""
    for length in (10, 7):
        if earliest[:length] == latest[:length]:
            return earliest[:length]
    return earliest[:4]


def _number(day: str) -> int:
    """A number that grows with the day; differences are only for comparing."""
    year, month, rest = day.split("-")
    return (int(year) * 12 + int(month)) * 31 + int(rest)
