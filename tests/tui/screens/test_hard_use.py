"""The explorer used quickly, in odd orders, on odd corpora: it says what is wrong and stays where it was."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from store.answers import ArticleRow, Bucket, EventRow, Filter
from store.database import open_reader, open_writer
from store.errors import Cancelled
from store.ingest import Added, add
from tests.store.database.making import analysis
from tests.tui.screens.driving import Driver, explorer
from tui.arabic import layout_line
from tui.panes.search import SearchPane
from tui.screens.asking import _Question

KADHIMI = "مصطفى الكاظمي"


async def quickly(khabar: Driver, *keys: str) -> None:
    """Press keys without waiting for what they do."""
    await khabar.pilot.press(*keys)
    await khabar.settle()


def _corpus(folder: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    path = folder / "made.db"
    outcomes = list(add(path, [str(folder / f"{number}.txt") for number in range(len(texts))]))
    assert all(isinstance(outcome, Added) for outcome in outcomes)
    return path


# -- corrections -------------------------------------------------------------------------------------------


async def test_corrections_are_made_in_the_order_of_the_keys(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        count = len(khabar.ids("entities"))
        await quickly(khabar, "h", "u", "h", "u")
        assert len(khabar.ids("entities")) == count


async def test_the_cursor_stays_where_a_hidden_name_was(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2", "down", "down", "down")
        at = khabar.explorer.rows("entities").cursor
        await khabar.press("h")
        assert khabar.explorer.rows("entities").cursor == at


async def test_a_correction_in_the_reader_leaves_it_where_it_was(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("enter", "n", "n", "n", "n", "n", "n", "n", "n")
        before = khabar.explorer.reader.reading
        assert before.mark is not None
        await khabar.press("r", "ctrl+u", *"اسم", "enter")
        assert khabar.explorer.reader.reading == before
        assert "u takes it back" in khabar.status()


async def test_a_bookmark_is_taken_off_wherever_the_article_is_in_hand(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "b")
        assert khabar.status() == "bookmarked"
        await khabar.press("b")
        assert khabar.status() == "bookmark removed"


async def test_a_merge_that_was_begun_is_said_until_it_ends(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2", "m", "m", "down", "down")
        assert "go to the other name" in khabar.status()
        await khabar.press("escape", "down")
        assert khabar.status() == "all articles"


async def test_what_was_said_goes_with_the_next_move(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("b", "down")
        assert khabar.status() == "all articles"


async def test_an_export_that_cannot_be_written_is_said(
    seeds_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("x", "enter", "enter")
        assert "No such file" in khabar.shown()


async def test_a_day_that_does_not_exist_is_refused(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("d", "ctrl+u", *"2021-02-30", "enter")
        assert "a date looks like" in khabar.shown()
        assert "2021-02-30" in khabar.shown()  # to be mended, not to be typed again
        await khabar.press("ctrl+u", *"٢٠٢١-٠٢-٠٣", "enter")
        assert "dated 2021-02-03" in khabar.status()


# -- where one is ------------------------------------------------------------------------------------------


async def test_back_to_an_article_is_back_to_the_place_in_it(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("enter", *["left"] * 30)
        while khabar.explorer.entity_in_hand() is None:  # dates have no articles to jump to
            await khabar.press("left")
        left = khabar.explorer.reader.reading
        assert left.mark is not None
        assert left.top is not None
        await khabar.press("a", "down", "backspace")
        assert khabar.explorer.pane == "reader"
        assert khabar.explorer.reader.reading == left


async def test_another_language_leaves_the_reader_where_it_was(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("enter", "pagedown")
        left = khabar.explorer.reader.reading
        await khabar.press("l")
        assert khabar.explorer.reader.reading == left


@pytest.mark.parametrize("to_reader", ["4", "shift+tab"])
async def test_the_reader_shows_the_article_under_the_cursor_where_it_was_out_of_sight(
    seeds_corpus: Path, to_reader: str
) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("down", "down")
        wanted = khabar.explorer.rows("articles").current_id
        await khabar.press(to_reader)
        assert khabar.explorer.pane == "reader"
        assert khabar.explorer.reader.article is not None
        assert khabar.explorer.reader.article.row.id == wanted


async def test_zooming_keeps_the_time_under_the_cursor(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "down", "down", "down")
        event = khabar.row("timeline")
        assert isinstance(event, EventRow)
        for cut in (10, 7, 4, 3):
            await khabar.press("z")
            bucket = khabar.explorer.rows("timeline").current_row
            assert isinstance(bucket, Bucket)
            assert event.earliest[:cut].startswith(bucket.value)
        await khabar.press("z")
        back = khabar.row("timeline")
        assert isinstance(back, EventRow)
        assert back.earliest[:4] == event.earliest[:4]


@pytest.mark.parametrize("key", ["v", "number_sign", "l"])
async def test_months_are_drawn_anew_and_not_lost(seeds_corpus: Path, key: str) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3", "z", "z", key)
        assert isinstance(khabar.explorer.rows("timeline").current_row, Bucket)
        await khabar.press(key)


async def test_rows_asked_for_under_another_list_are_not_taken_for_rows_of_this(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        rows = khabar.explorer.rows("entities")
        old, key = rows.edition, rows.current_id
        assert key is not None
        await khabar.press("e")
        rows.supply({key: "stale"}, old)
        assert rows.row(key) != "stale"


# -- search and filter -------------------------------------------------------------------------------------


async def test_leaving_the_search_line_takes_the_search(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"الأنبار", "tab")
        assert not khabar.explorer.query_one(SearchPane).is_open
        assert khabar.explorer.filter.query == "الأنبار"
        await khabar.press("backspace")
        assert khabar.explorer.filter == Filter()


async def test_a_search_begun_in_the_reader_has_the_keys(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("4", "slash", *"الأنبار")
        assert khabar.explorer.query_one(SearchPane).is_open
        assert khabar.explorer.filter.query == "الأنبار"


async def test_a_query_that_cannot_be_understood_keeps_the_last_result_and_stays_open(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        before = [khabar.ids(name) for name in ("articles", "entities", "timeline")]
        await khabar.press("slash", '"', *"بغداد", "enter")
        assert khabar.explorer.query_one(SearchPane).is_open
        assert "quotation mark" in khabar.status()
        assert [khabar.ids(name) for name in ("articles", "entities", "timeline")] == before
        assert all(before)
        await khabar.press('"', "enter")
        assert not khabar.explorer.query_one(SearchPane).is_open
        assert khabar.ids("articles")


async def test_where_nothing_is_found_the_reader_shows_nothing(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("f", *["down"] * 3, *"٢٠٥٠", "enter")
        assert khabar.explorer.filter.since == "2050"
        assert khabar.explorer.reader.article is None
        assert "no article here" in khabar.shown()


async def test_a_filter_refuses_a_month_that_does_not_exist(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("f", *["down"] * 3, *"2021-13", "enter")
        assert len(khabar.app.screen_stack) == 3
        assert "a date looks like" in khabar.shown()


async def test_a_filter_narrows_what_is_shown_and_forgets_nothing_of_it(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("a")
        entity = khabar.explorer.filter.entities
        await khabar.press("f", "enter")
        assert khabar.explorer.filter.entities == entity
        await khabar.press("e", "f", *["down"] * 3, *"2020", "enter")
        assert khabar.explorer.filter.article is not None


# -- keys that can do nothing say why -----------------------------------------------------------------------


async def test_keys_without_anything_to_work_on_say_so(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, "قال إن الأمر لم ينته.\n\nثم لم يقل شيئا آخر.\n")
    async with explorer(corpus) as khabar:
        await khabar.press("4", "enter")
        assert "put the cursor on a name" in khabar.status()
        await khabar.press("n")
        assert "no name or date" in khabar.status()
        await khabar.press("2", "y")
        assert "nothing here to copy" in khabar.status()


async def test_an_empty_corpus_says_how_it_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with open_writer(path):
        pass
    async with explorer(path, (80, 24)) as khabar:
        assert "khabar add" in khabar.shown()
        await khabar.press(*"aetimrhdbyz", "enter", "4", "n", "enter", "G", "escape")
        assert khabar.explorer.pane == "reader"


async def test_help_and_the_way_out_are_in_sight_in_a_small_terminal(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        last = khabar.shown().splitlines()[-1]
        assert "? help" in last
        assert "q quit" in last


async def test_the_search_line_has_room_in_a_narrow_terminal(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (30, 8)) as khabar:
        await khabar.press("slash", *"بغداد")
        assert layout_line("بغداد").visual() in khabar.shown().splitlines()[1]


async def test_an_explanation_in_english_is_read_from_the_left(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (140, 50)) as khabar:
        await khabar.press("i")
        assert "│ outlet: " in khabar.shown()


# -- a corpus that others change ---------------------------------------------------------------------------


async def test_a_corpus_that_is_away_for_a_while(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        away = seeds_corpus.rename(seeds_corpus.with_name("away.db"))
        await khabar.press("2", "a")
        assert "no such corpus" in khabar.status()
        await khabar.press("down", "z", "enter", "4", "i")
        away.rename(seeds_corpus)
        await khabar.press("escape", "escape", "2", "G")
        for name in ("articles", "entities", "timeline"):
            assert khabar.explorer.rows(name).current_row is not None


async def test_escape_shows_what_another_process_added(seeds_corpus: Path, tmp_path: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        (tmp_path / "new.txt").write_text("أعلن رئيس الوزراء مصطفى الكاظمي في بغداد أمرا.\n", encoding="utf-8")
        assert [type(outcome) for outcome in add(seeds_corpus, [str(tmp_path / "new.txt")])] == [Added]
        await khabar.press("escape")
        assert len(khabar.ids("articles")) == 6


def test_a_question_that_was_dropped_before_it_began_is_not_asked(seeds_corpus: Path) -> None:
    question = _Question(lambda reader: reader.overview())
    question.drop()
    with pytest.raises(Cancelled):
        question.answer(seeds_corpus)
    with open_reader(seeds_corpus) as reader:
        assert reader.overview().articles == 5
    question.drop()


# -- long articles -----------------------------------------------------------------------------------------


async def test_the_end_of_a_long_article_is_reached(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path, "عنوان\n\n" + "قال المتحدث إن الأمر لم ينته بعد. " * 4000 + "\n\nالنهاية هنا")
    async with explorer(corpus, (80, 24)) as khabar:
        await khabar.press("enter", "G")
        assert layout_line("النهاية هنا").visual() in khabar.shown()
        await khabar.press("g")
        assert layout_line("عنوان").visual() in khabar.shown()


async def test_a_long_list_is_shown_before_it_is_whole_and_then_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        for number in range(260):
            writer.add(
                analysis(f"خبر رقم {number} عن المدينة.", published=f"2021-01-01T{number // 60:02}:{number % 60:02}")
            )
    async with explorer(path) as khabar:
        assert len(khabar.ids("articles")) == 260
        first = khabar.row("articles")
        await khabar.press("G")
        last = khabar.row("articles")
        assert isinstance(first, ArticleRow)
        assert isinstance(last, ArticleRow)
        assert (first.id, last.id) == (260, 1)
        await khabar.press("enter", "backspace")
        assert khabar.row("articles") == last
        # a list that grows at its beginning meanwhile keeps the row under the cursor
        rows = khabar.explorer.rows("articles")
        rows.extend(array("q", [9999, *rows.ids]))
        assert rows.current_id == last.id
