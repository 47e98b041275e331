"""The search line: what is wrong is said where it is wrong, the last good result stays, order by relevance."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer
from tests.store.database.making import analysis
from tests.tui.screens.driving import Driver, explorer
from tests.tui.screens.long import ARTICLES, corpus
from tui.locale import ngettext
from tui.panes.search import SearchPane
from tui.panes.timeline import BIN
from tui.screens.asking import _Question
from tui.widgets.label import Label


@pytest.fixture
def long_corpus(tmp_path: Path) -> Path:
    return corpus(tmp_path)


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


async def test_another_query_after_a_wrong_one_says_what_it_finds(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"الأنبار (", "ctrl+u")
        assert note(khabar) != "at character 9"
        await khabar.press(*"الكاظمي")
        assert note(khabar) == "3 articles"
        assert not khabar.explorer.query_one(SearchPane).is_wrong


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


async def test_what_is_no_field_is_told_and_searched_for_as_text(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"entty:الأنبار")
        assert note(khabar) == "0 articles"
        said = "no field is called 'entty'; did you mean 'entity'?"
        assert khabar.status().endswith(f" · {said}")
        assert f"\n{said}\n" in khabar.explorer.rows("articles").empty_text
        await khabar.press("ctrl+u", *"covid:الأنبار")
        assert khabar.status().endswith(" · no field is called 'covid': it is searched for as a word")
        await khabar.press("ctrl+u", *"قال: الأنبار")
        assert "no field" not in khabar.status()


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
        for module in ("store.database.ranking", "tui.screens.filling", "tui.screens.telling"):
            monkeypatch.setattr(f"{module}.RANKED", 4)
        await khabar.press("1", "escape", "backspace")
        assert khabar.explorer.view().ranking == "relevance"
        assert khabar.ids("articles")[0] == 3
        assert khabar.ids("articles")[4:] == [2, 1]
        assert "ranked among the newest 4" in khabar.status()
        await khabar.press("slash", " ", *"كلام")
        assert khabar.explorer.view().ranking == "newest"
        assert khabar.ids("articles") == [6, 5, 4, 3, 2, 1]


def asked(khabar: Driver) -> list[_Question[Any]]:
    """The questions that are under way, or were last of their kind."""
    return [question for kind, question in khabar.explorer._asked.items() if kind not in ("query", "watch")]


async def test_each_letter_drops_what_the_last_one_asked_for(long_corpus: Path) -> None:
    async with explorer(long_corpus) as khabar:
        await khabar.press("slash")
        khabar.explorer._asked.clear()
        query = khabar.explorer.query_one(SearchPane)
        filters = []
        for at in range(1, len("المدينة") + 1):
            before = asked(khabar)
            query.post_message(SearchPane.Asked("المدينة"[:at], final=False))
            while khabar.explorer.filter.query != "المدينة"[:at]:
                await asyncio.sleep(0)
            filters.append(khabar.explorer.asked)
            assert all(question._dropped for question in before)
        await khabar.settle()
        # what is shown is what the last letter found, in every list, to the last number
        assert {shown[0].filter for shown in khabar.explorer._shown.values()} == {filters[-1]}
        with open_reader(long_corpus) as reader:
            assert khabar.ids("articles") == list(reader.article_ids(filters[-1]))
            groups = reader.entity_groups(filters[-1])
            assert khabar.ids("entities") == [key for _kind, ids in groups for key in ids]
            undated = reader.article_ids(replace(filters[-1], undated=True))
            events = [*reader.event_ids(filters[-1]), *(BIN + key for key in undated)]
            assert khabar.ids("timeline") == events
        assert note(khabar) == f"{ARTICLES} articles"
        assert khabar.explorer.frame("timeline").border_subtitle == str(ARTICLES)


@pytest.mark.parametrize("steps", [1, 4, 16, 64, 200])
async def test_a_letter_at_any_moment_of_the_answer_to_the_one_before(long_corpus: Path, steps: int) -> None:
    """Whichever stage the questions of the first letters are in, nothing of them is drawn after those of the last."""
    async with explorer(long_corpus) as khabar:
        await khabar.press("slash")
        query = khabar.explorer.query_one(SearchPane)
        for text in ("المدينة", "سالم", "سالم 12"):
            query.post_message(SearchPane.Asked(text, final=False))
            for _ in range(steps):
                await asyncio.sleep(0)
        await khabar.settle()
        with open_reader(long_corpus) as reader:
            found = reader.article_ids(khabar.explorer.asked)
        assert 0 < len(found) < ARTICLES
        assert khabar.ids("articles") == list(found)
        assert note(khabar) == ngettext("{n} article", "{n} articles", len(found)).format(n=len(found))
        assert khabar.explorer.frame("articles").border_subtitle == str(len(found))


async def test_all_are_ranked_on_request(long_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    best = 7
    with open_writer(long_corpus) as writer:
        writer.add(analysis("المدينة\nالمدينة في المدينة للمدينة.", published="2001-01-01", kinds=("title",)))
    for module in ("store.database.ranking", "store.database.reading", "tui.screens.filling", "tui.screens.telling"):
        monkeypatch.setattr(f"{module}.RANKED", best)
    async with explorer(long_corpus) as khabar:
        rows = khabar.explorer.rows("articles")
        await khabar.press("slash", *"المدينة", "enter")
        newest = khabar.ids("articles")
        assert len(newest) == ARTICLES + 1
        await khabar.press("w")
        assert f"ranked among the newest {best}, w ranks all" in khabar.status()
        assert sorted(khabar.ids("articles")[:best]) == sorted(newest[:best])
        await khabar.press("down", "down")
        under = rows.current_id
        khabar.explorer.action_rank()
        assert "all are being ranked…" in khabar.status()
        assert rows.current_id == under
        await khabar.settle()
        with open_reader(long_corpus) as reader:
            everything = list(reader.article_ids(khabar.explorer.asked, "best"))
        assert khabar.ids("articles") == everything
        assert everything[0] not in newest[:best]
        assert rows.current_id == under
        assert khabar.status().endswith("by relevance")
        # the way back finds them ranked as they were left
        await khabar.press("e", "backspace")
        assert khabar.ids("articles") == everything
        assert khabar.explorer.view().ranking == "best"
        assert rows.current_id == under
        await khabar.press("f5")
        assert khabar.ids("articles") == everything
        assert rows.current_id == under
        await khabar.press("w")
        assert khabar.ids("articles") == newest
        assert "relevance" not in khabar.status()


async def test_a_ranking_of_all_that_is_not_waited_for(long_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("store.database.ranking", "store.database.reading", "tui.screens.filling", "tui.screens.telling"):
        monkeypatch.setattr(f"{module}.RANKED", 7)
    async with explorer(long_corpus) as khabar:
        await khabar.press("slash", *"المدينة", "enter")
        newest = khabar.ids("articles")
        await khabar.press("w")
        khabar.explorer.action_rank()
        khabar.explorer.action_rank()
        await khabar.settle()
        assert khabar.ids("articles") == newest
        assert khabar.explorer.view().ranking == "newest"


def corner(khabar: Driver) -> str:
    """The right side of the status line, in logical order."""
    return khabar.explorer.query_one("#status", Label)._right


async def test_the_status_counts_what_was_found(long_corpus: Path) -> None:
    async with explorer(long_corpus, size=(80, 24)) as khabar:
        assert corner(khabar) == f"{ARTICLES} articles"
        await khabar.press("slash", *"سالم 12", "enter")
        assert corner(khabar) == f"1 of {ARTICLES} articles"
        assert f"1 of {ARTICLES} articles" in khabar.shown()
        await khabar.press("2")
        assert corner(khabar) == f"1 of {ARTICLES} articles"
        await khabar.press("l")
        assert corner(khabar) == f"1 من {ARTICLES} مقالاً"
        await khabar.press("l", "escape")
        assert corner(khabar) == f"{ARTICLES} articles"


async def test_what_is_not_counted_yet_is_not_told_of_another_search(long_corpus: Path) -> None:
    async with explorer(long_corpus) as khabar:
        await khabar.press("slash", *"سالم 12", "enter")
        khabar.explorer.go(Filter(query="المدينة"), "articles")
        assert corner(khabar) == f"… of {ARTICLES} articles"
        await khabar.settle()
        assert corner(khabar) == f"{ARTICLES} of {ARTICLES} articles"


async def test_a_search_that_cannot_be_understood_counts_nothing(long_corpus: Path) -> None:
    async with explorer(long_corpus) as khabar:
        khabar.explorer.go(Filter(query='"'), "articles")
        await khabar.settle()
        khabar.explorer.tell_status()
        assert corner(khabar) == f"{ARTICLES} articles"


@pytest.mark.parametrize("left", ["enter", "escape", "tab"])
async def test_the_bottom_line_says_what_keys_do_while_a_search_is_typed(seeds_corpus: Path, left: str) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        before = khabar.shown().split("\n")[-1]
        assert before.strip().startswith("Enter open  a articles  / search")
        await khabar.press("slash", *"بغداد")
        said = khabar.shown().split("\n")[-1]
        assert said.strip() == "Enter articles  Esc back  Tab next pane  F1 help  Ctrl+P all commands"
        await khabar.press(left)
        assert khabar.shown().split("\n")[-1] == before
