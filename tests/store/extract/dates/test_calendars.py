from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.dates.calendars import (
    Days,
    easter,
    hijri_day,
    hijri_month,
    hijri_year,
    hijri_year_of,
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
        ((1445, 9, 31), None),
        ((0, 1, 1), None),
    ],
)
def test_hijri_days(hijri: tuple[int, int, int], gregorian: date | None) -> None:
    assert hijri_day(*hijri) == gregorian


@given(st.integers(1, 1900), st.integers(1, 12))
def test_hijri_months_follow_on_one_another(year: int, month: int) -> None:
    this, following = hijri_month(year, month), hijri_month(year + month // 12, month % 12 + 1)
    assert this is not None
    assert following is not None
    assert (following.first - this.last).days == 1
    assert 28 <= (this.last - this.first).days <= 30


@given(st.integers(1, 1900))
def test_hijri_year_of_its_first_and_last_day(year: int) -> None:
    days = hijri_year(year)
    assert days is not None
    assert hijri_year_of(days.first) == hijri_year_of(days.last) == year


@pytest.mark.parametrize(("year", "western", "orthodox"), [(2024, (3, 31), (5, 5)), (2025, (4, 20), (4, 20))])
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
    ],
)
def test_thirds(unit: str, days: tuple[date, date], mod: str, expected: tuple[date, date]) -> None:
    assert thirds(unit, Days(*days), mod) == Days(*expected)
