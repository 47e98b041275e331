"""In Arabic the explorer is mirrored: everything begins at the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.ingest import add
from tests.tui.screens.driving import Driver, explorer
from tui.arabic import layout_line
from tui.locale import use
from tui.screens.sheets import Sheet
from tui.screens.speaking import speak
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.prose import Prose


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize(("size", "seen"), [((110, 24), 2), ((120, 40), 4), ((200, 60), 4)])
async def test_lists_are_at_the_right_and_go_back_to_the_left(
    seeds_corpus: Path, size: tuple[int, int], seen: int
) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        lists, reader = khabar.explorer.query_one("#lists"), khabar.explorer.query_one("#reader")
        assert lists.region.x == 0
        assert reader.region.x == lists.region.right
        await khabar.press("l")
        assert reader.region.x == 0
        assert lists.region.x == reader.region.right
        assert lists.region.right == size[0]
        if size[0] >= 200:  # of two columns of lists the articles are the outer one
            articles, entities = (khabar.explorer.query_one(f"#{name}").region for name in ("articles", "entities"))
            assert articles.x == entities.right
            assert articles.right == size[0]
        await khabar.press("l")
        assert lists.region.x == 0
        assert khabar.explorer.query_one("#articles").region.x == 0
        assert sum(khabar.explorer.query_one(f"#{name}").region.width > 0
                   for name in ("articles", "entities", "timeline", "reader")) == seen  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_tabs_titles_status_and_hints_begin_at_the_right(seeds_corpus: Path, size: tuple[int, int]) -> None:
    async with explorer(seeds_corpus, size) as khabar:
        await khabar.press("l")
        rows = khabar.shown().split("\n")
        tabs, border, status, keys = rows[0], rows[1], rows[-2], rows[-1]
        assert tabs.rstrip().endswith("khabar \ufeae\ufe92\ufea7")  # خبر, read from the right
        assert tabs.index("4 ") < tabs.index("3 ") < tabs.index("2 ") < tabs.index("1 ")
        assert border.rstrip().endswith((" 1 ─╮", " 1 ━┓"))
        assert keys.rstrip().endswith("Enter")
        assert keys.index("?") < keys.index("/") < keys.index("Enter")
        # how many articles there are stands at the left, the filter in words at the right
        assert status.lstrip()[0] != " "
        assert status.index("5") < size[0] // 4
        await khabar.press("l")
        rows = khabar.shown().split("\n")
        assert rows[0].lstrip().startswith("\ufeae\ufe92\ufea7 khabar")
        assert rows[-1].lstrip().startswith("Enter open")


async def test_help_has_its_keys_at_the_right(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("question_mark")
        assert isinstance(khabar.app.screen, Sheet)
        prose = khabar.app.screen.query_one(Prose)
        # what the pane in focus does comes first
        assert prose.render_line(1).text.startswith("Enter ")
        await khabar.press("l")
        assert prose.render_line(1).text.rstrip().endswith(" Enter")
        assert prose.render_line(0).text.startswith(" ")  # a heading too


async def test_a_line_for_a_search_begins_at_the_right(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("l", "slash")
        prompt, typed, note = (
            khabar.explorer.query_one(f"#search-{name}").region for name in ("prompt", "input", "note")
        )
        assert note.x < typed.x < prompt.x
        await khabar.press("escape", "l", "slash")
        prompt, typed, note = (
            khabar.explorer.query_one(f"#search-{name}").region for name in ("prompt", "input", "note")
        )
        assert prompt.x < typed.x < note.x


async def test_fields_of_the_filter_have_their_names_where_reading_begins(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        for language, at_right in (("en", False), ("ar", True)):
            await khabar.press("f")
            speak(khabar.app, language)
            await khabar.settle()
            for field in khabar.app.screen.query(".field"):
                name, line = field.query_one(Label).region, field.query_one(ArabicInput).region
                assert (name.x > line.x) is at_right
                assert not name.overlaps(line)
            await khabar.press("escape")


@pytest.mark.parametrize("name", ["zz", "ظظ"])
async def test_what_an_empty_list_says_begins_on_one_side(seeds_corpus: Path, name: str) -> None:
    """Whatever the letters of what was asked for."""
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("f", "tab", "tab", *name, "enter")
        said = khabar.shown().split("\n")[3:6]
        assert all(row.startswith("┃") and row[1] != " " for row in said)
        await khabar.press("l")
        said = khabar.shown().split("\n")[3:6]
        assert all(row.endswith(" ┃") and row[-3] != " " for row in said)  # one cell for the scrollbar


@pytest.mark.parametrize("height", [12, 13, 14, 15, 16, 17, 20, 24])
async def test_help_shows_whole_lines_at_every_height(seeds_corpus: Path, height: int) -> None:
    async with explorer(seeds_corpus, (80, height)) as khabar:
        await khabar.press("l", "question_mark")
        page = khabar.app.screen.query_one(Prose)
        shown = [page.render_line(y).text.rstrip() for y in range(page.size.height)]
        # the keys stand at the right end, where a scrollbar that comes later must not cut them off
        assert shown[1].endswith("Enter")
        assert shown[2].endswith(" e")


async def test_what_the_source_says_of_dates_keeps_its_order(tmp_path: Path) -> None:
    corpus, texts = tmp_path / "corpus.db", tmp_path / "news.jsonl"
    texts.write_text('{"text": "قال الوزير إن القطار وصل.", "published": "2024-08-15T10:57:00+03:00"}', "utf-8")
    list(add(corpus, [str(texts)]))
    async with explorer(corpus) as khabar:
        await khabar.press("l", "i")
        assert "2024-08-15T10:57:00+03:00" in khabar.shown()


async def test_decades_are_read_from_left_to_right_as_days_are(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("l", "3", *("minus",) * 4)
        assert "2020…2029" in khabar.shown()


@pytest.mark.parametrize("key", ["question_mark", "O", "M"])
async def test_what_lies_below_an_overlay_is_mirrored_with_it(seeds_corpus: Path, key: str) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("l")
        before = khabar.shown()
        await khabar.press("l", key, "l", "escape")
        assert khabar.shown() == before


async def test_a_sentence_of_khabar_is_read_as_its_language_is(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        khabar.put_cursor_on("articles", "واشنطن تؤكد لبغداد عدم وجود قوات أمريكية بمهام قتالية في العراق")
        await khabar.press("enter", "left", "i")
        lines = _in_the_sheet(khabar)
        assert any(line.startswith(f"«{layout_line('واشنطن').visual()}» — LOC") for line in lines)
        # of "{who} {kind} (by …)", who is an Arabic name
        assert any(line.startswith(f"{layout_line('واشنطن').visual()} confirms (by «") for line in lines)
        await khabar.press("escape", "2")
        khabar.put_cursor_on("entities", "مصطفى الكاظمي")
        await khabar.press("i")
        assert f"{layout_line('الكاظمي').visual()} (10×): the surname of that name" in _in_the_sheet(khabar)


async def test_a_sentence_of_khabar_in_arabic_begins_at_the_right_whatever_name_is_first(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus, (80, 24)) as khabar:
        await khabar.press("l", "2")
        khabar.put_cursor_on("entities", "رويترز")
        await khabar.press("i")
        (line,) = (line for line in _in_the_sheet(khabar) if "REUTERS" in line)
        assert line.endswith("REUTERS (1×)")


def _in_the_sheet(khabar: Driver) -> list[str]:
    """What a sheet shows, line by line, with the marks left out that keep parts in their places."""
    rows = [row.split("│")[1] for row in khabar.shown().split("\n") if row.count("│") >= 2]
    return [row.translate(dict.fromkeys(range(0x2066, 0x206A))).strip() for row in rows]
