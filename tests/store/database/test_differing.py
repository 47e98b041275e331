"""What may be said differently: two by two, few, of what a filter lets through and of whom it is asked."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from store.answers import Filter
from store.database import open_reader
from store.errors import Cancelled
from store.ingest import add
from tests.bench.differing import judged, measured

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "cases" / "differing.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_is_offered(case: dict[str, Any], tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"title": f"خبر {at}", "text": text, "date": "2023-05-25", "source": f"صحيفة {at}"}, ensure_ascii=False
        )
        for at, text in enumerate(case["texts"])
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    list(add(tmp_path / "c.db", [tmp_path / "a.jsonl"]))
    with open_reader(tmp_path / "c.db") as reader:
        rows = reader.differing(Filter(copies=True)).rows
    assert len(rows) == len(case["pairs"]), rows
    for row, (rule, one, other) in zip(rows, case["pairs"], strict=True):
        assert row.rule == rule
        sides = [row.one.who, row.other.who]
        if rule == "figures apart":  # neither is before the other
            sides.sort()
            one, other = sorted((one, other))
        assert (one in sides[0], other in sides[1]) == (True, True), sides


def test_of_the_samples_baghdad_and_washington(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        (row,) = reader.differing().rows
        text = reader.article(row.one.article.id).document.text
        assert text[row.one.start : row.one.end] == "المحادثات لا تتضمن انسحاب القوات الأميركية من العراق"
        assert text[row.other.start : row.other.end] == "جدولا زمنيا للانسحاب"
        assert (row.one.kind, row.other.who, row.other.kind) == ("confirmed", "بغداد", "expected")
        for side in (row.one, row.other):
            assert text[side.sentence.start : side.sentence.end] == side.sentence.text
            assert side.sentence.start <= side.start < side.end <= side.sentence.end
        # of whom it is, and in what
        baghdad = reader.find_entities("بغداد")[0].id
        assert reader.differing(entity=baghdad).rows == (row,)
        nobody = reader.find_entities("مصطفى الكاظمي")[0].id
        assert reader.differing(entity=nobody).rows == ()
        assert reader.differing(Filter(article=row.one.article.id)).rows == (row,)
        others = next(id_ for id_ in reader.article_ids() if id_ != row.one.article.id)
        assert reader.differing(Filter(article=others)).rows == ()
        answer = reader.differing(most=2)
        assert (answer.looked, answer.of) == (2, 5)


def test_it_can_be_stopped(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        reader.stop()
        with pytest.raises(Cancelled):
            reader.differing()


def test_what_is_not_said_or_not_yet_heard_is_no_fault(seeds_corpus: Path) -> None:
    with sqlite3.connect(seeds_corpus) as connection:
        connection.execute("DELETE FROM spoken WHERE article_id = 1")
        connection.execute("DELETE FROM sentences WHERE article_id = 2")
    connection.close()
    with open_reader(seeds_corpus) as reader:
        assert len(reader.differing().rows) == 1


def test_more_than_six_in_ten_that_were_offered_are_a_real_question() -> None:
    pairs = judged()
    assert sum(each.real for each in pairs) / len(pairs) >= 0.72
    assert measured(None).real == 1


@pytest.mark.skipif(not os.environ.get("KHABAR_DATA"), reason="set KHABAR_DATA to measure on articles")
def test_floors_of_what_is_offered() -> None:
    found = measured(Path(os.environ["KHABAR_DATA"]))
    assert found.precision >= 0.72
    assert found.real == found.gold
