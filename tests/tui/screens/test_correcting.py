"""Correcting in the explorer: suggested merges, marks for many, kinds, splits, hidden names, lines, the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.answers import ArticleRow, EntityRow
from store.database import open_reader, open_writer, verify
from tests.store.database.making import add_all, analysis
from tests.store.database.test_suggestions import ARTICLES, BIDEN, OTHER
from tests.tui.screens.driving import Driver, explorer
from tui.arabic import layout_line
from tui.screens.log_sheet import LogSheet
from tui.screens.merge_sheet import MergeSheet
from tui.screens.picking import PickSheet
from tui.screens.suggested import SuggestedSheet
from tui.widgets.label import Label


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    add_all(path, (analysis(text, names, (), f"2021-12-{day:02}") for day, (text, names) in enumerate(ARTICLES, 1)))
    return path


async def on(khabar: Driver, *names: str) -> None:
    """Mark entities; with one only put the cursor on it."""
    await khabar.press("2")
    for name in names:
        khabar.put_cursor_on("entities", name)
        if len(names) > 1:
            await khabar.press("asterisk")


def names(khabar: Driver) -> set[str]:
    rows = khabar.explorer.rows("entities")
    return {row.name for key in khabar.ids("entities") if isinstance(row := rows.row(key), EntityRow)}


def offered(khabar: Driver) -> list[str]:
    """What the sheet that is open offers to merge with."""
    assert isinstance(khabar.app.screen, MergeSheet)
    rows = khabar.app.screen.rows
    return [row.entity.name for key in rows.ids if (row := rows.row(key)) is not None]


def pairs(khabar: Driver) -> list[set[str]]:
    assert isinstance(khabar.app.screen, SuggestedSheet)
    return [{one.into.name, one.other.name} for one in khabar.app.screen.pairs]


# -- merging -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_m_offers_what_may_be_the_same_and_enter_merges(corpus: Path, size: tuple[int, int]) -> None:
    async with explorer(corpus, size) as khabar:
        await on(khabar, OTHER)
        await khabar.press("m")
        assert offered(khabar) == [BIDEN]
        assert "a foreign name with other vowels" in khabar.shown()
        await khabar.press("enter")
        assert khabar.status() == f"{OTHER} is {BIDEN} now; u takes it back"
        assert OTHER not in names(khabar)
        await khabar.press("u")
        assert OTHER in names(khabar)
        await khabar.press("U")
        assert OTHER not in names(khabar)
        assert khabar.status().startswith("done again: merge")
    assert not list(verify(corpus))


async def test_any_other_is_searched_for_by_typing(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await on(khabar, OTHER)
        await khabar.press("m", "slash", *"واشنط")
        assert "لندن" not in offered(khabar)
        await khabar.press("ن")
        assert offered(khabar) == ["واشنطن"]
        await khabar.press("escape")
        assert offered(khabar) == [BIDEN]
        await khabar.press("slash", *"واشنطن", "enter", "enter")
        assert khabar.status() == f"{OTHER} is واشنطن now; u takes it back"


async def test_what_is_not_the_same_is_not_offered_again(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await on(khabar, OTHER)
        await khabar.press("m", "x")
        assert offered(khabar) == []
        assert "will not be suggested again" in khabar.shown()
        await khabar.press("escape", "m")
        assert offered(khabar) == []
        await khabar.press("escape", "u", "m")
        assert offered(khabar) == [BIDEN]
        await khabar.press("s")
        assert "Sentences that name the one and the other" in khabar.shown()
        assert layout_line("عاد جو بيدن إلى").visual() in khabar.shown()


async def test_pairs_of_the_corpus_are_merged_and_kept_apart_by_one_key_each(corpus: Path) -> None:
    async with explorer(corpus, (80, 24)) as khabar:
        await khabar.press("M")
        before = pairs(khabar)
        assert {BIDEN, OTHER} in before
        first = before[0]
        await khabar.press("enter")
        assert pairs(khabar) == before[1:]
        assert "u takes it back" in khabar.shown()
        await khabar.press("x")
        assert pairs(khabar) == before[2:]
        await khabar.press("u")
        assert pairs(khabar) == before[1:]
        await khabar.press("u")
        assert pairs(khabar) == before
        await khabar.press("U", "escape")
        assert not first <= names(khabar)
        assert "takes the last back" in khabar.status()
    assert not list(verify(corpus))


async def test_marked_pairs_are_merged_at_once(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await khabar.press("M")
        count = len(pairs(khabar))
        assert count > 1
        await khabar.press("asterisk", "asterisk", "enter")
        assert len(pairs(khabar)) == count - 2
        assert "2 entities were merged" in khabar.shown()
        await khabar.press("u")
        assert len(pairs(khabar)) == count


async def test_what_was_asked_for_is_done_before_the_list_is_left(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await khabar.press("M")
        first, second = pairs(khabar)[:2]
        for key in ("enter", "enter", "escape"):
            await khabar.pilot.press(key)
        await khabar.settle()
        assert khabar.app.screen is khabar.explorer
        assert not first <= names(khabar)
        assert not second <= names(khabar)
        assert "2 corrections" in khabar.status()


# -- marks -------------------------------------------------------------------------------------------------


async def test_what_is_marked_is_shown_and_counted_until_escape(corpus: Path) -> None:
    async with explorer(corpus, (80, 24)) as khabar:
        await on(khabar, BIDEN, OTHER)
        assert khabar.status() == "2 marked; Esc takes the marks away · all articles"
        assert khabar.shown().count("✓ ") == 2
        await khabar.press("f5")
        assert khabar.shown().count("✓ ") == 2
        khabar.put_cursor_on("entities", OTHER)
        await khabar.press("insert")
        assert khabar.shown().count("✓ ") == 1
        assert khabar.status().startswith("1 marked")
        await khabar.press("escape")
        assert khabar.status() == "all articles"
        assert "✓ " not in khabar.shown()


async def test_marked_entities_are_merged_as_the_one_under_the_cursor(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await on(khabar, OTHER, "لندن")
        khabar.put_cursor_on("entities", BIDEN)
        await khabar.press("m")
        assert khabar.status() == f"2 entities are {BIDEN} now; u takes it back"
        assert names(khabar).isdisjoint({OTHER, "لندن"})
        await khabar.press("u")
        assert {OTHER, "لندن"} <= names(khabar)
        assert "✓" not in khabar.shown()


async def test_marked_entities_are_hidden_and_shown_again(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await khabar.press("H")
        assert khabar.status() == "nothing is hidden"
        await on(khabar, OTHER, "لندن")
        await khabar.press("h")
        assert names(khabar).isdisjoint({OTHER, "لندن"})
        await khabar.press("H")
        assert isinstance(khabar.app.screen, PickSheet)
        await khabar.press("asterisk", "asterisk", "enter")
        assert khabar.status() == "2 entities are shown again; u takes it back"
        assert {OTHER, "لندن"} <= names(khabar)


async def test_marked_entities_are_of_another_kind(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await on(khabar, "لندن", "باريس")
        await khabar.press("K", "g", "enter")
        assert khabar.status() == "2 entities: People; u takes it back"
        with open_reader(corpus) as reader:
            assert [reader.find_entities(name)[0].type for name in ("لندن", "باريس")] == ["PER", "PER"]
        await khabar.press("u")
        khabar.put_cursor_on("entities", "لندن")
        await khabar.press("K")
        assert "as it is now" in khabar.shown()
        await khabar.press("up", "enter")
        assert khabar.status() == "لندن: organisation; u takes it back"


async def test_marked_articles_are_dated_bookmarked_copied_and_written(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with explorer(corpus) as khabar:
        await khabar.press("asterisk", "down", "asterisk")
        marked = list(khabar.explorer.rows("articles").ticked)
        assert len(marked) == 2
        await khabar.press("y")
        assert khabar.app.clipboard.count("\n") == 1
        await khabar.press("x", "enter", "enter")
        (written,) = tmp_path.glob("khabar-articles-*.csv")
        assert [line.split(",")[0] for line in written.read_text("utf-8").splitlines()] == ["id", *map(str, marked)]
        await khabar.press("b")
        await khabar.press("g", "asterisk", "down", "asterisk", "d", "ctrl+u", *"2020-02-03", "enter")
        assert khabar.status() == "2 articles dated 2020-02-03; u takes it back"
        with open_reader(corpus) as reader:
            rows = reader.articles(marked)
            assert all(row.bookmarked for row in rows)
            assert {row.published.value for row in rows} == {"2020-02-03"}
        await khabar.press("u")
        shown = [khabar.explorer.rows("articles").row(key) for key in marked]
        assert "2020-02-03" not in {row.published.value for row in shown if isinstance(row, ArticleRow)}


async def test_months_of_the_timeline_cannot_be_marked(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "asterisk", "asterisk")
        assert len(khabar.explorer.rows("timeline").ticked) == 2
        count = len(khabar.ids("timeline"))
        await khabar.press("m")
        assert "one event now" in khabar.status()
        assert len(khabar.ids("timeline")) < count
        await khabar.press("z", "asterisk")
        assert khabar.explorer.rows("timeline").ticked == {}


# -- what asks first ---------------------------------------------------------------------------------------


async def test_names_are_taken_out_again(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await on(khabar, OTHER)
        await khabar.press("m", "enter")
        khabar.put_cursor_on("entities", BIDEN)
        await khabar.press("S")
        assert "1 mention" in khabar.shown()
        await khabar.press("enter")
        assert khabar.status() == f"{OTHER} is an entity of its own now; u takes it back"
        assert OTHER in names(khabar)
        await on(khabar, "لندن")
        await khabar.press("S")
        assert "has one name only" in khabar.status()


async def test_in_marked_articles_another_is_meant(corpus: Path) -> None:
    async with explorer(corpus) as khabar:
        await on(khabar, BIDEN)
        await khabar.press("a", "asterisk", "S")
        assert khabar.status() == "in 1 article it is another now; u takes it back"
        with open_reader(corpus) as reader:
            assert sorted(row.articles for row in reader.find_entities(BIDEN) if row.name == BIDEN) == [1, 1]


async def test_lines_of_a_page_are_said_to_be_something_else(page_corpus: Path) -> None:
    async with explorer(page_corpus, (80, 24)) as khabar:
        await khabar.press("R")
        assert "open an article first" in khabar.status()
        await khabar.press("enter", "g", "P", "R")
        assert isinstance(khabar.app.screen, PickSheet)
        await khabar.press("G", "enter")
        assert "as it is now" in khabar.shown()
        await khabar.press("g", "enter")
        assert khabar.status() == "1 line: text of the article; u takes it back"
        article = khabar.explorer.reader.article
        assert article is not None
        assert article.cleaned.blocks[-1].kind == "body"
        await khabar.press("u")
        article = khabar.explorer.reader.article
        assert article is not None
        assert article.cleaned.blocks[-1].kind != "body"


async def test_the_log_says_who_did_what_and_each_can_be_undone(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABAR_USER", "سعاد")
    async with explorer(corpus) as khabar:
        await khabar.press("C")
        assert "nothing was corrected yet" in khabar.shown()
        await khabar.press("escape")
        await on(khabar, OTHER)
        await khabar.press("m", "enter")
        await on(khabar, "لندن")
        await khabar.press("h", "C")
        sheet = khabar.app.screen
        assert isinstance(sheet, LogSheet)
        title = sheet.query(Label).first()
        assert title._left == "2 corrections"
        assert layout_line(f"{OTHER} is {BIDEN}", base=0).visual() in khabar.shown()
        assert layout_line("سعاد").visual() in khabar.shown()
        await khabar.press("down", "u")
        assert title._left == "1 correction"
        assert "✗ undone" in khabar.shown()
        await khabar.press("escape")
        assert OTHER in names(khabar)
        assert "لندن" not in names(khabar)
        await khabar.press("C", "down", "U", "escape")
        assert OTHER not in names(khabar)


async def test_the_log_names_the_article_that_was_dated(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        article, _ = writer.add(analysis("لقاء في بغداد\nزار فلان بغداد.", [], kinds=("title",)))
        writer.redate_article(article, "2021-12-09")
        writer.redate_article(1, "2021-12-08")  # it has no title
    async with explorer(corpus) as khabar:
        await khabar.press("C")
        shown = khabar.shown()
        assert layout_line("an article is dated 2021-12-09 · لقاء في بغداد", base=0).visual() in shown
        assert "an article is dated 2021-12-08 " in shown
        assert "2021-12-08 ·" not in shown


async def test_all_of_it_on_an_arabic_layout_and_in_arabic(corpus: Path) -> None:
    async with explorer(corpus, (80, 24)) as khabar:
        await khabar.press("l")
        await on(khabar, OTHER)
        await khabar.press("ة")
        assert offered(khabar) == [BIDEN]
        assert layout_line("اسم أعجمي بحروف مد أخرى").visual() in khabar.shown()
        await khabar.press("escape", "apostrophe")
        assert {BIDEN, OTHER} in pairs(khabar)
        await khabar.press("ء", "ض")
        await khabar.press("right_curly_bracket")
        assert isinstance(khabar.app.screen, LogSheet)
        assert layout_line("ليسا واحداً").visual() in khabar.shown()
        await khabar.press("ض", "arabic_comma")
        assert isinstance(khabar.app.screen, PickSheet)
        await khabar.press("ض", "h", "grave_accent", "أ")
        assert isinstance(khabar.app.screen, PickSheet)
