"""Dates, counts and scopes as an exported timeline says them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.answers import EventRow
from store.export.timeline import GROUPS, MODALITIES, group_of, light_of
from store.export.timeline_svg import track
from store.export.wording import counted, days, month_words, ordinal, partial, when, word, year_words
from store.models import Bound, Precision
from store.text.when import Calendar


def event(
    earliest: str, latest: str, precision: Precision = "day", value: str = "", bound: Bound | None = None
) -> EventRow:
    return EventRow(1, value or earliest, earliest, latest, precision, "asserted", (), (), (), 1, bound)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا أحداث"), (1, "حدث واحد"), (2, "حدثان"), (3, "3 أحداث"), (10, "10 أحداث"), (11, "11 حدثاً"),
        (99, "99 حدثاً"), (100, "100 حدث"), (102, "102 حدث"), (103, "103 أحداث"), (2503, "2503 أحداث"),
    ],
)  # fmt: skip
def test_counts_are_said_as_arabic_counts(number: int, said: str) -> None:
    assert counted(number, "event") == said


@pytest.mark.parametrize(
    ("row", "gregorian", "hijri"),
    [
        (event("2021-12-09", "2021-12-09"), "9 ديسمبر 2021", "5 جمادى الأولى 1443 هـ"),
        (event("2021-12-09", "2021-12-09", "time", "2021-12-09T14:30"), "9 ديسمبر 2021، الساعة 14:30",
         "5 جمادى الأولى 1443 هـ، الساعة 14:30"),
        (event("2021-12-09", "2021-12-09", "time", "2021-12-09TEV"), "9 ديسمبر 2021، مساء",
         "5 جمادى الأولى 1443 هـ، مساء"),
        (event("2014-01-01", "2014-12-31", "year", bound="since"), "منذ 2014", "منذ 1435 – 1436 هـ"),
        (event("2020-11-01", "2020-11-30", "month", bound="until"), "حتى نوفمبر 2020",
         "حتى ربيع الأول – ربيع الآخر 1442 هـ"),
        (event("2021-09-01", "2021-12-31", "year"), "أواخر 2021", "1443 هـ"),
        (event("2021-05-01", "2021-08-31", "year"), "منتصف 2021", "1442 – 1443 هـ"),
        (event("2022-01-01", "2022-01-10", "month"), "مطلع يناير 2022", "جمادى الأولى – جمادى الآخرة 1443 هـ"),
        (event("1946-01-01", "2023-12-31", "range"), "1946 – 2023", "1365 – 1445 هـ"),
        (event("0622-07-01", "0622-07-01"), "1 يوليو 622", "1 يوليو 622 م"),
        (event("9998-01-01", "9998-12-31", "year"), "9998", "9998 م"),
        (event("-500-01-01", "-401-12-31", "century"), "500 – 401 ق.م", "500 – 401 ق.م"),
        (event("-030-01-01", "0020-12-31", "range"), "30 ق.م – 20 م", "30 ق.م – 20 م"),
        (event("12000-01-01", "12000-12-31", "year"), "12000", "12000"),
        (event("2021-02-31", "x\u202e\x1b"), "2021-02-31…x\ufffd", "2021-02-31…x\ufffd"),
    ],
)  # fmt: skip
def test_dates_are_words(row: EventRow, gregorian: str, hijri: str) -> None:
    assert when(row) == gregorian
    assert when(row, "hijri") == hijri


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2021-12-09", "9 ديسمبر 2021"), ("2021-12-09T06:17+03:00", "9 ديسمبر 2021"), ("2021-12", "ديسمبر 2021"),
        ("2021", "2021"), ("0000", "0000"), ("2021-13", "2021-13"), ("2021-02-30", "2021-02-30"), ("أمس", "أمس"),
    ],
)  # fmt: skip
def test_parts_of_dates_are_words(value: str, said: str) -> None:
    assert partial(value) == said


def test_headings_of_years_and_months() -> None:
    assert (year_words(2021), year_words(2021, "hijri")) == ("2021", "1442 – 1443 هـ")
    assert (month_words(2021, 12), month_words(9999, 1)) == ("ديسمبر 2021", "9999")
    assert (year_words(-500), year_words(None)) == ("500 ق.م", "سنة غير معروفة")


@given(st.dates())
def test_days_are_numbered_as_python_numbers_them(day: date) -> None:
    assert ordinal(day.isoformat()) == day.toordinal()


def test_days_go_on_before_and_after_the_years_that_python_has() -> None:
    assert ordinal("0000-12-31") == 0
    assert ordinal("-400-12-31") == -146_097
    assert ordinal("10000-01-01") == date.max.toordinal() + 1
    assert ordinal("2021-02-29") is None


DAY = st.from_regex(r"-?[0-9]{1,5}-[0-9]{2}-[0-9]{2}", fullmatch=True) | st.dates().map(str) | st.text(max_size=12)
KNOWN: st.SearchStrategy[Precision] = st.sampled_from(list(GROUPS))
BOUNDS: st.SearchStrategy[Bound | None] = st.sampled_from(["since", "until", None])


@given(DAY, DAY, KNOWN, st.sampled_from(["gregorian", "hijri"]), BOUNDS)
def test_any_days_can_be_said_and_drawn(
    earliest: str, latest: str, precision: Precision, calendar: Calendar, bound: Bound | None
) -> None:
    row = event(earliest, latest, precision, bound=bound)
    for said in (when(row, calendar), days(earliest, latest, precision, calendar)):
        assert all(char.isprintable() or char in "\u200c\u200d" for char in said)
    assert track(row).count("<svg") == track(row).count("</svg>")


def test_there_are_words_for_everything() -> None:
    for precision, group in GROUPS.items():
        assert word(f"precision.{precision}")
        assert word(f"group.{group}")
        assert group_of(event("2021-01-01", "2021-01-01", precision)) == group
    for modality in MODALITIES:
        assert word(f"modality.{modality}")
    assert light_of(event("2021-01-01", "2021-01-01")) == "asserted"
