"""Queries and proclitics without a corpus: what a word may look like, and what an expression says."""

from __future__ import annotations

import pytest

from store.text.proclitics import bare, definite_forms, forms
from store.text.query import All, Any, Term, fts, index_words, parse


@pytest.mark.parametrize(
    ("word", "among", "not_among"),
    [
        ("بغداد", ["بغداد", "لبغداد", "وبغداد", "وببغداد", "فلبغداد"], ["بغدادي", "سبغداد"]),
        ("القوات", ["قوات", "للقوات", "وللقوات", "بالقوات", "وقوات", "القوات"], ["سالقوات"]),
        ("للقوات", ["القوات", "قوات"], []),
        ("لغه", ["للغه", "اللغه"], ["لللغه"]),
        ("الان", ["والان", "للان"], ["ان", "وان", "بان"]),
        ("الدم", ["للدم", "بالدم"], ["دم", "بدم"]),
        ("يعلن", ["سيعلن", "وسيعلن", "فيعلن"], []),
        ("12", ["12"], ["و12"]),
        ("covid", ["covid"], ["وcovid"]),
        ("و", ["و"], ["وو"]),
    ],
)
def test_forms(word: str, among: list[str], not_among: list[str]) -> None:
    found = forms(word)
    assert set(among) <= set(found)
    assert not set(not_among) & set(found)
    assert list(found) == sorted(set(found))


def test_a_phrase_keeps_its_article() -> None:
    assert "للتحالف" in definite_forms("التحالف")
    assert "تحالف" not in definite_forms("التحالف")
    assert "المطار" not in definite_forms("مطار")
    assert bare("الى") == "الى"


def test_what_an_expression_says() -> None:
    plain = Term(("بغداد",), "plain", False)
    assert parse("بغداد") == plain
    assert parse("بغداد -داعش") == All((plain,), (Term(("داعش",), "plain", False),))
    assert parse('"مطار بغداد" OR =بغدا*') == Any(
        (Term(("مطار", "بغداد"), "phrase", False), Term(("بغدا",), "exact", True))
    )
    assert fts(parse('="a b" x*')) == '("a b" AND "x" *)'


def test_index_words_are_folded_and_apart() -> None:
    assert index_words("قَالَ: «أحمد»، COVID-19؛ a_b ½") == "قال احمد covid 19 a_b 1 2"
    assert index_words(" ،؛ ") == ""
