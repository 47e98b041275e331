"""The publication date: its basis, what it rests on, and what stays unknown."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clean import clean
from store.models import Basis, Block, BlockKind, Cleaned, Document, Published, Source
from store.resolve import published
from store.text.sentences import split

SEEDS = Path(__file__).parents[3] / "seeds"
CASES = json.loads((Path(__file__).parents[2] / "cases" / "published.json").read_text("utf-8"))


def _document(text: str) -> Document:
    return Document(text=text, source=Source("test", "test", "1"), digest="0")


def _find(*parts: tuple[BlockKind, str], url: str | None = None) -> Published:
    """The publication date of a text made of blocks, a line each."""
    blocks, lines, at = [], [], 0
    for kind, line in parts:
        blocks.append(Block(at, at + len(line), kind, "test"))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    cleaned = Cleaned(tuple(blocks), None, None, "", ())
    return published.find(replace(_document(text), url=url), cleaned, split(text, blocks))


@pytest.mark.parametrize(
    ("seed", "value", "basis"),
    [
        ("000", "2021-12-14T06:17", "header"),
        ("001", None, "unknown"),
        ("002", "2024-08-01", "inferred"),
        ("003", None, "unknown"),
        ("004", None, "unknown"),
    ],
)
def test_seeds(seed: str, value: str | None, basis: Basis) -> None:
    [path] = SEEDS.glob(f"{seed}_*.txt")
    document = _document(path.read_text("utf-8"))
    cleaned = clean(document)
    found = published.find(document, cleaned, split(document.text, cleaned.blocks))
    assert (found.value, found.basis) == (value, basis)
    assert found.reason


@pytest.mark.parametrize("basis", ["given", "metadata"])
def test_what_the_source_says_wins(basis: Basis) -> None:
    document = replace(_document("الثلاثاء 14 ديسمبر 2021"), published="2020-01-02", published_basis=basis)
    assert published.find(document, clean(document), ()).value == "2020-01-02"
    assert published.find(document, clean(document), ()).basis == basis


def test_header_before_dateline_and_text() -> None:
    found = _find(
        ("title", "عنوان"),
        ("header", "الأحد 5 مايو 2024 - 10:30"),
        ("dateline", "القاهرة في 4 مايو 2024"),
        ("body", "أعلن الوزير أن الجلسة عقدت في 1 مايو 2024."),
    )
    assert (found.value, found.basis) == ("2024-05-05T10:30", "header")
    assert "الأحد 5 مايو 2024 - 10:30" in found.reason


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("نشر في: 2022-01-05 09:05", "2022-01-05T09:05"),
        ("05/01/2022 11:45 م", "2022-01-05T23:45"),
        ("آخر تحديث: 6 يناير 2022 | نشر: 5 يناير 2022", "2022-01-05"),
        ("آخر تحديث: 6 يناير 2022", "2022-01-06"),
        ("الجمعة 10 شوال 1445هـ الموافق 19 أبريل 2024م", "2024-04-19"),
        ("5 يناير 2022، 14:02 GMT+3", "2022-01-05T14:02+03:00"),
        ("١٤/١٢/٢٠٢١", "2021-12-14"),
    ],
)
def test_headers(line: str, value: str) -> None:
    found = _find(("title", "عنوان"), ("header", line), ("body", "قال الوزير إن الجلسة عقدت."))
    assert (found.value, found.basis) == (value, "header")


@pytest.mark.parametrize("line", ["الثلاثاء 14 ديسمبر", "منذ 3 ساعات", "الثلاثاء", "ديسمبر 2021"])
def test_headers_that_leave_a_doubt(line: str) -> None:
    assert _find(("header", line), ("body", "قال الوزير إن الجلسة عقدت.")).basis == "unknown"


def test_dateline() -> None:
    found = _find(("title", "عنوان"), ("dateline", "القاهرة في 5 يناير 2022 /أ ش أ/"), ("body", "قال الوزير."))
    assert (found.value, found.basis) == ("2022-01-05", "dateline")


def test_a_line_of_its_own() -> None:
    found = _find(("body", "عنوان الخبر في سطر"), ("body", "الثلاثاء 14 ديسمبر 2021"), ("body", "قال الوزير إن"))
    assert (found.value, found.basis) == ("2021-12-14", "header")


def test_address() -> None:
    found = _find(("body", "قال الوزير إن الجلسة عقدت."), url="https://example.org/news/2021/12/14/title")
    assert (found.value, found.basis) == ("2021-12-14", "metadata")


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        # A date with its weekday that the text then calls by the weekday: of the same week as the news.
        (
            ("قالت الوزارة، يوم الخميس، إنها", "ويوم الأربعاء 31 تموز 2024 أفاد الناطق.", "وذكر مسؤول، الأربعاء، أن"),
            "2024-08-01",
        ),
        # The day itself, or the day before, with its date.
        (("أعلن اليوم الثلاثاء 14 ديسمبر 2021 عن الصفقة.",), "2021-12-14"),
        (("قال أمس الأربعاء 31 تموز 2024 إن الهجوم وقع.",), "2024-08-01"),
        # A date without its weekday may be of any week.
        (("قال الخميس إن", "منذ 7 أكتوبر 2023 قتل الآلاف.", "وأضاف السبت أن"), None),
        # Nothing says how long after.
        (("أفاد الناطق يوم الأربعاء 31 تموز 2024 بأن",), None),
        # A weekday and a day of a month fit several years.
        (("قالت الحكومة، يوم الأربعاء 24 يناير، إن", "بدأت المحادثات يوم السبت."), None),
        # … unless the years the text tells of leave only one.
        (
            (
                "بدأت المحادثات يوم السبت.",
                "قالت الحكومة، يوم الأربعاء 24 يناير، إن",
                "وكررت بغداد يوم الأربعاء أن",
                "وقعت الحرب عام 2020، وستنسحب القوات عام 2025.",
            ),
            "2024-01-27",
        ),
    ],
)
def test_inference(lines: tuple[str, ...], value: str | None) -> None:
    found = _find(*(("body", line) for line in lines))
    assert (found.value, found.basis) == (value, "inferred" if value else "unknown")
    assert found.reason


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_what_the_news_leaves(case: dict[str, Any]) -> None:
    found = _find(*(("body", line) for line in case["text"]))
    assert (found.value, found.basis) == (case["value"], "inferred" if case["value"] else "unknown")
    assert all(words in found.reason for words in case["says"]), found.reason


NAMES = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")


@given(st.dates(date(1900, 1, 3), date(2099, 12, 28)), st.integers(0, 6), st.sampled_from([("اليوم", 0), ("أمس", 1)]))
def test_today_is_the_day_only_when_its_weekday_is_right(day: date, weekday: int, word: tuple[str, int]) -> None:
    said, later = word
    found = _find(("body", f"أعلن {said} {NAMES[weekday]} {day.day} {MONTHS[day.month - 1]} {day.year} عن الصفقة."))
    right = day.weekday() == weekday
    assert found.value == (str(day + timedelta(days=later)) if right else None)


@given(st.dates(date(1950, 1, 3), date(2060, 12, 28)), st.integers(0, 800))
def test_a_year_is_given_only_where_the_weekday_leaves_one(day: date, before: int) -> None:
    """Without a year, and with a day told of `before` days earlier: the day itself, or none, never another."""
    told = day - timedelta(days=before)
    found = _find(
        ("body", f"أعلن اليوم {NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]} عن الصفقة."),
        ("body", f"وكانت الشركة قد بيعت في {told.day} {MONTHS[told.month - 1]} {told.year} في المدينة."),
    )
    near = day.year - told.year <= 1
    assert found.value == (str(day) if near else None)


@pytest.mark.parametrize("kind", ["caption", "related", "keywords", "boilerplate"])
def test_dates_that_are_not_the_news(kind: BlockKind) -> None:
    assert _find((kind, "قاعدة في مطار بغداد - 03 يناير 2021"), ("body", "قال الوزير الأربعاء إن")).value is None


def test_a_text_without_dates() -> None:
    found = _find(("body", "قال الوزير إن الجلسة عقدت."))
    assert (found.value, found.basis) == (None, "unknown")
    assert found.reason == "the text gives no date of its own"


@pytest.mark.parametrize(
    "line",
    [
        "قدم 14 ديسمبر 2021 وعاد",
        "14 ديسمبر 2021",
        "اليوم الثلاثاء 14 ديسمبر",
        "يوم الأربعاء 24 يناير 2024 ثم الأربعاء",
        "قصف غزة لليوم الـ291 وبعد عام 2020",
    ],
)
def test_a_long_line_of_dates_takes_time_in_proportion(line: str) -> None:
    _find(("body", line))
    begun = time.process_time()
    _find(("body", " ".join([line] * 4000)))
    assert time.process_time() - begun < 8
