"""Paragraphs that stand opposite each other."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Block
from store.text.comparing import Span, compare
from store.text.facing import facing

LINES = st.lists(
    st.lists(st.sampled_from(["قال", "زار", "بغداد", "غزة", "غزّة", "من", "أمس"]), min_size=1, max_size=6).map(" ".join),
    max_size=7,
)


def spans(lines: list[str]) -> list[Span]:
    """Where lines stand in the text that they make."""
    found, at = [], 0
    for line in lines:
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


@given(LINES, LINES)
def test_each_paragraph_stands_once_and_in_order(one: list[str], other: list[str]) -> None:
    a, b = spans(one), spans(other)
    blocks = [[Block(*span, "body", "made") for span in side] for side in (a, b)]
    found = facing(compare("\n".join(one), "\n".join(other), *blocks).pieces, a, b)
    assert list(chain.from_iterable(pair.a for pair in found)) == a
    assert list(chain.from_iterable(pair.b for pair in found)) == b
    assert all(pair.a or pair.b for pair in found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["وصل الوفد إلى بغداد", "ثم غادر"], ["وصل الوفد إلى غزة", "ثم غادر"], [([0], [0]), ([1], [1])]),
        (["وصل الوفد إلى بغداد", "ثم غادر مساء"], ["وصل الوفد إلى بغداد ثم غادر مساء"], [([0, 1], [0])]),
        (["وصل الوفد إلى بغداد"], ["ارتفعت أسعار النفط", "وصل الوفد إلى بغداد"], [([], [0]), ([0], [1])]),
        (["لا شيء هنا"], ["كلام آخر تماما"], [([0], []), ([], [0])]),
    ],
)
def test_what_shares_most_faces_each_other(
    one: list[str], other: list[str], expected: list[tuple[list[int], list[int]]]
) -> None:
    a, b = spans(one), spans(other)
    blocks = [[Block(*span, "body", "made") for span in side] for side in (a, b)]
    found = facing(compare("\n".join(one), "\n".join(other), *blocks).pieces, a, b)
    assert [([a.index(span) for span in pair.a], [b.index(span) for span in pair.b]) for pair in found] == expected
