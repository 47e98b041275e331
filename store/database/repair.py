"""What a corpus has besides texts, spans and edits, derived again from them: for one that `verify` finds faults in."""

from __future__ import annotations

import sqlite3

from store.database import entity_sets, sayings, statements
from store.database.checking import COUNTERS, NO_MEANING, RECOUNTS
from store.database.checking_derived import NO_SIGNATURE
from store.database.events import bucket
from store.database.indexing import indexed, stored_blocks
from store.database.lookup import word_list
from store.database.moments import day_number, moment
from store.database.naming import known_by
from store.database.sources import sources
from store.database.stored import NAMED
from store.database.word_forms import fill

# Rows that say something of what is not there any more.
_LOST = (
    "DELETE FROM mentions WHERE form_id NOT IN (SELECT id FROM forms)",
    "DELETE FROM mentions WHERE article_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM dates WHERE article_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM event_mentions WHERE article_id NOT IN (SELECT id FROM articles)",
    f"DELETE FROM event_mentions AS m WHERE {NO_MEANING}",
    "UPDATE event_mentions SET names = NULL WHERE names IS NOT NULL AND NOT json_valid(names)",
    "DELETE FROM waiting WHERE article_id NOT IN (SELECT article_id FROM documents WHERE recogniser = 'fast')",
)


def derive(connection: sqlite3.Connection) -> None:
    """Makes all of it anew, within a transaction; copies are to be put together again afterwards."""
    for steps in (_lost, _stories, _index, _names, _events, _articles):
        steps(connection)
    # whatever readers remember is of another corpus
    for table in ("revisions", "changes"):
        connection.execute(f"DELETE FROM {table}")


def _lost(connection: sqlite3.Connection) -> None:
    for statement in _LOST:
        connection.execute(statement)
    for table, of in COUNTERS.items():
        if connection.execute(f"SELECT 1 FROM {table}").fetchone() is None:
            connection.execute(f"INSERT INTO {table} VALUES (0)")
        connection.execute(f"UPDATE {table} SET id = max(id, (SELECT coalesce(max(id), 0) FROM {of}))")


def _stories(connection: sqlite3.Connection) -> None:
    for table in ("copies", "stories", "copy_pairs"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute(f"DELETE FROM signatures WHERE {NO_SIGNATURE}")  # one is made when it is compared
    connection.execute("INSERT OR IGNORE INTO unplaced SELECT id FROM articles")


def _index(connection: sqlite3.Connection) -> None:
    execute = connection.execute
    # Made anew, as nothing can be done with one whose own tables are damaged; without these two rows (that there are
    # no segments, and no averages) it cannot even be removed.
    (table,) = execute("SELECT sql FROM sqlite_schema WHERE name = 'article_words'").fetchone()
    execute("DELETE FROM article_words_data")
    execute("INSERT INTO article_words_data VALUES (10, x'00000000000000'), (1, x'')")
    execute("DROP TABLE article_words")
    execute(table)
    rows = execute("SELECT a.id, a.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id ORDER BY a.id")
    for article_id, title, text in rows:
        words = indexed(text, title, stored_blocks(connection, article_id))
        execute("INSERT INTO article_words(rowid, title, body) VALUES (?, ?, ?)", (article_id, *words))
    fill(connection)
    for table in ("word_sets", "closed_blocks", "companions", "sounds", "name_words"):
        execute(f"DELETE FROM {table}")
    for form_id, name_id, form in execute("SELECT id, name_id, form FROM forms").fetchall():
        folded = word_list(form)
        execute("UPDATE forms SET folded = ? WHERE id = ?", (" ".join(folded), form_id))
        known_by(connection, name_id, folded)


def _names(connection: sqlite3.Connection) -> None:
    execute = connection.execute
    execute("UPDATE names SET root = id WHERE root NOT IN (SELECT id FROM names WHERE root = id)")
    execute(
        "INSERT OR IGNORE INTO entities(id, name, type, linked, hidden, articles, mentions)"
        " SELECT id, plain, type, linked, 0, 0, 0 FROM names"
    )
    execute("DELETE FROM article_names")
    execute(
        "INSERT INTO article_names SELECT m.article_id, f.name_id, count(*) FROM mentions m"
        " JOIN forms f ON f.id = m.form_id GROUP BY 1, 2"
    )
    entity_sets.fill(connection)
    _recount(connection, "names", "forms", "entities")


def _events(connection: sqlite3.Connection) -> None:
    execute = connection.execute
    connection.create_function("day_number", 1, day_number, deterministic=True)
    execute("DELETE FROM event_names")
    execute(
        "INSERT OR IGNORE INTO event_names SELECT f.name_id, day_number(d.earliest), m.id FROM event_mentions m"
        f" JOIN stretches d ON d.id = m.stretch_id {NAMED}"
    )
    execute("DELETE FROM events WHERE id NOT IN (SELECT event_id FROM event_mentions)")
    _recount(connection, "events")
    for event, earliest, latest in execute("SELECT id, earliest, latest FROM events").fetchall():
        values = (sources(connection, event), bucket(earliest, latest), event)
        execute("UPDATE events SET outlets = ?, bucket = ? WHERE id = ?", values)


def _articles(connection: sqlite3.Connection) -> None:
    for article_id, published in connection.execute("SELECT id, published FROM articles").fetchall():
        connection.execute("UPDATE articles SET moment = ? WHERE id = ?", (moment(published), article_id))
    _recount(connection, "outlets")
    sayings.lead(connection)
    statements.lead(connection)


def _recount(connection: sqlite3.Connection, *tables: str) -> None:
    for _, table, column, query in RECOUNTS:
        if table in tables:
            connection.execute(
                f"WITH counted(id, number) AS ({query}) UPDATE {table} SET {column} ="
                f" coalesce((SELECT number FROM counted c WHERE c.id = {table}.id), 0)"
            )
