"""Every sentence that names an entity, in a list over the explorer: what is in it, where it leads, how it is left."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.answers import Filter, MentionRow
from store.database import open_reader, open_writer
from tests.store.database.making import add_all, analysis
from tests.tui.screens.driving import Driver, explorer
from tui.screens.lists import FIRST
from tui.screens.mentions import MentionRows, MentionsSheet

KADHIMI = "مصطفى الكاظمي"
# As it is painted, written out so that the layout under test has no say in what is expected.
AL_KADHIMI = "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d"
COUNT = 700
"""Mentions in the long corpus, two in each article."""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of one day after another, each of which names somebody in one sentence twice."""
    path = tmp_path_factory.mktemp("mentions") / "long.db"
    texts = (f"قال سالم في اليوم {number} إن سالما لم يصل بعد.\nولا كلام بعده." for number in range(COUNT // 2))
    days = ((date(2019, 1, 1) + timedelta(number)).isoformat() for number in range(COUNT // 2))
    add_all(path, (analysis(text, [("سالم", "PER")], (), day) for text, day in zip(texts, days, strict=True)))
    return path


def rows(khabar: Driver) -> MentionRows:
    """The list, which is open."""
    assert isinstance(khabar.app.screen, MentionsSheet)
    return khabar.app.screen.rows


def row(khabar: Driver) -> MentionRow:
    """The row under its cursor."""
    found = rows(khabar).current_row
    assert isinstance(found, MentionRow)
    return found


def title(khabar: Driver) -> str:
    """Its title in logical order."""
    assert isinstance(khabar.app.screen, MentionsSheet)
    return khabar.app.screen.title_line._left


async def of(khabar: Driver, name: str = KADHIMI) -> None:
    """Open the list for a name in the list of entities."""
    await khabar.press("2")
    khabar.put_cursor_on("entities", name)
    await khabar.press("s")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_s_lists_every_sentence_that_names_an_entity(seeds_corpus: Path, size: tuple[int, int]) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        await of(khabar)
        with open_reader(seeds_corpus) as reader:
            entity = reader.find_entities(KADHIMI)[0]
            expected = reader.mention_ids(entity.id)
        assert list(rows(khabar).ids) == list(expected)
        assert title(khabar) == f"{entity.mentions} mentions of {KADHIMI}"
        shown = khabar.shown().split("\n")
        # a line of who says it when, a line with the name, in turn
        lines = [line.strip("│ ").strip() for line in shown[3:-1] if line.strip("│ ").strip()]
        assert all("20" in line or "undated" in line for line in lines[::2])
        assert len(lines) >= 2 * min(len(expected), 9)
        assert all(AL_KADHIMI in line for line in lines[1::2])
        await khabar.press("escape")
        assert khabar.explorer.pane == "entities"


async def test_enter_goes_to_the_mention_and_back_again_to_the_same_row(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        await khabar.press("down", "down", "down")
        chosen = row(khabar)
        await khabar.press("enter")
        assert khabar.explorer.pane == "reader"
        article, mark = khabar.explorer.reader.article, khabar.explorer.reader.mark
        assert article is not None
        assert mark is not None
        assert (article.row.id, mark.start, mark.end) == (chosen.article.id, chosen.start, chosen.end)
        assert khabar.explorer.reader.sentence == (chosen.sentence.start, chosen.sentence.end)
        assert AL_KADHIMI in khabar.shown()
        # the cursor goes there again when it is chosen again
        await khabar.press("n")
        assert khabar.explorer.reader.mark != mark
        await khabar.press("backspace", "s", "enter")
        assert khabar.explorer.reader.mark == mark
        await khabar.press("backspace", "s")
        assert row(khabar) == chosen
        # another name's list begins at its beginning
        await khabar.press("backspace", "down", "s")
        assert rows(khabar).cursor == 0


async def test_the_articles_are_those_under_the_filter(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        everywhere = list(rows(khabar).ids)
        await khabar.press("escape", "slash", *"صفو", "enter")
        found = khabar.ids("articles")
        await of(khabar)
        assert list(rows(khabar).ids) == [id_ for id_ in everywhere if id_ >> 24 in found]
        assert 0 < len(rows(khabar).ids) < len(everywhere)
        assert "within: search: " in khabar.shown()
        assert title(khabar).startswith(f"{len(rows(khabar).ids)} mention")
        await khabar.press("backspace", "escape")
        assert khabar.explorer.filter == Filter()
        await of(khabar)
        assert "within" not in khabar.shown()


async def test_of_the_name_under_the_readers_cursor(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("4", "right_square_bracket")
        mark = khabar.explorer.reader.mark
        while mark is None or mark.entity_id is None:
            await khabar.press("s")
            assert "first" in khabar.status()
            await khabar.press("right_square_bracket")
            mark = khabar.explorer.reader.mark
        await khabar.press("s")
        article = khabar.explorer.reader.article
        assert article is not None
        assert any(key == article.row.id << 24 | mark.start for key in rows(khabar).ids)


async def test_the_first_page_then_the_number_then_all(long: Path) -> None:
    async with explorer(long) as khabar:
        await khabar.press("2")
        khabar.explorer.action_sentences()
        seen = [(-1, "")]
        while seen[-1][0] != COUNT:
            await asyncio.sleep(0)
            if isinstance(khabar.app.screen, MentionsSheet) and khabar.app.screen.query(MentionRows):
                seen.append((len(rows(khabar).ids), title(khabar)))
        await khabar.settle()
        known, unknown = f"{COUNT} mentions of سالم", "mentions of سالم"
        shown = [each for each in dict.fromkeys(seen) if each[0] > 0]
        assert shown == [(FIRST, unknown), (FIRST, known), (COUNT, known)]
        assert title(khabar) == known
        assert row(khabar).article.published.value == (date(2019, 1, 1) + timedelta(COUNT // 2 - 1)).isoformat()


async def test_the_end_is_one_key_away_and_two_in_a_sentence_are_two_rows(long: Path) -> None:
    async with explorer(long, (80, 24)) as khabar:
        await khabar.press("2", "s", "G")
        assert rows(khabar).cursor == COUNT - 1
        last = row(khabar)
        await khabar.press("up")
        before = row(khabar)
        assert before.sentence == last.sentence
        assert before.start < last.start
        assert last.article.published.value == "2019-01-01"
        # far down, too, it opens where it was left
        await khabar.press("enter", "backspace", "s")
        assert (rows(khabar).cursor, row(khabar)) == (COUNT - 2, before)
        assert len(rows(khabar).ids) == COUNT


async def test_y_copies_the_sentence_as_it_is_written(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        await khabar.press("down", "y")
        assert khabar.app.clipboard == row(khabar).sentence.text
        assert "الكاظمي" in khabar.app.clipboard
        assert "copied" in khabar.shown()
        await khabar.press("down")
        assert "copied" not in khabar.shown()


async def test_an_article_that_goes_meanwhile_leaves_a_blank_that_says_so(long: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(long.read_bytes())
    async with explorer(path) as khabar:
        await khabar.press("2", "s")
        with open_writer(path) as writer:
            for article in range(1, 40):
                writer.remove(article)
        await khabar.press("G")
        assert rows(khabar).cursor == COUNT - 1
        assert "this mention is there no more" in khabar.shown()
        await khabar.press("enter", "y")
        assert isinstance(khabar.app.screen, MentionsSheet)
        await khabar.press("escape", "s", "G")
        assert len(rows(khabar).ids) == COUNT - 2 * 39
        assert isinstance(rows(khabar).current_row, MentionRow)


async def test_it_can_be_left_before_it_is_filled(long: Path) -> None:
    async with explorer(long) as khabar:
        await khabar.press("2")
        for _ in range(5):
            khabar.explorer.action_sentences()
            await khabar.pilot.press("escape")
        await khabar.settle()
        assert khabar.app.screen is khabar.explorer
        assert all(worker.is_finished for worker in khabar.app.workers)
        # nor when rows are still to come: and then the explorer is painted as before
        await khabar.press("s")
        rows(khabar).action_last()
        sheet = khabar.app.screen
        assert isinstance(sheet, MentionsSheet)
        sheet.action_close()
        await khabar.settle()
        assert khabar.app._batch_count == 0


async def test_what_cannot_be_asked_is_said_in_place_of_the_list(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        content = seeds_corpus.read_bytes()
        seeds_corpus.write_bytes(b"no corpus" + content[9:])
        await khabar.press("s")
        assert "is no khabar corpus" in khabar.shown()
        await khabar.press("down", "enter", "y", "escape")
        assert khabar.app.screen is khabar.explorer
        seeds_corpus.write_bytes(content)
