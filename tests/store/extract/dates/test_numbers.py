from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.dates.grammar import load
from store.extract.dates.meaning import Number
from store.extract.dates.numbers import figures
from store.extract.dates.sentence import read
from store.text.fold import fold

_UNITS = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة")
_TEENS = ("عشرة", "أحد عشر", "اثنا عشر", *(f"{unit} عشر" for unit in _UNITS[3:]))
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_ORDINALS = ("", "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر")


def _words(number: int) -> str:
    """A number in words, as a schoolbook writes it."""
    parts = []
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append("ألف" if thousands == 1 else "ألفان" if thousands == 2 else f"{_words(thousands)} آلاف")
    hundreds, rest = divmod(rest, 100)
    parts.append(_HUNDREDS[hundreds])
    tens, unit = divmod(rest, 10)
    parts += [_TEENS[unit]] if tens == 1 else [_UNITS[unit], _TENS[tens]]
    return " و".join(part for part in parts if part)


def _numbers(text: str) -> list[Number]:
    line = read(fold(text), load().lexicon)
    return [number for values in line.values if isinstance(number := values.get("#"), Number)]


@given(st.integers(3, 9999))
def test_cardinals(number: int) -> None:
    assert [found.value for found in _numbers(_words(number))] == [number]


@pytest.mark.parametrize("number", range(1, 32))
def test_ordinals_to_thirty_one(number: int) -> None:
    tens, unit = divmod(number, 10)
    if number <= 10:
        words = _ORDINALS[number]
    elif number < 20:
        words = f"{'الحادي' if unit == 1 else _ORDINALS[unit]} عشر"
    elif unit:
        words = f"{'الحادي' if unit == 1 else _ORDINALS[unit]} وال{('', '', 'عشرين', 'ثلاثين')[tens]}"
    else:
        words = f"ال{('', '', 'عشرين', 'ثلاثين')[tens]}"
    [found] = _numbers(words)
    assert found.value == number
    assert found.definite


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 آلاف و500", 3500),
        ("2.5 مليون", 2_500_000),
        ("ألفين وأحد عشر", 2011),
        ("سنة ألف وتسعمائة وثمان وأربعين", 1948),
        ("الـ15", 15),
        ("١٥", 15),
        ("مئة وعشرين", 120),
        ("ثلاث مئة وخمسة", 305),
        ("إحدى وعشرين", 21),
    ],
)
def test_phrases(text: str, value: float) -> None:
    assert value in [found.value for found in _numbers(text)]


def test_numbers_that_stand_apart_are_not_one() -> None:
    assert [found.value for found in _numbers("بين 5 و10")] == [5, 10]
    assert [found.value for found in _numbers("الساعة الواحدة وعشر دقائق")] == [1, 10]


@pytest.mark.parametrize("text", ["9" * 4400, "1" * 10, "1.2.3"])
def test_figures_no_one_counts_with(text: str) -> None:
    assert figures(text) is None
