"""Copies of one story in the explorer: one row for all, opened to all of them, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_writer
from store.models import Published
from tests.store.database.inventing import document
from tests.tui.screens.driving import explorer


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three versions of a story by two outlets, the last one cut, and an article of its own."""
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number, copied in enumerate((0, 0, 1, None)):
            one = document(number, [1], 1, [], [], copied)
            writer.add(replace(one, published=Published(f"2021-12-0{number + 1}", "given", "made")))
        list(writer.place_copies())
    return path


async def test_a_story_is_one_row_that_opens_to_all_its_copies(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        assert khabar.ids("articles") == [4, 3]
        assert "2 articles, 4 with copies" in khabar.shown()
        await khabar.press("1", "down")
        assert "3 copies, 2 outlets" in khabar.shown()
        await khabar.press("enter")
        assert "3 copies, 2 outlets (= lists them)" in khabar.shown()
        await khabar.press("1", "=")
        assert khabar.explorer.filter == Filter(story=3)
        assert khabar.ids("articles") == [3, 2, 1]
        assert khabar.status() == "copies of one story"
        assert "3 of 4 articles" in khabar.shown()
        await khabar.press("i")
        assert "Why this article" in khabar.shown()
        await khabar.press("escape", "backspace")
        assert khabar.ids("articles") == [4, 3]
        await khabar.press("s")
        assert khabar.ids("articles") == [4, 3, 2]
        await khabar.press("u")
        assert khabar.ids("articles") == [4, 3]
        await khabar.press("g", "=")
        assert khabar.status() == "this article has no copies"


async def test_why_an_article_is_a_copy(corpus: Path) -> None:
    async with explorer(corpus, (160, 60)) as khabar:
        await khabar.press("1", "down", "i")
        shown = khabar.shown()
        assert "[2]" in shown
        assert "of the shorter text stands in the longer" in shown


async def test_a_search_is_counted_as_its_rows_are(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        khabar.explorer.go(Filter(since="2021-12-01"), "articles")
        await khabar.settle()
        assert khabar.ids("articles") == [4, 3]
        assert "2 of 2 articles" in khabar.shown()
