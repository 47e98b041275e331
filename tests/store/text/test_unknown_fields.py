"""What looks like a field of a query and is none, with the field that may be meant; a colon in a text is no field."""

from __future__ import annotations

from typing import get_args

import pytest

from store.text.fields import FieldName, field_name, nearest_field
from store.text.unknown_fields import UnknownField, unknown_fields


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("entty:غزة", [("entty", 0, "entity")]),
        ("بغداد -Entty:غزة", [("Entty", 7, "entity")]),
        ('entty:"مصطفى الكاظمي"', [("entty", 0, "entity")]),
        ("entty:", [("entty", 0, "entity")]),
        ("entty: غزة", [("entty", 0, "entity")]),
        ("(titel:(أ ب) OR dtae:2021)", [("titel", 1, "title"), ("dtae", 16, "date")]),
        ("soruce:bbc", [("soruce", 0, "outlet")]),
        ("source:bbc", [("source", 0, "outlet")]),
        ("مصدار:رويترز", [("مصدار", 0, "مصدر")]),
        ("موقع:رويترز", [("موقع", 0, "مصدر")]),
        ("بطاق:مهم", [("بطاق", 0, "بطاقة")]),
        ("covid:19", [("covid", 0, None)]),
        # A colon inside other text.
        ("قال: نعم", []),
        ("قال:نعم", []),
        ('قال:"نعم"', []),
        ("مصدر: القوات انسحبت", []),
        ("مصادر: القوات انسحبت", []),
        ("covid: 19", []),
        ("http://example.org/a", []),
        ("12:30", []),
        ("C:\\x", []),
        ("data://x", []),
        # What asks for just these words.
        ("=entty:x", []),
        ('"entty:x"', []),
        # The value of a field, and what is none but wrong.
        ("outlet:entty:x", []),
        ("entty:x (", [("entty", 0, "entity")]),
        ('entty:x "', []),
        ("", []),
    ],
)
def test_what_looks_like_a_field(query: str, found: list[tuple[str, int, str | None]]) -> None:
    assert unknown_fields(query) == tuple(UnknownField(*one) for one in found)


@pytest.mark.parametrize("field", get_args(FieldName))
def test_each_field_is_near_when_a_letter_is_missing(field: str) -> None:
    written = field[:-1] if len(field) > 3 else f"{field}{field[-1]}"
    assert field_name(written) is None
    assert nearest_field(written) == field
