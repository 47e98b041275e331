"""The corpus checks itself: the file, the spans, everything that is counted twice, and what is derived from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from store.database import annotation, sayings, searches, statements
from store.database.checking_derived import (
    companion_faults,
    copy_faults,
    form_faults,
    index_faults,
    set_faults,
    sketch_faults,
    sound_faults,
    word_faults,
)
from store.database.events import bucket, says
from store.database.files import UNREADABLE, connect_to_read
from store.database.lookup import word_list
from store.database.moments import day_number, moment
from store.database.naming import words_of
from store.database.sources import sentence_code, sources
from store.database.stored import NAMED, SURFACE

_OTHERS = ("sqlite_", "_sqlite_", "article_words")
"""Tables of SQLite, of its libraries and of its index of words: they are checked by these."""
_PACKED = ("spoken", "said")
"""A column that was of text, and still says so in corpora of that time: what is in it is packed now."""

MOST = 20
"""How many faults of one kind are told; what is broken is mostly broken often."""


def verify(path: str | Path) -> Iterator[str]:
    """Every fault of the corpus as one sentence. Raises CorpusError when the file cannot be opened as a corpus."""
    connection = connect_to_read(Path(path))
    try:
        connection.execute("BEGIN")  # one state of the corpus, whoever writes meanwhile
        for check in (
            _file,
            _kinds,
            _spans,
            _counts,
            set_faults,
            sketch_faults,
            _dates,
            sound_faults,
            _known,
            index_faults,
            form_faults,
            word_faults,
            companion_faults,
            copy_faults,
            sayings.faults,
            annotation.faults,
            searches.faults,
            statements.faults,
        ):
            faults = 0
            for fault in _told(check, connection):
                faults += 1
                if faults <= MOST:
                    yield fault
            if faults > MOST:
                yield f"… and {faults - MOST} more of this kind"
    except sqlite3.DatabaseError as error:
        yield f"the file is damaged: {error}"
    finally:
        connection.close()


def _told(check: Callable[[sqlite3.Connection], Iterable[str]], connection: sqlite3.Connection) -> Iterator[str]:
    """The faults that a check finds, and that it could not go on where a row holds what nobody writes there."""
    try:
        yield from check(connection)
    except UNREADABLE as error:
        said = f"{type(error).__name__}: {error}"
        yield f"the file is damaged: {said}"


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (fault,) in connection.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield f"the file is damaged: {fault}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points to a row of {parent} that is not there"


def _kinds(connection: sqlite3.Connection) -> Iterator[str]:
    """Values that are not of the kind their column holds: SQLite takes any, and tells of those in columns of numbers
    alone."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
    for (table,) in tables.fetchall():
        if table.startswith(_OTHERS):
            continue
        columns = connection.execute("SELECT name, lower(type) FROM pragma_table_info(?)", (table,)).fetchall()
        kinds = {name: kind for name, kind in columns if kind in ("text", "blob")}
        if not kinds:
            continue
        there = ", ".join(f'typeof("{name}")' for name in kinds)
        wrong = set()
        for found in connection.execute(f'SELECT DISTINCT {there} FROM "{table}"'):
            wrong |= {
                (one, name)
                for one, name in zip(found, kinds, strict=True)
                if one not in (kinds[name], "null") and not (one == "blob" and (table, name) == _PACKED)
            }
        for kind, name in sorted(wrong):
            said = ": ".join((".".join((table, name)), kind.upper()))
            yield f"the file is damaged: {said}"


COUNTERS = {"last_article": "articles", "last_event": "events"}
"""Tables of one row with the last number given, and of what."""
NO_MEANING = (
    "NOT EXISTS (SELECT 1 FROM meanings s JOIN stretches r ON r.earliest = s.earliest AND r.latest = s.latest"
    " WHERE s.id = m.meaning_id AND r.id = m.stretch_id)"
)
"""Event mentions (m) that mean no days, or others than they are found by."""
NOT_TOLD = (
    "SELECT m.article_id, m.start FROM event_mentions m LEFT JOIN dates d ON d.article_id = m.article_id"
    ' AND d.start = m.date_start AND d."end" = m.date_end WHERE m.article_id IN (SELECT id FROM articles)'
    f" AND (d.start IS NULL OR (m.names IS NOT NULL AND NOT json_valid(m.names)) OR {NO_MEANING})"
    " UNION ALL SELECT article_id, start FROM mentions WHERE form_id NOT IN (SELECT id FROM forms)"
    " AND article_id IN (SELECT id FROM articles)"
)
"""Article and place of dated sentences that hang on nothing, and of mentions of no name."""

