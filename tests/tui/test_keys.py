"""The table of keys: complete, unambiguous, and alive on an Arabic keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from textual.binding import Binding

from tui.keys import GROUPS, KEYS, bindings, move, named, shown

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


@pytest.mark.parametrize("inner", ["list", "reader"])
def test_no_key_means_two_things_at_once(inner: str) -> None:
    counts = Counter(_pressed("go", "explore", "correct", "window", inner))
    assert [key for key, count in counts.items() if count > 1] == []


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
    assert len({key.id for key in KEYS}) == len(KEYS)
    assert all(key.label and shown(key.keys) and key.group in GROUPS for key in KEYS)


@pytest.fixture
def moved() -> Iterator[None]:
    """Some bindings have other keys, as settings give them."""
    move({"explore.search": "f6,ctrl+g", "explore.why": "semicolon", "explore.filter": "ش", "correct.add": ""})
    yield
    move({})


@pytest.mark.usefixtures("moved")
def test_every_key_is_known_by_what_it_is_read_as() -> None:
    for key in KEYS:
        for one in filter(None, key.keys.split(",")):
            assert named(shown(one)) == one
        assert key.first == (shown(key.keys).split(" ")[0] if key.keys else "")
    assert named("F6") == "f6"
    assert named("F7") is None
