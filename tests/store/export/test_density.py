"""The picture of an exported timeline is true to scale and loses no event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.answers import Filter
from store.database import open_reader
from store.database.queries import Reader
from store.export.density import Bar, Picture, picture, ticks, window
from store.export.timeline_svg import density
from tests.store.export.dated import KINDS, Dated, build

EVERYTHING = Filter()


@contextmanager
def drawn(path: Path, *events: Dated) -> Iterator[tuple[Reader, Picture]]:
    with open_reader(build(path / "corpus.db", events)) as reader:
        shown = picture(reader, EVERYTHING)
        assert shown is not None
        yield reader, shown


def days(*said: str) -> list[Dated]:
    return [Dated(day, day, "day") for day in said]


def all_events(shown: Picture) -> int:
    beyond = sum(outside.events for outside in (shown.before, shown.after) if outside)
    return sum(bar.events for bar in shown.bars) + beyond + shown.unplaced


@pytest.mark.parametrize(
    ("events", "unit", "first", "end"),
    [
        (days("2021-12-09"), "day", "2021-12-04", "2021-12-16"),
        (days("2021-12-01", "2021-12-20"), "day", "2021-12-01", "2021-12-21"),
        (days("2019-05-06", "2021-12-09"), "month", "2019-05-01", "2022-01-01"),
        (days("1948-05-15", "1967-06-05", "2003-03-20"), "year", "1948-01-01", "2004-01-01"),
        (days("0622-07-16", "1258-02-10", "1453-05-29", "1798-07-01"), "decade", "0620-01-01", "1800-01-01"),
        (days("9998-12-31"), "day", "9998-12-26", "9999-01-07"),
        (days("0001-01-02"), "day", "0001-01-01", "0001-01-09"),
    ],
    ids=["a day", "a month", "years by month", "years", "centuries", "the last year", "the first days"],
)
def test_the_unit_fits_the_length(tmp_path: Path, events: list[Dated], unit: str, first: str, end: str) -> None:
    with drawn(tmp_path, *events) as (_, shown):
        assert shown.unit == unit
        assert (shown.first <= date.fromisoformat(events[0].earliest).toordinal()) is True
        assert all_events(shown) == len(events)
        assert (str(date.fromordinal(shown.first)), str(date.fromordinal(shown.end))) == (first, end)


def test_a_bar_is_as_wide_as_its_stretch_and_a_gap_is_a_gap(tmp_path: Path) -> None:
    with drawn(tmp_path, *days("2019-01-10", "2019-02-10", "2020-01-10")) as (_, shown):
        assert [(bar.first, bar.end) for bar in shown.bars] == [
            (date(2019, 1, 1).toordinal(), date(2019, 2, 1).toordinal()),
            (date(2019, 2, 1).toordinal(), date(2019, 3, 1).toordinal()),
            (date(2020, 1, 1).toordinal(), date(2020, 2, 1).toordinal()),
        ]


def test_what_is_known_less_exactly_lies_across_its_whole_stretch(tmp_path: Path) -> None:
    events = [*days("2020-03-05", "2021-06-05", "2024-03-05"), Dated("2020-01-01", "2020-12-31", "year")]
    events += [Dated("2020-01-01", "2029-12-31", "decade")]
    with drawn(tmp_path, *events) as (_, shown):
        light = {bar.value: bar for bar in shown.bars if bar.light}
        lengths = [bar.end - bar.first for bar in shown.bars if bar.light]
        assert sorted(lengths) == [366, 3653]
        assert shown.height(light["2020"]) < 1
        assert all(shown.height(bar) == bar.events for bar in shown.bars if not bar.light)
        assert all_events(shown) == len(events)


def test_few_events_that_lie_centuries_before_are_told_not_squeezed_in(tmp_path: Path) -> None:
    recent = days(*(f"{year}-{month:02}-05" for year in range(2015, 2025) for month in (3, 6, 9)))
    with drawn(tmp_path, *days("0622-07-16"), *recent) as (_, shown):
        assert shown.unit == "month"
        assert date.fromordinal(shown.first).year == 2015
        assert shown.before is not None
        assert (shown.before.events, shown.before.farthest.value, shown.after) == (1, "0622-07", None)
        assert all_events(shown) == 31
        assert 'class="break" x="100%"' in density(shown, True)


def test_days_asked_for_are_the_ends_of_the_picture(tmp_path: Path) -> None:
    with open_reader(build(tmp_path / "corpus.db", KINDS)) as reader:
        shown = picture(reader, Filter(since="2020-02", until="2021-02-15"))
    assert shown is not None
    assert (shown.first, shown.end) == (date(2020, 2, 1).toordinal(), date(2021, 2, 16).toordinal())


def test_nothing_is_no_picture(tmp_path: Path) -> None:
    with open_reader(build(tmp_path / "corpus.db", ())) as reader:
        assert picture(reader, EVERYTHING) is None


@pytest.mark.parametrize("calendar", ["gregorian", "hijri"])
@pytest.mark.parametrize(
    "ends",
    [
        ("2021-12-09", "2021-12-09"), ("2021-12-01", "2022-02-09"), ("2019-05-06", "2021-12-09"),
        ("2003-01-01", "2024-08-01"), ("1948-05-15", "2003-03-20"), ("0300-01-01", "2003-03-20"),
        ("0001-01-01", "0001-01-01"), ("9998-12-31", "9998-12-31"), ("0600-01-01", "0624-05-01"),
    ],
)  # fmt: skip
def test_marks_lie_within_and_are_few(tmp_path: Path, ends: tuple[str, str], calendar: str) -> None:
    with drawn(tmp_path, *days(*ends)) as (_, shown):
        found = ticks(shown, "hijri" if calendar == "hijri" else "gregorian", (12, 5), (7, 3))
    assert all(shown.first <= tick.at < shown.end for tick in found)
    assert [tick.at for tick in found] == sorted({tick.at for tick in found})
    assert len(found) <= 12
    for which in (found, [tick for tick in found if tick.rough]):
        apart = [(later.at - tick.at) / (shown.end - shown.first) for tick, later in pairwise(which)]
        assert min(apart, default=1) > (0.07 if which is found else 0.15)
    assert sum(tick.rough for tick in found) <= 5


BARS = st.lists(st.tuples(st.integers(1, 700_000), st.integers(1, 366), st.integers(1, 50)), min_size=1, max_size=40)


@given(BARS)
def test_at_most_few_events_are_left_out(stretches: list[tuple[int, int, int]]) -> None:
    bars = [Bar(first, first + length, "", events, False) for first, length, events in sorted(stretches)]
    first, end = window(bars)
    assert any(bar.first == first for bar in bars)
    total = sum(bar.events for bar in bars)
    left = sum(bar.events for bar in bars if bar.end <= first or bar.first >= end)
    assert left <= max(total // 20, 1)
    if left:
        assert 4 * (end - first) <= max(bar.end for bar in bars) - bars[0].first
