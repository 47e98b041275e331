"""Copies of one story are listed and counted once."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer, verify
from store.database.moments import UNDATED, moment
from store.database.placing import FAR
from store.database.queries import Reader
from store.database.writing import Writer
from store.errors import QueryError
from store.models import Published
from store.resolve.copies import Body, is_copy
from tests.store.database.inventing import DAYS, NAMES, document


def place(writer: Writer) -> None:
    assert list(writer.place_copies())[-1:] in ([], [0])


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Some eighty articles, half of which tell one of two stories."""
    path = tmp_path_factory.mktemp("stories") / "c.db"
    chance = random.Random(1)
    with open_writer(path) as writer:
        for number in range(80):
            names = chance.choices(range(len(NAMES)), k=chance.randrange(4))
            copied = chance.choice([None, *range(10)]) if number % 2 else None
            writer.add(document(number, names, chance.randrange(5), [number % 4], [number % 4], copied))
            if number % 17 == 0:
                place(writer)
        writer.settle()
        place(writer)
        writer.bookmark(3)
        writer.bookmark(5)
    assert not list(verify(path))
    with open_reader(path) as reader:
        yield reader


def stories_of(reader: Reader) -> dict[int, frozenset[int]]:
    """Which articles are told with each, itself among them."""
    ids = reader.article_ids(Filter(copies=True))
    return {id_: frozenset(reader.article_ids(Filter(story=id_))) for id_ in ids}


def collapsed(ids: list[int], stories: dict[int, frozenset[int]]) -> list[int]:
    first: dict[frozenset[int], int] = {}
    for id_ in ids:
        first.setdefault(stories[id_], id_)
    return list(first.values())


FILTERS = [
    Filter(),
    *(Filter(query=word) for word in ("زار", "قال OR انسحب", "هنا -زار", "entity:بغداد", "date:2021")),
    *(Filter(entities=(entity,)) for entity in range(1, 6)),
    Filter(entities=(1, 2)),
    *(Filter(outlet=outlet) for outlet in ("ألف", "باء")),
    Filter(since="2021-12"),
    Filter(undated=True),
    Filter(type="LOC"),
    Filter(outlet="باء", query="هنا", until="2021-12-09"),
]


@pytest.mark.parametrize("f", FILTERS)
def test_of_each_story_the_newest_that_is_let_through_is_listed(told: Reader, f: Filter) -> None:
    stories = stories_of(told)
    every = list(told.article_ids(replace(f, copies=True)))
    expected = collapsed(every, stories)
    assert len(expected) < len(every) or f.entities == (5,)
    assert list(told.article_ids(f)) == expected
    assert told.count(f) == len(expected)
    assert told.count(replace(f, copies=True)) == len(every)
    for most in (1, 5, 1000):
        with open_reader(told.path) as fresh:
            assert list(fresh.article_ids(f, most=most)) == expected[:most]
            assert set(fresh.article_ids(f, "relevance", most=1000)) == set(expected)
    f = replace(f, type=None)  # of their articles all entities are counted
    expected = list(told.article_ids(f))
    ids = [id_ for _, found in told.entity_groups(f) for id_ in found]
    for row in told.entities(ids, f):
        named = set(told.article_ids(Filter(entities=(row.id,), copies=True)))
        if f == Filter():  # with the newest that names it
            assert row.articles == len(collapsed(sorted(named), stories)) == told.count(Filter(entities=(row.id,)))
        else:
            assert row.articles == len(named & set(expected))


def test_the_stories_are_those_of_the_articles(told: Reader) -> None:
    """Whoever is in a story is a copy of its first, and whoever is in none is a copy of nobody who is first."""
    articles = {id_: told.article(id_) for id_ in told.article_ids(Filter(copies=True))}
    bodies = {id_: Body.of(a.document.text, a.cleaned.blocks, a.row.published.value) for id_, a in articles.items()}
    stories = set(stories_of(told).values())
    assert {len(story) for story in stories} > {1, 2}
    when = {id_: (a.row.published.value is None, a.row.published.value, id_) for id_, a in articles.items()}
    firsts = [min(story, key=lambda id_: when[id_]) for story in stories]
    for story in stories:
        first = min(story, key=lambda id_: when[id_])
        assert all(is_copy(bodies[first], bodies[other]) for other in story - {first})
    for one, other in itertools.combinations(firsts, 2):
        at = [moment(articles[id_].row.published.value) for id_ in (one, other)]
        far = UNDATED not in at and abs(at[0] - at[1]) > FAR
        assert far or not is_copy(bodies[one], bodies[other])


def test_rows_say_how_often_their_story_is_told(told: Reader) -> None:
    stories = stories_of(told)
    for row in told.articles(list(stories)):
        others = stories[row.id]
        assert row.copies == (len(others) if len(others) > 1 else 0)
        if row.copies:
            assert row.outlets == len({told.article(other).row.outlet for other in others})


def test_bookmarks_are_each_by_themselves(told: Reader) -> None:
    assert told.count(Filter(bookmarked=True)) == 2


