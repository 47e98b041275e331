"""The table of keys: complete, unambiguous, and alive on an Arabic keyboard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding

import tui
from tui.hinting import with_keys
from tui.keys import BY_ID, GROUPS, KEYS, TOGETHER, bindings, move, named, shown, twin_of
from tui.locale import gettext as _
from tui.locale import use
from tui.locale.said import again
from tui.overlay_keys import FIXED

# What design and README promise, as a person types it.
PROMISED = [
    "1", "2", "3", "4", "tab", "shift+tab", "down", "up", "j", "k", "pagedown", "pageup", "g", "G", "enter", "a", "e",
    "t", "slash", "f", "backspace", "alt+left", "alt+right", "n", "N", "i", "m", "r", "h", "u", "b", "y", "x", "z",
    "Z", "l", "question_mark", "ctrl+p", "q",
]  # fmt: skip


@pytest.mark.parametrize("pressed", PROMISED)
def test_every_promised_key_is_bound(pressed: str) -> None:
    assert any(pressed in key.keys.split(",") for key in KEYS)


def _pressed(*groups: str) -> list[str]:
    made = bindings(*groups)
    return [key for binding in made if isinstance(binding, Binding) for key in binding.key.split(",")]


@pytest.mark.parametrize("groups", TOGETHER, ids="+".join)
def test_no_key_means_two_things_at_once(groups: tuple[str, ...]) -> None:
    asked = {one for key in KEYS if key.group in groups and key.first_asked for one in key.usual.split(",")}
    counts = Counter(_pressed(*groups))
    assert {key for key, count in counts.items() if count > 1} == asked


def test_every_group_is_pressed_somewhere() -> None:
    assert {group for groups in TOGETHER for group in groups} == GROUPS.keys() == {key.group for key in KEYS}


def test_every_letter_has_a_twin_on_the_arabic_layout() -> None:
    for binding in bindings(*GROUPS):
        assert isinstance(binding, Binding)
        keys = binding.key.split(",")
        letters = [key for key in keys if len(key) == 1 and key.isascii() and key.isalpha()]
        signs = (
            "tilde",
            "apostrophe",
            "grave_accent",
            "right_curly_bracket",
            "left_curly_bracket",
        )  # with Z, M, U, C, V
        others = [key for key in keys if not key.isascii() or key in signs or key.startswith("arabic_")]
        assert len(others) >= len(letters), f"{binding.id} cannot be typed on an Arabic layout"


def test_ids_are_unique_and_labels_are_there() -> None:
    assert len({key.id for key in KEYS} | FIXED.keys()) == len(KEYS) + len(FIXED)
    assert all(key.label and shown(key.keys) and key.group in GROUPS for key in KEYS)


@pytest.fixture
def moved() -> Iterator[None]:
    """Some bindings have other keys, as settings give them."""
    move({
        "explore.search": "f6,ctrl+g", "explore.why": "semicolon", "explore.filter": "ش", "correct.add": "",
        "statements.kind": "f7,h", "trends.close": "", "window.help": "f8",
    })  # fmt: skip
    yield
    move({})


@pytest.mark.usefixtures("moved")
def test_every_key_is_known_by_what_it_is_read_as() -> None:
    for key in KEYS:
        for one in filter(None, key.keys.split(",")):
            assert named(shown(one)) == one
        assert key.first == (shown(key.keys).split(" ")[0] if key.keys else "")
    assert named("F6") == "f6"
    assert named("F9") is None


def test_what_closes_an_overlay_keeps_escape() -> None:
    try:
        keymap = move({"trends.close": "", "places.close": "f6", "comparing.leave": "escape,f7", "explore.clear": ""})
        assert keymap == {
            "trends.close": "escape", "places.close": "f6,escape", "comparing.leave": "escape,f7",
            "explore.clear": "<none>",
        }  # fmt: skip
    finally:
        move({})
    closing = {key.id for key in KEYS if key.keeps}
    assert {key.id for key in KEYS if "escape" in key.usual.split(",")} - closing == {"explore.clear"}


def test_twins_come_along_into_an_overlay_unless_they_mean_something_there() -> None:
    try:
        # h and u are free among statements, as is what they are on the Arabic layout
        assert move({"statements.kind": "h"}) == {"statements.kind": f"h,{twin_of('h')}"}
        keymap = move({"statements.kind": "h", "statements.why": "u", "statements.direct": twin_of("h") or ""})
        assert keymap["statements.kind"] == "h"
        assert keymap["statements.why"] == f"u,{twin_of('u')}"
    finally:
        move({})


def test_keys_that_answer_over_everything_move_there_too() -> None:
    try:
        assert move({"window.help": "f9", "list.up": "f6"}) == {
            "window.help": "f9", "list.up": "f6", "window.help.overlays": "f9",
        }  # fmt: skip
    finally:
        move({})


def test_hints_name_keys_as_they_are() -> None:
    line, sentence = (
        _("{list_open} takes it · {list_mark} marks several"),
        _("removed; {annotations_back} brings it back"),
    )
    hints = with_keys(line), with_keys(sentence)
    assert hints == ("Enter takes it · * marks several", "removed; u brings it back")
    try:
        move({"list.open": "f6", "annotations.back": "ctrl+g"})
        assert [again(one) for one in hints] == ["F6 takes it · * marks several", "removed; Ctrl+G brings it back"]
        move({"list.open": "", "annotations.back": ""})
        assert [again(one) for one in hints] == [
            "* marks several", "removed; «bring back what was removed last» brings it back",
        ]  # fmt: skip
        use("ar")
        move({"annotations.back": "f6"})
        assert "F6" in again(hints[1])
        assert again(hints[1]) != hints[1]
    finally:
        use("en")
        move({})


def test_every_key_that_a_message_names_is_one() -> None:
    fields: set[str] = set()
    for path in Path(tui.__file__).parent.rglob("*.py"):
        fields.update(re.findall(r"\{([a-z]+_[a-z_]+)\}", path.read_text("utf-8")))
    areas = {one.partition(".")[0] for one in BY_ID}
    named_so = {one.replace("_", ".", 1) for one in fields if one.partition("_")[0] in areas}
    assert len(named_so) > 40
    assert named_so <= BY_ID.keys()
