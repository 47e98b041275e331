"""How Latin words were read: a search asks for the same several times, each time over a connection of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from store.database.files import snapshot

T = TypeVar("T")
_MOST = 500
"""Most answers that are remembered of a state of a corpus: some words of what was typed last."""


def remembered(connection: sqlite3.Connection, question: Hashable, find: Callable[[], T]) -> T:
    """The answer to a question about the names of a corpus, as it was found in this state of it, or by `find`.

    It is not to be changed.
    """
    # not imported to start
    from store.database.kept import state

    with snapshot(connection):
        # One thing among those that are remembered of a state, so that it pushes no other out.
        answers: dict[Hashable, Any] = state(connection).remember("latin", dict)
        if question in answers:
            answer: T = answers[question]
            return answer
        answer = find()
        if len(answers) >= _MOST:
            answers.clear()
        answers[question] = answer
        return answer
