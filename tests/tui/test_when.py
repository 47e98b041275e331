"""When something happened, as lists show it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.answers import EventRow
from store.models import Precision
from tui.locale import use
from tui.when import event_date

CASES: list[tuple[str, str, str, Precision, str, str]] = [
    ("2021-12-14", "2021-12-14", "2021-12-14", "day", "2021-12-14", "2021-12-14"),
    ("2021-12", "2021-12-01", "2021-12-31", "month", "2021-12", "2021-12"),
    ("0575", "0575-01-01", "0575-12-31", "year", "0575", "0575"),
    ("185", "1850-01-01", "1859-12-31", "decade", "1850…1859", "1850…1859"),
    ("17", "1700-01-01", "1799-12-31", "century", "1700…1799", "1700…1799"),
    ("2015-W31", "2015-07-27", "2015-08-02", "week", "2015-07-27…2015-08-02", "2015-07-27…2015-08-02"),
    ("2022-Q2", "2022-04-01", "2022-06-30", "quarter", "2022-04…2022-06", "2022-04…2022-06"),
    ("2020-SU", "2020-06-01", "2020-08-31", "season", "2020-06…2020-08", "2020-06…2020-08"),
    ("1902/1959", "1902-01-01", "1959-12-31", "range", "1902…1959", "1902…1959"),
    ("2015-07-20TEV", "2015-07-20", "2015-07-20", "time", "2015-07-20 in the evening", "2015-07-20 مساءً"),
    ("2015-07-21T01:00", "2015-07-21", "2015-07-21", "time", "2015-07-21 01:00", "2015-07-21 01:00"),
    ("2015-07-20TEV/2015-07-21TMO", "2015-07-20", "2015-07-21", "range", "2015-07-20…2015-07-21",
     "2015-07-20…2015-07-21"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize(("value", "earliest", "latest", "precision", "english", "arabic"), CASES)
def test_no_code_of_timex_is_shown(
    value: str, earliest: str, latest: str, precision: Precision, english: str, arabic: str
) -> None:
    row = EventRow(1, value, earliest, latest, precision, "asserted", (), (), (), 1)
    assert event_date(row) == english
    use("ar")
    assert event_date(row) == arabic
