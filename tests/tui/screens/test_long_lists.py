"""Lists without end: the first page at once, then the number, then all; the cursor keeps its row through all of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from store.answers import ArticleRow, EventRow, Filter
from store.database import open_writer
from tests.tui.painting import painted
from tests.tui.screens.driving import Driver, explorer
from tests.tui.screens.long import ARTICLES, UNDATED, articles, corpus
from tui.panes.timeline import BIN
from tui.screens.history import LISTS
from tui.screens.lists import FIRST, FIRST_NAMES


@pytest.fixture(scope="module")
def long_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("long"))


@pytest.fixture
def long(long_once: Path, tmp_path: Path) -> Path:
    """A long corpus to change."""
    path = tmp_path / "long.db"
    path.write_bytes(long_once.read_bytes())
    return path


async def first_page(khabar: Driver, pane: str, edition: int) -> None:
    """Wait until a list shows something else, and no longer."""
    while khabar.explorer.rows(pane).edition == edition:
        await asyncio.sleep(0)


@pytest.mark.parametrize("pane", LISTS)
async def test_the_first_page_is_shown_before_the_list_is_whole(long_once: Path, pane: str) -> None:
    async with explorer(long_once) as khabar:
        await khabar.press(str(LISTS.index(pane) + 1))
        rows, frame = khabar.explorer.rows(pane), khabar.explorer.frame(pane)
        whole, edition = len(rows.ids), rows.edition
        khabar.explorer.action_clear()
        await first_page(khabar, pane, edition)
        assert len(rows.ids) == {"articles": FIRST, "entities": FIRST_NAMES + 1, "timeline": FIRST}[pane]
        assert frame.border_subtitle == "…"
        assert rows.current_row is not None
        if pane == "entities":
            assert rows.ids.headers == ["People …"]
        await khabar.settle()
        assert len(rows.ids) == whole
        assert str(frame.border_subtitle).rpartition(" ")[2] == str(ARTICLES)
        if pane == "entities":
            assert rows.ids.headers == [f"People {ARTICLES}"]


async def test_the_end_is_the_end_of_all(long_once: Path) -> None:
    async with explorer(long_once) as khabar:
        await khabar.press("G")
        last = khabar.row("articles")
        assert isinstance(last, ArticleRow)
        assert khabar.explorer.rows("articles").cursor == ARTICLES - 1
        # pressed before all of the list is there
        await khabar.press("g")
        edition = khabar.explorer.rows("articles").edition
        khabar.explorer.action_clear()
        await first_page(khabar, "articles", edition)
        assert len(khabar.explorer.rows("articles").ids) == FIRST
        khabar.explorer.rows("articles").action_last()
        await khabar.settle()
        assert khabar.row("articles") == last
        await khabar.press("3", "G")
        undated = khabar.row("timeline")
        assert isinstance(undated, ArticleRow)
        assert undated.published.value is None
        assert len(khabar.ids("timeline")) == ARTICLES + UNDATED
        assert khabar.ids("timeline")[ARTICLES] >= BIN


@pytest.mark.parametrize("pane", LISTS)
async def test_the_cursor_keeps_its_row_when_the_list_is_read_anew(long_once: Path, pane: str) -> None:
    async with explorer(long_once) as khabar:
        await khabar.press(str(LISTS.index(pane) + 1), "G", *["up"] * 7)
        rows = khabar.explorer.rows(pane)
        before, row = (rows.current_id, *rows.spot), rows.current_row
        assert row is not None
        for key in ("escape", "f5"):
            await khabar.press(key)
            assert (rows.current_id, *rows.spot) == before
            assert rows.current_row == row


async def test_going_back_asks_nothing(long_once: Path) -> None:
    async with explorer(long_once) as khabar:
        rows = khabar.explorer.rows("articles")
        await khabar.press("G", *["up"] * 50)
        before, row, count = (rows.current_id, *rows.spot), rows.current_row, len(rows.ids)
        await khabar.press("e", "a")
        assert len(khabar.ids("articles")) == 1
        await khabar.press("backspace")
        khabar.explorer._asked.clear()
        await khabar.press("backspace")
        assert khabar.explorer.filter == Filter()
        assert (rows.current_id, *rows.spot) == before
        assert (len(rows.ids), rows.current_row) == (count, row)
        asked = khabar.explorer._asked.keys() - {"watch"}  # by the clock
        assert asked <= {"reader", "rows of articles", "rows of entities", "rows of timeline"}


async def test_going_back_after_a_change_shows_the_change(long: Path) -> None:
    async with explorer(long) as khabar:
        await khabar.press("G", "e")
        with open_writer(long) as writer:
            for each in articles(ARTICLES, ARTICLES + 3):
                writer.add(each)
        khabar.explorer._look_again()
        await khabar.settle()
        await khabar.press("backspace")
        assert len(khabar.ids("articles")) == ARTICLES + 3
        row = khabar.row("articles")
        assert isinstance(row, ArticleRow)
        assert khabar.explorer.rows("articles").cursor == ARTICLES + 2


async def test_a_correction_is_seen_on_the_way_back(long: Path) -> None:
    async with explorer(long) as khabar:
        await khabar.press("2")
        first = khabar.row("entities")
        await khabar.press("a", "2", "h", "backspace")
        assert khabar.explorer.filter == Filter()
        assert khabar.row("entities") != first
        assert len(khabar.ids("entities")) == ARTICLES - 1


async def test_a_day_far_down_the_timeline_is_gone_to(long_once: Path) -> None:
    async with explorer(long_once) as khabar:
        await khabar.press("3", "G", *["up"] * (UNDATED + 20))
        event = khabar.row("timeline")
        assert isinstance(event, EventRow)
        await khabar.press("z", "plus")
        assert khabar.row("timeline") == event


async def test_the_old_list_is_seen_until_the_new_one_is_there(long_once: Path) -> None:
    async with painted(long_once) as khabar:
        rows = khabar.explorer.rows("articles")
        for keys in ("2", "a", "\x7f", "1", "/", "س", "ا", "\x7f", "\x7f", "\r"):
            shown = await khabar.frames(keys, lambda: rows)
            assert all(text.strip() for text in shown), keys
