"""How dates are written for people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.dates.calendars import hijri_day, hijri_of
from store.models import Precision
from store.text.when import Calendar, Language, in_figures, in_words

CASES: list[tuple[str, str, Precision, Calendar, str, str, str]] = [
    ("2021-12-14", "2021-12-14", "day", "gregorian", "2021-12-14", "14 ديسمبر 2021", "14 December 2021"),
    ("2021-12-14", "2021-12-14", "time", "hijri", "1443-05-10", "10 جمادى الأولى 1443 هـ", "10 Jumada I 1443 AH"),
    ("2021-12-01", "2021-12-31", "month", "gregorian", "2021-12", "ديسمبر 2021", "December 2021"),
    ("2019-05-06", "2019-06-03", "month", "hijri", "1440-09", "رمضان 1440 هـ", "Ramadan 1440 AH"),
    ("2021-12-01", "2021-12-31", "month", "hijri", "1443-04…1443-05", "ربيع الآخر – جمادى الأولى 1443 هـ",
     "Rabi II – Jumada I 1443 AH"),
    ("2014-01-01", "2014-12-31", "year", "gregorian", "2014", "2014", "2014"),
    ("2014-01-01", "2014-12-31", "year", "hijri", "1435…1436", "1435 – 1436 هـ", "1435 – 1436 AH"),
    ("1990-01-01", "1999-12-31", "decade", "gregorian", "1990…1999", "1990 – 1999", "1990 – 1999"),
    ("2024-03-05", "2024-03-10", "range", "gregorian", "2024-03-05…2024-03-10", "5–10 مارس 2024", "5–10 March 2024"),
    ("2021-01-01", "2021-03-31", "quarter", "gregorian", "2021-01…2021-03", "يناير – مارس 2021",
     "January – March 2021"),
    ("2023-12-30", "2024-01-02", "range", "gregorian", "2023-12-30…2024-01-02", "30 ديسمبر 2023 – 2 يناير 2024",
     "30 December 2023 – 2 January 2024"),
    ("-500-01-01", "-401-12-31", "century", "gregorian", "-500-01-01…-401-12-31", "-500-01-01…-401-12-31",
     "-500-01-01…-401-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("earliest", "latest", "precision", "calendar", "figures", "arabic", "english"), CASES)
def test_labels(
    earliest: str, latest: str, precision: Precision, calendar: Calendar, figures: str, arabic: str, english: str
) -> None:
    assert in_figures(earliest, latest, precision, calendar) == figures
    languages: tuple[tuple[Language, str], ...] = (("ar", arabic), ("en", english))
    for language, said in languages:
        assert in_words(earliest, latest, precision, calendar, language) == said


@given(st.dates(date(1, 1, 1), date(2200, 1, 1)))
def test_a_hijri_day_is_the_day_it_came_from(day: date) -> None:
    found = hijri_of(day)
    if found is None:
        assert day < date(622, 7, 20)
    else:
        assert hijri_day(*found) == day


def test_hijri_days_follow_each_other() -> None:
    """Across the years where the table of Umm al-Qura begins and ends."""
    for first in (date(1924, 6, 1), date(2077, 9, 1)):
        seen = [hijri_of(first + timedelta(days=at)) for at in range(200)]
        assert len(set(seen)) == len(seen)
        assert seen == sorted(seen, key=lambda parts: parts or ())
