"""Who said what, in a list over the explorer: what is in it, how it is narrowed, where it leads, how it is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from store.answers import Filter
from store.database import open_reader, open_writer
from store.spoken import StatementRow, Wanted
from tests.tui.screens.driving import Driver, explorer
from tui.locale import use
from tui.panes.articles import date_label
from tui.screens.sheets import Sheet
from tui.screens.statements import KINDS, StatementRows, StatementsSheet, said

KADHIMI = "مصطفى الكاظمي"
# As it is painted, written out so that the layout under test has no say in what is expected.
AL_KADHIMI = "\ufef2\ufee4\ufec7\ufe8e\ufedc\ufedf\ufe8d"


def sheet(khabar: Driver) -> StatementsSheet:
    """The list, which is open."""
    assert isinstance(khabar.app.screen, StatementsSheet)
    return khabar.app.screen


def rows(khabar: Driver) -> StatementRows:
    """Its rows."""
    return sheet(khabar).rows


def row(khabar: Driver) -> StatementRow:
    """The row under its cursor."""
    found = rows(khabar).current_row
    assert isinstance(found, StatementRow)
    return found


async def of(khabar: Driver, name: str = KADHIMI) -> None:
    """Open the list for a name in the list of entities."""
    await khabar.press("2")
    khabar.put_cursor_on("entities", name)
    await khabar.press("O")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("spoken", ["en", "ar"])
async def test_what_an_entity_says(seeds_corpus: Path, size: tuple[int, int], spoken: str) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        if spoken == "ar":
            await khabar.press("l")
        await of(khabar)
        with open_reader(seeds_corpus) as reader:
            entity = reader.find_entities(KADHIMI)[0]
            expected = reader.statement_ids(Filter(), Wanted(entity.id))
        assert list(rows(khabar).ids) == list(expected)
        shown = khabar.shown().split("\n")
        assert all(cell_len(line) == size[0] for line in shown)
        day = date_label(row(khabar).article).strip()
        # below the title and what the keys do, which takes more than a line where there is no room
        first = next(line for line in shown if day in line).strip("│ ▁▂▃▄▅▆▇█")
        assert AL_KADHIMI in first
        # the day stands where reading begins
        assert first.startswith(day) if spoken == "en" else first.endswith(day)
        if spoken == "en":
            assert f"{len(expected)} statements of" in shown[1]
        assert any("«" in line or "»" in line for line in shown)
    use("en")


async def test_without_a_name_under_the_cursor_those_of_all_articles_of_the_view(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "×")
        with open_reader(seeds_corpus) as reader:
            assert list(rows(khabar).ids) == list(reader.statement_ids())
        assert len({row.quote.speaker for row in rows(khabar)._rows.values() if isinstance(row, StatementRow)}) > 3
        everywhere = len(rows(khabar).ids)
        await khabar.press("×")
        assert khabar.app.screen is khabar.explorer
        await khabar.press("slash", *"صفو", "enter", "O")
        assert 0 < len(rows(khabar).ids) < everywhere
        assert "within: search: " in khabar.shown()


async def test_kind_and_form_narrow_it(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "O")
        with open_reader(seeds_corpus) as reader:
            for kind in list(KINDS)[:4]:
                await khabar.press("t")
                expected = reader.statement_ids(Filter(), Wanted(kinds=(kind,)))
                assert list(rows(khabar).ids) == list(expected), kind
            assert "within: warns" in khabar.shown()
            await khabar.press("T", "T", "d")
            assert list(rows(khabar).ids) == list(
                reader.statement_ids(Filter(), Wanted(kinds=("confirmed",), direct=True))
            )
            assert "within: confirms · in quotation marks" in khabar.shown()
            assert all(
                said(each).startswith("«") for each in rows(khabar)._rows.values() if isinstance(each, StatementRow)
            )
            await khabar.press("d", "T", "ﻹ")  # the same key on an Arabic layout
            assert list(rows(khabar).ids) == list(reader.statement_ids(Filter(), Wanted(direct=False)))
            await khabar.press("d")
            assert list(rows(khabar).ids) == list(reader.statement_ids())
            assert "within" not in khabar.shown()


async def test_enter_opens_the_sentence_and_the_list_stands_as_it_was_left(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        await khabar.press("d", "down", "down")
        chosen = row(khabar)
        await khabar.press("enter")
        assert khabar.explorer.pane == "reader"
        article = khabar.explorer.reader.article
        assert article is not None
        assert article.row.id == chosen.article.id
        assert khabar.explorer.reader.sentence == (chosen.sentence.start, chosen.sentence.end)
        await khabar.press("backspace", "O")
        assert row(khabar) == chosen
        assert sheet(khabar).wanted.wanted.direct is True
        # another's begins at its beginning, with all
        await khabar.press("escape", "down", "O")
        assert rows(khabar).cursor == 0
        assert sheet(khabar).wanted.wanted.direct is None


async def test_i_tells_the_rule_the_verb_and_why_this_speaker(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "O")
        statements, listed, seen = sheet(khabar), rows(khabar), set()
        for at in range(len(listed.ids)):
            await khabar.until(lambda: isinstance(khabar.app.screen, Sheet) and "found by rule" in khabar.shown(), "i")
            shown = khabar.shown()
            seen |= {why for why in ("its sentence names", "goes on with", "a source without a name") if why in shown}
            below = min(at + 1, len(listed.ids) - 1)

            def is_there(below: int = below) -> bool:
                return khabar.app.screen is statements and listed.cursor == below and listed.current_row is not None

            await khabar.until(is_there, "escape", "down")
        assert seen == {"its sentence names", "goes on with", "a source without a name"}


async def test_y_copies_what_is_said(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await of(khabar)
        await khabar.press("y")
        assert khabar.app.clipboard == said(row(khabar))
        assert "copied" in khabar.shown()


async def test_an_article_that_goes_meanwhile_leaves_a_blank_that_says_so(seeds_corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(seeds_corpus.read_bytes())
    async with explorer(path, (80, 12)) as khabar:
        await khabar.press("1", "O")
        last = rows(khabar).ids[-1]
        with open_writer(path) as writer:
            writer.remove(last >> 12)
        rows(khabar)._rows.clear()
        await khabar.press("G")
        assert "this statement is there no more" in khabar.shown()
        await khabar.press("enter", "y", "i")
        assert isinstance(khabar.app.screen, StatementsSheet)


async def test_it_can_be_left_and_narrowed_before_it_is_filled(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1")
        for _ in range(5):
            khabar.explorer.action_statements()
            await khabar.pilot.press("t", "d", "escape")
        await khabar.settle()
        assert khabar.app.screen is khabar.explorer
        assert all(worker.is_finished for worker in khabar.app.workers)
        assert khabar.app._batch_count == 0


async def test_what_cannot_be_asked_is_said_in_place_of_the_list(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1")
        content = seeds_corpus.read_bytes()
        seeds_corpus.write_bytes(b"no corpus" + content[9:])
        await khabar.press("O")
        assert "is no khabar corpus" in khabar.shown()
        await khabar.press("down", "enter", "i", "y", "t", "escape")
        assert khabar.app.screen is khabar.explorer
        seeds_corpus.write_bytes(content)
