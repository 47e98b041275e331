"""Saved searches in the explorer: saved, looked at, told what is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import Filter, KeptSearch
from store.database import open_reader, open_writer
from store.export import search_records
from tests.store.database.making import analysis
from tests.tui.screens.driving import Driver, explorer
from tui.panes.articles import ArticlesPane
from tui.screens.searches import SearchesSheet


def sheet(khabar: Driver) -> SearchesSheet:
    found = khabar.app.screen
    assert isinstance(found, SearchesSheet)
    return found


def counts(khabar: Driver) -> list[tuple[str, tuple[int, int] | None]]:
    return [(row.search.name, row.counts) for row in sheet(khabar)._found]


def add(path: Path, number: int) -> None:
    with open_writer(path) as writer:
        writer.add(analysis(f"خبر {number}: وصلت القوات إلى بغداد.", [("بغداد", "LOC")], published="1999-01-01"))


async def test_what_is_new_is_told_and_marked(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("Q")
        assert "no search is saved yet" in khabar.shown()
        await khabar.press("escape", "slash", *"القوات", "enter", "Q", "s", *"army", "enter")
        there = khabar.explorer.found
        assert there is not None
        assert counts(khabar) == [("army", (there, 0))]
        await khabar.press("escape", "escape")
        add(seeds_corpus, 1)
        await khabar.press("Q")
        assert counts(khabar) == [("army", (there + 1, 1))]
        assert "+1 · " in khabar.shown()
        await khabar.press("enter")
        assert khabar.explorer.filter == Filter(query="القوات")
        assert len(khabar.ids("articles")) == there + 1
        new = max(khabar.ids("articles"))
        assert khabar.explorer.query_one(ArticlesPane).fresh_after == new - 1
        # it was looked at
        await khabar.press("Q")
        assert counts(khabar) == [("army", (there + 1, 0))]
        await khabar.press("escape")
        add(seeds_corpus, 2)
        await khabar.press("Q", "n")
        assert khabar.ids("articles") == [new + 1]
        assert "new since the last look" in khabar.status()
        await khabar.press("backspace")
        assert khabar.explorer.filter == Filter(query="القوات")


async def test_they_are_renamed_and_forgotten(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        entity = reader.find_entities("العراق")[0]
    with open_writer(seeds_corpus) as writer:
        writer.save_search("b", Filter(entities=(entity.id,)))
        writer.save_search("c", Filter(query="tag:none"))
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("Q")
        assert entity.name in sheet(khabar)._found[0].words
        # what cannot be asked says why, and the others are counted
        assert "no tag here is 'none'" in sheet(khabar)._found[1].problem
        assert counts(khabar)[0][1] is not None
        await khabar.press("down", "enter")
        assert isinstance(khabar.app.screen, SearchesSheet)
        await khabar.press("r", "ctrl+u", "b", "enter")
        assert [name for name, _ in counts(khabar)] == ["b", "c"]
        await khabar.press("r", "ctrl+u", "a", "enter")
        assert [name for name, _ in counts(khabar)] == ["a", "b"]
        await khabar.press("d", "down", "d")
        assert len(counts(khabar)) == 2
        await khabar.press("d", "q")
    with open_reader(seeds_corpus) as reader:
        assert [one.name for one in reader.saved_searches()] == ["a"]


async def test_they_are_written_to_a_file_to_be_taken_in_elsewhere(
    seeds_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_writer(seeds_corpus) as writer:
        writer.save_search("كل", Filter())
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("Q", "x")
        (written,) = tmp_path.glob("khabar-searches-*.jsonl")
        assert written.name in khabar.shown()
    (found,) = search_records.read(written.read_bytes().splitlines(), "f")
    assert isinstance(found, KeptSearch)
    assert found.name == "كل"
