"""The corpus checks itself: the file, the spans, everything that is counted twice, and the index."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from pyroaring import BitMap

from store.database import annotation, companions, entity_sets, sayings, searches, statements
from store.database.entity_sets import ALL, unpacked
from store.database.events import bucket, says
from store.database.files import connect_to_read
from store.database.indexing import indexed, stored_blocks
from store.database.lookup import word_list
from store.database.moments import day_number, moment
from store.database.naming import words_of
from store.database.placing import reasons
from store.database.sounds import heard
from store.database.sources import sentence_code, sources
from store.database.stored import NAMED, SURFACE
from store.database.stories import grouped
from store.resolve.copies import VALUES
from store.text.stems import stem

_ASKED = 200
"""So many words of the search index are searched for, to see whether its upper levels lead to them."""
MOST = 20
"""How many faults of one kind are told; what is broken is mostly broken often."""


def verify(path: str | Path) -> Iterator[str]:
    """Every fault of the corpus as one sentence. Raises CorpusError when the file cannot be opened as a corpus."""
    connection = connect_to_read(Path(path))
    try:
        connection.execute("BEGIN")  # one state of the corpus, whoever writes meanwhile
        for check in (
            _file,
            _spans,
            _counts,
            _sets,
            _dates,
            _sounds,
            _known,
            _index,
            _forms,
            _words,
            _companions,
            _copies,
            sayings.faults,
            annotation.faults,
            searches.faults,
            statements.faults,
        ):
            faults = 0
            for fault in check(connection):
                faults += 1
                if faults <= MOST:
                    yield fault
            if faults > MOST:
                yield f"… and {faults - MOST} more of this kind"
    except sqlite3.DatabaseError as error:
        yield f"the file is damaged: {error}"
    finally:
        connection.close()


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (fault,) in connection.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield f"the file is damaged: {fault}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points to a row of {parent} that is not there"


COUNTERS = {"last_article": "articles", "last_event": "events"}
"""Tables of one row with the last number given, and of what."""
NO_SIGNATURE = f"length(signature) NOT IN (0, {2 * VALUES})"
"""What can be none."""

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
                if not 0 <= start < end <= len(text) or text[start:end] != surface:
                    there = text[start:end]
                    yield article_id, f"{table} say {surface!r} at {start}-{end}, the text {there!r}"
        rows = connection.execute(
            'SELECT start, "end", sentence FROM event_mentions WHERE article_id = ?', (article_id,)
        )
        for start, end, code in rows:
            if sentence_code(text[start:end]) != code:
                yield article_id, f"event_mentions at {start}-{end} are of another sentence"
        for table in ("blocks", "sentences", "event_mentions"):
            before = 0
            rows = connection.execute(
                f'SELECT DISTINCT start, "end" FROM {table} WHERE article_id = ? ORDER BY start', (article_id,)
            )
            for start, end in rows:
                if not before <= start < end <= len(text):
                    yield article_id, f"{table} at {start}-{end} overlap or leave the text"
                before = end
    for article_id, at in connection.execute(NOT_TOLD):
        yield article_id, f"event_mentions at {at} say what no date of the article does"


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


def _sets(connection: sqlite3.Connection) -> Iterator[str]:
    """The sets of articles by entity say what `article_entities` says: compared by a sum over (article, mentions)."""
    held: Counter[int] = Counter()
    rows = connection.execute("SELECT entity_id, block, plane, articles FROM entity_sets")
    blocks: dict[int, set[bool]] = {}
    for entity_id, block, plane, members in rows:
        try:
            articles = unpacked(members)
        except sqlite3.DatabaseError:
            yield f"the set of articles of entity {entity_id} cannot be read"
            continue
        blocks.setdefault(entity_id, set()).add(block == ALL)
        inside = {article // entity_sets.BLOCK for article in (articles.min(), articles.max())} if articles else set()
        if not articles or (block != ALL and inside != {block}) or len(blocks[entity_id]) > 1:
            yield f"the set of articles of entity {entity_id} is not kept where it belongs"
        weight = 1 << max(0, plane - 1)
        held[entity_id] += sum(_both(article_id, weight, plane == 0) for article_id in articles)
    expected: Counter[int] = Counter()
    rows = connection.execute("SELECT entity_id, article_id, mentions FROM article_entities")
    for entity_id, article_id, mentions in rows:
        expected[entity_id] += _both(article_id, mentions, True)
    for entity_id in sorted(held.keys() | expected.keys()):
        if held[entity_id] != expected[entity_id]:
            yield f"the set of articles of entity {entity_id} does not hold what its articles say"


def _copies(connection: sqlite3.Connection) -> Iterator[str]:
    """Pairs of copies are copies, and make the stories that there are."""
    articles: dict[int, int] = dict(connection.execute("SELECT id, moment FROM articles"))
    for (article_id,) in connection.execute(f"SELECT article_id FROM signatures WHERE {NO_SIGNATURE}"):
        yield f"the signature of article {article_id} is none"
    for (article_id,) in connection.execute(
        "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM unplaced)"
        " AND id NOT IN (SELECT article_id FROM signatures)"
    ):
        yield f"article {article_id} has no signature, and does not wait for one"
    pairs: dict[int, list[int]] = {}
    for one, other in connection.execute("SELECT one, other FROM copy_pairs ORDER BY one, other"):
        pairs.setdefault(one, []).append(other)
    for one, others in pairs.items():
        there = [other for other in others if one in articles and other in articles and one in pairs.get(other, ())]
        if len(there) < len(others):
            yield f"article {one} is paired with one that is not there, or not with it"
        elif len(reasons(connection, one, others)) < len(others):
            yield f"article {one} is paired with one that is no copy of it"
    known = {one: [other for other in others if other in pairs] for one, others in pairs.items() if one in articles}
    expected = {group for group in grouped({one: articles[one] for one in known}, known) if len(group) > 1}
    found: dict[int, list[int]] = {}
    for story, article_id, place in connection.execute("SELECT story, article_id, place FROM copies ORDER BY 1, 3"):
        found.setdefault(story, []).append(article_id)
        if place != len(found[story]) - 1:
            yield f"article {article_id} is not where it belongs among the copies of story {story}"
    for group in sorted(expected ^ {tuple(group) for group in found.values()}):
        yield f"articles {', '.join(map(str, group))} are {'' if group in expected else 'not '}the copies of one story"
    counted = connection.execute(
        "SELECT c.story, count(*), count(DISTINCT a.outlet_id) FROM copies c JOIN articles a ON a.id = c.article_id"
        " GROUP BY c.story"
    ).fetchall()
    if set(counted) != set(connection.execute("SELECT id, articles, outlets FROM stories")):
        yield "the numbers of copies and outlets of stories are not those of their articles"


def _companions(connection: sqlite3.Connection) -> Iterator[str]:
    """Who is kept as named along with an entity is who its articles say."""
    from store.database.facets import Counting
    from store.database.kept import State

    state = State()
    for entity_id, listed in connection.execute("SELECT entity_id, listed FROM companions").fetchall():
        try:
            articles = state.copies(connection).collapsed(state.sets.articles(connection, entity_id))
            counting = Counting(connection, state, articles)
        except sqlite3.DatabaseError:
            continue  # said already
        expected = array("q")
        for kind in ("PER", "ORG", "LOC", "MISC"):
            expected.extend(counting.best(kind, companions.MOST))
        if listed != expected.tobytes():
            yield f"what is named along with entity {entity_id} is not what is kept"


def _both(article_id: int, mentions: int, there: bool) -> int:
    """A number for an article and how often it mentions something, that adds up over the planes of a set."""
    code = crc32(article_id.to_bytes(8, "big")) + 1
    return code * (mentions + (1 << 40 if there else 0))


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
    told = f"SELECT id FROM events WHERE id IN (SELECT event_id FROM event_mentions m WHERE NOT {NO_MEANING})"
    for (event,) in connection.execute(told):
        if not says(connection, event):
            yield f"event {event} does not say what its sentences do"


def _sounds(connection: sqlite3.Connection) -> Iterator[str]:
    """The words of all names, and no others, are found by their sounds."""
    held = set(connection.execute("SELECT sound, unit FROM sounds"))
    expected = {
        row for (folded,) in connection.execute("SELECT DISTINCT folded FROM forms") for row in heard(folded.split())
    }
    for sound, unit in sorted(expected - held):
        yield f"the name {unit} is not found by its sound {sound!r}"
    for sound, unit in sorted(held - expected):
        yield f"the sound {sound!r} leads to {unit}, which no name has"


def _index(connection: sqlite3.Connection) -> Iterator[str]:
    """The index holds exactly the words of the texts: compared by a sum over (word, column, place) an article."""
    held: Counter[int] = Counter()
    connection.execute("CREATE VIRTUAL TABLE temp.held_words USING fts5vocab(main, article_words, instance)")
    word, code = None, 0
    for term, article_id, column, place in connection.execute("SELECT term, doc, col, offset FROM temp.held_words"):
        if term != word:
            word, code = term, _code(term)
        held[article_id] += _at(code, column == "title", place)
    rows = connection.execute(
        "SELECT a.id, a.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id ORDER BY a.id"
    )
    for article_id, title, text in rows:
        fields = indexed(text, title, stored_blocks(connection, article_id))
        expected = sum(
            _at(_code(term), field == 0, place) for field in (0, 1) for place, term in enumerate(fields[field].split())
        )
        if held.pop(article_id, 0) != expected:
            yield f"article {article_id}: the search index does not hold the words of its text"
    (rows_kept,) = connection.execute("SELECT count(*) FROM article_words_docsize").fetchone()
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    if rows_kept != articles:
        yield f"the search index knows the lengths of {rows_kept} articles of {articles}"
    for article_id in sorted(held):
        yield f"the search index holds an article {article_id} that is not there"


def _forms(connection: sqlite3.Connection) -> Iterator[str]:
    """Every word of the index is known as a form, under its stem; forms that no article has any more may stay."""
    connection.create_function("stem", 1, stem, deterministic=True)
    connection.execute("CREATE VIRTUAL TABLE temp.held_forms USING fts5vocab(main, article_words, row)")
    rows = connection.execute(
        "SELECT h.term FROM temp.held_forms h LEFT JOIN word_forms w ON w.stem = stem(h.term) AND w.form = h.term"
        " WHERE w.form IS NULL"
    )
    for (word,) in rows:
        yield f"the word {word} of the search index is missing among the forms of words"
    terms = connection.execute("SELECT term, doc FROM temp.held_forms").fetchall()
    found = "SELECT count(*) FROM article_words WHERE article_words MATCH ?"
    for term, articles in terms[:: len(terms) // _ASKED + 1]:
        if connection.execute(found, (f'"{term}"',)).fetchone()[0] != articles:
            yield f"searching for {term} does not find the articles that the search index has it from"
    for word, stored in connection.execute("SELECT form, stem FROM word_forms"):
        if stored != (expected := stem(word)):
            yield f"the word {word} stands under the stem {stored}, not {expected}"


def _words(connection: sqlite3.Connection) -> Iterator[str]:
    """The sets of articles by form say what the index says of their blocks."""
    match = "SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid BETWEEN ? AND ?"
    kept = connection.execute("SELECT form, block, articles FROM word_sets").fetchall()
    closed = {row[0] for row in connection.execute("SELECT block FROM closed_blocks")}
    for form, block, members in kept:
        rows = connection.execute(match, (f'"{form}"', block * entity_sets.BLOCK, (block + 1) * entity_sets.BLOCK - 1))
        try:
            same = block in closed and unpacked(members) == BitMap(row[0] for row in rows)
        except sqlite3.DatabaseError:
            same = False
        if not same:
            yield f"the set of articles with the word {form} does not hold what the search index says"


def _code(word: str) -> int:
    return crc32(word.encode()) + 1


def _at(code: int, in_title: bool, place: int) -> int:
    return code * (2 * place + 1 + in_title) & 0xFFFFFFFFFFFF
