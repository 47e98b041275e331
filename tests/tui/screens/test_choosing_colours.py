"""Themes chosen in the explorer: by the key, and by the list of commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from tests.tui.screens.driving import Driver, explorer
from tui import remembered, themes
from tui.settings.table import THEMES


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where choices are kept."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


def _painted(khabar: Driver) -> set[tuple[str, str, bool]]:
    """How anything is painted, lists and reader included: its paper, its letters, and whether these change places.

    What is left to the terminal is left out.
    """
    strips = khabar.app.screen._compositor.render_strips()
    styles = [style for strip in strips for _text, style, _control in strip if style]
    found = {
        (style.bgcolor.name, style.color.name, bool(style.reverse)) for style in styles if style.bgcolor and style.color
    }
    return {one for one in found if "default" not in one}


async def test_the_key_goes_from_theme_to_theme_and_all_is_painted_anew(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        seen = []
        for _ in THEMES:
            before = _painted(khabar)
            await khabar.press("V")
            seen.append(khabar.app.theme)
            assert f"colours: {themes.NAMES[khabar.app.theme]}" in khabar.status()
            assert remembered.theme() == khabar.app.theme
            theme = khabar.app.current_theme
            if theme.background and not theme.ansi:
                assert Color.parse(theme.background).hex.lower() in {
                    paper for paper, _letters, _reverse in _painted(khabar)
                }
            assert not _painted(khabar) & before
        assert seen == [*THEMES[1:], THEMES[0]]


async def test_the_same_key_of_an_arabic_layout(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("left_curly_bracket")
        assert khabar.app.theme == "light"


async def test_each_theme_is_a_command(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("ctrl+p", *"high contrast, light")
        await khabar.pilot.pause(0.2)
        await khabar.press("enter")
        await khabar.settle()
        assert khabar.app.theme == "contrast-light"


async def test_where_a_choice_cannot_be_kept_it_holds_for_this_time(seeds_corpus: Path, folder: Path) -> None:
    folder.write_text("no folder")
    async with explorer(seeds_corpus) as khabar:
        await khabar.press("V")
        assert khabar.app.theme == "light"
        assert "colours: light" in khabar.status()


@pytest.mark.parametrize(
    ("environment", "wanted", "fits"),
    [
        ({"TERM": "xterm-256color"}, "auto", "khabar"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "auto", "khabar"),
        ({"TERM": "xterm"}, "auto", "ansi"),
        ({"TERM": "linux"}, "auto", "ansi"),
        ({"TERM": "dumb"}, "auto", "ansi"),
        ({}, "auto", "ansi"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "auto", "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "auto", "khabar"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "light", "light"),
        ({"TERM": "linux", "NO_COLOR": "1"}, "light", "ansi"),
        ({"TERM": "linux"}, "mono", "mono"),
        ({"TERM": "xterm-256color"}, "ansi", "ansi"),
    ],
)
def test_the_theme_that_fits(environment: dict[str, str], wanted: str, fits: str) -> None:
    assert themes.fitting(wanted, few=themes.has_few(environment), environment=environment) == fits
