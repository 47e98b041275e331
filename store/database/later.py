"""What was added to the tables of `store.database.upgrades` since, as migrations."""

from __future__ import annotations

from sqlite_utils import Database

from store.database import annotation, entity_sets, log, naming, refusals, sayings, searches, statements, watched
from store.database.repeated import Repeated
from store.database.upgrades import migrations

__all__ = ["migrations"]

_COPIES = """
-- What is kept of bodies to find copies (`store.resolve.copies`); empty where they are too short.
CREATE TABLE signatures (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    signature BLOB NOT NULL
);
-- Articles that are still to be compared with the others.
CREATE TABLE unplaced (article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE);
INSERT INTO unplaced SELECT id FROM articles;
-- Pairs that are copies, each pair both ways round.
CREATE TABLE copy_pairs (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
-- The articles of stories that are told more than once (`store.database.stories`); place 0 is the newest.
CREATE TABLE copies (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id),
    story INTEGER NOT NULL,
    place INTEGER NOT NULL
);
CREATE INDEX copies_of_story ON copies(story, place);
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL
)
"""


@migrations()
def version_11(db: Database) -> None:
    """What sources say of documents, and what language their articles are in."""
    for statement in sayings.TABLES.split(";\n"):
        db.conn.execute(statement)
    sayings.fill(db.conn, Repeated(db.conn))
    db.conn.execute("PRAGMA user_version = 11")


@migrations()
def version_12(db: Database) -> None:
    """Which articles are copies of one story. Those that are there already are compared by `Writer.place_copies`."""
    for statement in _COPIES.split(";\n"):
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 12")


@migrations()
def version_13(db: Database) -> None:
    """What `khabar watch` knows of files."""
    db.conn.execute(watched.TABLE)
    db.conn.execute("PRAGMA user_version = 13")


@migrations()
def version_14(db: Database) -> None:
    """What could not be read."""
    db.conn.execute(refusals.TABLE)
    db.conn.execute("PRAGMA user_version = 14")


@migrations()
def version_15(db: Database) -> None:
    """Who said what in the log, what was said together, and what may be said again; how often articles say each name,
    whichever entity it is."""
    log.begin(db.conn)
    for statement in entity_sets.TABLE.split(";\n"):
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 15")


@migrations()
def version_16(db: Database) -> None:
    """Bookmarks, tags and notes of articles, sentences, entities and events; searches under a name."""
    for statement in (*annotation.TABLE.split(";\n"), searches.TABLE):
        db.conn.execute(statement)
    annotation.fill(db.conn)
    db.conn.execute("PRAGMA user_version = 16")


@migrations()
def version_17(db: Database) -> None:
    """What is said in articles; in those that are there already it is looked for by and by (`Writer.hear`)."""
    for statement in statements.TABLES.split(";\n"):
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 17")


@migrations()
def version_18(db: Database) -> None:
    """When what was undone was given back, and by whom: which of two corpora has the last word of it. What is said in
    articles in a third of the room."""
    for statement in log.GIVEN_BACK.split(";\n"):
        db.conn.execute(statement)
    statements.shorten(db.conn)
    db.conn.execute("PRAGMA user_version = 18")


@migrations()
def version_19(db: Database) -> None:
    """What persons' names are short for is found by the sound that decides it, not by one that far more names share. A
    few bytes of what is compared of an event mention (`store.resolve.sketches`), put down when it is next read."""
    naming.reshape(db.conn)
    db.conn.execute("ALTER TABLE event_mentions ADD COLUMN sketch BLOB")
    db.conn.execute("PRAGMA user_version = 19")
