"""Keys of overlays that a person moved: they are pressed, on either layout, and shown wherever keys are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.screens.driving import Driver, explorer
from tui.keys import move, twin_of
from tui.locale import language
from tui.screens.export_sheets import ExportSheet
from tui.screens.palette import OfferRows, Palette
from tui.screens.sheets import FilterSheet, Sheet
from tui.screens.statements import StatementsSheet
from tui.screens.trends import TrendsSheet
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import _keys

KADHIMI = "مصطفى الكاظمي"


@pytest.fixture(autouse=True)
def _moved_back() -> Iterator[None]:
    yield
    move({})


async def _statements(khabar: Driver) -> StatementsSheet:
    await khabar.press("2")
    khabar.put_cursor_on("entities", KADHIMI)
    await khabar.press("O")
    assert isinstance(khabar.app.screen, StatementsSheet)
    return khabar.app.screen


def _told(khabar: Driver) -> dict[str, str]:
    """What the open help tells: keys by what they do."""
    assert isinstance(khabar.app.screen, Sheet)
    return {entry.text: entry.key for entry in khabar.app.screen._entries if entry.kind == "pair"}


async def test_a_moved_key_of_an_overlay_is_pressed_on_both_layouts(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once, keys={"statements.kind": "h,f6", "statements.direct": ""}) as khabar:
        sheet = await _statements(khabar)
        await khabar.press("t", "d")
        assert sheet.wanted.wanted.direct is None
        seen = [sheet.wanted.wanted.kinds]
        for key in ("h", twin_of("h") or "", "f6"):
            await khabar.press(key)
            seen.append(sheet.wanted.wanted.kinds)
        assert seen == [(), ("said",), ("confirmed",), ("denied",)]
        await khabar.press("T")
        seen.append(sheet.wanted.wanted.kinds)
        assert seen[-1] == seen[2]


async def test_a_moved_key_of_an_overlay_is_told_wherever_keys_are(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once, keys={"statements.kind": "h,f6", "statements.direct": ""}) as khabar:
        await _statements(khabar)
        assert "h kind" in khabar.shown()
        assert "direct" not in khabar.shown()
        await khabar.press("question_mark")
        assert _told(khabar)["next kind of statement"] == "h F6"
        assert _told(khabar)["previous kind of statement"] == "T"
        assert "in their own words, or all" not in _told(khabar)
        await khabar.press("question_mark", "ctrl+p")
        assert isinstance(khabar.app.screen, Palette)
        offers = {offer.id: offer.keys for offer in khabar.app.screen.query_one(OfferRows)._whole.values()}
        assert offers["statements.kind"] == "h F6"
        assert offers["statements.direct"] == ""  # it can still be done from here
        await khabar.press("escape", "h", "l", "escape", "l")
        assert language() == "en"


@pytest.mark.parametrize("keys", ["", "f6"])
async def test_escape_closes_whatever_the_keys_are(seeds_corpus_once: Path, keys: str) -> None:
    moved = dict.fromkeys(("places.close", "statements.close", "trends.close", "exporting.leave"), keys)
    moved["statements.close"] = ""
    async with explorer(seeds_corpus_once, keys=moved) as khabar:
        for opened, kind in (("O", StatementsSheet), ("T", TrendsSheet), ("x", ExportSheet)):
            await khabar.press("2", opened, "q")
            assert type(khabar.app.screen) is kind
            await khabar.press("escape")
            assert len(khabar.app.screen_stack) == 2


async def test_help_language_and_commands_move_over_overlays_too(seeds_corpus_once: Path) -> None:
    moved = {"window.help": "D,f6", "window.language": "f7", "window.commands": "X"}
    async with explorer(seeds_corpus_once, keys=moved) as khabar:
        await khabar.press("2", "T", "question_mark", "f1", "l", "ctrl+p")
        overlay = khabar.app.screen
        assert isinstance(overlay, TrendsSheet)
        assert language() == "en"
        await khabar.press("D")
        assert _told(khabar)["help"] == "D F6"
        await khabar.press("f6")
        assert khabar.app.screen is overlay
        await khabar.press("f7")
        assert language() == "ar"
        await khabar.press("f7", "X")
        assert isinstance(khabar.app.screen, Palette)
        await khabar.press("X", "escape", "escape", "f")
        # where one types, characters are typed, and the others answer
        assert isinstance(khabar.app.screen, FilterSheet)
        await khabar.press("D", "X")
        assert khabar.app.screen.query_one("#entity", ArabicInput).value == "DX"
        await khabar.press("f6")
        assert isinstance(khabar.app.screen, Sheet)


async def test_panes_are_called_by_the_keys_that_go_to_them(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once, keys={"go.entities": "f6", "go.reader": ""}) as khabar:
        assert "F6 entities" in khabar.shown()
        await khabar.press("f6")
        assert khabar.explorer.pane == "entities"
        assert "4 reader" not in khabar.shown()


async def test_keys_that_were_moved_to_letters_are_not_offered_while_a_search_is_typed(seeds_corpus_once: Path) -> None:
    async with explorer(seeds_corpus_once, (80, 24), keys={"go.next": "n", "window.help": "question_mark"}) as khabar:
        await khabar.press("slash")
        assert khabar.shown().split("\n")[-1].strip() == "Enter articles  Esc back  Ctrl+P all commands"


def test_a_hint_within_arabic_is_clicked_too() -> None:
    text = "\u2068Alt+←\u2069 للذهاب · y نسخ"
    assert [key for _start, _end, key in _keys(text)] == ["alt+left", "y"]
