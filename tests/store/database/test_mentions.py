"""Where an entity is named: all of it and in order, whatever the filter, against what the articles say one by one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from store.answers import Filter, MentionRow
from store.database import mentions, open_reader, open_writer
from store.database.queries import Reader
from store.errors import Cancelled
from tests.store.database.making import Named, add_all, analysis

FILTERS = [
    Filter(), Filter(query="زار"), Filter(query="زار -انسحب", since="2021"), Filter(outlet="ألف"), Filter(type="ORG"),
    Filter(undated=True), Filter(query="لاشيء"), Filter(article=6), Filter(precision="month"),
]  # fmt: skip


def _entities(reader: Reader) -> list[int]:
    return [id_ for _, ids in reader.entity_groups() for id_ in ids]


def _one_by_one(reader: Reader, entity: int, f: Filter) -> list[tuple[int, int, int, str]]:
    """Article, start, end and sentence of each mention, written from what the articles hold."""
    found = []
    for article_id in reader.article_ids(f):
        article = reader.article(article_id)
        text = article.document.text
        for one in article.mentions:
            if one.entity_id == entity:
                start, end = one.mention.start, one.mention.end
                around = next(text[s.start : s.end] for s in article.sentences if s.start <= start < s.end)
                found.append((article_id, start, end, around))
    return found


def _said(rows: list[MentionRow]) -> list[tuple[int, int, int, str]]:
    return [(row.article.id, row.start, row.end, row.sentence.text) for row in rows]


def _compare(reader: Reader, entities: list[int], filters: list[Filter]) -> int:
    compared = 0
    for entity in entities:
        for f in filters:
            expected = _one_by_one(reader, entity, f)
            ids = reader.mention_ids(entity, f)
            rows = reader.mention_rows(entity, ids)
            assert _said(rows) == expected, (entity, f)
            assert [row.id for row in rows] == list(ids)
            assert reader.mention_count(entity, f) == len(expected)
            for most in (0, 1, 7):
                assert reader.mention_ids(entity, f, most) == ids[:most], (entity, f, most)
            compared += len(expected)
    return compared


@pytest.mark.parametrize("few", [0, 10_000], ids=["by name", "by article"])
def test_mentions_are_those_of_the_articles_let_through(
    many: Reader, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(mentions, "FEW", few)
    entities = _entities(many)
    assert _compare(many, entities, FILTERS) > 500
    assert _compare(many, entities[:2], [Filter(entities=(entities[-1],)), Filter(entities=(entities[0],))]) > 50


@pytest.mark.parametrize("few", [0, 10_000], ids=["by name", "by article"])
def test_of_the_sample_articles(seeds_corpus_once: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(mentions, "FEW", few)
    with open_reader(seeds_corpus_once) as reader:
        assert _compare(reader, _entities(reader), [Filter(), Filter(query="الكاظمي"), Filter(since="2022")]) > 200


def test_a_row_says_who_says_it_and_where_the_name_stands_in_the_sentence(seeds_corpus_once: Path) -> None:
    with open_reader(seeds_corpus_once) as reader:
        entity = reader.find_entities("مصطفى الكاظمي")[0].id
        for row in reader.mention_rows(entity, reader.mention_ids(entity)):
            (article,) = reader.articles([row.article.id])
            assert row.article == article
            assert row.sentence.article == article.id
            name = row.sentence.text[row.start - row.sentence.start : row.end - row.sentence.start]
            assert "الكاظمي" in name


def test_rows_come_in_the_order_asked_and_without_what_is_gone(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        entity = reader.find_entities("مصطفى الكاظمي")[0].id
        ids = list(reader.mention_ids(entity))
        before = reader.mention_rows(entity, ids)
        assert [row.id for row in reader.mention_rows(entity, ids[::-1])] == ids[::-1]
        # what names another is no mention of this one, and neither is what was never one
        other = next(one for one in _entities(reader) if one != entity)
        assert reader.mention_rows(other, ids) == []
        assert reader.mention_rows(entity, [ids[0] + 1, 99 << 24, 0]) == []
    gone = before[0].article.id
    with open_writer(seeds_corpus) as writer:
        writer.remove(gone)
    with open_reader(seeds_corpus) as reader:
        kept = [row for row in before if row.article.id != gone]
        assert 0 < len(kept) < len(before)
        assert reader.mention_rows(entity, ids) == kept
        assert list(reader.mention_ids(entity)) == [row.id for row in kept]


def test_people_merge_and_hide_and_the_old_id_still_leads_there(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        one, other = (reader.find_entities(name)[0].id for name in ("مصطفى الكاظمي", "جو بايدن"))
        both = {*reader.mention_ids(one), *reader.mention_ids(other)}
        assert len(both) == reader.mention_count(one) + reader.mention_count(other)
    with open_writer(seeds_corpus) as writer:
        writer.merge_entities([one], other)
        writer.hide_entity(other)
    with open_reader(seeds_corpus) as reader:
        assert {*reader.mention_ids(one)} == {*reader.mention_ids(other)} == both
        assert len(reader.mention_rows(one, sorted(both))) == len(both)


def test_a_mention_that_begins_where_another_does_is_one_row_with_it(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    text = "زار سامي حداد الصغير بغداد."
    names: list[Named] = [("سامي حداد", "PER", "سامي حداد"), ("سامي حداد الصغير", "PER", "سامي حداد")]
    add_all(path, [analysis(text, names)])
    with open_reader(path) as reader:
        (entity,) = _entities(reader)
        ids = reader.mention_ids(entity)
        (row,) = reader.mention_rows(entity, ids)
        assert text[row.start : row.end] == "سامي حداد الصغير"


def test_a_mention_in_no_sentence_stands_alone(seeds_corpus: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(seeds_corpus, tmp_path / "bare.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM sentences")
    with open_reader(path) as reader:
        entity = reader.find_entities("مصطفى الكاظمي")[0].id
        rows = reader.mention_rows(entity, reader.mention_ids(entity))
        assert len(rows) > 5
        assert all((row.sentence.start, row.sentence.end) == (row.start, row.end) for row in rows)
        assert all("الكاظمي" in row.sentence.text for row in rows)


def test_a_question_that_was_stopped_is_not_answered(seeds_corpus_once: Path) -> None:
    with open_reader(seeds_corpus_once) as reader:
        entity = reader.find_entities("مصطفى الكاظمي")[0].id
        ids = reader.mention_ids(entity)
        reader.stop()
        with pytest.raises(Cancelled):
            reader.mention_ids(entity)
        with pytest.raises(Cancelled):
            reader.mention_rows(entity, ids)
