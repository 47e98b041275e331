"""Sentences: where they end, and that nothing is lost between them."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Block
from store.text.sentences import LONGEST, split

_CASES = json.loads((Path(__file__).parents[2] / "cases" / "text_sentences.json").read_text("utf-8"))


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:20] or "empty" for case in _CASES])
def test_sentences(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [text[s.start : s.end] for s in split(text)] == case["sentences"]


_TEXTS = st.text('قالد نعم.؟!…"”») \n1A', max_size=60)


@given(_TEXTS)
def test_sentences_are_in_order_trimmed_and_lose_nothing(text: str) -> None:
    sentences = split(text)
    for sentence in sentences:
        surface = text[sentence.start : sentence.end]
        assert surface
        assert surface == surface.strip()
        assert "\n" not in surface
    for before, after in pairwise(sentences):
        assert before.end <= after.start
    kept = "".join(text[s.start : s.end] for s in sentences)
    assert "".join(kept.split()) == "".join(text.split())


@given(_TEXTS, st.data())
def test_a_sentence_stays_inside_its_block(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    blocks = [Block(0, cut, "title", "r"), Block(cut, len(text), "body", "r")]
    for sentence in split(text, blocks):
        assert sentence.end <= cut or sentence.start >= cut


@pytest.mark.parametrize("text", ["." * 200_000 + "س", '."' * 100_000 + "س", "س. " * 60_000, "س" * 200_000])
def test_time_is_linear(text: str) -> None:
    begun = time.process_time()
    split(text)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", ["س ص " * 5_000, "س" * 12_000, "س" * 6_000 + " " * 9_000 + "ص" * 6_000])
def test_no_sentence_grows_without_bound(text: str) -> None:
    sentences = split(text)
    assert max(s.end - s.start for s in sentences) <= LONGEST
    assert "".join("".join(text[s.start : s.end] for s in sentences).split()) == "".join(text.split())
    # Where there is white space no word is cut.
    cut = [s.end for s in sentences if s.end < len(text) and " " in text[s.start : s.end]]
    assert all(text[end].isspace() for end in cut)
