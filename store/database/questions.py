"""What every question of a Reader has around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from store.database.files import Connection, busy, connect_to_read, sentences, snapshot
from store.errors import Cancelled, CorpusError, QueryError, UnavailableError

_TRIES = 3
"""So often is a question asked of a file that others begin to write to meanwhile."""


class Asked:
    """Whoever is asked."""

    path: Path
    _stopped: bool
    _connection: Connection


P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A", bound=Asked)


def asking(method: Callable[Concatenate[A, P], T]) -> Callable[Concatenate[A, P], T]:
    """A method that asks one state of the corpus, and says what SQLite says in sentences about it."""

    @wraps(method)
    def ask(self: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            for _try in range(_TRIES):
                self._connection.interrupted = self._stopped
                try:
                    with sentences(self.path), snapshot(self._connection):
                        answer = method(self, *args, **kwargs)
                except (CorpusError, QueryError):
                    if self._connection.still(self.path):
                        raise
                else:
                    if self._connection.in_transaction or self._connection.still(self.path):
                        return answer
                # The other one is closed when nobody uses it: it may be interrupted from another thread.
                self._connection = connect_to_read(self.path)
            raise UnavailableError(*busy(self.path))
        except (CorpusError, Cancelled) as error:
            # An interrupted statement may fail with another fault than to have been interrupted.
            if not self._connection.interrupted:
                raise
            raise Cancelled("the query was cancelled", str(self.path)) from error

    return ask
