"""What was added to the tables of `store.database.upgrades` since, as migrations."""

from __future__ import annotations

from sqlite_utils import Database

from store.database import sayings
from store.database.repeated import Repeated
from store.database.upgrades import migrations

__all__ = ["migrations"]


@migrations()
def version_11(db: Database) -> None:
    """What sources say of documents, and what language their articles are in."""
    for statement in sayings.TABLES.split(";\n"):
        db.conn.execute(statement)
    sayings.fill(db.conn, Repeated(db.conn))
    db.conn.execute("PRAGMA user_version = 11")
