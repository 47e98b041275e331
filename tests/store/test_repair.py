"""Whatever can be derived again is, and texts and edits stay as they are."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

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
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
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
