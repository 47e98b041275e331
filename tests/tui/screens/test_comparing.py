"""Two articles side by side in the explorer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from store.database import open_writer
from store.models import Published
from tests.store.database.inventing import document
from tests.store.database.making import add_all, analysis
from tests.tui.screens.driving import Driver, explorer
from tui.locale import use
from tui.screens.comparing import ComparingSheet

OLDER = "وصل الوفد إلى غزّة صباح اليوم.\nثم التقى وزير الخارجية.\nوغادر مساء إلى أربيل."
NEWER = "وصل الوفد إلى غزة صباح الأحد.\nوأدلى بتصريح قصير للصحافة.\nثم التقى وزير الخارجية.\nوغادر مساء إلى أربيل."
# As they are painted, written out so that the layout under test has no say in what is expected.
THE_DAY = "[-\ufee1\ufeee\ufef4\ufedf\ufe8d-]"
SUNDAY = "{+\ufeaa\ufea3\ufef7\ufe8d+}"
ERBIL = "\ufede\ufef4\ufe91\ufead\ufe83"


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """Two versions of an article and one about something else."""
    path = tmp_path / "c.db"
    texts = [OLDER, NEWER, "ارتفعت أسعار النفط في الأسواق."]
    days = ["2021-12-01", "2021-12-02", "2021-12-03"]
    add_all(path, [analysis(text, published=day, outlet="ألف") for text, day in zip(texts, days, strict=True)])
    return path


def sheet(khabar: Driver) -> ComparingSheet:
    """The comparison, which is open."""
    assert isinstance(khabar.app.screen, ComparingSheet)
    return khabar.app.screen


async def compare(khabar: Driver) -> None:
    """The older with the newer of two versions."""
    await khabar.press("1", "G", "Y", "up", "Y")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_what_differs_has_signs(versions: Path, size: tuple[int, int], language: str) -> None:
    async with explorer(versions, size) as khabar:
        if language == "ar":
            await khabar.press("l")
        await compare(khabar)
        shown = khabar.shown()
        assert all(cell_len(row) == size[0] for row in shown.split("\n"))
        assert THE_DAY in shown
        assert SUNDAY in shown
        assert "≈" in shown
        beside = [row for row in shown.split("\n") if THE_DAY in row and SUNDAY in row]
        assert len(beside) == (size[0] >= 100)
        if beside and language == "ar":
            # the first is at the right, where one begins to read
            assert beside[0].index(THE_DAY) > beside[0].index(SUNDAY)
        # what is the same stands in both columns, or once
        assert shown.count(ERBIL) == (2 if size[0] >= 100 else 1)
    use("en")


async def test_from_one_difference_to_the_next(versions: Path) -> None:
    async with explorer(versions) as khabar:
        await compare(khabar)
        pane = sheet(khabar).pane
        assert pane.differences == 3
        await khabar.press("n")
        assert pane.current == 1
        assert "difference 1 of 3" in khabar.shown()
        await khabar.press("n", "n", "n")
        assert pane.current == 3
        assert "no further difference" in khabar.shown()
        await khabar.press("N", "N", "N")
        assert pane.current == 1
        await khabar.press("2")
        assert khabar.app.screen is khabar.explorer
        assert khabar.explorer.place.article == 2
        await khabar.press("backspace")
        assert khabar.explorer.pane == "articles"


async def test_a_comparison_that_was_begun_can_be_left(versions: Path) -> None:
    async with explorer(versions) as khabar:
        await khabar.press("1", "Y")
        assert "go to the other article" in khabar.status()
        await khabar.press("Y")
        assert "go to the other article" in khabar.status()
        await khabar.press("escape")
        assert khabar.status() == "nothing is compared"
        await khabar.press("down", "Y")
        assert khabar.app.screen is khabar.explorer


async def test_an_article_with_one_copy_is_compared_with_it(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number, copied in enumerate((0, 1)):
            one = document(number, [1], 1, [], [], copied)
            writer.add(replace(one, published=Published(f"2021-12-0{number + 1}", "given", "made")))
        list(writer.place_copies())
    async with explorer(path) as khabar:
        await khabar.press("1", "=", "Y")
        assert sheet(khabar)._ids == (1, 2)
        assert "only in the first" in khabar.shown()
        before = khabar.shown()
        await khabar.press("P", "P")
        assert khabar.shown() == before
        await khabar.press("escape")
        assert khabar.app.screen is khabar.explorer


async def test_a_long_text_is_laid_out_as_it_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    lines = [f"قال سالم في الفقرة {number} إن الأمر لم ينته بعد." for number in range(2000)]
    other = [*lines[:1999], "وهذه فقرة أخرى تماما."]
    add_all(path, [analysis("\n".join(each), published="2021-12-01") for each in (lines, other)])
    async with explorer(path) as khabar:
        await khabar.press("1", "Y", "down")
        await khabar.pilot.press("Y")
        await khabar.settle()
        pane = sheet(khabar).pane
        await khabar.press("n")
        while not pane.current or pane._goal:
            await khabar.pilot.pause()
        assert pane.scroll_offset.y > 1000
        assert "difference 1 of 1" in khabar.shown()
        await khabar.press("G")
        while pane._goal:
            await khabar.pilot.pause()
        assert pane.scroll_offset.y + pane.size.height >= len(pane._rows)


async def test_an_article_that_is_gone_meanwhile(versions: Path) -> None:
    async with explorer(versions) as khabar:
        await khabar.press("1", "G", "Y", "up")
        with open_writer(versions) as writer:
            writer.remove(1)
        await khabar.press("Y")
        assert "holds no article 1" in khabar.shown()
        await khabar.press("n", "N", "escape")
        assert khabar.app.screen is khabar.explorer


async def test_two_that_are_marked_are_compared_at_once(versions: Path) -> None:
    async with explorer(versions) as khabar:
        await khabar.press("1", "G", "*", "up", "*", "Y")
        assert sheet(khabar).is_mounted
        assert THE_DAY in khabar.shown()
        assert SUNDAY in khabar.shown()
