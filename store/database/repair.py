"""What a corpus has besides texts, spans and edits, derived again from them: for one that `verify` finds faults in."""

from __future__ import annotations

import sqlite3

from store.answers import Article
from store.database import documents, entity_sets, sayings, statements
from store.database.checking import COUNTERS, NO_MEANING, NOT_TOLD, RECOUNTS, span_faults
from store.database.checking_derived import NO_SIGNATURE
from store.database.events import bucket
from store.database.files import sentences
from store.database.indexing import indexed, stored_blocks
from store.database.known_names import KnownNames
from store.database.lookup import word_list
from store.database.moments import day_number, moment
from store.database.naming import known_by
from store.database.refinement import Refining
from store.database.repeated import Repeated
from store.database.sources import sources
from store.database.stored import NAMED
from store.database.word_forms import Keeper, fill
from store.errors import CorpusError
from store.models import Document
from store.resolve.events import with_mentions

# Rows that say something of what is not there any more, or of no place.
_LOST = (
    *(
        f"DELETE FROM {table} WHERE " + " OR ".join(f"typeof({place}) <> 'integer'" for place in places)
        for table, places in {
            "mentions": ("start", '"end"'),
            "dates": ("start", '"end"'),
            "blocks": ("start", '"end"'),
            "sentences": ("start", '"end"'),
            "event_mentions": ("start", '"end"', "date_start", "date_end"),
        }.items()
    ),
    "DELETE FROM mentions WHERE form_id NOT IN (SELECT id FROM forms)",
    "DELETE FROM mentions WHERE article_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM dates WHERE article_id NOT IN (SELECT id FROM articles)",
    "DELETE FROM event_mentions WHERE article_id NOT IN (SELECT id FROM articles)",
    f"DELETE FROM event_mentions AS m WHERE {NO_MEANING}",
    "UPDATE event_mentions SET names = NULL WHERE names IS NOT NULL AND NOT json_valid(names)",
    "DELETE FROM waiting WHERE article_id NOT IN (SELECT article_id FROM documents WHERE recogniser = 'fast')",
)


class Repairing(Refining):
    """The writer's side of it, and what is to be analysed again for it. All raise CorpusError when the file fails."""

    _repeated: Repeated
    _sets: entity_sets.Keeper
    _names: KnownNames
    _forms: Keeper

    def article(self, article_id: int) -> Article:
        """A stored article with its spans, and what people say of its lines."""
        raise NotImplementedError

    def damaged(self) -> list[int]:
        """Articles whose spans are not those of their text: to be analysed again."""
        with sentences(self.path):
            found = [article_id for article_id, _ in span_faults(self._connection)]
            return list(dict.fromkeys(found))

    def tells_less(self) -> bool:
        """Whether dated sentences may be missing: events count more of them, or some hang on nothing."""
        counts = "SELECT (SELECT total(sentences) FROM events) > (SELECT count(*) FROM event_mentions)"
        with sentences(self.path):
            fewer = self._connection.execute(f"{counts} OR EXISTS ({NOT_TOLD})").fetchone()[0]
            return bool(fewer)

    def untold(self) -> list[int]:
        """Articles of which dated sentences are missing, or too many: to be analysed again."""
        with sentences(self.path):
            ids = self._connection.execute("SELECT DISTINCT article_id FROM dates ORDER BY 1").fetchall()
            return [article_id for (article_id,) in ids if not self._all_told(article_id)]

    def _all_told(self, article_id: int) -> bool:
        article = self.article(article_id)
        told = with_mentions(article, [one.mention for one in article.mentions], article.recogniser).events
        places = [(one.start, one.end, one.date_start, one.date_end) for _, one in article.events]
        return sorted(places) == sorted((one.start, one.end, one.date_start, one.date_end) for one in told)

    def document(self, article_id: int) -> Document:
        """The document of an article, whatever else of it is damaged. Raises CorpusError when its text is gone."""
        with sentences(self.path):
            try:
                return self._labelled(documents.read(self._connection, article_id)[0])
            except (TypeError, ValueError, KeyError) as error:
                raise CorpusError(f"article {article_id} is lost ({error})", str(self.path)) from error

    def derive(self) -> None:
        """Makes anew what follows from texts, spans and edits, in one transaction."""
        with self.transaction():
            derive(self._connection)
            for each in (
                self._repeated,
                self._joiner,
                self._sets,
                self._names,
                self._linker,
                self._forms,
                self._notes,
                self._stories,
            ):
                each.forget()
            self._joiner.mend()
            names = [int(row[0]) for row in self._connection.execute("SELECT id FROM names WHERE mentions > 0")]
            self._linker.relink(names, self.decisions(), names)


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
    execute("UPDATE event_mentions SET sketch = NULL")  # put down when it is next read
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
