"""No control character of a text leaves the program, and nothing else is lost on the way."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.export.plain import dumps, lines, one_line

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
"""Lone surrogates and unassigned code points too."""


@given(
    st.recursive(ANY_TEXT | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner))
)
def test_json_is_one_printable_line_that_reads_back(value: object) -> None:
    line = dumps(value)
    assert len(line.splitlines()) == 1
    assert all(char.isprintable() or char in "\u200c\u200d" or unicodedata.category(char) == "Zs" for char in line)
    line.encode("utf-8")
    assert json.loads(line) == value


@pytest.mark.parametrize("code", [0, 7, 0x1B, 0x7F, 0x85, 0x9B, 0x2028, 0x202E, 0xD800, 0xFFFE, 0xE0001])
def test_json_escapes_what_is_invisible(code: int) -> None:
    line = dumps([chr(code)])
    assert line.isascii()
    assert json.loads(line) == [chr(code)]


def test_json_shows_arabic_as_it_is() -> None:
    assert dumps({"name": "بغداد"}) == '{"name": "بغداد"}'


@given(ANY_TEXT)
def test_a_line_holds_printable_characters_and_joiners_only(text: str) -> None:
    shown = one_line(text)
    assert all(char.isprintable() or char in "\u200c\u200d" for char in shown)
    assert lines(text).replace("\n", " ") == shown
    assert one_line(shown) == shown


def test_what_becomes_of_each_kind_of_character() -> None:
    assert one_line("خبر\x1b]0;x\x07 \x9b31m\nعاجل\t\u202e!\u2066") == "خبر\ufffd]0;x\ufffd \ufffd31m عاجل !"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"
    assert lines("أ\nب") == "أ\nب"
