"""The explorer on the sample articles: jumps, the way back, search, filters, corrections, layouts."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from store.answers import ArticleRow, EntityRow, EventRow, Filter
from tests.tui.screens.driving import explorer
from tui.arabic import layout_line
from tui.panes.reader import ReaderPane
from tui.widgets.prose import Prose

KADHIMI = "مصطفى الكاظمي"


async def test_a_jumps_from_an_entity_to_its_articles_and_the_reader_shows_the_name(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("a")
        assert len(khabar.ids("articles")) == 3
        assert khabar.explorer.pane == "articles"
        assert KADHIMI in khabar.status()
        mark = khabar.explorer.reader.mark
        assert mark is not None
        assert mark.entity_id == khabar.explorer.filter.entities[0]


async def test_every_jump_can_be_retraced(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        start = khabar.explorer.view()
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("a")
        of_entity = khabar.explorer.view()
        await khabar.press("down", "enter")
        assert khabar.explorer.pane == "reader"
        opened = khabar.explorer.view()
        await khabar.press("e")
        assert khabar.explorer.filter.article == opened.place.article
        await khabar.press("backspace")
        assert khabar.explorer.view().place.article == opened.place.article
        await khabar.press("alt+left")
        assert khabar.explorer.view().filter == of_entity.filter
        assert len(khabar.ids("articles")) == 3
        await khabar.press("alt+left")
        assert khabar.explorer.view().filter == start.filter
        assert len(khabar.ids("articles")) == 5
        assert isinstance(khabar.row("entities"), EntityRow)
        assert khabar.row("entities").name == KADHIMI  # type: ignore[union-attr]
        await khabar.press("alt+right", "alt+right", "alt+right")
        assert khabar.explorer.filter.article == opened.place.article


async def test_an_event_opens_the_reader_at_its_sentence(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("3")
        events = khabar.explorer.rows("timeline")
        wanted = next(key for key in events.ids if getattr(events.row(key), "value", "") == "2020-01-05")
        events.select(wanted)
        row = events.current_row
        assert isinstance(row, EventRow)
        await khabar.press("enter")
        reader = khabar.explorer.query_one(ReaderPane)
        sentence = row.sentences[0]
        assert khabar.explorer.pane == "reader"
        assert reader.article is not None
        assert reader.article.row.id == sentence.article
        assert reader.sentence == (sentence.start, sentence.end)
        word = layout_line("البرلمان").visual()
        assert word in khabar.shown()


async def test_e_and_t_show_what_is_in_one_article(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        everything = khabar.ids("entities"), khabar.ids("timeline")
        await khabar.press("e")
        assert khabar.explorer.pane == "entities"
        assert 0 < len(khabar.ids("entities")) < len(everything[0])
        await khabar.press("escape", "1", "t")
        assert khabar.explorer.pane == "timeline"
        assert 0 < len(khabar.ids("timeline")) < len(everything[1])


async def test_search_as_you_type_and_escape_brings_back(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"الأنبار")
        assert len(khabar.ids("articles")) == 1
        assert khabar.explorer.reader._hits
        await khabar.press("escape")
        assert khabar.explorer.filter == Filter()
        assert len(khabar.ids("articles")) == 5
        await khabar.press("slash", *"امريكا", "enter")
        assert len(khabar.ids("articles")) >= 1
        assert "امريكا" in khabar.status()
        await khabar.press("alt+left")
        assert khabar.explorer.filter == Filter()


async def test_latin_letters_find_arabic_names(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", *"kadhimi")
        found = khabar.ids("articles")
        assert 0 < len(found) < 5
        assert "kadhimi → الكاظمي" in khabar.status()
        reader = khabar.explorer.reader
        assert reader.article is not None
        text = reader.article.document.text
        assert reader._hits
        assert all("الكاظمي" in text[start:end] for start, end in reader._hits)
        await khabar.press("enter")
        assert "kadhimi → الكاظمي" in khabar.status()
        await khabar.press("p")
        assert khabar.ids("articles") == []
        await khabar.press("1")
        assert "→" not in khabar.status()
        await khabar.press("p")
        assert khabar.ids("articles") == found
        await khabar.press("slash", "ctrl+u", *"=kadhimi", "enter")
        assert khabar.ids("articles") == []


async def test_the_filter_takes_an_entity_in_latin_letters(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("f", *"mustafa kazimi", "enter")
        assert len(khabar.ids("articles")) == 3
        assert "mustafa kazimi" in khabar.status()
        assert KADHIMI in khabar.status()
        await khabar.press("1")
        assert khabar.status() == f"entity: {KADHIMI}"


async def test_a_wrong_query_is_said_and_kept(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("slash", '"')
        await khabar.press(*"بغداد")
        assert khabar.status()
        assert khabar.explorer.query("SearchPane").first().has_class("-open")


async def test_filter_by_entity_and_dates(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("f", *KADHIMI, "down", "down", "down", *"2021-12", "enter")
        assert khabar.explorer.filter.since == "2021-12"
        assert len(khabar.ids("articles")) == 2  # of the three, one is of July


async def test_corrections_are_seen_at_once_and_taken_back(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("r", "ctrl+u", *"الكاظمي رئيس الوزراء", "enter")
        assert khabar.row("entities").name == "الكاظمي رئيس الوزراء"  # type: ignore[union-attr]
        await khabar.press("u")
        assert khabar.row("entities").name == KADHIMI  # type: ignore[union-attr]
        count = len(khabar.ids("entities"))
        await khabar.press("h")
        assert len(khabar.ids("entities")) == count - 1
        await khabar.press("u")
        assert len(khabar.ids("entities")) == count
        await khabar.press("m", "m", "down", "m")
        assert len(khabar.ids("entities")) == count - 1
        await khabar.press("u")
        assert len(khabar.ids("entities")) == count


async def test_a_person_dates_an_article(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("G", "d", "ctrl+u", *"2021-07-27", "enter")
        rows = [khabar.explorer.rows("articles").row(key) for key in khabar.ids("articles")]
        dates = [(row.published.value, row.published.basis) for row in rows if isinstance(row, ArticleRow)]
        assert ("2021-07-27", "given") in dates


async def test_bookmark_copy_and_export(seeds_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("b")
        assert khabar.row("articles").bookmarked  # type: ignore[union-attr]
        await khabar.press("2")
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("y")
        assert khabar.app.clipboard == KADHIMI
        await khabar.press("x", "enter", "enter")
        files = list(tmp_path.glob("khabar-entities-*.csv"))
        assert len(files) == 1
        assert KADHIMI in files[0].read_text(encoding="utf-8")


async def test_why_is_this_here(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        for pane in ("1", "2", "3", "4"):
            await khabar.press(pane)
            if pane == "4":
                await khabar.press("n")
            await khabar.press("i")
            assert len(khabar.app.screen_stack) == 3, f"nothing is explained in pane {pane}"
            await khabar.press("escape")


async def test_an_article_that_contradicts_itself_says_so(seeds_corpus: Path) -> None:
    said = "the page contradicts itself about a date"
    async with explorer(seeds_corpus) as khabar:
        contradicting = []
        for article in khabar.ids("articles"):
            assert khabar.explorer.rows("articles").select(article)
            await khabar.press("enter")
            if said in khabar.shown():
                contradicting.append(article)
            await khabar.press("1")
        assert len(contradicting) == 1
        assert khabar.explorer.rows("articles").select(contradicting[0])
        await khabar.press("i")
        assert "the page contradicts itself: the caption says" in khabar.shown()
        await khabar.press("escape", "enter")
        while (mark := khabar.explorer.reader.mark) is None or mark.kind != "date":
            await khabar.press("right_square_bracket")
        await khabar.press("i")
        assert "the page contradicts itself: the caption says" in khabar.shown()


async def test_help_shows_every_binding(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, size=(100, 140)) as khabar:
        await khabar.press("question_mark")
        shown = khabar.shown()
        for words in ("articles of the entity or event", "Ctrl+P", "next mention of the same entity", "quit"):
            assert words in shown


async def test_the_same_keys_on_an_arabic_layout(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("٢")
        assert khabar.explorer.pane == "entities"
        khabar.put_cursor_on("entities", KADHIMI)
        await khabar.press("ش")
        assert len(khabar.ids("articles")) == 3
        await khabar.press("arabic_question_mark")
        assert len(khabar.app.screen_stack) == 3


async def test_the_interface_speaks_arabic(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("l")
        assert layout_line("المقالات").visual() in khabar.shown()
        assert layout_line("أشخاص").visual() in khabar.shown()
        await khabar.press("l")
        assert "People" in khabar.shown()


async def test_the_pane_that_has_the_keys_is_lit(seeds_corpus: Path) -> None:
    panes = ("articles", "entities", "timeline", "reader")
    async with explorer(seeds_corpus) as khabar:
        lit = khabar.explorer.frame("articles").styles.border_top
        for key in "1234321432":
            await khabar.press(key)
            shown = [name for name in panes if khabar.explorer.frame(name).styles.border_top == lit]
            assert shown == [panes[int(key) - 1]]
        await khabar.press("slash")
        assert not [name for name in panes if khabar.explorer.frame(name).styles.border_top == lit]


@pytest.mark.parametrize(
    ("size", "visible"),
    [
        ((80, 24), {"articles"}),
        ((100, 30), {"articles", "reader"}),
        ((120, 24), {"articles", "reader"}),
        ((120, 40), {"articles", "entities", "timeline", "reader"}),
        ((200, 60), {"articles", "entities", "timeline", "reader"}),
        ((40, 10), {"articles"}),
    ],
)
async def test_the_layout_adapts(seeds_corpus: Path, size: tuple[int, int], visible: set[str]) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        panes = {
            name
            for name in ("articles", "entities", "timeline", "reader")
            if khabar.explorer.query_one(f"#{name}").region.area > 0
        }
        assert panes == visible
        await khabar.press("4")
        assert khabar.explorer.query_one("#reader").region.area > 0
        assert khabar.explorer.query_one("#reader").has_focus


async def test_resizing_keeps_what_is_read(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("enter", "pagedown", "pagedown")
        reading = khabar.explorer.reader.first_visible
        await khabar.pilot.resize_terminal(80, 24)
        await khabar.settle()
        now = khabar.explorer.reader.first_visible
        assert reading is not None
        assert now is not None
        assert abs(now - reading) < 300


async def test_a_click_goes_to_the_row_under_the_mouse(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        articles = khabar.explorer.rows("articles")
        region = articles.content_region
        for position in (2, 0, 1):
            for line in (0, 1):
                await khabar.pilot.click(offset=(region.x + 5, region.y + 2 * position + line))
                await khabar.settle()
                assert articles.cursor == position


async def test_a_key_typed_ahead_waits_for_the_list_it_is_about(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("2")
        first = khabar.explorer.rows("entities").current_id
        await khabar.press("1")
        screen = khabar.explorer
        screen.load()
        screen.action_pane("entities")
        screen.action_articles_of()
        assert not screen.filter.entities
        await khabar.settle()
        assert screen.filter.entities == (first,)
        # another jump, and what was to be done on the list before is not done
        screen.load()
        screen.action_timeline_of()
        screen.action_back()
        await khabar.settle()
        assert screen.filter == Filter()
        assert screen.pane != "timeline"


async def test_numbers_of_entities_stand_below_each_other(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        pane = khabar.explorer.rows("entities")
        rows = [EntityRow(1, "بغداد", "LOC", 217_828, 180_577, None), EntityRow(2, "الناتو", "ORG", 8, 3, None)]
        pane.meet({row.id: row for row in rows})
        numbers = [pane.draw(row, 46, Style(), Style())[0][0].text for row in rows]
        assert numbers == ["180577 217828 ", "     3      8 "]


async def test_the_numbers_of_the_names_are_told(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, size=(80, 24)) as khabar:
        await khabar.press("2")
        assert f"numbers: articles, mentions · {len(khabar.ids('entities'))}" in khabar.shown()
        await khabar.press("question_mark")
        told = [entry.text for entry in khabar.app.screen.query_one(Prose)._entries]
        assert told[0] == "In the list of names"
        assert told[1].startswith("At the left of each stand the number of articles that name it, then")
        await khabar.press("escape", "slash", *"زيد", "enter", "2")
        assert "numbers:" not in khabar.shown()
