"""Articles that a person dates before there was an Arabic press, back to the first year: whatever lists, filters,
draws or writes dates takes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader
from tests.tui.clis import Home
from tests.tui.screens.driving import explorer
from tui.widgets.density import Density

_DATES = ("0001-01-01", "0622-07-16", "1798-08", "0912", "2021-12-14")
"""Of the articles 1 to 5."""
_NEWEST_FIRST = [5, 3, 4, 2, 1]


@pytest.fixture(scope="module")
def home(seeds_corpus_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.env["KHABAR_CORPUS"] = str(shutil.copy(seeds_corpus_once, home.folder / "old.db"))
    for number, date in enumerate(_DATES, 1):
        assert home.run("edit", "redate", str(number), date).code == 0
    return home


def test_they_are_in_order_and_in_all_numbers(home: Home) -> None:
    rows = home.run("articles", "--json").objects
    assert [row["id"] for row in rows] == _NEWEST_FIRST
    assert [row["published"]["value"] for row in rows] == [_DATES[row["id"] - 1] for row in rows]
    assert "0001-01-01 to 2021-12-14" in home.run().out
    assert home.run("verify").code == 0


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        (["--from", "0600"], [5, 3, 4, 2]),
        (["--to", "0001"], [1]),
        (["--from", "0001", "--to", "0912-12-31"], [4, 2, 1]),
        (["--from", "1798-08-01", "--to", "1798-08"], [3]),
    ],
)
def test_from_and_to(home: Home, narrow: list[str], found: list[int]) -> None:
    assert [row["id"] for row in home.run("articles", "--json", *narrow).objects] == found


def test_a_search_by_date(home: Home) -> None:
    found = home.run("search", "date:0600..1798", "--json").objects
    assert [row["id"] for row in found] == [3, 4, 2]


@pytest.mark.parametrize(
    "asked",
    [
        ["timeline"],
        ["timeline", "--by", "day"],
        ["timeline", "--by", "decade"],
        ["trends", "--by", "month"],
        ["trends", "--by", "decade"],
        ["dossier", "العراق"],
        ["outlets"],
        ["show", "1"],
        ["suggest"],
        ["export", "articles", "--format", "csv"],
        ["export", "timeline", "--format", "html"],
        ["export", "timeline", "--format", "md"],
        ["export", "trends", "--format", "svg"],
        ["export", "graph", "--format", "gexf"],
        ["export", "report", "--lang", "ar"],
        ["export", "brief", "--lang", "en"],
    ],
    ids=" ".join,
)
def test_whatever_tells_of_time(home: Home, asked: list[str]) -> None:
    done = home.run(*asked)
    assert (done.code, done.err) == (0, "")
    assert done.out


def test_the_edits_are_taken_elsewhere(home: Home, seeds_corpus: Path) -> None:
    log = home.folder / "edits.jsonl"
    assert home.run("export", "edits", "-o", log).code == 0
    assert home.run("-c", seeds_corpus, "edit", "import", log).code == 0
    with open_reader(seeds_corpus) as reader:
        assert list(reader.article_ids(Filter())) == _NEWEST_FIRST


async def test_the_explorer(home: Home) -> None:
    corpus = home.folder / "old.db"
    async with explorer(corpus) as khabar:
        assert khabar.ids("articles") == _NEWEST_FIRST
        await khabar.press("end", "d", "ctrl+u", *"0001-01-02", "enter")
        assert khabar.status() == "dated 0001-01-02; u takes it back"
        await khabar.press("u", "3")
        for _zoom in range(5):
            await khabar.press("c", "home", "c", "end", "minus")
        assert khabar.app.screen.query_one(Density).display
        await khabar.press("T", "minus", "minus", "plus", "plus", "plus", "escape")
