"""Two texts compared by words: cases as they occur, and the laws that hold whatever the texts."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Block
from store.text.comparing import Comparison, Piece, align, compare
from store.text.fold import fold
from store.text.tokens import words

CASES = json.loads((Path(__file__).parents[2] / "cases" / "comparing.json").read_text("utf-8"))

WORD = st.sampled_from(
    ["قال", "في", "من", "غزة", "غزّة", "بغداد", "بَغداد", "الرئيس", "رئيس", "أكد", "اكد", "2021", "USA", "usa"]
)
SENTENCE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
TEXT = st.lists(st.tuples(SENTENCE, st.sampled_from([". ", "\n", "، ", "؟\n"])), max_size=8).map(
    lambda parts: "".join(sentence + end for sentence, end in parts)
)
ANY = st.text(st.sampled_from("ابت ةىئ\u064b\u0651\u200c\u0640 \n.،؟-_1٢aÉﷺﻻ\U0001f600"), max_size=60)
TWO = st.one_of(st.tuples(TEXT, TEXT), st.tuples(ANY, ANY))


def folded(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The words of a text as they are compared."""
    return [fold(text[first:last]) for first, last in words(text, start, end)]


def all_there(piece: Piece) -> bool:
    """Whether both texts have it."""
    return piece.kind not in ("gone", "come")


def told(found: Comparison, a: str, b: str) -> list[list[str]]:
    """Pieces as [kind, of the first text, of the second]."""
    return [[piece.kind, a[slice(*piece.a)], b[slice(*piece.b)]] for piece in found.pieces]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_differs_is_told(case: dict[str, object]) -> None:
    a, b = str(case["a"]), str(case["b"])
    assert told(compare(a, b), a, b) == case["pieces"]


@given(TWO)
def test_the_first_text_with_the_pieces_applied_has_the_words_of_the_second(two: tuple[str, str]) -> None:
    a, b = two
    made: list[str] = []
    for piece in compare(a, b).pieces:
        if piece.kind in ("same", "minor", "moved"):
            made += folded(a, *piece.a)
        elif piece.kind == "come":
            made += folded(b, *piece.b)
    # words may be written together in one text and apart in the other
    assert "".join(made) == "".join(folded(b))
    if all(len(folded(a, *piece.a)) == len(folded(b, *piece.b)) for piece in compare(a, b).pieces if all_there(piece)):
        assert made == folded(b)


@given(TWO)
def test_the_pieces_cover_each_word_of_both_once(two: tuple[str, str]) -> None:
    a, b = two
    found = compare(a, b)
    in_b = [piece.b for piece in found.pieces if piece.kind != "gone"]
    assert [span for piece in in_b for span in words(b, *piece)] == list(words(b))
    in_a = sorted(piece.a for piece in found.pieces if piece.kind != "come")
    assert [span for piece in in_a for span in words(a, *piece)] == list(words(a))
    for piece in found.pieces:
        assert (piece.a[0] == piece.a[1]) == (piece.kind == "come")
        assert (piece.b[0] == piece.b[1]) == (piece.kind == "gone")
        if piece.kind == "same":
            assert [a[x:y] for x, y in words(a, *piece.a)] == [b[x:y] for x, y in words(b, *piece.b)]
    assert sum(found.counts.values()) == sum(
        len(list(words(b, *piece.b) if piece.kind != "gone" else words(a, *piece.a))) for piece in found.pieces
    )


@given(st.one_of(TEXT, ANY))
def test_a_text_differs_in_nothing_from_itself(text: str) -> None:
    assert {piece.kind for piece in compare(text, text).pieces} <= {"same"}


@given(TWO)
def test_seen_from_the_other_side_what_is_gone_has_come(two: tuple[str, str]) -> None:
    a, b = two
    there = compare(a, "").counts
    back = compare("", a).counts
    assert there.get("gone", 0) == back.get("come", 0) == len(list(words(a)))
    assert set(compare(b, "").counts) <= {"gone"}


@given(st.lists(st.integers(0, 6), max_size=60), st.lists(st.integers(0, 6), max_size=60))
def test_what_is_aligned_is_equal_and_in_order(xs: list[int], ys: list[int]) -> None:
    found = align(xs, ys)
    assert all(xs[i] == ys[j] for i, j in found)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(found))


@given(st.lists(st.tuples(SENTENCE, st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_only_words_of_the_blocks_are_compared(lines: list[tuple[str, bool, bool]]) -> None:
    text = "\n".join(line for line, _, _ in lines)
    blocks: list[list[Block]] = [[], []]
    at = 0
    for line, *wanted in lines:
        for mine, is_wanted in zip(blocks, wanted, strict=True):
            if is_wanted:
                mine.append(Block(at, at + len(line), "body", "made"))
        at += len(line) + 1
    if all(blocks):
        found = compare(text, text, *blocks)
        inside = [span for piece in found.pieces if piece.kind != "gone" for span in words(text, *piece.b)]
        assert inside == [span for block in blocks[1] for span in words(text, block.start, block.end)]


@pytest.mark.parametrize("kind", ["one word", "two words", "alternating", "long word", "no stop"])
def test_hostile_texts_end(kind: str) -> None:
    size = 100_000
    a, b = {
        "one word": ("من " * size, "من " * (size - 7)),
        "two words": ("من " * size, "من في " * size),
        "alternating": ("من في " * size, "في من " * size),
        "long word": ("م" * 10 * size, "م" * (10 * size - 1)),
        "no stop": (" ".join(f"كلمة{n}" for n in range(size)), " ".join(f"كلمة{n}" for n in range(size, 0, -1))),
    }[kind]
    found = compare(a, b)
    assert sum(len(list(words(b, *piece.b))) for piece in found.pieces if piece.kind != "gone") == len(list(words(b)))
