"""Copies of a story are told from what only looks alike."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Block
from store.readers import read
from store.resolve.copies import VALUES, Body, body_words, is_copy, signature
from store.resolve.near import near
from store.samples import seeds
from tests.store.resolve.copied import articles, judged, made, measure

LONG = [body_words(document.text, ()) for path in seeds() for document in read(path) if hasattr(document, "text")]
DAY = date(2021, 12, 9)

needs_articles = pytest.mark.skipif(not articles(), reason="the real articles are not here (KHABAR_DATA)")


@needs_articles
def test_of_a_thousand_pairs_that_are_no_copies_at_most_one_is_taken_for_one() -> None:
    pairs = [*judged(), *made(250)]
    found = measure(pairs)
    assert found.others > 800
    assert found.wrong * 1000 <= found.others


@needs_articles
def test_most_copies_are_found() -> None:
    assert measure(judged()).recall >= 0.83
    assert measure([pair for pair in made(250) if pair.same]).recall >= 0.97


@given(st.sampled_from(LONG), st.data())
def test_it_is_symmetric(words: list[str], data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.integers(0, len(words))) for _ in range(2))
    one = Body(tuple(words), DAY)
    other = Body(tuple(words[:start] + words[end:]), DAY + timedelta(days=data.draw(st.integers(0, 40))))
    assert is_copy(one, other) == is_copy(other, one)


@pytest.mark.parametrize("words", LONG)
def test_a_text_is_a_copy_of_itself_and_of_what_was_cut_from_it(words: list[str]) -> None:
    whole = Body(tuple(words), DAY)
    assert is_copy(whole, Body(tuple(words), None)) == "word for word the same text"
    assert is_copy(whole, Body(tuple(words[: len(words) * 2 // 3]), DAY))
    assert not is_copy(whole, Body(tuple(words[: len(words) // 4]), DAY))
    assert not is_copy(whole, Body(tuple(words[len(words) * 4 // 9 :]), DAY))


def test_short_texts_are_copies_only_word_for_word_and_in_these_days() -> None:
    words = tuple(LONG[0][:12])
    assert is_copy(Body(words, DAY), Body(words, DAY + timedelta(days=1)))
    assert not is_copy(Body(words, DAY), Body((*words[:-1], "غيره"), DAY))
    assert not is_copy(Body(words, DAY), Body(words, DAY + timedelta(days=9)))
    assert not is_copy(Body(words[:5], DAY), Body(words[:5], DAY))


def test_numbers_are_read_as_newspapers_write_them() -> None:
    assert body_words("بلغ 1,489 و١٬٤٨٩ عند عبد الله", ()) == ["بلغ", "1489", "و1489", "عند", "عبدالله"]
    assert Body(("اربعه", "4", "و1489", "الخامسه")).numbers == {"4", "5", "1489"}


def test_only_the_article_counts() -> None:
    text = "القائمة الرئيسية\n" + " ".join(LONG[0])
    blocks = [Block(0, 16, "boilerplate", "menu"), Block(17, len(text), "body", "body")]
    assert signature(text, blocks) == signature(" ".join(LONG[0]), ()) != b""
    assert signature("قليل من الكلمات", ()) == b""


def test_pairs_are_found_whoever_is_new() -> None:
    """Copies among random signatures, compared with all pairs one by one."""
    chance = np.random.default_rng(5)
    signatures = chance.integers(0, 1 << 16, (400, VALUES)).astype(np.uint16)
    for at in range(0, 300, 3):  # one that shares half, one that shares all
        signatures[at + 1, : VALUES // 2] = signatures[at, : VALUES // 2]
        signatures[at + 2] = signatures[at]
    expected = {(a, b) for a in range(400) for b in range(a) if (signatures[a] == signatures[b]).mean() > 0.3}
    everything = {(b, a) for a, b in near(signatures, np.arange(400)).tolist()}
    assert everything == expected
    some = np.array(sorted(random.Random(3).sample(range(400), 50)))
    joining = {(b, a) for a, b in near(signatures, some).tolist()}
    assert joining == {pair for pair in expected if set(pair) & set(some.tolist())}


def test_a_crowd_with_one_beginning_is_not_compared_with_itself() -> None:
    chance = np.random.default_rng(5)
    signatures = chance.integers(0, 1 << 16, (2000, VALUES)).astype(np.uint16)
    signatures[:, :20] = 7
    assert len(near(signatures, np.arange(2000))) <= 64 * 2000


def test_a_text_of_any_length_is_told_by_its_beginning() -> None:
    text = " ".join(f"كلمة{number}" for number in range(60_000))
    assert len(body_words(text, ())) == 20_000
    assert signature(text, ()) == signature(text[: len(text) // 2], ())
