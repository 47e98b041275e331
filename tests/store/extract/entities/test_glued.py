"""Words that a page has run together are read as several; words that only look like it are left alone."""

from __future__ import annotations

import pytest

from store.extract.entities.glued import cut
from store.extract.entities.tokens import tokenize


@pytest.mark.parametrize(
    "parts",
    [
        ("مراسل", "الميادين"),
        ("إلى", "الميادين"),
        ("روسيا", "في"),
        ("أوكرانيا", "أنّ"),
        ("الفرنسية", "في"),
        ("الاحتلال", "الإسرائيلي"),
        ("قناة", "الميادين", "في"),
        ("مراسل", "الميادين", "في"),
        ("في", "واشنطن", "الداعمة"),
        ("أنّ", "وزارة"),
        ("زينب", "في"),
    ],
    ids="|".join,
)
def test_words_run_together(parts: tuple[str, ...]) -> None:
    tokens = tokenize(f"قال {''.join(parts)} اليوم")
    found = [tokens.text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert found == ["قال", *parts, "اليوم"]


@pytest.mark.parametrize(
    "word",
    [
        "بوركينافاسو",
        "المستوطنات",
        "فولكسفاجن",
        "ماكجورك",
        "الدبلوماسية",
        "وسيستخدمونها",
        "ريوديجانيرو",
        "عبدالرحمن",
        "أنّهما",
        "الأشرفي",
    ],
)
def test_words_that_are_one(word: str) -> None:
    assert len(tokenize(word).words) == 1


@pytest.mark.parametrize("surface", ["", "a", "كلمة", "x" * 100, "\u064b" * 10, "ةةةةةةةة"])
def test_what_is_no_word(surface: str) -> None:
    cuts = cut(surface)
    assert list(cuts) == sorted(set(cuts))
    assert all(0 < at < len(surface) for at in cuts)
