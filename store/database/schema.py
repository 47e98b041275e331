"""The tables, as migrations that run when a corpus is opened for writing. Days are `YYYY-MM-DD`, moments as in
`store.database.moments`, offsets code points of the article's text, end exclusive."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from store.database.sounds import listen
from store.database.sources import sentence_code, sources
from store.database.word_forms import fill

migrations = Migrations("khabar")

# The words of an article, folded and with one space between them (`store.text.query.index_words`), so that the
# plain "ascii" tokeniser, for which every character beyond ASCII is part of a word, splits them as khabar does.
# Contentless: the text stands in `texts` already, and its marks are found in Python.
_SEARCH = """
CREATE VIRTUAL TABLE article_words USING fts5(title, body, content='', tokenize="ascii tokenchars '_'")
"""

_TABLES = """
CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL
);

-- Narrow, because lists read it; everything else said of an article stands in `documents` and `texts`.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    moment INTEGER NOT NULL,
    outlet_id INTEGER REFERENCES outlets(id),
    title TEXT NOT NULL,
    path TEXT NOT NULL,
    published TEXT,
    basis TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX articles_newest ON articles(moment, id);
CREATE INDEX articles_of_outlet ON articles(outlet_id, moment, id);

CREATE TABLE documents (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    digest BLOB NOT NULL UNIQUE,
    id TEXT,
    title TEXT,
    published TEXT,
    published_basis TEXT NOT NULL,
    outlet TEXT,
    url TEXT,
    replaced INTEGER NOT NULL,
    reader TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    encoding TEXT,
    clean_title TEXT,
    clean_title_start INTEGER,
    clean_title_end INTEGER,
    clean_title_basis TEXT,
    clean_outlet TEXT,
    outlet_reason TEXT NOT NULL,
    keywords TEXT NOT NULL,
    -- what was found, kept beside `articles`, where a person's date stands
    found_published TEXT,
    found_basis TEXT NOT NULL,
    found_reason TEXT NOT NULL,
    -- whether its date was found by way of other articles
    by_others INTEGER NOT NULL,
    added TEXT NOT NULL
);
CREATE TABLE texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE TABLE blocks (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
CREATE TABLE sentences (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
CREATE TABLE extractors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (name, version)
);

-- A name as texts give it. `root` is the name whose entity it belongs to, itself or the one it was linked to.
-- `seeks` and `offers` are equal where a name may be short for another (`store.database.naming.Shape`).
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    plain TEXT NOT NULL,
    linked TEXT,
    parts INTEGER NOT NULL,
    first TEXT,
    seeks TEXT,
    offers TEXT,
    root INTEGER NOT NULL,
    reason TEXT NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE INDEX names_of_root ON names(root);
CREATE INDEX names_by_plain ON names(plain, type);
CREATE INDEX names_by_linked ON names(linked, type) WHERE linked IS NOT NULL;
CREATE INDEX names_that_seek ON names(seeks, type, parts) WHERE seeks IS NOT NULL;
CREATE INDEX names_that_offer ON names(offers, type, first) WHERE offers IS NOT NULL;
CREATE INDEX names_by_first ON names(first, type) WHERE first IS NOT NULL;
CREATE TABLE forms (
    id INTEGER PRIMARY KEY,
    name_id INTEGER NOT NULL REFERENCES names(id) ON DELETE CASCADE,
    form TEXT NOT NULL,
    folded TEXT NOT NULL,
    displayed INTEGER NOT NULL,
    surfaces INTEGER NOT NULL,
    UNIQUE (name_id, form)
);
CREATE INDEX forms_by_folded ON forms(folded);
CREATE TABLE name_words (
    word TEXT NOT NULL,
    name_id INTEGER NOT NULL REFERENCES names(id) ON DELETE CASCADE,
    PRIMARY KEY (word, name_id)
) WITHOUT ROWID;

-- One row for every root: what is shown as an entity. Counts are those of all names that belong to it.
CREATE TABLE entities (
    id INTEGER PRIMARY KEY REFERENCES names(id),
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    linked TEXT,
    hidden INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE INDEX entities_by_name ON entities(name);
CREATE INDEX entities_ranked ON entities(type, articles DESC, mentions DESC, id) WHERE articles > 0 AND NOT hidden;

CREATE TABLE mentions (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    name_id INTEGER NOT NULL REFERENCES names(id),
    form_id INTEGER NOT NULL REFERENCES forms(id),
    score REAL NOT NULL,
    extractor_id INTEGER NOT NULL REFERENCES extractors(id),
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (article_id, start, "end")
) WITHOUT ROWID;
CREATE INDEX mentions_of_name ON mentions(name_id, article_id);
CREATE TABLE article_entities (
    entity_id INTEGER NOT NULL REFERENCES entities(id),
    moment INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (entity_id, moment, article_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX entities_of_article ON article_entities(article_id, entity_id, mentions);

CREATE TABLE dates (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    mod TEXT,
    earliest TEXT,
    latest TEXT,
    precision TEXT NOT NULL,
    modality TEXT NOT NULL,
    anchor TEXT,
    rule TEXT NOT NULL,
    extractor_id INTEGER NOT NULL REFERENCES extractors(id),
    PRIMARY KEY (article_id, start, "end")
) WITHOUT ROWID;

-- `bucket` is the finest of day, month and year that the whole event lies in.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    value TEXT NOT NULL,
    earliest TEXT NOT NULL,
    latest TEXT NOT NULL,
    precision TEXT NOT NULL,
    modality TEXT NOT NULL,
    bucket TEXT NOT NULL,
    sentences INTEGER NOT NULL
);
CREATE INDEX events_in_time ON events(earliest, latest, id);
CREATE INDEX events_by_bucket ON events(bucket);
CREATE TABLE event_mentions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL REFERENCES events(id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    value TEXT NOT NULL,
    earliest TEXT NOT NULL,
    latest TEXT NOT NULL,
    precision TEXT NOT NULL,
    modality TEXT NOT NULL,
    names TEXT NOT NULL,
    date_start INTEGER NOT NULL,
    date_end INTEGER NOT NULL
);
CREATE INDEX event_mentions_of_article ON event_mentions(article_id, start);
CREATE INDEX event_mentions_of_event ON event_mentions(event_id, article_id);
CREATE INDEX event_mentions_in_time ON event_mentions(earliest, latest);
CREATE TABLE event_names (
    name_id INTEGER NOT NULL REFERENCES names(id),
    earliest TEXT NOT NULL,
    event_mention_id INTEGER NOT NULL REFERENCES event_mentions(id) ON DELETE CASCADE,
    PRIMARY KEY (name_id, earliest, event_mention_id)
) WITHOUT ROWID;
CREATE INDEX names_of_event ON event_names(event_mention_id, name_id);

-- What people decided, as said about keys of names and digests of documents, which outlive re-extraction.
CREATE TABLE edits (
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    action TEXT NOT NULL,
    what TEXT NOT NULL,
    undone TEXT
);
CREATE TABLE bookmarks (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    made TEXT NOT NULL
);
"""


@migrations()
def version_1(db: Database) -> None:
    """The first layout."""
    for statement in (*_TABLES.split(";\n"), _SEARCH):
        if statement.strip():
            db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 1")


@migrations()
def version_2(db: Database) -> None:
    """Which pass found an article's names, and which articles wait for the accurate one."""
    db.conn.execute("ALTER TABLE documents ADD COLUMN recogniser TEXT NOT NULL DEFAULT 'fast'")
    db.conn.execute("CREATE TABLE waiting (article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE)")
    db.conn.execute("PRAGMA user_version = 2")


@migrations()
def version_3(db: Database) -> None:
    """Dates that begin or end what lasts, how many outlets tell an event, and what people said of events.

    An event mention `apart` joins no other by itself; those of one `together` are one event (`store.database.log`).
    """
    for table in ("dates", "event_mentions", "events"):
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN bound TEXT")
    db.conn.execute("ALTER TABLE events ADD COLUMN outlets INTEGER NOT NULL DEFAULT 1")
    db.conn.execute("ALTER TABLE event_mentions ADD COLUMN apart INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("ALTER TABLE event_mentions ADD COLUMN together TEXT")
    # what its sentence is, as a number: the same sentence in several outlets has one source
    db.conn.execute("ALTER TABLE event_mentions ADD COLUMN sentence INTEGER NOT NULL DEFAULT 0")
    db.conn.create_function("sentence_code", 1, sentence_code, deterministic=True)
    db.conn.execute(
        'UPDATE event_mentions SET sentence = (SELECT sentence_code(substr(t.text, start + 1, "end" - start))'
        " FROM texts t WHERE t.article_id = event_mentions.article_id)"
    )
    # an id is never given twice: what stands on the screen may be gone by the time a key is pressed
    db.conn.execute("CREATE TABLE last_event (id INTEGER NOT NULL)")
    db.conn.execute("INSERT INTO last_event SELECT coalesce(max(id), 0) FROM events")
    # in the order in which the timeline shows them
    db.conn.execute("DROP INDEX events_in_time")
    db.conn.execute("CREATE INDEX events_in_time ON events(earliest, latest DESC, id)")
    db.conn.execute("CREATE INDEX events_ranked ON events(outlets DESC, sentences DESC, earliest, id)")
    db.conn.execute("CREATE INDEX event_mentions_together ON event_mentions(together) WHERE together IS NOT NULL")
    several = db.conn.execute("SELECT id FROM events WHERE sentences > 1").fetchall()
    for (event_id,) in several:
        db.conn.execute("UPDATE events SET outlets = ? WHERE id = ?", (sources(db.conn, event_id), event_id))
    db.conn.execute("PRAGMA user_version = 3")


@migrations()
def version_5(db: Database) -> None:
    """The forms of words that the index has, by their stems, for searches that find a word's other forms."""
    db.conn.execute("CREATE TABLE word_forms (form TEXT PRIMARY KEY, stem TEXT NOT NULL) WITHOUT ROWID")
    db.conn.execute("CREATE INDEX word_forms_by_stem ON word_forms(stem)")
    fill(db.conn)
    db.conn.execute("PRAGMA user_version = 5")


@migrations()
def version_6(db: Database) -> None:
    """The words of names by their sound, so that Latin spellings find them (`store.database.sounds`)."""
    db.conn.execute(
        "CREATE TABLE sounds (sound TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (sound, unit)) WITHOUT ROWID"
    )
    for (folded,) in db.conn.execute("SELECT DISTINCT folded FROM forms").fetchall():
        listen(db.conn, folded.split())
    db.conn.execute("PRAGMA user_version = 6")
