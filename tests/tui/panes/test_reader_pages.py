"""A page of the web in the reader: its article alone, or all of it with the rules that tell what its lines are."""

from __future__ import annotations

from pathlib import Path

from tests.tui.screens.driving import explorer


async def test_a_page_is_shown_without_what_stands_around_its_article(page_corpus: Path) -> None:
    async with explorer(page_corpus, (120, 50)) as khabar:
        await khabar.press("4")
        page = khabar.explorer.reader._page
        assert page is not None
        shown = {line.kind for line in page.lines if line is not None}
        assert not shown & {"boilerplate", "related", "rule"}
        assert {"title", "header", "caption", "body", "heading", "keywords"} <= shown
        assert "15 lines of the page left out" in khabar.shown()
        await khabar.press("P")
        whole = khabar.explorer.reader._page
        assert whole is not None
        whole.ensure(10**6)
        kinds = [line.kind for line in whole.lines if line is not None]
        assert kinds.count("boilerplate") + kinds.count("related") >= 15
        assert "boilerplate: navigation (<nav>)" in khabar.shown()
        await khabar.press("arabic_semicolon")
        assert "navigation (<nav>)" not in khabar.shown()


async def test_lines_of_one_rule_are_told_as_one(page_corpus: Path) -> None:
    async with explorer(page_corpus, (120, 60)) as khabar:
        await khabar.press("1", "i")
        shown = khabar.shown()
        assert 'and 2 lines more (related (class "related"))' in shown
