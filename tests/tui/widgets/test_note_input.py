"""Several lines of text: where the cursor goes, what is painted, what is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.widgets.note_input import NoteInput


class _App(App[None]):
    CSS = "NoteInput { width: 20; height: 4; }"

    def __init__(self, value: str = "") -> None:
        super().__init__()
        self.value = value
        self.submitted: list[str] = []

    def compose(self) -> ComposeResult:
        yield NoteInput(self.value)

    def on_arabic_input_submitted(self, event: NoteInput.Submitted) -> None:
        self.submitted.append(event.value)


@asynccontextmanager
async def note(value: str = "") -> AsyncIterator[tuple[NoteInput, Pilot[None]]]:
    async with _App(value).run_test(size=(40, 10)) as pilot:
        given = pilot.app.query_one(NoteInput)
        given.focus()
        await pilot.pause()
        yield given, pilot


def painted(given: NoteInput) -> list[str]:
    return [given.render_line(y).text for y in range(given.size.height)]


async def test_lines_are_typed_and_submitted() -> None:
    async with note() as (given, pilot):
        await pilot.press(*"سطر", "enter", *"two", "ctrl+s")
        assert given.value == "سطر\ntwo"
        assert isinstance(pilot.app, _App)
        assert pilot.app.submitted == ["سطر\ntwo"]
        first, second, *_ = painted(given)
        assert first.rstrip().endswith("ﺮﻄﺳ")
        assert second.startswith("two")


async def test_a_long_text_is_wrapped_and_scrolled_in() -> None:
    words = " ".join(["كلمة"] * 30)
    async with note(words) as (given, pilot):
        assert len(given._lines()) > given.size.height
        before = painted(given)
        assert all(len(line) <= 20 for line in before)
        for _ in range(12):
            await pilot.press("up")
        assert painted(given) != before
        assert given._cursor == 0
        await pilot.press("x")
        assert given.value == f"x{words}"
        for _ in range(12):
            await pilot.press("down")
        assert given._cursor == len(given.value)


async def test_to_the_left_is_onwards_in_arabic_and_back_in_english() -> None:
    async with note("اب\nab") as (given, pilot):
        seen = []
        for key in ("left", "left", "left", "right", "right"):
            await pilot.press(key)
            seen.append(given._cursor)
        assert seen == [4, 3, 2, 1, 0]  # back through "ab", and then "اب" is to the right
        await pilot.press("left", "left", "left")
        assert given._cursor == 3
        await pilot.press("home", "up", "end")
        assert given._cursor == 2


async def test_what_is_pasted_keeps_its_lines_and_nothing_else() -> None:
    from textual import events

    async with note() as (given, pilot):
        given.post_message(events.Paste("a\r\nb\x1b[31m\u202e\tج"))
        await pilot.pause()
        assert given.value == "a\nb[31m ج"


@given(st.text(alphabet="اب ab\nلا\u064b9", max_size=60))
def test_every_place_is_reached(value: str) -> None:
    """From line to line every offset that has a place is one of a line, and none is beyond the text."""
    given = NoteInput(value)
    for line in given._lines():
        for offset, width, glyph in given._on_line(line):
            assert 0 <= offset <= len(value)
            assert width >= 0
            assert "\n" not in glyph
    assert given._on_line(given._lines()[-1])
    for cursor in range(len(value) + 1):
        given._cursor = cursor
        places = given._places()
        assert 0 <= given._index(places) < len(places)


@pytest.mark.parametrize("value", ["", "\n", "\n\n", "ا\n"])
async def test_empty_lines(value: str) -> None:
    async with note(value) as (given, pilot):
        assert len(given._lines()) == value.count("\n") + 1
        await pilot.press("backspace")
        assert given.value == value[:-1]
