"""What was added to the tables of `store.database.schema` since, as migrations."""

from __future__ import annotations

import secrets

from sqlite_utils import Database

from store.database import companions, entity_sets, word_sets
from store.database.schema import migrations

__all__ = ["migrations"]


@migrations()
def version_7(db: Database) -> None:
    """A number that grows with every transaction, by which readers see that what they remember is of another state."""
    db.conn.execute("CREATE TABLE revision (number INTEGER NOT NULL)")
    db.conn.execute("INSERT INTO revision VALUES (1)")
    db.conn.execute("PRAGMA user_version = 7")


_NARROW = """
CREATE TABLE narrow (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    entity_id INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (article_id, entity_id)
) WITHOUT ROWID;
INSERT INTO narrow SELECT article_id, entity_id, mentions FROM article_entities ORDER BY article_id, entity_id;
DROP TABLE article_entities;
ALTER TABLE narrow RENAME TO article_entities;
CREATE TABLE entity_sets (
    entity_id INTEGER NOT NULL,
    block INTEGER NOT NULL,
    plane INTEGER NOT NULL,
    articles BLOB NOT NULL,
    PRIMARY KEY (entity_id, block, plane)
) WITHOUT ROWID;
CREATE TABLE word_sets (
    form TEXT NOT NULL,
    block INTEGER NOT NULL,
    articles BLOB NOT NULL,
    PRIMARY KEY (form, block)
) WITHOUT ROWID;
CREATE TABLE closed_blocks (block INTEGER PRIMARY KEY);
CREATE TABLE companions (entity_id INTEGER PRIMARY KEY, listed BLOB NOT NULL);
DROP INDEX articles_of_outlet;
CREATE INDEX articles_of_outlet ON articles(outlet_id);
ALTER TABLE revision ADD COLUMN logged_since INTEGER NOT NULL DEFAULT 1;
ALTER TABLE revision ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
CREATE TABLE changes (
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    what INTEGER NOT NULL,
    PRIMARY KEY (revision, kind, what)
) WITHOUT ROWID
"""


@migrations()
def version_9(db: Database) -> None:
    """The articles of entities and of frequent words as bitmaps (`entity_sets`, `word_sets`), and notes of what each
    transaction changes (`kept`)."""
    for statement in _NARROW.split(";\n"):
        db.conn.execute(statement)
    # a file that takes another's place is told from it
    db.conn.execute("UPDATE revision SET logged_since = number, origin = ?", (secrets.randbits(48),))
    entity_sets.fill(db.conn)
    word_sets.Keeper(db.conn).close()
    companions.Keeper(db.conn).renew()
    db.conn.execute("PRAGMA user_version = 9")