_SURFACES = {
    "mentions": f'SELECT m.start, m."end", w.form FROM mentions m JOIN forms w ON w.id = {SURFACE}',
    "dates": 'SELECT m.start, m."end", t.text FROM dates m JOIN expressions t ON t.id = m.expression_id',
}


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    for article_id, fault in span_faults(connection):
        yield f"article {article_id}: {fault}"


def span_faults(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Where a stored surface is not what the text says there, or another span leaves the text: article and fault."""
    for article_id, text in connection.execute("SELECT article_id, text FROM texts ORDER BY article_id"):
        for table, query in _SURFACES.items():
            rows = connection.execute(f"{query} WHERE m.article_id = ?", (article_id,))
            for start, end, surface in rows:
                if not _lies_in(text, start, end) or text[start:end] != surface:
                    there = text[start:end] if _lies_in(text, start, end) else ""
                    yield article_id, f"{table} say {surface!r} at {start}-{end}, the text {there!r}"
        rows = connection.execute(
            'SELECT start, "end", sentence FROM event_mentions WHERE article_id = ?', (article_id,)
        )
        for start, end, code in rows:
            if not _lies_in(text, start, end) or sentence_code(text[start:end]) != code:
                yield article_id, f"event_mentions at {start}-{end} are of another sentence"
        for table in ("blocks", "sentences", "event_mentions"):
            before = 0
            rows = connection.execute(
                f'SELECT DISTINCT start, "end" FROM {table} WHERE article_id = ? ORDER BY start', (article_id,)
            )
            for start, end in rows:
                if not _lies_in(text, start, end) or start < before:
                    yield article_id, f"{table} at {start}-{end} overlap or leave the text"
                else:
                    before = end
    for article_id, at in connection.execute(NOT_TOLD):
        yield article_id, f"event_mentions at {at} say what no date of the article does"


def _lies_in(text: str, start: object, end: object) -> bool:
    """Whether these are offsets of a part of it: a damaged row may hold anything."""
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)


# What articles say of entities, of copies of one story only the newest that names it.
_TOLD = (
    "FROM article_entities x LEFT JOIN copies c ON c.article_id = x.article_id WHERE c.story IS NULL OR NOT EXISTS"
    " (SELECT 1 FROM copies n CROSS JOIN article_names y ON y.article_id = n.article_id"
    " CROSS JOIN names z ON z.id = y.name_id AND z.root = x.entity_id WHERE n.story = c.story AND n.place < c.place)"
)
# What is counted, the table and column that hold the number, and a query for it: (id, number), none for 0.
RECOUNTS = (
    (
        "mentions of name", "names", "mentions",
        "SELECT f.name_id, count(*) FROM mentions m JOIN forms f ON f.id = m.form_id GROUP BY 1",
    ),
    ("mentions shown as form", "forms", "displayed", "SELECT form_id, count(*) FROM mentions GROUP BY 1"),
    ("mentions written as form", "forms", "surfaces", f"SELECT {SURFACE}, count(*) FROM mentions m GROUP BY 1"),
    ("articles of entity", "entities", "articles", f"SELECT entity_id, count(*) {_TOLD} GROUP BY 1"),
    ("mentions of entity", "entities", "mentions", f"SELECT entity_id, sum(mentions) {_TOLD} GROUP BY 1"),
    ("articles of outlet", "outlets", "articles", "SELECT outlet_id, count(*) FROM articles GROUP BY 1"),
    ("sentences of event", "events", "sentences", "SELECT event_id, count(*) FROM event_mentions GROUP BY 1"),
)  # fmt: skip


def _counts(connection: sqlite3.Connection) -> Iterator[str]:
    for what, table, column, query in RECOUNTS:
        rows = connection.execute(
            f"WITH counted(id, number) AS ({query}) SELECT t.id, t.{column}, coalesce(c.number, 0)"
            f" FROM {table} t LEFT JOIN counted c ON c.id = t.id WHERE t.{column} <> coalesce(c.number, 0)"
        )
        for number, stored, counted in rows:
            yield f"{what} {number}: {stored} are stored, {counted} are there"
    for (event,) in connection.execute("SELECT id FROM events WHERE sentences = 0"):
        yield f"event {event} is told by no sentence"
    rows = connection.execute(
        "SELECT a, sum(stored), sum(counted) FROM ("
        "SELECT article_id AS a, entity_id AS e, mentions AS stored, 0 AS counted FROM article_entities UNION ALL"
        " SELECT m.article_id, n.root, 0, 1 FROM mentions m JOIN forms f ON f.id = m.form_id"
        " JOIN names n ON n.id = f.name_id"
        ") GROUP BY a, e HAVING sum(stored) <> sum(counted)"
    )
    for number, stored, counted in rows:
        yield f"mentions of an entity in article {number}: {stored} are stored, {counted} are there"
    rows = connection.execute(
        "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM documents)"
        " OR id NOT IN (SELECT article_id FROM texts)"
    )
    for (number,) in rows:
        yield f"article {number} has lost its text or what is known of its source"
    rows = connection.execute(
        "SELECT article_id FROM waiting JOIN documents USING (article_id) WHERE recogniser <> 'fast'"
    )
    for (number,) in rows:
        yield f"article {number} waits for the accurate pass, which has been there"
    rows = connection.execute(
        "SELECT n.id, n.root FROM names n LEFT JOIN names r ON r.id = n.root WHERE r.root IS NOT n.root"
    )
    for name_id, root in rows:
        yield f"name {name_id} belongs to {root}, which is no entity of its own"


def _known(connection: sqlite3.Connection) -> Iterator[str]:
    """Names are known by the words of their forms, entities by their names; numbers are given once."""
    held = set(connection.execute("SELECT word, name_id FROM name_words"))
    expected: set[tuple[str, int]] = set()
    for form_id, name_id, form, folded in connection.execute("SELECT id, name_id, form, folded FROM forms"):
        words = word_list(form)
        expected |= words_of(name_id, words)
        if folded != " ".join(words):
            yield f"form {form_id} is kept as {folded!r}, which is not how {form!r} is looked for"
    for word, name_id in sorted(expected - held):
        yield f"the name {name_id} is not found by its word {word}"
    for word, name_id in sorted(held - expected):
        yield f"the word {word} leads to the name {name_id}, which does not have it"
    for (name_id,) in connection.execute(
        "SELECT id FROM names WHERE root = id AND id NOT IN (SELECT id FROM entities)"
    ):
        yield f"name {name_id} has no entity"
    for table, of in COUNTERS.items():
        rows = connection.execute(f"SELECT id FROM {table} WHERE id >= (SELECT coalesce(max(id), 0) FROM {of})")
        if len(rows.fetchall()) != 1:
            yield f"{table} does not hold the last number of {of}"


_TOLD_OF = (
    "SELECT f.name_id, day_number(d.earliest), m.id FROM event_mentions m JOIN stretches d ON d.id = m.stretch_id"
    f" {NAMED}"
)


def _dates(connection: sqlite3.Connection) -> Iterator[str]:
    """What articles and events are ordered by agrees with what they say."""
    for article_id, stored, published in connection.execute("SELECT id, moment, published FROM articles"):
        if stored != moment(published):
            yield f"article {article_id} is not sorted by its date {published}"
    connection.create_function("day_number", 1, day_number, deterministic=True)
    there, held = _TOLD_OF, "SELECT name_id, day, event_mention_id FROM event_names"
    for name_id, day, mention_id in connection.execute(f"{there} EXCEPT {held}"):
        yield f"dated sentence {mention_id} is not found by its name {name_id} under {day}"
    for name_id, day, mention_id in connection.execute(f"{held} EXCEPT {there}"):
        yield f"the name {name_id} leads under {day} to dated sentence {mention_id}, which does not have it"
    for event, outlets in connection.execute("SELECT id, outlets FROM events"):
        if outlets != (counted := sources(connection, event)):
            yield f"outlets of event {event}: {outlets} are stored, {counted} are there"
    for event, earliest, latest, stored in connection.execute("SELECT id, earliest, latest, bucket FROM events"):
        if stored != bucket(earliest, latest):
            yield f"event {event} is counted under {stored}"
    yield from sketch_faults(connection)
    told = f"SELECT id FROM events WHERE id IN (SELECT event_id FROM event_mentions m WHERE NOT {NO_MEANING})"
    for (event,) in connection.execute(told):
        if not says(connection, event):
            yield f"event {event} does not say what its sentences do"
