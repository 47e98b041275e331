"""Entries of another corpus's log taken into this one: each once, and whether it stands by who spoke of that last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from store.edits_file import Entry, last_word


def merge(
    connection: sqlite3.Connection, said: Iterable[Entry], standing: Callable[[], int]
) -> tuple[int, int, list[tuple[str, dict[str, Any]]]]:
    """Puts down what is not here, and what was said last of whether an entry stands; `standing` numbers what is done.

    Returns how many entries are new, how many were here already, and those that stand now and did not, or do not any
    more.
    """
    new = known = 0
    turned: list[tuple[str, dict[str, Any]]] = []
    for one in said:
        row = connection.execute(
            "SELECT action, what, undone, undone_by, redone, redone_by FROM edits WHERE uid = ?", (one.uid,)
        ).fetchone()
        if row is None:
            _put_down(connection, one, standing())
            new += 1
            stood = False
        else:
            known += 1
            action, text, *word = row
            # under this id something else may have been said: that is not believed
            if (action, json.loads(text)) != (one.action, one.what) or one.last_word <= last_word(*word):
                continue
            _turn(connection, one, standing())
            stood = word[0] is None
        if stood != (one.undone is None):
            turned.append((one.action, one.what))
    return new, known, turned


def _put_down(connection: sqlite3.Connection, one: Entry, standing: int) -> None:
    values = (one.made, one.action, json.dumps(one.what, ensure_ascii=False), one.uid, one.who, one.group)
    connection.execute(
        "INSERT INTO edits(made, action, what, uid, who, batch, undone, undone_by, redone, redone_by, standing)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, one.undone, one.undone_by, one.redone, one.redone_by, standing),
    )


def _turn(connection: sqlite3.Connection, one: Entry, standing: int) -> None:
    connection.execute(
        "UPDATE edits SET undone = ?, undone_by = ?, redone = ?, redone_by = ?, redo = 0, standing = ? WHERE uid = ?",
        (one.undone, one.undone_by, one.redone, one.redone_by, standing, one.uid),
    )
