"""What a shell is offered: names by any spelling, in order of what is told of them, and never by a look at all rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import read_only
from store.annotations import Target
from store.answers import Filter
from store.database import open_reader, open_writer
from store.database.completing import MOST, offered
from store.database.files import connect_to_read
from store.errors import CorpusError
from tests.store.database.test_read_only import standing


@pytest.fixture(autouse=True)
def _nothing_written() -> Iterator[None]:
    yield
    read_only.switch(False)


def _values(path: Path, kind: str, typed: str) -> list[str]:
    read_only.switch(True)
    try:
        return [value for value, _said in offered(path, kind, typed)]  # type: ignore[arg-type]
    finally:
        read_only.switch(False)


def test_names_that_begin_so_those_of_most_articles_first(seeds_corpus_once: Path) -> None:
    found = _values(seeds_corpus_once, "entities", "ال")
    with open_reader(seeds_corpus_once) as reader:
        articles = [reader.find_entities(name)[0].articles for name in found]
    assert articles == sorted(articles, reverse=True)
    assert {"العراق", "التحالف الدولي"} <= set(found[:4])
    assert all(name.startswith("ال") for name in found)


@pytest.mark.parametrize(
    ("typed", "name"), [("امري", "أمريكا"), ("الولايات ال", "الولايات المتحدة"), ("اسوش", "أسوشيتد برس")]
)
def test_any_spelling_finds_it(seeds_corpus_once: Path, typed: str, name: str) -> None:
    assert name in _values(seeds_corpus_once, "entities", typed)


def test_without_a_beginning_the_best_known(seeds_corpus_once: Path) -> None:
    found = _values(seeds_corpus_once, "entities", "")
    assert {"العراق", "بغداد", "مصطفى الكاظمي", "داعش"} <= set(found)
    assert len(found) <= MOST


def test_what_was_hidden_is_not_offered_and_what_was_merged_is_by_both_names(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        ids = {name: reader.find_entities(name)[0].id for name in ("بغداد", "جو بايدن", "قاسم الأعرجي")}
    with open_writer(seeds_corpus) as writer:
        writer.hide_entities([ids["بغداد"]])
        writer.merge_entities([ids["جو بايدن"]], ids["قاسم الأعرجي"])
    assert "بغداد" not in _values(seeds_corpus, "entities", "بغداد")
    assert "جو بايدن" in _values(seeds_corpus, "entities", "جو")
    assert "قاسم الأعرجي" in _values(seeds_corpus, "entities", "قاسم")


def test_outlets_tags_and_saved_searches(seeds_corpus: Path) -> None:
    with open_writer(seeds_corpus) as writer:
        for article in (1, 2, 3):
            writer.annotate(Target("article", article), "tag", "متابعة")
        writer.annotate(Target("article", 1), "tag", "متأخر")
        writer.save_search("الحشد", Filter(query="الحشد"))
    assert _values(seeds_corpus, "outlets", "ال") == ["الخليج الجديد", "الشرق", "المدن"]
    assert _values(seeds_corpus, "tags", "مت") == ["متابعة", "متأخر"]
    assert _values(seeds_corpus, "searches", "ال") == ["الحشد"]
    assert _values(seeds_corpus, "tags", "x") == []


@pytest.mark.parametrize("kind", ["entities", "outlets", "tags", "searches"])
def test_rows_are_found_by_an_index_or_are_few(
    seeds_corpus_once: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(path: Path) -> sqlite3.Connection:
        connection = connect_to_read(path)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr("store.database.completing.connect_to_read", watched)
    _values(seeds_corpus_once, kind, "ال")
    assert asked
    plain = sqlite3.connect(seeds_corpus_once)
    for statement in asked:
        assert " LIMIT " in statement
        plans = [row[3] for row in plain.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert not any("TEMP B-TREE" in plan for plan in plans), plans
        assert not any(plan.startswith(("SCAN e", "SCAN n", "SCAN forms", "SCAN annotations")) for plan in plans), plans


def test_nothing_is_written(seeds_corpus: Path) -> None:
    before = standing(seeds_corpus.parent)
    _values(seeds_corpus, "entities", "ب")
    assert standing(seeds_corpus.parent) == before


def test_what_is_no_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database " * 99)
    for name in ("x.db", "missing.db"):
        with pytest.raises(CorpusError):
            _values(tmp_path / name, "entities", "x")
