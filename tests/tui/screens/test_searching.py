"""The search line: what is wrong is said where it is wrong, the last good result stays, order by relevance."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.database import open_writer
from store.models import Filter
from tests.store.database.making import analysis
from tests.tui.screens.driving import Driver, explorer
from tui.panes.search import SearchPane
from tui.widgets.label import Label


def note(khabar: Driver) -> str:
    """What stands beside the query, in logical order."""
    return khabar.explorer.query_one("#search-note", Label)._right


def is_open(khabar: Driver) -> bool:
    return khabar.explorer.query_one(SearchPane).is_open


async def test_where_a_query_is_wrong(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"الأنبار")
        found = [khabar.ids(name) for name in ("articles", "entities", "timeline")]
        assert note(khabar) == "1 article"
        await khabar.press(" ")
        reading = khabar.explorer.reader.article
        await khabar.press("(")
        assert note(khabar) == "at character 9"
        assert "a bracket is not closed at character 9" in khabar.status()
        await khabar.press("enter")
        assert is_open(khabar)
        assert [khabar.ids(name) for name in ("articles", "entities", "timeline")] == found
        assert khabar.explorer.reader.article is reading
        assert khabar.explorer.filter.query == "الأنبار "
        await khabar.press("backspace")
        assert note(khabar) == "1 article"
        assert "bracket" not in khabar.status()
        await khabar.press("enter")
        assert not is_open(khabar)


async def test_a_name_that_the_corpus_does_not_know(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"outlet:")
        assert note(khabar) == "at character 8"
        await khabar.press(*"المدن")
        assert len(khabar.ids("articles")) == 1
        await khabar.press(*"يي", "enter")
        assert "no outlet is called 'المدنيي' here at character 8" in khabar.status()
        assert note(khabar) == "at character 8"
        assert is_open(khabar)
        assert len(khabar.ids("articles")) == 1
        await khabar.press("escape")
        assert khabar.explorer.filter == Filter()
        assert len(khabar.ids("articles")) == 5


async def test_a_name_typed_and_entered_at_once(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.pilot.press("slash", *"outlet:المدن", "enter")
        await khabar.settle()
        assert not is_open(khabar)
        assert len(khabar.ids("articles")) == 1
        await khabar.press("backspace")
        assert khabar.explorer.filter == Filter()
        await khabar.pilot.press("slash", *"outlet:المدن", "tab")
        await khabar.settle()
        assert len(khabar.ids("articles")) == 1
        await khabar.press("backspace")
        assert khabar.explorer.filter == Filter()
        await khabar.pilot.press("slash", *"outlet:المدن", "escape")
        await khabar.settle()
        assert khabar.explorer.filter == Filter()
        assert len(khabar.ids("articles")) == 5


async def test_other_forms_of_a_word_are_marked_in_the_reader(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(analysis("حكومة بغداد\nقالت الحكومات إن حكومتها باقية.", kinds=("title",)))
    async with explorer(tmp_path / "c.db") as khabar:
        reader = khabar.explorer.reader
        await khabar.press("slash", *"الحكومة")
        assert reader.article is not None
        text = reader.article.document.text
        assert [text[start:end] for start, end in reader._hits] == ["حكومة", "الحكومات", "حكومتها"]
        await khabar.press("ctrl+u", *"title:حكومة")
        assert [text[start:end] for start, end in reader._hits] == ["حكومة"]


async def test_by_relevance_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        for number in range(6):
            text = "كلام عن بغداد وحدها" if number != 2 else "بغداد\nكلام عن بغداد وبغداد"
            made = f"{text} {number}"
            writer.add(analysis(made, published=f"2021-01-0{number + 1}", kinds=("title",) if number == 2 else ()))
    async with explorer(tmp_path / "c.db") as khabar:
        await khabar.press("w")
        assert khabar.status() == "search for something first"
        await khabar.press("slash", *"بغداد", "enter")
        assert khabar.ids("articles") == [6, 5, 4, 3, 2, 1]
        await khabar.press("w")
        assert khabar.ids("articles")[0] == 3
        assert khabar.explorer.place.article == 3
        assert "by relevance" in khabar.status()
        await khabar.press("ص")  # the same key on an Arabic layout
        assert khabar.ids("articles") == [6, 5, 4, 3, 2, 1]
        assert "relevance" not in khabar.status()
        await khabar.press("w")
        for module in ("store.database.searching", "tui.screens.filling", "tui.screens.telling"):
            monkeypatch.setattr(f"{module}.RANKED", 4)
        await khabar.press("1", "escape", "backspace")
        assert khabar.explorer.view().ranking == "relevance"
        assert khabar.ids("articles")[0] == 3
        assert khabar.ids("articles")[4:] == [2, 1]
        assert "ranked among the newest 4" in khabar.status()
        await khabar.press("slash", " ", *"كلام")
        assert khabar.explorer.view().ranking == "newest"
        assert khabar.ids("articles") == [6, 5, 4, 3, 2, 1]
