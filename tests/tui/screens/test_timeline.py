"""The timeline in the explorer: zoom, order, calendars, what has no date, and what people say of events."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.answers import ArticleRow, Bucket, EventRow
from store.database import open_reader, open_writer
from tests.store.database.making import analysis
from tests.tui.screens.driving import Driver, explorer
from tui.panes.timeline import BIN
from tui.screens.sentences import SentencesSheet
from tui.widgets.density import Density


def events(khabar: Driver) -> list[EventRow]:
    """The events of the list, as far as they are in memory."""
    rows = khabar.explorer.rows("timeline")
    return [row for key in rows.ids if isinstance(row := rows.row(key), EventRow)]


def go_to(khabar: Driver, text: str) -> EventRow:
    """Put the timeline's cursor on the first event with a sentence that holds `text`."""
    wanted = next(row for row in events(khabar) if any(text in sentence.text for sentence in row.sentences))
    assert khabar.explorer.rows("timeline").select(wanted.id)
    return wanted


async def test_zoom_in_and_out_ends_at_the_ends(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "plus")
        zooms = [khabar.explorer.zoom]
        for key in ("minus",) * 5:
            await khabar.press(key)
            zooms.append(khabar.explorer.zoom)
        assert zooms == ["event", "day", "month", "year", "decade", "decade"]
        row = khabar.row("timeline")
        assert isinstance(row, Bucket)
        assert row.value == "200"


