"""Typing Arabic: what is stored is logical, what is shown is joined and in visual order, the cursor moves as seen."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste

from tui.arabic import layout_line
from tui.widgets.arabic_input import ArabicInput


class Typing(App[None]):
    """One line of input, 20 cells wide."""

    def __init__(self, value: str = "") -> None:
        super().__init__()
        self._start = value
        self.said: list[str] = []
        self.stripped: list[int] = []

    def compose(self) -> ComposeResult:
        yield ArabicInput(self._start)

    def on_mount(self) -> None:
        self.query_one(ArabicInput).focus()

    def on_arabic_input_stripped(self, event: ArabicInput.Stripped) -> None:
        self.stripped.append(event.count)

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        self.said.append(event.value)


def _shown(app: Typing) -> str:
    return app.query_one(ArabicInput).render_line(0).text


async def test_typed_arabic_is_shown_joined_from_the_right_and_kept_logical() -> None:
    app = Typing()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.press(*"الكاظمي")
        assert app.query_one(ArabicInput).value == "الكاظمي"
        assert _shown(app) == " " * 12 + " " + layout_line("الكاظمي").visual()
        await pilot.press("enter")
    assert app.said == ["الكاظمي"]


@pytest.mark.parametrize(
    ("value", "keys", "after"),
    [
        ("بغداد", ["backspace"], "بغدا"),
        ("بغداد", ["right", "backspace"], "بغدد"),  # right of the end stands the last letter
        ("بغداد", ["home", "delete"], "غداد"),
        ("بغداد", ["home", "left", "delete"], "بداد"),
        ("قَال", ["home", "delete"], "ال"),  # a letter goes with its marks
        ("قَ", ["backspace"], ""),
        ("baghdad", ["left", "backspace"], "baghdd"),
        ("قوات التحالف", ["ctrl+w"], "قوات "),
        ("قوات التحالف الدولي", ["ctrl+right", "delete"], "قوات التحالف لدولي"),  # to the right is back
        ("قوات التحالف الدولي", ["home", "ctrl+left", "delete"], "قوات لتحالف الدولي"),
        ("one two", ["ctrl+left", "delete"], "one wo"),
        ("بغداد", ["shift+right", "shift+right", "delete"], "بغد"),
        ("قوات التحالف", ["ctrl+shift+right", "x"], "قوات x"),
        ("بغداد", ["ctrl+a", "و"], "و"),
        ("بغداد", ["shift+home", "backspace"], ""),
        ("قوات", ["ctrl+u"], ""),
        ("لا", ["backspace"], "ل"),
    ],
)
async def test_editing_by_what_is_seen(value: str, keys: list[str], after: str) -> None:
    app = Typing(value)
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.press(*keys)
        assert app.query_one(ArabicInput).value == after


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])  # terminals send a carriage return
async def test_paste_loses_controls_and_line_ends(end: str) -> None:
    app = Typing()
    async with app.run_test(size=(20, 3)) as pilot:
        app.query_one(ArabicInput).post_message(Paste(f"بغداد\x1b[2J{end}\u202eواشنطن"))
        await pilot.pause()
        assert app.query_one(ArabicInput).value == "بغداد[2J واشنطن"
    assert app.stripped == [2]


@pytest.mark.parametrize("width", [4, 7, 20])
async def test_a_long_value_never_overflows_and_keeps_the_cursor_in_sight(width: int) -> None:
    app = Typing("وزارة الخارجية العراقية " * 20)
    async with app.run_test(size=(width, 3)) as pilot:
        for key in ("home", "end", "right", "right", "left"):
            await pilot.press(key)
            strip = app.query_one(ArabicInput).render_line(0)
            assert strip.cell_length == width
            assert any(segment.style is not None and segment.style.reverse for segment in strip)
