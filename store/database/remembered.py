"""What was found out about a corpus and holds until the corpus changes: a search asks for the same several times, each
time over a connection of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_MOST, _CORPORA = 500, 4
"""Most answers that are kept of a corpus, and most corpora."""
# By file: the state of the corpus, and the answers that hold in it. Only ever replaced or added to, for the sake of
# threads: at worst one finds out again what another just did.
_held: dict[str, tuple[Hashable, dict[Hashable, Any]]] = {}


def remembered(connection: sqlite3.Connection, question: Hashable, find: Callable[[], T]) -> T:
    """The answer to a question about the names of a corpus: as it was found before, or by `find`. It is shared, and not
    to be changed."""
    path, state = _state(connection)
    if not path:
        return find()
    held = _held.get(path)
    if held is None or held[0] != state:
        if len(_held) >= _CORPORA:
            _held.clear()
        held = _held[path] = (state, {})
    answers = held[1]
    if question in answers:
        answer: T = answers[question]
        return answer
    answer = find()
    if len(answers) >= _MOST:
        answers.clear()
    answers[question] = answer
    return answer


def forget() -> None:
    """Everything will be found out anew."""
    _held.clear()


def _state(connection: sqlite3.Connection) -> tuple[str, Hashable]:
    """The file of a corpus and what tells its states apart; no file where what is read may not be stored yet."""
    if connection.in_transaction:
        return "", None
    path = next((row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"), "")
    if not path:
        return "", None
    # The number of the last change; the file as well, for one that was made anew in the place of another.
    (revision,) = connection.execute("SELECT number FROM revision").fetchone()
    file = Path(path).stat()
    return path, (file.st_ino, file.st_mtime_ns, revision)
