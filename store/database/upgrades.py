"""What was added to the tables of `store.database.schema` since, as migrations."""

from __future__ import annotations

from sqlite_utils import Database

from store.database.schema import migrations

__all__ = ["migrations"]


@migrations()
def version_7(db: Database) -> None:
    """A number that grows with every transaction, by which readers see that what they remember is of another state."""
    db.conn.execute("CREATE TABLE revision (number INTEGER NOT NULL)")
    db.conn.execute("INSERT INTO revision VALUES (1)")
    db.conn.execute("PRAGMA user_version = 7")
