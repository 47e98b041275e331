"""Every theme can be read: contrast of all that the style sheets name and of all that is painted, and what tells apart
without colours."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

from tests.tui.contrast import contrast, declared, style_sheets
from tests.tui.screens.driving import Driver, explorer
from tui import themes
from tui.settings.table import THEMES

COLOURED = [name for name in THEMES if not themes.is_plain(name)]
PAPERS = ("background", "surface", "panel", "boost")
"""What text may stand on, whatever its colour."""
LEAST = {name: 7.0 if name.startswith("contrast") else 4.5 for name in COLOURED}

PALETTES = [line.split("\t") for line in (Path(__file__).parents[1] / "cases" / "palettes.tsv").read_text().splitlines()
            if not line.startswith("#")]  # fmt: skip

SCENES: dict[str, tuple[str, ...]] = {
    "lists": (),
    "a list without the keys": ("2", "j", "1"),
    "timeline": ("3", "j"),
    "reader": ("4", "n"),
    "a sentence": ("3", "enter"),
    "found words": ("1", "slash", *"العراق", "enter", "4"),
    "help": ("question_mark",),
    "why": ("i",),
    "filter": ("f", *"بغداد"),
    "statements": ("O",),
    "merges": ("2", "m"),
    "corrections": ("C",),
    "export": ("x",),
    "annotations": ("1", "b", "B"),
    "dossier": ("2", "E"),
    "trends": ("2", "T"),
}
_DRAWN = re.compile(r"[\s\u2500-\u259f•…·✓]*")
"""What is drawn and not read: borders, bars, signs."""


def _variables(name: str) -> dict[str, str]:
    theme = next(theme for theme in themes.themes() if theme.name == name)
    return {**theme.to_color_system().generate(), **theme.variables}


def _color(variables: dict[str, str], said: str) -> Color | None:
    """A colour that a style sheet names; None for one that follows from what is below it."""
    value = variables[said[1:]] if said.startswith("$") else said
    color = None if value.startswith(("auto", "initial")) else Color.parse(value)
    return color if color is not None and color.a == 1 else None


@pytest.mark.parametrize("name", COLOURED)
def test_all_that_the_style_sheets_name_can_be_read(name: str) -> None:
    variables = _variables(name)
    assert len(list(declared())) > 40
    bad = []
    for where, text, paper in declared():
        if "App.-" in where:
            continue  # of the plain themes
        inks = [text] if text is not None else ["$foreground", "$text"]
        for ink, below in product(inks, [paper] if paper else [f"${one}" for one in PAPERS]):
            pair = _color(variables, ink), _color(variables, below)
            assert pair[0] is not None, f"{where}: {ink} is not said by the theme"
            assert pair[1] is not None, f"{where}: {below} is not said by the theme"
            found = contrast(pair[0], pair[1])
            if found < LEAST[name]:
                bad.append(f"{where}: {ink} on {below} {found:.2f}")
    assert bad == []


def test_no_colour_is_written_outside_the_themes() -> None:
    hues = re.compile(
        r"#[0-9a-fA-F]{3,8}\b|\brgb\(|\bhsl\(|(?<!-)\b(?:red|green|blue|yellow|cyan|magenta|white)\b(?!-)"
    )
    lines = [(where, line) for where, text in style_sheets() for line in text.splitlines()]
    bad = [f"{where}: {line}" for where, line in lines if re.search(r"(?:color|background):", line)
           and hues.search(line.split("{")[-1])]  # fmt: skip
    assert bad == []


def _pairs(khabar: Driver, *within: str) -> set[tuple[str, str, str]]:
    """What is painted of text now: its colour, its paper's and the beginning of the text.

    Only in some widgets, if they are named; what lies dimmed below a sheet is left out.
    """
    screen = khabar.app.screen
    strips = screen._compositor.render_strips()
    found = set()
    widgets = [screen.query_one(one) for one in within] or (screen.children if screen.is_modal else [screen])
    for region in (widget.region for widget in widgets):
        for strip in strips[region.y : region.bottom]:
            for segment in strip.crop(region.x, region.right):
                style = segment.style
                if style is None or _DRAWN.fullmatch(segment.text):
                    continue
                ink, paper = style.color, style.bgcolor
                assert ink is not None, segment
                assert paper is not None, segment
                if style.reverse:
                    ink, paper = paper, ink
                found.add((ink.name, paper.name, segment.text.strip()[:20]))
    return found


def _seen(name: str, system: ColorSystem) -> Color:
    """A painted colour as a terminal with so many colours shows it."""
    return Color.from_rich_color(RichColor.parse(name).downgrade(system))


def _check(name: str, pairs: set[tuple[str, str, str]]) -> None:
    assert pairs
    if name == "mono":
        assert {(ink, paper) for ink, paper, _text in pairs} == {("default", "default")}
        return
    if name == "ansi":
        for (palette, *shades), (ink, paper, text) in product(PALETTES, pairs):
            pair = [Color.parse(f"#{shades[RichColor.parse(one).number or 0]}") for one in (ink, paper)]
            assert "default" not in (ink, paper), text
            assert contrast(*pair) >= 4.5, f"{ink} on {paper} in the palette of {palette}: {text}"
        return
    for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
        for ink, paper, text in pairs:
            found = contrast(_seen(ink, system), _seen(paper, system))
            assert found >= LEAST[name], f"{name}, {system.name}: {ink} on {paper} {found:.2f}: {text}"


@pytest.mark.parametrize("scene", SCENES)
async def test_all_that_is_painted_can_be_read(seeds_corpus: Path, scene: str) -> None:
    async with explorer(seeds_corpus) as khabar:
        await khabar.press(*SCENES[scene])
        shown = khabar.app.screen
        for name in THEMES:
            themes.wear(khabar.app, name)
            await khabar.settle()
            assert khabar.app.screen is shown
            _check(name, _pairs(khabar))


async def test_the_list_of_commands_can_be_read(seeds_corpus: Path) -> None:
    async with explorer(seeds_corpus) as khabar:
        for name in THEMES:
            themes.wear(khabar.app, name)
            await khabar.settle()
            await khabar.press("ctrl+p", "down")
            _check(name, _pairs(khabar, "Palette ArabicInput", "OfferRows"))
            await khabar.press("escape")
