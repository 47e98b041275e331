"""A corpus of an older version brought up to date when it is opened to be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from store.database.copying import before_upgrade
from store.database.files import VERSION, check_version


def migrate(
    connection: sqlite3.Connection, path: Path, begun: Callable[[], AbstractContextManager[None]]
) -> Path | None:
    """Brings a corpus up to date, or makes a new one; returns where a copy of it stands as it was, None where there was
    nothing to do or nothing in it.

    `begun` begins a transaction when it is one's turn. Raises CorpusError for a corpus that only a newer khabar
    knows, or that cannot be copied; it is what it was then.
    """
    if check_version(connection, path) == VERSION:
        return None
    # sqlite-utils takes 0.15 s to import: not for every edit.
    from sqlite_utils import Database

    from store.database.later import migrations

    with begun():  # all or nothing, and by one process at a time
        return _upgrade(connection, path, lambda: migrations.apply(Database(connection)))
    raise AssertionError("a transaction hides no error")


def _upgrade(connection: sqlite3.Connection, path: Path, apply: Callable[[], None]) -> Path | None:
    version = check_version(connection, path)
    kept = before_upgrade(path, version) if 0 < version < VERSION else None
    try:
        apply()
        # Each migration says its own number; one that was missing may be an older one.
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if kept is not None:
            kept.unlink(missing_ok=True)  # the corpus is what it was
        raise
    return kept
