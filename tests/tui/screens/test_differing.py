"""What may be said differently, side by side over the explorer; statements of an article, of an event, page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from store.answers import EventRow, Filter
from store.database import open_reader
from store.dossiers import Subject
from store.spoken import DifferingRow, StatementRow, Wanted
from tests.tui.screens.driving import Driver, explorer
from tui.locale import use
from tui.screens import lists, statements
from tui.screens.differing import DifferingRows, DifferingSheet, said
from tui.screens.dossier_parts import parts_of
from tui.screens.history import Place, Spot
from tui.screens.sheets import Sheet
from tui.screens.statements import StatementsSheet


def pair(khabar: Driver) -> DifferingRow:
    """The pair under the cursor."""
    assert isinstance(khabar.app.screen, DifferingSheet)
    found = khabar.app.screen.rows.current_row
    assert isinstance(found, DifferingRow)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("spoken", ["en", "ar"])
async def test_the_two_stand_side_by_side(seeds_corpus: Path, size: tuple[int, int], spoken: str) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        if spoken == "ar":
            await khabar.press("l")
        await khabar.press("1", "O", "v")
        row = pair(khabar)
        shown = khabar.shown().split("\n")
        assert all(cell_len(line) == size[0] for line in shown)
        if spoken == "en":
            assert "said differently? 1 pair" in shown[1]
            # below what the keys do, which takes more than a line where there is no room
            at = next(at for at, line in enumerate(shown) if "one says no, in words of the other" in line)
            assert at in (3, 4)
            # in one line: who denies, and who says it
            assert "confirms" in shown[at + 1]
            assert shown[at + 1].index("confirms") < shown[at + 1].index("expects")
        await khabar.press("y")
        assert said(row.one) in khabar.app.clipboard
        assert said(row.other) in khabar.app.clipboard
        await khabar.press("ر")
        assert isinstance(khabar.app.screen, StatementsSheet)
    use("en")


@pytest.mark.parametrize(("key", "which"), [("1", 0), ("2", 1), ("٢", 1), ("enter", 0)])
async def test_either_article_is_gone_to_by_its_key(seeds_corpus: Path, key: str, which: int) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "O", "v")
        side = (pair(khabar).one, pair(khabar).other)[which]
        await khabar.press(key)
        assert khabar.app.screen is khabar.explorer
        assert khabar.explorer.pane == "reader"
        assert khabar.explorer.reader.sentence == (side.sentence.start, side.sentence.end)


async def test_i_tells_why_they_stand_side_by_side(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "O", "v", "i")
        screens = [type(khabar.app.screen)]
        assert "words of both, by their stems" in khabar.shown()
        for _ in range(3):
            await khabar.press("escape")
            screens.append(type(khabar.app.screen))
        assert screens == [Sheet, DifferingSheet, StatementsSheet, type(khabar.explorer)]


async def test_pairs_that_were_out_of_memory_come_back(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "O", "v")
        row, rows = pair(khabar), khabar.app.screen.query_one(DifferingRows)
        rows._rows.clear()  # as when thousands were looked at since
        rows.want()
        await khabar.settle()
        assert pair(khabar) == row


async def test_where_nothing_differs_it_says_so(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", "مصطفى الكاظمي")
        await khabar.press("O", "v")
        assert "nothing is said differently here" in khabar.shown()
        await khabar.press("1", "2", "i", "y", "escape", "escape")
        assert khabar.app.screen is khabar.explorer


def test_the_dossier_of_a_speaker_has_it(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        about = Subject((reader.entity(reader.find_entities("بغداد")[0].id),))
        (part,) = (part for part in parts_of(about) if part.name == "differing")
        ((heading, shown),) = part.show(part.ask(reader, about), about)
    assert heading == "said differently? in the newest 5 articles"
    assert [line.text for line in shown] == [
        "المحادثات لا تتضمن انسحاب القوات الأميركية من العراق", "جدولا زمنيا للانسحاب",
    ]  # fmt: skip
    assert all(isinstance(line.goal, Place) for line in shown)


async def test_in_the_reader_it_is_what_the_article_says(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("1", "enter")
        article = khabar.explorer.place.article
        assert khabar.explorer.pane == "reader"
        if khabar.explorer.reader.mark is None:
            await khabar.press("O")
            assert isinstance(khabar.app.screen, StatementsSheet)
            with open_reader(seeds_corpus) as reader:
                assert list(khabar.app.screen.rows.ids) == list(
                    reader.statement_ids(Filter(article=article, copies=True))
                )


async def test_of_an_event_it_is_what_its_articles_say(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        event = khabar.explorer.rows("timeline").current_row
        assert isinstance(event, EventRow)
        await khabar.press("O")
        assert isinstance(khabar.app.screen, StatementsSheet)
        with open_reader(seeds_corpus) as reader:
            assert list(khabar.app.screen.rows.ids) == list(reader.statement_ids(Filter(event=event.id)))
        assert "of one event" in khabar.shown()


async def test_i_on_a_name_tells_what_is_said_in_its_sentence(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (120, 60)) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", "كينيث ماكنزي")
        await khabar.press("O", "enter", "n", "i")
        assert isinstance(khabar.app.screen, Sheet)
        shown = khabar.shown()
        assert "rule v" in shown or "rule before" in shown


async def test_a_long_list_comes_page_by_page(seeds_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "FIRST", 5)
    monkeypatch.setattr(lists, "_PAGE", 7)
    monkeypatch.setattr(statements, "_AHEAD", 6)
    with open_reader(seeds_corpus) as reader:
        everything = list(reader.statement_ids())
        page = lists.Statements(Wanted(), Filter()).first(reader, Spot(), 5)
        assert 5 <= len(page.listing) < len(everything)
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("1", "O")
        sheet = khabar.app.screen
        assert isinstance(sheet, StatementsSheet)
        assert len(sheet.rows.ids) < len(everything)
        assert "the newest" in khabar.shown()
        for _ in range(20):
            await khabar.press("G")
        assert list(sheet.rows.ids) == everything
        assert f"{len(everything)} statements" in khabar.shown()
        assert isinstance(sheet.rows.current_row, StatementRow)
        assert sheet.rows.current_row.id == everything[-1]


def test_pages_are_the_list(seeds_corpus: Path) -> None:
    with open_reader(seeds_corpus) as reader:
        for wanted in (Wanted(), Wanted(kinds=("denied",)), Wanted(reader.find_entities("مصطفى الكاظمي")[0].id)):
            for most, look in ((1, None), (3, 2), (2000, 1), (2000, 20_000)):
                found: list[int] = []
                start: int | None = 0
                while start is not None:
                    page = reader.statement_page(Filter(), wanted, start, most, look)
                    found += page.ids
                    assert page.next is None or page.next > start
                    start = page.next
                assert found == list(reader.statement_ids(Filter(), wanted))
