"""The density line as rows of cells: true to scale, gaps included, with what stands under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from store.answers import Bucket, Unit
from store.models import Bound
from store.text.cells import cell_of, first_of
from tui.config import appearance
from tui.locale import use
from tui.widgets.density import Density, dense_part, fitting


class _Shown(App[None]):
    CSS = "Density { width: 24; }"

    def compose(self) -> ComposeResult:
        yield Density()


@pytest.fixture(autouse=True)
def _settings() -> Iterator[None]:
    use("en")
    yield
    use("en")
    appearance.calendar = "gregorian"


YEARS = [Bucket("2003", 1), Bucket("2010", 4), Bucket("2014", 2), Bucket("201", 3)]
Point = tuple[str, str, Bound | None] | None
CASES: list[tuple[str, str, Sequence[Bucket], Unit | None, Point, str, str | None]] = [
    ("years with a decade", "en", YEARS, "year", None,
     "            ▂      █░░░▄", "         2000      2010 "),
    ("mirrored in Arabic", "ar", YEARS, "year", None,
     "▄░░░█      ▂            ", " 2010      2000         "),
    ("a day under the cursor", "en", [Bucket("2021-12-09", 1), Bucket("2021-12-14", 8)], "day",
     ("2021-12-09", "2021-12-09", None),
     "                  ▁    █", "          2021-12 ▲     "),
    ("a month among days", "en", [Bucket("2021-12-01", 1), Bucket("2021-12-14", 1)], "day",
     ("2021-12-01", "2021-12-31", None),
     "          █            █", "          ━━━━━━━━━━━━━━"),
    ("what began", "en", [Bucket("2014", 1), Bucket("2017", 1)], "year", ("2014-01-01", "2014-12-31", "since"),
     "                    █  █", "      2000      2010▲▷  "),
    ("what ended", "ar", [Bucket("2014", 1), Bucket("2017", 1)], "year", ("2014-01-01", "2014-12-31", "until"),
     "█  █                    ", "   ▲▷         2000      "),
    ("nearly all at once", "en", [Bucket("1300", 1), Bucket("2021-01-02", 9), Bucket("2021-09-30", 30)], None, None,
     "               ▃       █", "   2020        2021     "),
    ("nothing", "en", [], None, None, " " * 24, " " * 24),
    ("what is no date", "en", [Bucket("-500", 1), Bucket("0000", 1)], "year", ("-500-01-01", "-500-12-31", None),
     " " * 24, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language", "buckets", "unit", "point", "bars", "scale"), CASES, ids=[c[0] for c in CASES]
)
async def test_cells(
    name: str, language: str, buckets: Sequence[Bucket], unit: Unit | None, point: Point, bars: str, scale: str | None
) -> None:
    use(language)
    async with _Shown().run_test(size=(24, 4)) as pilot:
        density = pilot.app.query_one(Density)
        density.show(buckets, unit)
        if point:
            density.point(*point)
        lines = [density.render_line(y).text for y in (0, 1)]
        assert lines[0] == bars
        assert scale is None or lines[1] == scale


async def test_the_window_follows_the_cursor() -> None:
    async with _Shown().run_test(size=(24, 4)) as pilot:
        density = pilot.app.query_one(Density)
        density.show([Bucket("2000-01-01", 1), Bucket("2021-01-01", 2)], "day")
        assert "█" in density.render_line(0).text
        density.point("2000-01-01", "2000-01-01")
        assert "▄" in density.render_line(0).text
        assert "█" not in density.render_line(0).text
        assert "▲" in density.render_line(1).text


class _Wide(_Shown):
    CSS = "Density { width: 90; }"


async def test_of_nothing_there_is_no_scale() -> None:
    async with _Wide().run_test(size=(90, 4)) as pilot:
        density = pilot.app.query_one(Density)
        density.show([], None)
        assert density.render_line(1).text.strip() == ""


async def test_the_scale_can_be_hijri() -> None:
    async with _Shown().run_test(size=(24, 4)) as pilot:
        density = pilot.app.query_one(Density)
        density.show([Bucket("2021-12-14", 1)], "day")
        assert "2021-12" in density.render_line(1).text
        appearance.calendar = "hijri"
        assert "1443-05" in density.render_line(1).text


@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.sampled_from(["day", "month", "year", "decade"]))
def test_each_day_lies_in_one_cell_that_begins_on_or_before_it(day: date, unit: Unit) -> None:
    cell = cell_of(str(day), unit)
    assert cell is not None
    first, following = first_of(cell, unit), first_of(cell + 1, unit)
    assert first is not None
    assert first <= day
    assert following is None or day < following


@given(
    st.lists(st.tuples(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(1, 50)), min_size=1),
    st.integers(8, 90),
)
def test_the_unit_is_the_shortest_that_shows_nearly_all(days: list[tuple[date, int]], width: int) -> None:
    buckets = [Bucket(str(day), count) for day, count in dict(days).items()]
    unit, dense = fitting(buckets, width), dense_part(buckets)
    assert dense is not None
    end = cell_of(dense[1].value, unit)
    assert end is not None
    seen = sum(b.events for b in buckets if 0 <= end - (cell_of(b.value, unit) or 0) < width)
    assert unit == "decade" or seen >= 0.9 * sum(bucket.events for bucket in buckets)
    first, last = (date.fromisoformat(bucket.value) for bucket in dense)
    assert (unit == "day") == (last - first < timedelta(days=width))


def test_one_far_event_does_not_hide_the_rest() -> None:
    buckets = [Bucket("2021-03", 300), Bucket("2999", 1), Bucket("0032", 1)]
    assert fitting(buckets, 24) == "month"
    assert dense_part(buckets) == (buckets[0], buckets[0])
    assert dense_part([]) is None
