"""Numbers of one thing by when they were given."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from store.answers import ArticleRow, SentenceRef
from store.models import Published, Quantity
from store.resolve.figures import by_time
from store.spoken import QuantityRow

DAYS = (None, "2020", "2021-11", "2021-11-30", "2021-12-01", "2021-12-09T10:00+03:00")


def _row(article: int, day: str | None, start: int, low: float | None, high: float | None) -> QuantityRow:
    line = ArticleRow(article, "", Published(day, "given" if day else "unknown", ""), None, "")
    quantity = Quantity(start, start + 1, "", low, high, "جندي", "exact", "")
    return QuantityRow(line, SentenceRef(article, start, start + 9, ""), quantity)


def test_by_month_and_year() -> None:
    rows = [
        _row(3, "2021-12-09", 0, 2500.0, 2500.0),
        _row(3, "2021-12-09", 0, 900.0, 900.0),
        _row(2, "2021-12-01", 40, 3000.0, 3500.0),
        _row(1, "2021-11-30", 7, None, None),
        _row(4, None, 7, 5.0, 5.0),
    ]
    months = by_time(rows, "month")
    assert [(one.value, one.low, one.high, one.sentences, one.articles) for one in months] == [
        ("2021-11", None, None, 1, (1,)),
        ("2021-12", 900, 3500, 2, (3, 2)),
        (None, 5, 5, 1, (4,)),
    ]
    assert [(one.value, one.sentences) for one in by_time(rows, "year")] == [("2021", 3), (None, 1)]
    assert [one.value for one in by_time(rows, "decade")] == ["202", None]


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), st.none() | st.integers(0, 9))), st.sampled_from(["day", "month", "year"])
)
def test_nothing_is_lost_and_time_goes_on(given_rows: Sequence[tuple[str | None, int | None]], by: str) -> None:
    rows = [
        _row(at, day, at, value if value is None else float(value), value if value is None else float(value))
        for at, (day, value) in enumerate(given_rows)
    ]
    found = by_time(rows, by)
    assert sum(one.sentences for one in found) == len(rows)
    dated = [one.value for one in found if one.value is not None]
    assert dated == sorted(set(dated))
    numbers = [value for _, value in given_rows if value is not None]
    lows = [one.low for one in found if one.low is not None]
    assert min(lows, default=None) == min(numbers, default=None)
