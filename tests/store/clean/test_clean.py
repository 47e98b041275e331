"""Cleaning: what each line is, and what holds for any text."""

from __future__ import annotations

import bisect
import csv
import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.clean import clean
from store.models import Block, Cleaned, Document, Source
from store.readers import read

_CASES = Path(__file__).parents[2] / "cases"
_SEEDS = json.loads((_CASES / "clean_seeds.json").read_text("utf-8"))
_PAGES = json.loads((_CASES / "clean_pages.json").read_text("utf-8"))


def document(text: str, title: str | None = None, outlet: str | None = None, url: str | None = None) -> Document:
    """A document of `text` as a reader would make it."""
    return Document(text, Source("a.txt", "text", "1"), "0" * 64, title=title, outlet=outlet, url=url)


def kinds(text: str, cleaned: Cleaned) -> list[tuple[str, str]]:
    """Kind and surface of each block."""
    return [(block.kind, text[block.start : block.end]) for block in cleaned.blocks]


def _rows(name: str) -> Iterator[list[str]]:
    with (_CASES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.reader((row for row in file if not row.startswith("# ")), delimiter="\t", quoting=csv.QUOTE_NONE)


@pytest.mark.parametrize("name", _SEEDS)
def test_every_line_of_the_sample_articles(seeds: Path, name: str) -> None:
    (found,) = read(seeds / name)
    assert isinstance(found, Document)
    expected, cleaned = _SEEDS[name], clean(found)
    starts = [0, *(index + 1 for index, char in enumerate(found.text) if char == "\n")]
    by_line: dict[str, str] = {}
    for block in cleaned.blocks:
        number = str(bisect.bisect_right(starts, block.start))
        by_line[number] = f"{by_line[number]} {block.kind}" if number in by_line else block.kind
    assert by_line == expected["kinds"]
    assert cleaned.title is not None
    assert (cleaned.title.text, cleaned.title.basis) == (expected["title"], expected["basis"])
    assert [cleaned.title.start, cleaned.title.end] == expected["span"]
    assert (cleaned.outlet, list(cleaned.keywords)) == (expected["outlet"], expected["keywords"])


@pytest.mark.parametrize("case", _PAGES, ids=[case["name"] for case in _PAGES])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_pages(case: dict[str, Any], between: str) -> None:
    text = ""
    for number, (_, line) in enumerate(case["lines"], 1):
        text += line + (" " if number in case.get("joined", ()) else between)
    cleaned = clean(document(text))
    assert kinds(text, cleaned) == [(kind, line) for kind, line in case["lines"]]
    assert (cleaned.title.text if cleaned.title else None) == case["title"]
    assert (cleaned.title.basis if cleaned.title else None) == case["basis"]
    assert cleaned.outlet == case["outlet"]
    assert list(cleaned.keywords) == case["keywords"]


_TITLE = "الحكومة العراقية تعلن موعد الانتخابات المبكرة"
_PARAGRAPHS = (
    "أعلنت الحكومة العراقية يوم الأحد موعد الانتخابات المبكرة بعد اجتماع طويل في العاصمة.",
    "وقال المتحدث باسم الحكومة إن المفوضية أكملت استعداداتها في جميع المحافظات.",
    "ورحبت بعثة الأمم المتحدة بالقرار ودعت الأطراف إلى احترامه في كل الأحوال.",
)


@pytest.mark.parametrize(("place", "kind", "line"), list(_rows("clean_lines.tsv")))
def test_lines(place: str, kind: str, line: str) -> None:
    first, second, third = _PARAGRAPHS
    lines = {
        "above": [_TITLE, line, first, second, third],
        "inside": [_TITLE, first, second, line, third],
        "below": [_TITLE, first, second, third, line],
    }[place]
    text = "\n\n".join(lines)
    found = {surface: what for what, surface in kinds(text, clean(document(text)))}
    assert found == {_TITLE: "title", first: "body", second: "body", third: "body", line: kind}


@pytest.mark.parametrize("row", [row for (row,) in _rows("clean_datelines.tsv")])
def test_datelines(row: str) -> None:
    dateline, _, rest = row.partition("|")
    text = f"{_TITLE}\n\n{dateline}{rest if dateline else rest.strip()}\n\n{_PARAGRAPHS[1]}\n"
    found = kinds(text, clean(document(text)))
    assert [surface for kind, surface in found if kind == "dateline"] == ([dateline] if dateline else [])
    assert ("body", rest.strip()) in found


@pytest.mark.parametrize(("answer", "line"), list(_rows("clean_dates.tsv")))
def test_date_lines(answer: str, line: str) -> None:
    text = f"{_TITLE}\n{line}\n" + "\n".join(_PARAGRAPHS)
    assert (("header", line) in kinds(text, clean(document(text)))) == (answer == "yes")


def test_a_title_that_was_given_is_found_in_the_text() -> None:
    text = "\n".join(["سياسة", f"«{_TITLE}»", *_PARAGRAPHS])
    cleaned = clean(document(text, title=_TITLE))
    assert cleaned.title is not None
    assert (cleaned.title.text, cleaned.title.basis) == (_TITLE, "metadata")
    assert text[cleaned.title.start : cleaned.title.end] == f"«{_TITLE}»"
    elsewhere = clean(document("\n".join(_PARAGRAPHS), title=_TITLE))
    assert elsewhere.title is not None
    assert (elsewhere.title.text, elsewhere.title.start, elsewhere.title.end) == (_TITLE, None, None)
    assert {block.kind for block in elsewhere.blocks} == {"body"}


def test_the_outlet_that_was_given_or_its_address() -> None:
    text = "\n".join([_TITLE, *_PARAGRAPHS, "المصدر: المدن"])
    assert clean(document(text, outlet="صحيفة ما")).outlet == "صحيفة ما"
    cleaned = clean(document("\n".join(_PARAGRAPHS), url="https://www.aljazeera.net/news/2021/1"))
    assert (cleaned.outlet, cleaned.outlet_reason) == ("الجزيرة", "the address is at aljazeera.net")
    assert clean(document("\n".join(_PARAGRAPHS), url="https://[")).outlet is None
    assert clean(document("\n".join(_PARAGRAPHS), url="لا عنوان")).outlet is None


# Lines a page may have, and anything else, in any order.
_KNOWN = """\
Open toolbar
كلمات مفتاحية
المصدر: المدن
المصدر :
اقرأ أيضاً:
دبي -
بغداد -
بغداد (رويترز) - قال المتحدث إن الأمر انتهى.
(رويترز)
***
14 ديسمبر 2021
منذ 3 ساعات
عنوان من أربع كلمات
[ad_1]
أضف تعليق
©
كتب: أحمد
#العراق
الوسوم: ا، ب
وسوم:
تاج
ـ
جنود (غيتي)
https://a.b/c
١٢
العراق | الجزيرة
""".splitlines()
_LINES = st.lists(
    st.one_of(
        st.sampled_from([*_KNOWN, _TITLE, *_PARAGRAPHS, "", " \u00a0", "\u200f"]),
        st.text(max_size=40),
    ),
    max_size=25,
).map("\n".join)


def _check(text: str, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        surface = text[block.start : block.end]
        assert surface
        assert surface == surface.strip()
        assert "\n" not in surface
        assert block.rule
    for before, after in pairwise(blocks):
        assert before.end <= after.start
    kept = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(kept.split()) == "".join(text.split())


@given(_LINES)
def test_blocks_are_the_text_but_for_white_space(text: str) -> None:
    cleaned = clean(document(text))
    _check(text, cleaned.blocks)
    if cleaned.title:
        assert text[cleaned.title.start : cleaned.title.end] == cleaned.title.text


@example("!\rB", "", "")
@given(_LINES, st.text(max_size=30), st.text(max_size=30))
def test_fields_of_any_kind_do_no_harm(text: str, title: str, url: str) -> None:
    cleaned = clean(document(text, title=title or None, url=url or None))
    _check(text, cleaned.blocks)
    if cleaned.title and cleaned.title.start is not None:
        # a first sentence of the body may have signs before it
        first = cleaned.title.basis == "first sentence"
        within = [block for block in cleaned.blocks if block.start <= cleaned.title.start < block.end]
        assert len(within) == 1
        assert first or within[0].start == cleaned.title.start


@given(st.lists(st.sampled_from(_PARAGRAPHS), min_size=2, max_size=12))
def test_paragraphs_alone_are_body(paragraphs: list[str]) -> None:
    assert {block.kind for block in clean(document("\n".join(paragraphs))).blocks} == {"body"}


@pytest.mark.parametrize(
    "text",
    [
        "." * 1_000_000,
        "س" * 1_000_000,
        "س" + " " * 1_000_000 + "س",
        "كلمة " * 200_000,
        "بغداد - " * 125_000,
        "(" * 1_000_000,
        '"' * 500_000 + "–" * 500_000,
        "١/" * 500_000,
        "Tags\n*\n" * 20_000,
        "أضف تعليق\n" * 20_000,
        "عنوان من أربع كلمات\n" * 20_000 + _PARAGRAPHS[0],
    ],
    ids=lambda text: f"{text[:8]!r}",
)
def test_time_is_bounded(text: str) -> None:
    begun = time.process_time()
    cleaned = clean(document(text))
    assert time.process_time() - begun < 8
    _check(text, cleaned.blocks)
