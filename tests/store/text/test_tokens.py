"""Words by their offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.tokens import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير، اليوم", ["قال", "الوزير", "اليوم"]),
        ("مُحَمَّدٌ كتب", ["مُحَمَّدٌ", "كتب"]),
        ("العـــراق", ["العـــراق"]),
        ("می‌خواهم", ["می‌خواهم"]),
        ('"رويترز"، (غيتي)', ["رويترز", "غيتي"]),
        ("تشرين الأول/أكتوبر 2021", ["تشرين", "الأول", "أكتوبر", "2021"]),
        ("#الحشد_الشعبي", ["الحشد_الشعبي"]),
        ("", []),
        ("…!؟ ،", []),
        ("الرحمٰن", ["الرحمٰن"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected


@given(st.text(), st.data())
def test_words_are_in_order_and_inside_the_limits(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    last = start
    for word_start, word_end in words(text, start, end):
        assert last <= word_start < word_end <= end
        last = word_end


@given(st.text("ابتسمنويةء\u064b\u064e\u0651\u0670 .،1"))
def test_every_letter_and_digit_is_in_one_word_and_no_sign_is(text: str) -> None:
    inside = {index for start, end in words(text) for index in range(start, end)}
    for index, char in enumerate(text):
        if char.isalnum():
            assert index in inside
        elif not unicodedata.category(char).startswith("M"):
            assert index not in inside
