"""No text that is stored holds a control character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.readers.controls import REPLACEMENT, tame, tame_line


@pytest.mark.parametrize(
    ("raw", "tamed", "replaced"),
    [
        ("سطر\r\nسطر\rسطر\n", "سطر\nسطر\nسطر\n", 0),
        ("سطر\u2028سطر\u2029سطر", "سطر\nسطر\nسطر", 0),
        ("\x1b]0;x\x07 \x9b31m", "\ufffd]0;x\ufffd \ufffd31m", 3),
        ("ا\x00\x7f\x85\ud800\udfff\ufdd0\uffff\U0001fffe", "ا" + "\ufffd" * 8, 8),
        ("a\tb\u200f\u202bب\u200cج\u2069\ufeff", "a\tb\u200f\u202bب\u200cج\u2069\ufeff", 0),
        ("\ufffd", "\ufffd", 0),
        ("\x0b\x0c", "\ufffd\ufffd", 2),
        ("", "", 0),
    ],
)
def test_tame(raw: str, tamed: str, replaced: int) -> None:
    assert tame(raw) == (tamed, replaced)


_ANY = st.text(st.characters(exclude_categories=()))


@given(_ANY)
def test_nothing_forbidden_is_left_and_every_code_point_keeps_its_place(text: str) -> None:
    tamed, replaced = tame(text)
    plain = text.replace("\r\n", "\n")
    assert len(tamed) == len(plain)
    tamed.encode("utf-8")
    for before, after in zip(plain, tamed, strict=True):
        assert after in (before, REPLACEMENT) or (before in "\r\u2028\u2029" and after == "\n")
        assert after in "\n\t" or not (ord(after) < 32 or 0x7F <= ord(after) < 0xA0)
    assert replaced == tamed.count(REPLACEMENT) - text.count(REPLACEMENT)
    assert tame(tamed) == (tamed, 0)


@given(_ANY)
def test_a_field_is_one_line(text: str) -> None:
    line = tame_line(text)
    assert "\n" not in line
    assert line == line.strip()
