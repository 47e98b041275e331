"""Trends in the explorer: names are put side by side, taken out, looked at from further off, and gone to."""

from __future__ import annotations

from pathlib import Path

from store.answers import EntityRow, Filter, Series, Trends
from store.database import open_reader
from tests.tui.screens.driving import Driver, explorer
from tui.screens.trends import TrendsSheet
from tui.widgets.trend import TrendBands


def bands(khabar: Driver) -> TrendBands:
    assert isinstance(khabar.app.screen, TrendsSheet)
    return khabar.app.screen.bands


def found(khabar: Driver) -> Trends:
    shown = bands(khabar).found
    assert shown is not None
    return shown


def names(khabar: Driver) -> list[str]:
    return [series.entity.name for series in found(khabar).series]


async def test_the_name_in_hand_is_put_beside_the_one_before(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        one = khabar.row("entities")
        await khabar.press("T")
        assert isinstance(one, EntityRow)
        assert names(khabar) == [one.name]
        await khabar.press("escape", "down")
        other = khabar.row("entities")
        await khabar.press("T")
        assert isinstance(other, EntityRow)
        assert names(khabar) == [one.name, other.name]
        with open_reader(seeds_corpus) as reader:
            ids = [series.entity.id for series in found(khabar).series]
            assert found(khabar) == reader.trends(ids, Filter(), found(khabar).unit)
        await khabar.press("d")
        assert names(khabar) == [other.name]
        await khabar.press("a", *"baghdad", "enter")
        assert names(khabar) == [other.name, "بغداد"]
        await khabar.press("a", *"nobody", "enter")
        assert "no entity is called nobody" in khabar.shown()


async def test_of_no_name_it_is_those_of_most_articles_and_at_most_five(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("T")
        assert len(names(khabar)) == 5
        await khabar.press("a", *"baghdad", "enter")
        assert len(names(khabar)) == 5
        assert names(khabar)[-1] == "بغداد"
        await khabar.press("escape", "T")
        assert names(khabar)[-1] == "بغداد"
        await khabar.press("t")
        assert len(names(khabar)) == 5


async def test_zooming_keeps_the_day_in_sight(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("T", "home")
        first = bands(khabar).value
        assert first is not None
        for key, unit in (("minus", "year"), ("minus", "decade"), ("minus", "decade"), ("plus", "year")):
            await khabar.press(key)
            assert found(khabar).unit == unit
            value = bands(khabar).value
            assert value is not None
            assert first.startswith(value)
        await khabar.press("z")
        assert found(khabar).unit == "decade"
        await khabar.press("z")
        assert found(khabar).unit == "day"


async def test_a_stretch_of_a_name_is_gone_to(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("T", "home")
        band: Series | None = bands(khabar).current
        assert band is not None
        at = next(at for at, count in enumerate(band.articles) if count)
        await khabar.press(*["right"] * at, "enter")
        assert khabar.explorer.filter.entities == (band.entity.id,)
        assert khabar.explorer.pane == "articles"
        assert len(khabar.ids("articles")) == band.articles[at]
        await khabar.press("backspace")
        assert khabar.explorer.filter == Filter()


async def test_time_runs_from_right_to_left_in_arabic(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("T")
        english = bands(khabar).render_line(2).text
        await khabar.press("escape", "l", "T")
        arabic = bands(khabar).render_line(2).text
        assert arabic == english[::-1] != english
        await khabar.press("end")
        before = bands(khabar).value
        await khabar.press("right")
        after = bands(khabar).value
        assert before is not None
        assert after is not None
        assert after < before


async def test_an_empty_view_says_so(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"zzzz", "enter", "escape")
        khabar.explorer.go(Filter(outlet="none"), "articles")
        await khabar.settle()
        await khabar.press("T")
        assert "no dated article names any" in khabar.shown()


async def test_it_fits_a_small_terminal(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("T")
        shown = khabar.shown()
        assert all(f"{number} " in shown for number in range(1, 6))
        assert any(glyph in shown for glyph in "▁▂▃▄▅▆▇█")
        await khabar.press("s", "x")
        assert "Take along" in khabar.shown() or khabar.explorer.compared