def test_events_of_copies_are_one_whose_days_count_once(told: Reader) -> None:
    """The same dated sentence of a story in several articles."""
    one, other = (document(number, [1], 1, [0], [0], 0) for number in (1, 2))
    path = told.path.with_name("events.db")
    with open_writer(path) as writer:
        writer.add(one)
        writer.add(other)
        place(writer)
    with open_reader(path) as reader:
        assert reader.count() == 1
        (event,) = reader.events(reader.event_ids())
        assert (event.articles, event.outlets) == ((1, 2), 1)
        assert [bucket.events for bucket in reader.buckets()] == [1]
        (latest,) = reader.article_ids()
        assert list(reader.event_ids(Filter(article=1))) == list(reader.event_ids(Filter(article=latest)))


def test_the_order_of_adding_makes_no_difference(tmp_path: Path) -> None:
    documents = [
        replace(
            document(number, [number % 6], 1, [], [], number % 10),
            published=Published(f"2021-12-09T10:{number * 3 % 14:02}", "given", "made"),
        )
        for number in range(14)
    ]
    found = []
    for turn in range(4):
        path = tmp_path / f"{turn}.db"
        chance = random.Random(turn)
        order = documents[:]
        chance.shuffle(order)
        with open_writer(path) as writer:
            for one in order:
                writer.add(one)
                if chance.random() < 0.3:
                    place(writer)
            place(writer)
        with open_reader(path) as reader:
            digest = {id_: reader.article(id_).document.digest for id_ in reader.article_ids(Filter(copies=True))}
            found.append({frozenset(digest[id_] for id_ in story) for story in stories_of(reader).values()})
        assert not list(verify(path))
    assert len(found[0]) < 8
    assert all(each == found[0] for each in found)


def test_a_stop_at_any_moment_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.placing.AT_ONCE", 3)
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number in range(10):
            writer.add(document(number, [1], 1, [], [], 0))
        steps = writer.place_copies()
        assert next(steps) == 7
    assert not list(verify(path))
    with open_writer(path) as writer:
        place(writer)
        place(writer)
    with open_reader(path) as reader:
        assert reader.count() == 1
    assert not list(verify(path))


def test_what_changed_while_copies_were_looked_for_waits(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer, open_writer(path) as other:
        ids = [writer.add(document(number, [1], 1, [], [], 0))[0] for number in range(3)]
        found = writer._placing.work_out(ids)
        assert len(found.pairs) == 3
        from store.database.notes import changed_since, revision

        before = revision(writer._connection)
        other.redate_article(ids[0], DAYS[2])
        other.remove(ids[1])
        with writer.transaction():
            assert writer._placing.put(found, changed_since(writer._connection, *before)) == 1
        assert not list(verify(path))
        place(writer)
    with open_reader(path) as reader:
        assert reader.count() == 2  # two years lie between them
    assert not list(verify(path))


def test_faults_are_found(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number, copied in enumerate((0, 0, 1, 5)):
            writer.add(document(number, [1], 1, [], [], copied))
        place(writer)
    for damage in (
        "UPDATE stories SET outlets = 7",
        "UPDATE copies SET place = 1 - place WHERE place < 2",
        "DELETE FROM copies WHERE place = 2",
        "INSERT INTO copy_pairs VALUES (1, 4), (4, 1)",
        "DELETE FROM copy_pairs WHERE one = 1 AND other = 2",
        "UPDATE entities SET articles = articles + 1",
        "DELETE FROM signatures WHERE article_id = 1",
    ):
        copy = tmp_path / "damaged.db"
        copy.write_bytes(path.read_bytes())
        with sqlite3.connect(copy) as raw:
            raw.execute(damage)
        raw.close()
        assert list(verify(copy)), damage
    assert not list(verify(path))


def test_people_say_what_is_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    documents = [document(number, [1], 1, [], [], 0) for number in range(3)]
    with open_writer(path) as writer:
        for one in documents:
            writer.add(one)
        place(writer)
        writer.split_copy(2)
        assert stories(path) == {frozenset({1, 3}), frozenset({2})}
        # it outlasts a new reading, and what comes later joins whom it is a copy of
        writer.replace(documents[1])
        writer.replace(documents[0])
        writer.add(document(7, [1], 1, [], [], 0))
        place(writer)
        assert stories(path) == {frozenset({1, 3, 4}), frozenset({2})}
        with pytest.raises(QueryError, match="has no copies"):
            writer.split_copy(writer.add(document(9, [1], 1, [], [], None))[0])
        (edit,) = writer.edits()
        assert (edit.action, edit.about) == ("split-copy", (documents[1].document.digest,))
        assert writer.undo() == "split-copy: article 2 «خبر رقم 1», from 2 articles"
        place(writer)
        assert frozenset({1, 2, 3, 4}) in stories(path)
    assert not list(verify(path))


def stories(path: Path) -> set[frozenset[int]]:
    with open_reader(path) as reader:
        return set(stories_of(reader).values())