async def test_the_longest_bar_is_that_of_the_stretches_in_sight(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("3", "minus")
        for _ in ("month", "year", "decade"):
            await khabar.press("minus")
            bars = [line.strip("┃ ") for line in khabar.shown().splitlines() if "██" in line and line[0] == "┃"]
            assert bars
            assert not any("…" in bar for bar in bars), khabar.explorer.zoom


@pytest.mark.parametrize("keys", [[], ["l"]])
@pytest.mark.parametrize(
    ("since", "until", "painted"),
    [("2021-06", "2021-12", "2021-06…2021-12"), ("2021", "2021", " 2021 "), ("", "2021-12-09", "…2021-12-09")],
)
async def test_the_days_of_a_filter_are_read_from_left_to_right_beside_a_name(
    seeds_corpus: Path, keys: list[str], since: str, until: str, painted: str
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press(*keys, "f", *"بغداد", "tab", "tab", "tab", *since, "tab", *until, "enter")
        last = khabar.shown().splitlines()[-2]
        assert painted in f" {last} "
        if not keys:
            assert "entity: دادغب · " in unicodedata.normalize("NFKC", last)


async def test_a_decade_opens_into_its_years_and_they_into_months(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "minus", "minus", "minus", "minus", "end")
        while khabar.row("timeline") is None or not isinstance(khabar.row("timeline"), Bucket):
            await khabar.press("up")
        row = khabar.row("timeline")
        assert isinstance(row, Bucket)
        assert row.value == "202"
        await khabar.press("enter")
        assert (khabar.explorer.zoom, khabar.explorer.filter.since) == ("year", "2020-01-01")
        await khabar.press("enter")
        assert (khabar.explorer.zoom, khabar.explorer.filter.since) == ("month", "2020")
        await khabar.press("enter")
        assert khabar.explorer.zoom == "event"
        assert all(row.earliest.startswith("2020") for row in events(khabar))
        await khabar.press("backspace", "backspace", "backspace")
        assert khabar.explorer.zoom == "decade"


async def test_what_most_outlets_tell_comes_first(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "down", "o")
        outlets = [row.outlets for row in events(khabar)]
        assert outlets == sorted(outlets, reverse=True)
        assert outlets[0] > 1
        assert khabar.row("timeline") == events(khabar)[0]
        await khabar.press("o")
        days = [row.earliest for row in events(khabar)]
        assert days == sorted(days)


async def test_hijri_dates(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("3")
        assert "╌╌╌ 2003" in khabar.shown()
        await khabar.press("c")
        assert "╌╌╌ 1423…1424 AH" in khabar.shown()
        assert "╌╌╌ 2003" not in khabar.shown()
        await khabar.press("c")
        assert "AH" not in khabar.shown()


async def test_an_undated_article_waits_below_until_it_is_dated(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        undated = [key - BIN for key in khabar.ids("timeline") if key >= BIN]
        assert len(undated) == 2
        await khabar.press("3", "end")
        row = khabar.row("timeline")
        assert isinstance(row, ArticleRow)
        before = len(events(khabar))
        await khabar.press("d", *"2024-01-27", "enter")
        assert len([key for key in khabar.ids("timeline") if key >= BIN]) == 1
        # "الأربعاء", "السبت" and the like have become days
        assert len(events(khabar)) > before
        with open_reader(khabar.explorer.corpus) as reader:
            dates = {date.value for date in reader.article(row.id).dates}
            assert "2024-01-24" in dates
        await khabar.press("u")
        assert len([key for key in khabar.ids("timeline") if key >= BIN]) == 2
        assert len(events(khabar)) == before


async def test_the_undated_are_there_at_every_zoom_and_open(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "minus", "minus", "end")
        row = khabar.row("timeline")
        assert isinstance(row, ArticleRow)
        await khabar.press("enter")
        assert khabar.explorer.pane == "reader"
        assert khabar.explorer.place.article == row.id


async def test_sentences_of_an_event_are_gone_to_and_taken_out(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        event = go_to(khabar, "الجولة الثالثة من الحوار")
        assert len(event.sentences) == 2
        await khabar.press("s", "down", "enter")
        assert khabar.explorer.pane == "reader"
        second = event.sentences[1]
        assert khabar.explorer.place.article == second.article
        assert khabar.explorer.reader.sentence == (second.start, second.end)
        await khabar.press("backspace", "s", "down", "s")
        told = [row for row in events(khabar) if {*row.sentences} & {*event.sentences}]
        assert sorted(len(row.sentences) for row in told) == [1, 1]
        await khabar.press("u")
        assert len(go_to(khabar, "الجولة الثالثة من الحوار").sentences) == 2


async def test_not_all_sentences_can_be_taken_out(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        event = go_to(khabar, "الجولة الثالثة من الحوار")
        await khabar.press("s", "space", "space")
        assert isinstance(khabar.app.screen, SentencesSheet)
        await khabar.press("s")
        assert "at least one" in khabar.status()
        assert event in events(khabar)


async def test_two_events_become_one(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        one = go_to(khabar, "دخلت القوات")
        await khabar.press("m")
        assert "2003" in khabar.status()
        other = go_to(khabar, "اتفاقية الإطار")
        count = len(events(khabar))
        await khabar.press("m")
        assert len(events(khabar)) == count - 1
        merged = go_to(khabar, "دخلت القوات")
        assert {*merged.sentences} == {*one.sentences, *other.sentences}
        await khabar.press("u", "m", "escape")
        assert len(events(khabar)) == count
        assert "nothing was merged" in khabar.status()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_density_line_shows_what_is_under_the_cursor(seeds_corpus: Path, size: tuple[int, int]) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        await khabar.press("3", "down")
        line = khabar.explorer.query_one(Density)
        assert any(glyph in line.render_line(0).text for glyph in "▁▂▃▄▅▆▇█")
        assert any(glyph in line.render_line(1).text for glyph in "▲━")


async def test_why_says_where_the_date_comes_from(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        go_to(khabar, "الجولة الثالثة من الحوار")
        await khabar.press("i")
        shown = khabar.shown()
        assert "2021-04" in shown
        assert "by rule month.relative" in " ".join(shown.split())
        assert "April 2021" in shown


async def test_more_days_than_the_cache_of_rows_holds_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number in range(0, 2100, 30):
            days = [(date(2010, 1, 1) + timedelta(days=at)).isoformat() for at in range(number, number + 30)]
            text = "\n".join(f"وقع حادث كبير في المدينة القديمة في {day} مساء." for day in days)
            writer.add(analysis(text, (), [(day, day) for day in days]))
    async with explorer(path) as khabar:
        await khabar.press("3", "minus", "end", "home")
        row = khabar.row("timeline")
        assert isinstance(row, Bucket)
        assert row.value == "2010-01-01"
        assert len([key for key in khabar.ids("timeline") if key < BIN]) == 2100


async def test_what_the_hijri_calendar_lacks_is_written_by_the_gregorian(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(analysis("قامت دولة كبيرة في عام 0610 في تلك البلاد.", (), [("عام 0610", "0610")]))
        writer.add(analysis("قامت دولة كبيرة في عام 1999 في تلك البلاد.", (), [("عام 1999", "1999")]))
    async with explorer(path, (80, 24)) as khabar:
        await khabar.press("3", "c")
        assert "╌╌╌ 0610" in khabar.shown()
        assert "0610 AH" not in khabar.shown()
        assert "╌╌╌ 1419…1420 AH" in khabar.shown()
        await khabar.press("minus", "minus", "minus", "minus", "enter")
        assert khabar.explorer.refused is None


async def test_nothing_is_marked_while_the_cursor_stands_on_an_undated_article(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        line = khabar.explorer.query_one(Density)
        assert any(glyph in line.render_line(1).text for glyph in "▲━")
        await khabar.press("end")
        assert not any(glyph in line.render_line(1).text for glyph in "▲━")


async def test_the_filter_takes_the_words_of_the_language_spoken(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("l", "3", "f", *["down"] * 5, *"يوم", "down", *"مقرر", "enter")
        now = khabar.explorer.filter
        assert (now.precision, now.modality) == ("day", "planned")
        assert [row.modality for row in events(khabar)] == ["planned"]
