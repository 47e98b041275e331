"""What a process remembers of a corpus between questions, and how it learns what has changed since.

A writer numbers its transactions (`revisions`) and notes which articles, entities and events each has changed
(`changes`, see `store.database.notes`). A question looks at one state of the corpus (`files.snapshot`); what is
remembered of an earlier one is brought up to it, or read anew where the notes do not reach so far back.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from store.database.entity_sets import Sets
from store.database.notes import ARTICLE, ENTITY, EVENT, STORY, changed_since, revision

if TYPE_CHECKING:
    from store.database.collapsing import Copies
    from store.database.event_columns import Columns
    from store.database.ordering import Order

T = TypeVar("T")
_REMEMBERED = 96
"""So many answers are remembered of a state."""
_STATES = 2
"""So many states of a corpus are remembered by a process, and of all corpora twice as many."""


class State:
    """One state of a corpus, read as far as it was asked about. The connection given must look at that state."""

    def __init__(self, revision: tuple[int, int] = (0, 0)) -> None:
        self.revision = revision
        self.sets = Sets()
        self._order: Order | None = None
        self._columns: Columns | None = None
        self._copies: Copies | None = None
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

    def copies(self, connection: sqlite3.Connection) -> Copies:
        """Its articles that are copies of one another."""
        from store.database import collapsing

        with self._reading:
            if self._copies is None:
                self._copies = collapsing.read(connection)
            return self._copies

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

    def renewed(self, connection: sqlite3.Connection, revision: tuple[int, int]) -> State | None:
        """The state that this one has become; None where that is not known."""
        changed = changed_since(connection, *self.revision)
        if changed is None:
            return None
        new = State(revision)
        with self._reading:
            new.sets = self.sets.without(changed[ENTITY])
            articles = changed[ARTICLE]
            if self._order is not None:
                from store.database import ordering

                new._order = ordering.renewed(connection, self._order, articles) if articles else self._order
            if self._columns is not None:
                new._columns = self._columns.renewed(connection, articles, changed[EVENT])
            if self._copies is not None:
                stories = changed[STORY]
                new._copies = self._copies.renewed(connection, stories) if stories else self._copies
        return new


_states: OrderedDict[tuple[str, int, int], State] = OrderedDict()
_lock = threading.Lock()


def state(connection: sqlite3.Connection) -> State:
    """What is remembered of the state that the connection looks at; to be asked within `files.snapshot`."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    now = revision(connection)
    with _lock:
        if (known := _states.get((path, *now))) is not None:
            _states.move_to_end((path, *now))
            return known
        older = [known for key, known in _states.items() if key[0] == path and key[1] < now[0]]
    candidates = sorted(older, key=lambda state: -state.revision[0])
    renewed = (known.renewed(connection, now) for known in candidates)
    new = next((state for state in renewed if state is not None), None) or State(now)
    with _lock:
        found = _states.setdefault((path, *now), new)
        of_path = [key for key in _states if key[0] == path]
        for key in [*of_path[:-_STATES], *list(_states)[: -2 * _STATES]]:
            _states.pop(key, None)
        return found


def forget() -> None:
    """Of every state, answers will be found anew: for whoever measures how long that takes."""
    with _lock:
        for known in _states.values():
            known.forget()
