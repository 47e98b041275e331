"""What a process remembers of a corpus between questions, and how it learns what has changed since.

A writer numbers its transactions (`revision`) and notes which articles, entities and events each has changed
(`changes`), as far back as `logged_since`. A question looks at one state of the corpus (`files.snapshot`); what is
remembered of an earlier one is brought up to it, or read anew where the notes do not reach so far back.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from store.database.entity_sets import Sets
from store.database.notes import ARTICLE, ENTITY, EVENT

if TYPE_CHECKING:
    from store.database.event_columns import Columns
    from store.database.ordering import Order

T = TypeVar("T")
_REMEMBERED = 64
"""So many answers are remembered of a state."""
_STATES = 4
"""So many states of corpora are remembered by a process."""


class State:
    """One state of a corpus, read as far as it was asked about. The connection given must look at that state."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.sets = Sets()
        self._order: Order | None = None
        self._columns: Columns | None = None
        self._reading = threading.RLock()
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()

    def remember(self, key: Hashable, find: Callable[[], T]) -> T:
        """What was found under a key before, else what is found now. Not to be changed."""
        try:
            found: T = self._remembered[key]
        except KeyError:
            found = self._remembered[key] = find()
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def forget(self) -> None:
        """Answers will be found anew; what was read of the corpus stays."""
        self._remembered.clear()

    def recalls(self, key: Hashable) -> bool:
        """Whether something is remembered under a key."""
        return key in self._remembered

    def order(self, connection: sqlite3.Connection) -> Order:
        """Its articles in order of time."""
        # these need numpy, which takes as long to import as all else that is read to start
        from store.database import ordering

        with self._reading:
            if self._order is None:
                self._order = ordering.read(connection)
            return self._order

    def columns(self, connection: sqlite3.Connection) -> Columns:
        """Its events."""
        from store.database.event_columns import Columns

        with self._reading:
            if self._columns is None:
                self._columns = Columns.read(connection)
            return self._columns

    @property
    def has_columns(self) -> bool:
        """Whether the events have been read."""
        return self._columns is not None

    def renewed(self, connection: sqlite3.Connection, revision: int) -> State:
        """The state that this one has become."""
        new = State(revision)
        changed: dict[int, set[int]] = {ARTICLE: set(), ENTITY: set(), EVENT: set()}
        notes = connection.execute("SELECT DISTINCT kind, what FROM changes WHERE revision > ?", (self.revision,))
        for kind, what in notes:
            changed[kind].add(what)
        with self._reading:
            new.sets = self.sets.without(changed[ENTITY])
            articles = changed[ARTICLE]
            if self._order is not None:
                from store.database import ordering

                new._order = ordering.renewed(connection, self._order, articles) if articles else self._order
            if self._columns is not None:
                new._columns = self._columns.renewed(connection, articles, changed[EVENT])
        return new


_states: OrderedDict[tuple[str, int, int], State] = OrderedDict()
_lock = threading.Lock()


def state(connection: sqlite3.Connection) -> State:
    """What is remembered of the state that the connection looks at; to be asked within `files.snapshot`."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    revision, since, origin = connection.execute("SELECT number, logged_since, origin FROM revision").fetchone()
    with _lock:
        if (known := _states.get((path, origin, revision))) is not None:
            _states.move_to_end((path, origin, revision))
            return known
        older = [key for key in _states if key[:2] == (path, origin) and since <= key[2] < revision]
        before = _states[max(older)] if older else None
    new = before.renewed(connection, revision) if before is not None else State(revision)
    with _lock:
        found = _states.setdefault((path, origin, revision), new)
        while len(_states) > _STATES:
            _states.popitem(last=False)
        return found


def forget() -> None:
    """Of every state, answers will be found anew: for whoever measures how long that takes."""
    with _lock:
        for known in _states.values():
            known.forget()
