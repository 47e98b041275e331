"""Where a page contradicts itself about a date, and where it only seems to."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import open_reader
from store.export import records
from store.extract import dates
from store.ingest import analyse, redate
from store.models import Block, BlockKind, Contradiction, Document, Published, Source
from store.readers import read
from store.resolve.contradictions import contradictions, find, of_analysis
from store.text.sentences import split

CASES = json.loads((Path(__file__).parents[2] / "cases" / "contradictions.json").read_text("utf-8"))


def _find(
    lines: list[tuple[BlockKind, str]],
    published: str | None = None,
    metadata: str | None = None,
    url: str | None = None,
) -> tuple[str, list[Contradiction]]:
    """A text made of blocks, a line each, and its contradictions."""
    blocks, at = [], 0
    for kind, line in lines:
        blocks.append(Block(at, at + len(line), kind, "test"))
        at += len(line) + 1
    text = "\n".join(line for _, line in lines)
    document = Document(text, Source("test", "test", "1"), "0", url=url)
    if metadata:
        document = replace(document, published=metadata, published_basis="metadata")
    day = published or metadata
    sentences = split(text, blocks)
    found = dates.find(text, day, sentences, blocks)
    dated = Published(day, "metadata" if day else "unknown", "the source says so")
    return text, find(document, blocks, sentences, found, dated)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    lines = [(line[0], line[1]) for line in case["text"]]
    text, found = _find(lines, case.get("published"), case.get("metadata"), case.get("url"))
    assert [text[each.start : each.end] for each in found] == [wanted for wanted, _ in case["found"]]
    for each, (_, said) in zip(found, case["found"], strict=True):
        assert all(words in each.reason for words in said), each.reason


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_contradicted_exactly_when_it_is_not_that_of_its_day(day: date, weekday: int) -> None:
    names = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    line = f"عقدت الجلسة يوم {names[weekday]} {day.day}/{day.month}/{day.year} في المدينة."
    for published in (None, "2022-01-05"):
        _, found = _find([("body", line)], published)
        assert len(found) == (day.weekday() != weekday)


def test_the_caption_of_a_sample_contradicts_it_once_its_date_is_known(seeds: Path, seeds_corpus: Path) -> None:
    """Seed 001 is dated by way of another sample; by itself it may have been written in any year."""
    (path,) = seeds.glob("001_*")
    (document,) = read(path)
    assert isinstance(document, Document)
    assert of_analysis(analyse(document)) == []
    with open_reader(seeds_corpus) as reader:
        articles = [reader.article(id_) for id_ in reader.article_ids()]
    found = {Path(each.row.path).name[:3]: contradictions(each) for each in articles}
    assert [name for name, slips in found.items() if slips] == ["001"]
    (slip,) = found["001"]
    assert document.text[slip.start : slip.end] == "03 يناير 2021"
    assert '"03 يناير 2021"' in slip.reason
    assert '"الاثنين", 2022-01-03' in slip.reason
    article = next(each for each in articles if Path(each.row.path).name.startswith("001"))
    assert records.article(article)["contradictions"] == [
        {"start": slip.start, "end": slip.end, "text": "03 يناير 2021", "reason": slip.reason}
    ]
    # A person may say that it is of the caption's year: then nothing is wrong with the caption.
    redate(seeds_corpus, article.row.id, "2021-01-05")
    with open_reader(seeds_corpus) as reader:
        assert contradictions(reader.article(article.row.id)) == []


def test_an_analysis_tells_of_them(seeds: Path) -> None:
    (path,) = seeds.glob("001_*")
    (document,) = read(path)
    assert isinstance(document, Document)
    dated = analyse(replace(document, published="2022-01-05", published_basis="given"))
    (slip,) = records.analysis(dated)["contradictions"]
    assert (slip["text"], dated.document.text[slip["start"] : slip["end"]]) == ("03 يناير 2021", "03 يناير 2021")


@pytest.mark.parametrize(
    "line",
    ["في الأحد 3 يناير 2022 حضر الوزير", "3 يناير 2022", "حضر في 5 مايو 2022", "قال في 4 مارس 2021 وفي 4 مارس 2020 إن"],
)
@pytest.mark.parametrize("kind", ["body", "caption"])
def test_a_long_line_of_dates_takes_time_in_proportion(line: str, kind: BlockKind) -> None:
    text = " ".join([line] * 3000)
    document = Document(text, Source("test", "test", "1"), "0")
    blocks = [Block(0, len(text), kind, "test")]
    sentences = split(text, blocks)
    found = dates.find(text, "2022-01-05", sentences, blocks)
    begun = time.process_time()
    find(document, blocks, sentences, found, Published("2022-01-05", "metadata", ""))
    assert time.process_time() - begun < 2
