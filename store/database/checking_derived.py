"""What the corpus checks of all that is derived from articles to find them fast: sets of articles, sounds, the search
index, forms of words, companions, copies. Each check yields its faults as sentences (`store.database.checking`)."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

from pyroaring import BitMap

from store.database import companions, entity_sets
from store.database.entity_sets import ALL, unpacked
from store.database.indexing import indexed, stored_blocks
from store.database.placing import reasons
from store.database.sounds import heard
from store.database.stories import grouped
from store.database.tellings import told
from store.resolve.copies import VALUES
from store.resolve.sketches import sketch
from store.text.stems import stem

_ASKED = 200
"""So many words of the search index are searched for, to see whether its upper levels lead to them."""
_SKETCHES = 5_000
"""About so many sketches are compared with what they are of."""
NO_SIGNATURE = f"length(signature) NOT IN (0, {2 * VALUES})"
"""What can be none."""


def set_faults(connection: sqlite3.Connection) -> Iterator[str]:
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


def sketch_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """The sketches of dated sentences are those of what they say. Of many sentences every so many are looked at, as
    each is read for it."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM event_mentions").fetchone()
    rows = connection.execute(
        "SELECT m.id, m.sketch FROM event_mentions m JOIN texts t ON t.article_id = m.article_id"
        " JOIN stretches d ON d.id = m.stretch_id JOIN meanings s ON s.id = m.meaning_id"
        " WHERE m.id % ? = 0 AND m.sketch IS NOT NULL",
        (1 + last // _SKETCHES,),
    )
    for mention_id, stored in rows:
        if stored != sketch(told(connection, mention_id)):
            yield f"dated sentence {mention_id} is compared by a sketch of another"


def _both(article_id: int, mentions: int, there: bool) -> int:
    """A number for an article and how often it mentions something, that adds up over the planes of a set."""
    code = crc32(article_id.to_bytes(8, "big")) + 1
    return code * (mentions + (1 << 40 if there else 0))


def sound_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """The words of all names, and no others, are found by their sounds."""
    held = set(connection.execute("SELECT sound, unit FROM sounds"))
    expected = {
        row for (folded,) in connection.execute("SELECT DISTINCT folded FROM forms") for row in heard(folded.split())
    }
    for sound, unit in sorted(expected - held):
        yield f"the name {unit} is not found by its sound {sound!r}"
    for sound, unit in sorted(held - expected):
        yield f"the sound {sound!r} leads to {unit}, which no name has"


def index_faults(connection: sqlite3.Connection) -> Iterator[str]:
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


def form_faults(connection: sqlite3.Connection) -> Iterator[str]:
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


def word_faults(connection: sqlite3.Connection) -> Iterator[str]:
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


def companion_faults(connection: sqlite3.Connection) -> Iterator[str]:
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


def copy_faults(connection: sqlite3.Connection) -> Iterator[str]:
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


def _code(word: str) -> int:
    return crc32(word.encode()) + 1


def _at(code: int, in_title: bool, place: int) -> int:
    return code * (2 * place + 1 + in_title) & 0xFFFFFFFFFFFF
