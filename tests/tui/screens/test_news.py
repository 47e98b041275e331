"""Others work on the corpus while it is explored: what is new is announced, and what is read stays where it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer
from tests.tui.ptys import KHABAR
from tests.tui.screens.driving import Driver, explorer
from tests.tui.screens.long import ARTICLES, articles, corpus
from tui.widgets.label import Label

NEW = 3


@pytest.fixture
def long(tmp_path: Path) -> Path:
    return corpus(tmp_path)


def corner(khabar: Driver) -> str:
    """The right side of the status line, in logical order."""
    return khabar.explorer.query_one("#status", Label)._right


async def look(khabar: Driver) -> None:
    """Look at what others have done, as the explorer does every few seconds."""
    khabar.explorer._look_again()
    await khabar.settle()


def add_some(path: Path, number: int = NEW) -> None:
    with open_writer(path) as writer:
        for each in articles(ARTICLES, ARTICLES + number):
            writer.add(each)


async def test_another_process_adds_articles(seeds_corpus: Path, tmp_path: Path) -> None:
    for number in range(NEW):
        (tmp_path / f"{number}.txt").write_text(f"أعلن رئيس الوزراء مصطفى الكاظمي في بغداد الأمر {number}.\n")
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("down", "enter", "1")
        row, reading = khabar.row("articles"), khabar.explorer.reader.article
        assert reading is not None
        await look(khabar)
        assert "new" not in corner(khabar)
        subprocess.run(
            [*KHABAR, "add", *(str(tmp_path / f"{number}.txt") for number in range(NEW))],
            env={**os.environ, "KHABAR_CORPUS": str(seeds_corpus), "KHABAR_ENTITIES": "fast"},
            check=True, capture_output=True,
        )  # fmt: skip
        await look(khabar)
        assert f"+{NEW} new, Esc shows them" in corner(khabar)
        assert f"+{NEW} new" in khabar.shown()
        assert len(khabar.ids("articles")) == 5
        await look(khabar)
        assert f"+{NEW} new" in corner(khabar)
        await khabar.press("escape")
        assert len(khabar.ids("articles")) == 5 + NEW
        assert khabar.row("articles") == row
        assert khabar.explorer.reader.article is not None
        assert khabar.explorer.reader.article.document == reading.document
        assert "new" not in corner(khabar)
        await look(khabar)
        assert "new" not in corner(khabar)


async def test_rows_that_come_in_above_move_nothing(long: Path) -> None:
    async with explorer(long) as khabar:
        rows = khabar.explorer.rows("articles")
        await khabar.press("G")
        await khabar.send(*["up"] * 200)
        row, (position, line) = rows.current_row, rows.spot
        add_some(long)
        await look(khabar)
        await khabar.press("escape")
        assert rows.current_row == row
        assert rows.spot == (position + NEW, line)
        # at the top of the list they come into sight, and the cursor stays on its article
        await khabar.press("g")
        first = rows.current_id
        with open_writer(long) as writer:
            for each in articles(ARTICLES + NEW, ARTICLES + NEW + 2):
                writer.add(each)
        await look(khabar)
        await khabar.press("escape")
        assert rows.current_id == first
        assert rows.spot[0] == 2
        assert rows.scroll_offset.y == 0


async def test_under_a_filter_another_key_shows_them_there(long: Path) -> None:
    async with explorer(long) as khabar:
        await khabar.press("slash", *"المدينة", "enter")
        now, row = khabar.explorer.filter, khabar.row("articles")
        add_some(long)
        await look(khabar)
        assert f"+{NEW} new, F5 shows them" in corner(khabar)
        await khabar.press("f5")
        assert khabar.explorer.filter == now
        assert len(khabar.ids("articles")) == ARTICLES + NEW
        assert khabar.row("articles") == row
        assert "new" not in corner(khabar)
        # what was remembered of all articles is of an older state
        await khabar.press("escape")
        assert khabar.explorer.filter == Filter()
        assert len(khabar.ids("articles")) == ARTICLES + NEW


async def test_an_edit_of_another_is_announced_and_ones_own_is_not(long: Path) -> None:
    async with explorer(long) as khabar:
        await khabar.press("2", "h")
        await look(khabar)
        assert "meanwhile" not in corner(khabar)
        await khabar.press("1", "b")
        await look(khabar)
        assert "meanwhile" not in corner(khabar)
        with open_reader(long) as reader:
            kept = reader.find_entities("سالم 20")[0].id
        with open_writer(long) as writer:
            writer.rename_entity(kept, "سالم العشرون")
        await look(khabar)
        assert "changed meanwhile, Esc shows it" in corner(khabar)
        await khabar.press("2", "escape")
        assert "meanwhile" not in corner(khabar)


async def test_a_corpus_that_is_empty_fills_up(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with open_writer(path):
        pass
    async with explorer(path) as khabar:
        add_some(path)
        await look(khabar)
        assert f"+{NEW} new" in corner(khabar)
        await khabar.press("escape")
        assert len(khabar.ids("articles")) == NEW
        assert khabar.explorer.reader.article is not None


async def test_help_names_the_key(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, size=(100, 100)) as khabar:
        await khabar.press("question_mark")
        assert "F5" in khabar.shown()
        assert "what was added meanwhile" in khabar.shown()
