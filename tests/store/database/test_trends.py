"""Trends, outlets and ties say what the articles say, one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from store.answers import Article, Filter, Unit
from store.database import open_reader, trends
from store.database.queries import Reader
from store.errors import CorpusError, QueryError
from store.text.cells import cell_of, value_of
from tests.store.database.making import add_all, analysis

FILTERS = (
    Filter(),
    Filter(copies=True),
    Filter(query="زار"),
    Filter(since="2021-12", until="2021-12"),
    Filter(outlet="ألف"),
    Filter(outlet="no such outlet"),
)
LENGTHS: dict[Unit, int] = {"day": 10, "month": 7, "year": 4, "decade": 3}


def articles(reader: Reader, f: Filter) -> list[Article]:
    return [reader.article(id_) for id_ in reader.article_ids(f)]


def first_day(published: str) -> str:
    return published + "-01-01"[len(published) - 4 :] if len(published) < 10 else published[:10]


@pytest.mark.parametrize("f", FILTERS, ids=str)
@pytest.mark.parametrize("by", LENGTHS)
def test_trends_are_the_counts_of_the_articles(many: Reader, f: Filter, by: Unit) -> None:
    wanted = [id_ for _type, ids in many.entity_groups() for id_ in ids]
    found = many.trends(wanted, f, by)
    every, named, mentions = Counter[str](), Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    undated = 0
    for article in articles(many, f):
        if article.row.published.value is None:
            undated += 1
            continue
        cell = first_day(article.row.published.value)[: LENGTHS[by]]
        every[cell] += 1
        of = Counter(stored.entity_id for stored in article.mentions)
        named.update((entity, cell) for entity in of)
        mentions.update({(entity, cell): count for entity, count in of.items()})
    cells = [value_of(found.first + at, by) for at in range(len(found.articles))]
    assert (found.unit if cells else by, found.undated) == (by, undated)
    assert {cell: n for cell, n in zip(cells, found.articles, strict=True) if n} == every
    assert len(cells) == 0 or (found.articles[0] and found.articles[-1])
    for series in found.series:
        assert len(series.articles) == len(series.mentions) == len(cells)
        for counts, expected in ((series.articles, named), (series.mentions, mentions)):
            there = {(series.entity.id, cell): n for cell, n in zip(cells, counts, strict=True) if n}
            assert there == {key: n for key, n in expected.items() if key[0] == series.entity.id}
    rows = many.entities(wanted, f)
    assert [series.entity for series in found.series] == rows


@pytest.mark.parametrize("f", FILTERS, ids=str)
def test_outlets_are_the_counts_of_the_articles(many: Reader, f: Filter) -> None:
    found = many.outlets_of(f)
    stories = articles(many, f)  # newest first
    assert {name: count for name, count, _ in found} == Counter(article.row.outlet for article in stories)
    for name, _, newest in found:
        assert newest == next(article.row.id for article in stories if article.row.outlet == name)
    assert [count for _, count, _ in found] == sorted((count for _, count, _ in found), reverse=True)


def brute(stories: Iterable[Article], nodes: set[int]) -> dict[tuple[int, int], tuple[int, int]]:
    sentences, told = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for article in stories:
        starts = [sentence.start for sentence in article.sentences]
        by_sentence: dict[int, set[int]] = {}
        for stored in article.mentions:
            by_sentence.setdefault(bisect_right(starts, stored.mention.start), set()).add(stored.entity_id)
        pairs = [pair for names in by_sentence.values() for pair in combinations(sorted(names & nodes), 2)]
        sentences.update(pairs)
        told.update(set(pairs))
    return {pair: (count, told[pair]) for pair, count in sentences.items()}


def test_ties_are_those_of_the_sentences(seeds_corpus_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.database import ties

    monkeypatch.setattr(ties, "_AT_ONCE", 2)
    monkeypatch.setattr(ties, "_GATHERED", 5)
    with open_reader(seeds_corpus_once) as reader:
        nodes = {id_ for _type, ids in reader.entity_groups() for id_ in ids}
        found = reader.ties(nodes)
        there = {(tie.source, tie.target): (tie.sentences, tie.articles) for tie in found}
        assert there == brute(articles(reader, Filter()), nodes)
        assert len(there) == len(found) > 50
        order = [(-tie.sentences, -tie.articles, tie.source, tie.target) for tie in found]
        assert order == sorted(order)
        few = set(sorted(nodes)[::3])
        assert {(t.source, t.target) for t in reader.ties(few)} == brute(articles(reader, Filter()), few).keys()
        assert list(reader.ties(nodes, least=2)) == [tie for tie in found if tie.sentences >= 2]
        assert list(reader.ties(nodes, most=3)) == list(found[:3])
        (lone,) = (id_ for _type, ids in reader.entity_groups(Filter(), most=1) for id_ in ids[:1] if _type == "PER")
        assert list(reader.ties([lone])) == []


def test_what_would_be_too_many_cells_is_counted_by_a_longer_unit(tmp_path: Path) -> None:
    days = ["0001-01-01", "2021-12-09", "9999-12-31", None]
    texts = [analysis(f"خبر رقم {n}\nقال زيد كذا.", [("زيد", "PER")], published=day) for n, day in enumerate(days)]
    add_all(tmp_path / "c.db", texts)
    with open_reader(tmp_path / "c.db") as reader:
        (entity,) = (row.id for row in reader.find_entities("زيد"))
        found = reader.trends([entity], Filter(copies=True), "day")
        assert found.unit == "year"
        assert (found.first, len(found.articles), sum(found.articles), found.undated) == (1, 9999, 3, 1)
        assert len(found.articles) <= trends.MOST
        assert [value_of(found.first + at, "year") for at, n in enumerate(found.series[0].articles) if n] == [
            "0001", "2021", "9999",
        ]  # fmt: skip
        assert reader.trends([entity], Filter(since="2021", until="2021"), "day").first == cell_of("2021-12-09", "day")
        with pytest.raises(CorpusError, match="no entity 99"):
            reader.trends([99])
        with pytest.raises(QueryError):
            reader.trends([entity], Filter(since="never"))
        assert reader.trends([], Filter(outlet="none")).articles == ()
