from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.dates.calendars import (
    MAX_YEAR,
    MIN_YEAR,
    Days,
    easter,
    hijri_day,
    hijri_month,
    hijri_year,
    hijri_year_of,
    passover,
    thirds,
    week_value,
)


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1445, 9, 1), date(2024, 3, 11)),
        ((1443, 7, 27), date(2022, 2, 28)),
        ((1, 1, 1), date(622, 7, 19)),  # 16 July 622 Julian
        ((1319, 1, 1), date(1901, 4, 20)),
        ((1345, 5, 31), date(1926, 12, 6)),
        ((1445, 9, 31), None),
        ((1300, 1, 31), None),
        ((0, 1, 1), None),
    ],
)
def test_hijri_days(hijri: tuple[int, int, int], gregorian: date | None) -> None:
    assert hijri_day(*hijri) == gregorian


# Months of 28 and 31 days as Umm al-Qura printed them in its first years, and the seam where the table begins.
ODD_MONTHS = {
    (1342, 12): 28, (1343, 9): 28, (1345, 5): 31, (1345, 8): 28, (1348, 11): 31, (1348, 12): 28, (1349, 10): 28,
    (1349, 11): 31, (1364, 8): 28,
}  # fmt: skip


def test_hijri_months_follow_on_one_another_and_have_29_or_30_days_but_nine() -> None:
    odd = {}
    before = hijri_month(1, 1)
    assert before is not None
    for year in range(1, 1901):
        for month in range(1, 13):
            this = hijri_month(year, month)
            assert this is not None
            if (year, month) != (1, 1):
                assert (this.first - before.last).days == 1
            length = (this.last - this.first).days + 1
            if length not in (29, 30):
                odd[year, month] = length
            before = this
    assert odd == ODD_MONTHS


@given(st.integers(1, 1900))
def test_hijri_year_of_its_first_and_last_day(year: int) -> None:
    days = hijri_year(year)
    assert days is not None
    assert hijri_year_of(days.first) == hijri_year_of(days.last) == year


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(1798, (4, 8), (4, 8)), (1850, (3, 31), (5, 5)), (2024, (3, 31), (5, 5)), (2025, (4, 20), (4, 20))],
)
def test_easter(year: int, western: tuple[int, int], orthodox: tuple[int, int]) -> None:
    assert easter(year) == date(year, *western)
    assert easter(year, orthodox=True) == date(year, *orthodox)


def test_weeks_are_iso() -> None:
    assert week_value(date(2021, 1, 3)) == "2020-W53"


@pytest.mark.parametrize(
    ("unit", "days", "mod", "expected"),
    [
        ("Y", (date(2021, 1, 1), date(2021, 12, 31)), "END", (date(2021, 9, 1), date(2021, 12, 31))),
        ("M", (date(2024, 2, 1), date(2024, 2, 29)), "MID", (date(2024, 2, 11), date(2024, 2, 20))),
        ("DE", (date(1990, 1, 1), date(1999, 12, 31)), "START", (date(1990, 1, 1), date(1993, 12, 31))),
        ("W", (date(2021, 12, 13), date(2021, 12, 19)), "START", (date(2021, 12, 13), date(2021, 12, 19))),
        # a Hijri month, a Hijri year
        ("M", (date(2024, 3, 11), date(2024, 4, 9)), "START", (date(2024, 3, 11), date(2024, 3, 20))),
        ("Y", (date(2014, 10, 25), date(2015, 10, 13)), "END", (date(2015, 6, 18), date(2015, 10, 13))),
    ],
)
def test_thirds(unit: str, days: tuple[date, date], mod: str, expected: tuple[date, date]) -> None:
    assert thirds(unit, Days(*days), mod) == Days(*expected)


@pytest.mark.parametrize(
    "day",
    [
        *(date(1973, 4, 17), date(2005, 4, 24), date(2015, 4, 4), date(2019, 4, 20), date(2020, 4, 9)),
        *(date(2021, 3, 28), date(2022, 4, 16), date(2023, 4, 6), date(2024, 4, 23), date(2025, 4, 13)),
    ],
)
def test_passover(day: date) -> None:
    assert passover(day.year) == day


def test_passover_begins_on_no_monday_wednesday_or_friday() -> None:
    assert {passover(year).isoweekday() for year in range(MIN_YEAR, MAX_YEAR + 1)} == {2, 4, 6, 7}
