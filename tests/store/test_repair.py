"""Whatever can be derived again is, and texts and edits stay as they are."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import Article, EntityRow, Filter
from store.database import open_reader, open_writer, verify
from store.database.files import connect_to_write
from store.database.queries import Reader
from store.ingest import add, repair
from tests.store.database.inventing import document

DAMAGES = {
    "the index": "INSERT INTO article_words(article_words) VALUES ('delete-all')",
    "a count of mentions": "UPDATE names SET mentions = mentions + 3",
    "counts of forms": "UPDATE forms SET displayed = 0, surfaces = 7",
    "counts of entities": "UPDATE entities SET articles = 1, mentions = 1",
    "what articles say": "DELETE FROM article_names WHERE article_id % 2",
    "sets": "DELETE FROM entity_sets",
    "a set": "UPDATE entity_sets SET articles = x'00'",
    "outlets": "UPDATE outlets SET articles = 99",
    "order": "UPDATE articles SET moment = 5",
    "sounds": "DELETE FROM sounds",
    "sounds of nothing": "INSERT INTO sounds VALUES ('XX', 'خخخ')",
    "forms of words": "DELETE FROM word_forms",
    "events": "UPDATE events SET outlets = 9, sentences = 9, bucket = '1900'",
    "names of events": "DELETE FROM event_names",
    "what is said": "DELETE FROM said",
    "words of what is said": "UPDATE sayings SET words = 'x'",
    "copies": "UPDATE copies SET place = place + 1",
    "stories": "UPDATE stories SET articles = 40",
    "lists": "UPDATE companions SET listed = x'0100000000000000'",
    "roots": "UPDATE names SET root = (SELECT min(id) FROM names n WHERE n.root <> n.id OR n.id > 1)",
}


@pytest.fixture
def corpus(corpus_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(corpus_once, tmp_path / "c.db"))


@pytest.fixture(scope="module")
def corpus_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "c.db"
    with open_writer(path) as writer:
        for number in range(40):
            names = [one for one in range(6) if number % (2 + one) == 0]
            writer.add(document(number, names, number % 5, [number % 4], [number % 4]))
        entities = {row.name: row.id for row in _entities(path)}
        writer.merge_entities([entities["البصرة"]], entities["بغداد"])
        writer.rename_entity(entities["الناتو"], "حلف الناتو")
        writer.bookmark(3)
        for _ in writer.place_copies():
            pass
        writer.settle()
    assert not list(verify(path))
    return path


def _entities(path: Path) -> list[EntityRow]:
    with open_reader(path) as reader:
        return [reader.entity(id_) for _, ids in reader.entity_groups() for id_ in ids]


def told(reader: Reader, *queries: str) -> tuple[object, ...]:
    """All that a corpus says."""
    articles = [reader.article(id_) for id_ in sorted(reader.article_ids(Filter(copies=True)))]
    groups = {kind: list(ids) for kind, ids in reader.entity_groups()}
    rows = reader.entities([id_ for ids in groups.values() for id_ in ids])
    events = [(row.value, row.articles, row.outlets) for row in reader.events(reader.event_ids())]
    found = [list(reader.article_ids(Filter(query=query))) for query in ("زار", "baghdad", *queries)]
    return articles, groups, rows, sorted(events), found, list(reader.article_ids())


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_follows_from_texts_and_edits_is_mended(corpus: Path, damage: str) -> None:
    with open_reader(corpus) as reader:
        before, edits = told(reader, "author:علي"), reader.edits()
    _damage(corpus, damage)
    repair(corpus)
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        assert reader.edits() == edits
        assert told(reader, "author:علي") == before


_DERIVED = {
    "entities": ("articles", "mentions"),
    "events": ("value", "earliest", "precision", "modality", "bucket", "sentences", "outlets", None),
    "article_words_data": ("block", None),
    "article_words_idx": (None,),
    "article_words_docsize": ("sz", None),
    "name_words": (None,),
    "forms": ("folded", "displayed", "surfaces"),
    "names": ("mentions", "root"),
    "outlets": ("articles",),
    "articles": ("moment",),
    "sounds": (None,),
    "word_forms": ("stem", None),
    "event_names": (None,),
    "article_names": ("mentions", None),
    "entity_sets": ("articles", None),
    "said": (None,),
    "sayings": ("words",),
    "signatures": ("signature", None),
    "copy_pairs": (None,),
    "copies": ("story", "place", None),
    "stories": ("articles", "outlets", None),
    "last_article": ("id", None),
    "last_event": ("id", None),
    "companions": ("listed", None),
    "word_sets": ("articles", None),
    "closed_blocks": (None,),
    "revisions": ("stamp", None),
    "changes": (None,),
}
"""Tables that follow from others, and their columns that do; None for whole rows."""
_WRONG = {"TEXT": "'x'", "INTEGER": "1", "BLOB": "x'00'", "": "'x'"}


@settings(max_examples=30)
@given(data=st.data())
def test_any_derived_table_is_mended_whatever_becomes_of_it(
    corpus_once: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    corpus = Path(shutil.copy(corpus_once, tmp_path_factory.mktemp("damaged") / "c.db"))
    with open_reader(corpus) as reader:
        before, edits = told(reader, "author:علي"), reader.edits()
    table = data.draw(st.sampled_from(sorted(_DERIVED)))
    column = data.draw(st.sampled_from(_DERIVED[table]))
    part = data.draw(st.sampled_from(("1", "abs(random()) % 2", "abs(random()) % 7 = 0")))
    with sqlite3.connect(corpus) as connection:
        types = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()
    change = f"DELETE FROM {table}" if column is None else f"UPDATE {table} SET {column} = {_WRONG[types[column]]}"
    _damage(corpus, f"{change} WHERE {part}")
    list(verify(corpus))  # raises nothing
    repair(corpus)
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        assert reader.edits() == edits
        after = told(reader, "author:علي")
    assert _without_ids(after) == _without_ids(before)
    assert after[1:] == before[1:]
    with open_writer(corpus) as writer:  # it goes on from there
        writer.add(document(100, [0, 1], 1, [0], [0]))
    assert not list(verify(corpus))


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM event_mentions WHERE id % 3 = 0",
        "UPDATE event_mentions SET event_id = event_id + 1",
        'UPDATE event_mentions SET "end" = "end" - 7',
        "UPDATE event_mentions SET date_start = date_start + 1",
        "UPDATE event_mentions SET stretch_id = 99",
        "UPDATE event_mentions SET meaning_id = meaning_id + 1",
        "UPDATE event_mentions SET names = 'x'",
        "UPDATE event_mentions SET article_id = article_id + 1",
        "UPDATE mentions SET form_id = 99 WHERE article_id % 2",
        "UPDATE event_mentions SET start = 'x', date_start = 'y' WHERE id % 2",
        "UPDATE event_mentions SET date_end = x'00' WHERE id = 3",
        "UPDATE dates SET \"end\" = 'x' WHERE article_id = 2",
        "UPDATE mentions SET start = start || 'x' WHERE article_id = 2",
        "UPDATE sentences SET \"end\" = 'x' WHERE article_id = 2",
        "UPDATE blocks SET start = start || 'x' WHERE article_id = 2",
    ],
)
def test_dated_sentences_are_told_again(seeds_corpus: Path, damage: str) -> None:
    with open_reader(seeds_corpus) as reader:
        before = told(reader)
    _damage(seeds_corpus, damage)
    assert list(verify(seeds_corpus))
    repair(seeds_corpus)
    assert not list(verify(seeds_corpus))
    with open_reader(seeds_corpus) as reader:
        after = told(reader)
    assert [one.document for one in _articles(after)] == [one.document for one in _articles(before)]
    assert [one.events for one in _without_ids(after)] == [one.events for one in _without_ids(before)]
    assert after[3:] == before[3:]


def _articles(said: tuple[object, ...]) -> list[Article]:
    assert isinstance(said[0], list)
    return said[0]


def test_spans_that_are_wrong_are_found_again(seeds: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "c.db"
    list(add(corpus, [seeds]))
    with open_reader(corpus) as reader:
        before = told(reader)
    _damage(corpus, 'UPDATE mentions SET start = start + 1, "end" = "end" + 1 WHERE article_id IN (2, 4)')
    assert list(verify(corpus))
    assert repair(corpus) == 2
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        after = told(reader)
    assert _without_ids(after) == _without_ids(before)
    assert after[4:] == before[4:]


def _without_ids(said: tuple[object, ...]) -> list[Article]:
    """The articles; events told anew have other ids."""
    (articles, *_) = said
    assert isinstance(articles, list)
    return [replace(one, events=tuple((0, event) for _, event in one.events)) for one in articles]


def _damage(corpus: Path, statement: str) -> None:
    connection = connect_to_write(corpus)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.commit()
    except sqlite3.IntegrityError:
        connection.rollback()
        raise
    finally:
        connection.close()
