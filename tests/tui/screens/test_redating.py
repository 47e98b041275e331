"""Dating articles by hand in the explorer: what the question shows, takes, and leaves as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import ArticleRow
from store.database import open_reader
from tests.store.database.making import add_all, analysis
from tests.store.database.test_suggestions import ARTICLES
from tests.tui.screens.driving import away, explorer
from tui.screens.sheets import Question


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    add_all(path, (analysis(text, names, (), f"2021-12-{day:02}") for day, (text, names) in enumerate(ARTICLES, 1)))
    return path


async def test_the_question_for_a_date_shows_how_to_write_it(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("d")
        assert "(2021-12-14)" in khabar.shown()


async def test_a_date_that_is_left_as_it_stands_stays_what_it_was(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        row = khabar.row("articles")
        assert isinstance(row, ArticleRow)
        assert row.published.basis == "inferred"
        await khabar.press("d", "enter")
        assert khabar.status() == "nothing changed; a date that is typed anew counts as given"
        with open_reader(seeds_corpus) as reader:
            assert reader.articles([row.id])[0].published == row.published
            assert not reader.edits()
        # confirmed on purpose
        await khabar.press("d", "ctrl+u", *(row.published.value or ""), "enter")
        with open_reader(seeds_corpus) as reader:
            published = reader.articles([row.id])[0].published
        assert (published.value, published.basis) == (row.published.value, "given")


async def test_a_date_of_the_first_is_not_that_of_all_marked_by_enter_alone(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await khabar.press("asterisk", "asterisk", "d", "enter")
        with open_reader(corpus) as reader:
            assert not reader.edits()


@pytest.mark.parametrize(("pane", "key", "typed"), [("1", "d", "2020-02-03"), ("2", "r", "another name")])
async def test_a_date_or_name_that_cannot_be_written_is_there_to_be_kept_again(
    seeds_corpus: Path, pane: str, key: str, typed: str
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press(pane, key, "ctrl+u", *typed)
        with away(seeds_corpus):
            await khabar.press("enter")
            assert isinstance(khabar.app.screen, Question)
            assert typed in khabar.shown()
            assert "no such corpus" in khabar.shown()
        await khabar.press("enter")
        assert len(khabar.app.screen_stack) == 2
        assert typed in khabar.status()
    with open_reader(seeds_corpus) as reader:
        assert len(reader.edits()) == 1


async def test_an_empty_date_takes_back_what_a_person_said(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        row = khabar.row("articles")
        assert isinstance(row, ArticleRow)
        await khabar.press("d", "ctrl+u", "enter")
        assert khabar.status() == "no date here was given by a person"
        await khabar.press("d", "ctrl+u", *"2024", "enter")
        await khabar.press("d")
        assert "Left empty: as it was found, not as a person said." in khabar.shown()
        await khabar.press("escape")
        assert _published(seeds_corpus, row.id) == "2024"
        await khabar.press("d", "ctrl+u", "enter")
        assert khabar.status() == "the date that was found stands again; U gives back the other"
        with open_reader(seeds_corpus) as reader:
            assert reader.articles([row.id])[0].published == row.published
        await khabar.press("U")
        assert _published(seeds_corpus, row.id) == "2024"


async def test_an_empty_date_is_that_of_all_marked(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await khabar.press("asterisk", "down", "asterisk")
        marked = list(khabar.explorer.rows("articles").ticked)
        await khabar.press("d", "ctrl+u", *"2020-02-03", "enter")
        assert [_published(corpus, one) for one in marked] == ["2020-02-03"] * 2
        await khabar.press("G", "asterisk", "up", "asterisk", "d", "ctrl+u", "enter")
        assert "the dates that were found of 2 articles stand again" in khabar.status()
        assert "2020-02-03" not in {_published(corpus, one) for one in marked}
        assert not khabar.explorer.rows("articles").ticked


def _published(corpus: Path, article: int) -> str | None:
    with open_reader(corpus) as reader:
        return reader.articles([article])[0].published.value
