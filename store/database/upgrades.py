"""What was added to the tables of `store.database.schema` since, as migrations."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache, partial

from sqlite_utils import Database

from store.database import companions, entity_sets, word_sets
from store.database.notes import Notes, begin
from store.database.schema import migrations
from store.database.stored import Named

__all__ = ["migrations"]


@migrations()
def version_7(db: Database) -> None:
    """A number that grows with every transaction, by which readers see that what they remember is of another state."""
    db.conn.execute("CREATE TABLE revision (number INTEGER NOT NULL)")
    db.conn.execute("INSERT INTO revision VALUES (1)")
    db.conn.execute("PRAGMA user_version = 7")


_SLIM = """
-- See `store.database.packing`. First, so that what it leaves free serves the others.
CREATE TABLE packed_texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    packed BLOB NOT NULL
);
INSERT INTO packed_texts SELECT article_id, packed(text) FROM texts ORDER BY 1;
DROP TABLE texts;
CREATE VIEW texts AS SELECT article_id, unpacked(packed) AS text FROM packed_texts;

CREATE TABLE block_rules (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    UNIQUE (kind, rule)
);
CREATE TABLE slim_blocks (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    rule_id INTEGER NOT NULL REFERENCES block_rules(id),
    PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
INSERT INTO block_rules(kind, rule) SELECT DISTINCT kind, rule FROM blocks ORDER BY 1, 2;
INSERT INTO slim_blocks SELECT b.article_id, b.start, b."end", r.id
    FROM blocks b JOIN block_rules r ON r.kind = b.kind AND r.rule = b.rule ORDER BY 1, 2;
DROP TABLE blocks;
ALTER TABLE slim_blocks RENAME TO blocks;

-- Who found something, by which rule and how sure (names), and why it is the name that it is taken for.
CREATE TABLE grounds (
    id INTEGER PRIMARY KEY,
    extractor_id INTEGER NOT NULL REFERENCES extractors(id),
    rule TEXT NOT NULL,
    score REAL,
    reason TEXT NOT NULL,
    UNIQUE (extractor_id, rule, score, reason)
);
INSERT INTO grounds(extractor_id, rule, score, reason)
    SELECT extractor_id, rule, score, reason FROM mentions UNION SELECT extractor_id, rule, NULL, '' FROM dates;

-- The form says whose name it is; `surface_id` is the one that the text has, where that is another.
CREATE TABLE slim_mentions (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    form_id INTEGER NOT NULL REFERENCES forms(id),
    ground_id INTEGER NOT NULL REFERENCES grounds(id),
    surface_id INTEGER REFERENCES forms(id),
    PRIMARY KEY (article_id, start, "end")
) WITHOUT ROWID;
INSERT INTO slim_mentions SELECT m.article_id, m.start, m."end", m.form_id, g.id, nullif(w.id, m.form_id)
    FROM mentions m LEFT JOIN forms w ON w.name_id = m.name_id AND w.form = m.text
    JOIN grounds g ON g.extractor_id = m.extractor_id AND g.rule = m.rule AND g.score = m.score AND g.reason = m.reason
    ORDER BY 1, 2, 3;
DROP TABLE mentions;
ALTER TABLE slim_mentions RENAME TO mentions;
CREATE INDEX mentions_of_form ON mentions(form_id);

-- The words of dates, and what they mean where and when they are said.
CREATE TABLE expressions (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);
CREATE TABLE meanings (
    id INTEGER PRIMARY KEY,
    value TEXT NOT NULL,
    type TEXT NOT NULL,
    mod TEXT,
    earliest TEXT,
    latest TEXT,
    precision TEXT NOT NULL,
    modality TEXT NOT NULL,
    bound TEXT
);
CREATE INDEX meanings_by_value ON meanings(value);
CREATE TABLE slim_dates (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    expression_id INTEGER NOT NULL REFERENCES expressions(id),
    meaning_id INTEGER NOT NULL REFERENCES meanings(id),
    ground_id INTEGER NOT NULL REFERENCES grounds(id),
    anchor TEXT,
    PRIMARY KEY (article_id, start, "end")
) WITHOUT ROWID;
INSERT INTO expressions(text) SELECT DISTINCT text FROM dates ORDER BY 1;
INSERT INTO meanings(value, type, mod, earliest, latest, precision, modality, bound)
    SELECT value, type, mod, earliest, latest, precision, modality, bound FROM dates
    UNION SELECT m.value, coalesce(d.type, 'DATE'), d.mod, m.earliest, m.latest, m.precision, m.modality, m.bound
    FROM event_mentions m LEFT JOIN dates d ON d.article_id = m.article_id AND d.start = m.date_start
    AND d."end" = m.date_end;
INSERT INTO slim_dates SELECT d.article_id, d.start, d."end", t.id, s.id, g.id, d.anchor
    FROM dates d JOIN expressions t ON t.text = d.text
    JOIN meanings s ON s.value = d.value AND s.type = d.type AND s.mod IS d.mod AND s.earliest IS d.earliest
    AND s.latest IS d.latest AND s.precision = d.precision AND s.modality = d.modality AND s.bound IS d.bound
    JOIN grounds g ON g.extractor_id = d.extractor_id AND g.rule = d.rule AND g.score IS NULL AND g.reason = ''
    ORDER BY 1, 2, 3;

-- What a dated sentence says is what its date means; `names` are those within the sentence where they are not stored.
-- `sentence` is what it is as a number, `apart` and `together` what people said (`store.database.event_decisions`).
CREATE TABLE stretches (
    id INTEGER PRIMARY KEY,
    earliest TEXT NOT NULL,
    latest TEXT NOT NULL,
    UNIQUE (earliest, latest)
);
CREATE TABLE slim_event_mentions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL REFERENCES events(id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    date_start INTEGER NOT NULL,
    date_end INTEGER NOT NULL,
    stretch_id INTEGER NOT NULL REFERENCES stretches(id),
    meaning_id INTEGER NOT NULL REFERENCES meanings(id),
    sentence INTEGER NOT NULL,
    apart INTEGER NOT NULL,
    together TEXT,
    names TEXT
);
-- From a name to what is told of it, in order of days (`store.database.moments.day_number`); the other way round the
-- names are those within the sentence. Without a reference to the mentions, which no index would serve.
CREATE TABLE slim_event_names (
    name_id INTEGER NOT NULL REFERENCES names(id),
    day INTEGER NOT NULL,
    event_mention_id INTEGER NOT NULL,
    PRIMARY KEY (name_id, day, event_mention_id)
) WITHOUT ROWID;
INSERT INTO stretches(earliest, latest) SELECT DISTINCT earliest, latest FROM event_mentions ORDER BY 1, 2;
INSERT INTO slim_event_mentions SELECT m.id, m.article_id, m.event_id, m.start, m."end", m.date_start, m.date_end,
    a.id, s.id, m.sentence, m.apart, m.together, other_names(m.article_id, m.start, m."end", m.names)
    FROM event_mentions m JOIN stretches a ON a.earliest = m.earliest AND a.latest = m.latest
    LEFT JOIN dates d ON d.article_id = m.article_id AND d.start = m.date_start AND d."end" = m.date_end
    JOIN meanings s ON s.value = m.value AND s.type = coalesce(d.type, 'DATE') AND s.mod IS d.mod
    AND s.earliest = m.earliest AND s.latest = m.latest AND s.precision = m.precision AND s.modality = m.modality
    AND s.bound IS m.bound ORDER BY m.id;
INSERT INTO slim_event_names SELECT name_id, CASE WHEN earliest GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
    THEN CAST(replace(earliest, '-', '') AS INTEGER) ELSE earliest END, event_mention_id FROM event_names;
DROP TABLE event_names;
DROP TABLE event_mentions;
ALTER TABLE slim_event_mentions RENAME TO event_mentions;
ALTER TABLE slim_event_names RENAME TO event_names;
CREATE INDEX event_mentions_of_article ON event_mentions(article_id, start);
CREATE INDEX event_mentions_of_event ON event_mentions(event_id, article_id);
CREATE INDEX event_mentions_in_time ON event_mentions(stretch_id);
CREATE INDEX event_mentions_together ON event_mentions(together) WHERE together IS NOT NULL;
DROP TABLE dates;
ALTER TABLE slim_dates RENAME TO dates;

-- A form is found under its stem, which follows from it: no second index is needed.
CREATE TABLE slim_word_forms (
    form TEXT NOT NULL,
    stem TEXT NOT NULL,
    PRIMARY KEY (stem, form)
) WITHOUT ROWID;
INSERT INTO slim_word_forms SELECT form, stem FROM word_forms ORDER BY 2, 1;
DROP TABLE word_forms;
ALTER TABLE slim_word_forms RENAME TO word_forms;

-- How documents were read and cleaned; of the others see `store.database.documents`. `added` are seconds since 1970,
-- `by_others` says whether its date was found by way of other articles.
CREATE TABLE origins (
    id INTEGER PRIMARY KEY,
    reader TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    encoding TEXT,
    published_basis TEXT NOT NULL,
    clean_title_basis TEXT,
    outlet_reason TEXT NOT NULL
);
CREATE TABLE slim_documents (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    digest BLOB NOT NULL UNIQUE,
    origin_id INTEGER NOT NULL REFERENCES origins(id),
    added INTEGER NOT NULL,
    recogniser TEXT NOT NULL,
    by_others INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    same INTEGER NOT NULL,
    id TEXT,
    url TEXT,
    clean_title_start INTEGER,
    clean_title_end INTEGER,
    title TEXT,
    clean_title TEXT,
    outlet TEXT,
    clean_outlet TEXT,
    published TEXT,
    found_published TEXT,
    found_basis TEXT,
    found_reason TEXT,
    keywords TEXT
);
INSERT INTO origins(reader, reader_version, encoding, published_basis, clean_title_basis, outlet_reason)
    SELECT DISTINCT reader, reader_version, encoding, published_basis, clean_title_basis, outlet_reason FROM documents
    ORDER BY 1, 2, 3, 4, 5, 6;
INSERT INTO slim_documents SELECT d.article_id, d.digest, g.id, coalesce(CAST(strftime('%s', d.added) AS INTEGER), 0),
    d.recogniser, d.by_others, d.replaced, (d.title IS a.title) | ((d.clean_title IS a.title) << 1)
    | ((d.outlet IS o.name) << 2) | ((d.clean_outlet IS o.name) << 3) | ((d.published IS a.published) << 4)
    | ((d.found_published IS a.published) << 5) | ((d.found_basis = a.basis) << 6) | ((d.found_reason = a.reason) << 7),
    d.id, d.url, d.clean_title_start, d.clean_title_end, nullif(d.title, a.title), nullif(d.clean_title, a.title),
    nullif(d.outlet, o.name), nullif(d.clean_outlet, o.name), nullif(d.published, a.published),
    nullif(d.found_published, a.published), nullif(d.found_basis, a.basis), nullif(d.found_reason, a.reason),
    nullif(d.keywords, '[]') FROM documents d JOIN articles a ON a.id = d.article_id
    LEFT JOIN outlets o ON o.id = a.outlet_id JOIN origins g ON g.reader = d.reader
    AND g.reader_version = d.reader_version AND g.encoding IS d.encoding AND g.published_basis = d.published_basis
    AND g.clean_title_basis IS d.clean_title_basis AND g.outlet_reason = d.outlet_reason ORDER BY 1;
DROP TABLE documents;
ALTER TABLE slim_documents RENAME TO documents;
"""


@migrations()
def version_8(db: Database) -> None:
    """What many rows say alike is kept once, and what follows from other rows is not kept at all."""
    names_of = lru_cache(1)(partial(_named, db.conn))

    def other_names(article_id: int, start: int, end: int, stored: str) -> str | None:
        """The stored names of a dated sentence, where they do not follow from those of its article."""
        return stored if tuple(json.loads(stored)) != names_of(article_id).within(start, end) else None

    db.conn.create_function("other_names", 4, other_names)
    for statement in _SLIM.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 8")


def _named(connection: sqlite3.Connection, article_id: int) -> Named:
    return Named(
        connection.execute(
            'SELECT m.start, m."end", f.form FROM mentions m JOIN forms f ON f.id = m.form_id WHERE m.article_id = ?',
            (article_id,),
        )
    )


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
CREATE TABLE revisions (number INTEGER PRIMARY KEY, stamp INTEGER NOT NULL);
INSERT INTO revisions SELECT number, 0 FROM revision;
DROP TABLE revision;
CREATE TABLE last_article (id INTEGER NOT NULL);
INSERT INTO last_article SELECT coalesce(max(id), 0) FROM articles;
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
    begin(db.conn)
    entity_sets.fill(db.conn)
    word_sets.Keeper(db.conn).close()
    companions.Keeper(db.conn, Notes(db.conn)).renew()
    db.conn.execute("PRAGMA user_version = 9")
