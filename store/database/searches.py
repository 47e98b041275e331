"""Searches under a name: a filter, an order, and what had been added when somebody looked at it last.

What a filter says by ids of this corpus (entities, an article, an event, a story) is kept by what outlives
re-extraction, and turned into ids when it is asked. New is what was added after the last look: ids of articles grow,
and none is given twice, whatever the dates of articles are.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from store.annotations import quoted
from store.answers import ArticleOrder, Filter, KeptSearch, SavedSearch, Sought
from store.database import anchoring
from store.database.event_decisions import keys_of
from store.database.files import sentences
from store.errors import QueryError

TABLE = """
-- `filter` is JSON (`store.database.searches`); `seen` is the id of the last article that had been added.
CREATE TABLE searches (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    filter TEXT NOT NULL,
    ranking TEXT NOT NULL,
    made TEXT NOT NULL,
    looked TEXT NOT NULL,
    seen INTEGER NOT NULL
)
"""
LONGEST = 100
"""Most code points of a name."""
T = TypeVar("T")


def saved(connection: sqlite3.Connection) -> list[SavedSearch]:
    """All of them, by name."""
    rows = connection.execute("SELECT name, filter, ranking, made, looked, seen FROM searches ORDER BY name")
    found = []
    for name, text, ranking, made, looked, seen in rows.fetchall():
        f, lost = thawed(connection, text)
        order: ArticleOrder = ranking if ranking in get_args(ArticleOrder) else "newest"
        found.append(SavedSearch(name, f, order, made, looked, seen, lost))
    return found


def kept(connection: sqlite3.Connection) -> list[KeptSearch]:
    """All of them as they are kept, by name; what cannot be read is left out (`faults` tells it)."""
    rows = connection.execute("SELECT name, filter, ranking, made FROM searches ORDER BY name").fetchall()
    found = []
    for name, text, ranking, made in rows:
        with contextlib.suppress(ValueError):
            read(text)
            found.append(KeptSearch(name, json.loads(text), ranking, made))
    return found


def last_added(connection: sqlite3.Connection) -> int:
    """The id of the last article that was added, be it there or not."""
    return int(connection.execute("SELECT id FROM last_article").fetchone()[0])


def counts(connection: sqlite3.Connection, search: SavedSearch) -> tuple[int, int]:
    """How many articles answer it, and how many of those added since the last look."""
    from store.database import reading

    if search.lost:
        return 0, 0
    whole = reading.count(connection, search.filter)
    return whole, reading.count(connection, replace(search.filter, added_after=search.seen))


def frozen(connection: sqlite3.Connection, f: Filter) -> str:
    """A filter as it is kept. Raises QueryError where it names what is not there."""
    kept: dict[str, Any] = {
        name: value
        for name, value in asdict(f).items()
        if value != getattr(Filter(), name) and name not in ("entities", "article", "story", "event", "added_after")
    }
    if f.entities:
        kept["entities"] = [_one(connection, "SELECT r.key FROM names n JOIN names r ON r.id = n.root WHERE n.id = ?",
                                 entity) for entity in f.entities]  # fmt: skip
    for name, article in (("article", f.article), ("story", f.story)):
        if article is not None:
            kept[name] = _one(connection, "SELECT lower(hex(digest)) FROM documents WHERE article_id = ?", article)
    if f.event is not None:
        keys = keys_of(connection, "m.event_id = ?", (f.event,))
        if not keys:
            raise QueryError("the event of this filter is not there any more", remedy="choose another")
        kept["event"] = keys[0]
    return json.dumps(kept, ensure_ascii=False)


def thawed(connection: sqlite3.Connection, text: str) -> tuple[Filter, str]:
    """A filter that was kept, by the ids of now, and what of it is not there any more, in words."""
    try:
        kept = read(text)
    except ValueError:
        return Filter(), "what is kept of it cannot be read"
    entities = tuple(dict.fromkeys(anchoring.entity_of(connection, name) for name in kept.pop("entities", ())))
    lost = "" if None not in entities else "a name that it asks for is not in the corpus any more"
    by_ids: dict[str, Any] = {}
    for name in ("article", "story", "event"):
        if name in kept:
            digest, _, offset = str(kept.pop(name)).partition("@")
            found = (
                anchoring.event_of(connection, digest, int(offset))
                if name == "event"
                else anchoring.article_of(connection, digest)
            )
            by_ids[name] = found
            lost = lost or ("" if found is not None else f"the {name} that it asks for is not in the corpus any more")
    known = tuple(entity for entity in entities if entity is not None)
    return Filter(entities=known, **by_ids, **kept), lost


def read(text: str) -> dict[str, Any]:
    """The fields of a filter that was kept. Raises ValueError for what is none."""
    try:
        kept = json.loads(text)
    except (TypeError, RecursionError) as error:
        raise ValueError("no filter") from error
    names = {each.name: each for each in fields(Filter)}
    if not isinstance(kept, dict) or not kept.keys() <= names.keys() - {"added_after"}:
        raise ValueError("no filter")
    for name, value in kept.items():
        if name == "entities":
            fits = isinstance(value, list) and all(isinstance(one, str) and one.count("\t") == 2 for one in value)
        elif name == "said":
            pairs = isinstance(value, list) and all(isinstance(one, list) for one in value)
            kept[name] = tuple(tuple(one) for one in value) if pairs else ()
            fits = bool(kept[name]) and all(
                len(one) == 2 and one[0] in get_args(Sought) and isinstance(one[1], str) for one in kept[name]
            )
        elif name in ("article", "story", "event"):
            digest, at, offset = str(value).partition("@")
            fits = len(digest) == 64 and set(digest) <= set("0123456789abcdef")
            fits = fits and (offset.isdecimal() and len(offset) < 10 if name == "event" else not at)
        elif isinstance(getattr(Filter(), name), bool):
            fits = isinstance(value, bool)
        else:
            fits = isinstance(value, str)
        if not fits:
            raise ValueError(f"no {name}")
    return cast(dict[str, Any], kept)


class Saving:
    """The writer's side. In transactions of their own, which count as no change: what readers remember stays."""

    path: Path
    _connection: sqlite3.Connection

    def transaction(self) -> AbstractContextManager[None]:
        """All of what is done inside, or nothing."""
        raise NotImplementedError

    def _begun(self) -> AbstractContextManager[None]:
        """A transaction begun when it is one's turn, which ends within."""
        raise NotImplementedError

    def save_search(self, name: str, f: Filter, order: ArticleOrder = "newest") -> None:
        """Keeps a filter under a name, in the place of what had this name; all that is there counts as looked at.

        Raises QueryError for a name that is none, or a filter of what is not there.
        """
        name = named(name)

        def put() -> None:
            self._put_search(name, frozen(self._connection, replace(f, added_after=None)), order, _now())

        self._alone(put)

    def keep_searches(self, several: Iterable[KeptSearch], *, over: bool = False) -> tuple[int, int, list[str]]:
        """Takes in searches of this or another corpus; all that is there counts as looked at. What they ask for need
        not be in the corpus. Returns how many were new or, with `over`, took the place of what had their name; how many
        are here already; and the names under which something else is kept here, which stays.

        Raises QueryError for a name that is none.
        """

        def put() -> tuple[int, int, list[str]]:
            new = known = 0
            others: list[str] = []
            for one in several:
                name, text = named(one.name), json.dumps(one.filter, ensure_ascii=False)
                read(text)
                row = self._connection.execute("SELECT filter, ranking FROM searches WHERE name = ?", (name,))
                here = row.fetchone()
                if here is not None and (_plain(here[0]), here[1]) == (_plain(text), one.order):
                    known += 1
                elif here is not None and not over:
                    others.append(name)
                else:
                    self._put_search(name, text, one.order, one.made)
                    new += 1
            return new, known, others

        return self._alone(put)

    def _put_search(self, name: str, text: str, order: ArticleOrder, made: str) -> None:
        self._connection.execute(
            "INSERT INTO searches(name, filter, ranking, made, looked, seen) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(name) DO UPDATE SET filter = excluded.filter, ranking = excluded.ranking,"
            " looked = excluded.looked, seen = excluded.seen",
            (name, text, order, made, _now(), self._last()),
        )

    def look_at_search(self, name: str, upto: int | None = None) -> int | None:
        """All that is there now, or up to an article, counts as looked at; returns the last article that counted so
        before, None where there is no search of this name."""

        def put() -> int | None:
            row = self._connection.execute("SELECT seen FROM searches WHERE name = ?", (name,)).fetchone()
            last = self._last()
            values = (_now(), last if upto is None else min(max(upto, row[0] if row else 0), last), name)
            self._connection.execute("UPDATE searches SET looked = ?, seen = ? WHERE name = ?", values)
            return int(row[0]) if row else None

        return self._alone(put)

    def rename_search(self, name: str, to: str) -> bool:
        """Gives a search another name; whether there is one. Raises QueryError where another has that name."""
        to = named(to)

        def put() -> bool:
            taken = self._connection.execute("SELECT 1 FROM searches WHERE name = ?", (to,)).fetchone()
            if taken is not None and to != name:
                raise QueryError("is the name of another search", to, "choose another")
            return self._connection.execute("UPDATE searches SET name = ? WHERE name = ?", (to, name)).rowcount > 0

        return self._alone(put)

    def delete_search(self, name: str) -> bool:
        """Forgets a search; whether there was one."""
        return self._alone(
            lambda: self._connection.execute("DELETE FROM searches WHERE name = ?", (name,)).rowcount > 0
        )

    def _last(self) -> int:
        return last_added(self._connection)

    def _alone(self, put: Callable[[], T]) -> T:
        execute = self._connection.execute
        with sentences(self.path), self._begun():
            try:
                done = put()
                execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    execute("ROLLBACK")
                raise
            return done
        raise AssertionError("only errors are turned into others")


def named(name: str) -> str:
    """A name as it is kept. Raises QueryError for one that is none."""
    kept = quoted(name)
    if not kept or len(kept) > LONGEST:
        raise QueryError(f"the name of a search has 1 to {LONGEST} characters", remedy="write another")
    return kept


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with saved searches, for `verify`."""
    found = []
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM last_article").fetchone()
    for name, text, ranking, seen in connection.execute("SELECT name, filter, ranking, seen FROM searches ORDER BY id"):
        try:
            read(text)
        except ValueError:
            found.append(f"the saved search {name!r} holds no filter")
        if ranking not in get_args(ArticleOrder) or not 0 <= seen <= last:
            found.append(f"the saved search {name!r} says what cannot be of when it was looked at, or of its order")
    return found


def _plain(text: str) -> object:
    """What a filter that is kept says, to be compared with another."""
    found = json.loads(text)
    return {name: quoted(value) if isinstance(value, str) else value for name, value in found.items()}


def _one(connection: sqlite3.Connection, sql: str, id_: int) -> str:
    row = connection.execute(sql, (id_,)).fetchone()
    if row is None:
        raise QueryError("what this filter asks for is not there any more", remedy="choose another")
    return str(row[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
