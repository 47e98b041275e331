"""Any size at any moment: nothing breaks, what is selected stays in sight, and with the room all comes back."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.ptys import KHABAR, Terminal
from tests.tui.screens.driving import Driver, explorer
from tui.locale import use
from tui.widgets.rows import Rows

SCENES = {
    "articles": ("j", "4", "1"), "entities": ("2", "j", "j"), "timeline": ("3", "j", "4", "3"),
    "months": ("3", "z", "z"),
    "reader": ("4", "left", "left"), "alone": ("2", "Z"), "search": ("slash", "ب"),
    "nothing found": ("slash", "q", "q"),
    "marked": ("asterisk", "asterisk", "4", "1"), "help": ("question_mark", "j", "j"), "why": ("i",),
    "filter": ("f", "down"),
    "mentions": ("2", "s", "j"), "sentences": ("3", "s"), "statements": ("O",), "dossier": ("2", "E", "j"),
    "trends": ("2", "T"), "merge": ("2", "m"), "suggested": ("M",), "rename": ("2", "r"), "kind": ("2", "K"),
    "corrections": ("C",), "annotations": ("B",), "searches": ("Q",), "tag": ("I",), "note": ("J",), "add": ("A",),
    "export": ("x", "j"), "date": ("d",), "line": ("4", "R"), "palette": ("ctrl+p",),
}  # fmt: skip
"""Every screen and overlay, and the keys that lead there; the reader shows at once what it is gone to for."""
SIZES = ((120, 40), (80, 24), (30, 8), (20, 5), (300, 100), (100, 30), (60, 12), (200, 60))
THERE_AND_BACK = {
    "en": ((80, 24), (20, 5), (300, 100), (120, 40)),
    "ar": ((30, 8), (20, 5), (120, 40)),
}
KEYS = (
    "j",
    "k",
    "down",
    "up",
    "pagedown",
    "pageup",
    "G",
    "g",
    "tab",
    "1",
    "2",
    "3",
    "4",
    "enter",
    "left",
    "right",
    "n",
)

size = st.tuples(st.integers(20, 300), st.integers(5, 100)) | st.sampled_from(SIZES)


def selection(khabar: Driver) -> list[tuple[str | None, int | None]]:
    """What is under the cursor of each list on the screen."""
    return [(rows.id, rows.current_id) for rows in khabar.app.screen.query(Rows)]


def in_sight(khabar: Driver) -> None:
    """Every list that has room for a row shows the one under its cursor."""
    for rows in khabar.app.screen.query(Rows):
        height = rows.scrollable_content_region.height
        if rows.ids and rows.is_on_screen and height >= rows.row_height:
            line = rows.cursor * rows.row_height - rows.scroll_offset.y
            assert 0 <= line <= height - rows.row_height, f"{rows.id}: its cursor is on line {line} of {height}"


async def resize(khabar: Driver, width: int, height: int) -> None:
    """Another size, and all that comes of it."""
    await khabar.pilot.resize_terminal(width, height)
    # Textual waits for the end of a drag
    while khabar.app.size != (width, height) and khabar.app.cramped is None:
        await khabar.pilot.pause(0.01)
    await khabar.settle()
    await khabar.pilot.pause()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scene", SCENES)
def test_with_the_room_all_comes_back(seeds_corpus: Path, scene: str, language: str) -> None:
    async def look() -> None:
        async with explorer(seeds_corpus, (120, 40)) as khabar:
            if language == "ar":
                await khabar.press("l")
            await khabar.press(*SCENES[scene])
            before, selected = khabar.shown(), selection(khabar)
            for width, height in THERE_AND_BACK[language]:
                await resize(khabar, width, height)
                assert selection(khabar) == selected
                assert (khabar.app.cramped is None) == ((width, height) != (20, 5))
                in_sight(khabar)
            assert khabar.shown() == before

    asyncio.run(look())


@settings(max_examples=12)
@given(
    scene=st.sampled_from(sorted(SCENES)),
    language=st.sampled_from(["en", "ar"]),
    steps=st.lists(size | st.sampled_from(KEYS), min_size=4, max_size=12),
)
def test_sizes_change_while_keys_are_pressed(
    seeds_corpus_once: Path, scene: str, language: str, steps: list[tuple[int, int] | str]
) -> None:
    async def live() -> None:
        # keys may correct: in a corpus of this example alone, and what they export beside it
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            await look(Path(shutil.copy(seeds_corpus_once, folder)))

    async def look(corpus: Path) -> None:
        async with explorer(corpus, (80, 24)) as khabar:
            if language == "ar":
                await khabar.press("l")
            await khabar.press(*SCENES[scene])
            for step in steps:
                if isinstance(step, tuple):
                    await resize(khabar, *step)
                else:
                    await khabar.press(step)
                in_sight(khabar)
            await resize(khabar, 80, 24)
            in_sight(khabar)

    try:
        asyncio.run(live())
    finally:
        use("en")


@pytest.mark.parametrize(("language", "said"), [("en_GB.UTF-8", "khabar needs 30×8"), ("ar_EG.UTF-8", "30×8")])
def test_a_terminal_that_is_too_small_is_told_so_in_one_line(
    seeds_corpus: Path, tmp_path: Path, language: str, said: str
) -> None:
    env = {"HOME": str(tmp_path), "LANG": language, "LC_ALL": "", "LANGUAGE": "", "KHABAR_ENTITIES": "fast"}
    with Terminal([*KHABAR, "-c", str(seeds_corpus)], 80, 24, env) as terminal:
        before = terminal.wait(lambda text: "┏" in text and "5" in text.splitlines()[-2])
        terminal.quiet(0.5)
        before = terminal.text()
        for width, height in ((20, 5), (29, 24), (80, 7), (20, 5)):
            terminal.resize(width, height)
            terminal.wait(lambda text: said in text and "┏" not in text)
            lines = [line for line in terminal.text().splitlines() if line.strip()]
            assert len(lines) == 1
        terminal.send("2jj")  # keys do nothing that cannot be seen
        terminal.taken()
        terminal.resize(80, 24)
        terminal.wait(lambda text: text == before)
        terminal.resize(20, 5)
        terminal.wait(lambda text: said in text)
        terminal.send("q")
        assert terminal.ended() == 0
