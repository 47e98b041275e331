"""What goes into the encoder and what comes out of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.entities.chunks import LONGEST, chunks
from store.extract.entities.encoder import encoder
from store.extract.entities.features import LABELS
from store.extract.entities.pieces import BEGIN, END, UNKNOWN
from store.extract.entities.tokens import tokenize


@given(st.text(max_size=60))
def test_a_word_has_pieces_and_not_too_many(word: str) -> None:
    found = encoder().pieces.of(word)
    assert 1 <= len(found) <= 10 or not word
    assert all(UNKNOWN <= piece < len(encoder().pieces) for piece in found)


def test_vowel_marks_and_tatweel_are_not_seen() -> None:
    pieces = encoder().pieces
    assert pieces.of("بِغْـدَاد") == pieces.of("بغداد")
    assert len(pieces.of("بغداد")) == 1


@given(st.text('ابتوة .،\n"؟A1', max_size=400))
def test_every_word_is_in_one_stretch_of_bounded_length(text: str) -> None:
    tokens = tokenize(text)
    found = chunks(tokens, encoder().pieces)
    assert [word for chunk in found for word in chunk.words] == list(range(len(tokens.words)))
    for chunk in found:
        assert len(chunk.ids) <= LONGEST + 2
        assert (chunk.ids[0], chunk.ids[-1]) == (BEGIN, END)
        assert all(0 < first < len(chunk.ids) - 1 for first in chunk.firsts)


def test_the_same_text_gives_the_same_probabilities(seeds: Path) -> None:
    text = (seeds / "001_03a5f9b1dc6e78cd.txt").read_text("utf-8")
    emissions = encoder().emissions(tokenize(text))
    assert np.exp(emissions).sum(1) == pytest.approx(1, abs=1e-4)
    assert np.allclose(emissions, encoder().emissions(tokenize(text)))


def test_a_text_that_is_too_long_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.extract.entities.encoder.MOST_WORDS", 3)
    tokens = tokenize("زار الرئيس بغداد ثم عاد إلى باريس")
    emissions = encoder().emissions(tokens)
    assert LABELS[int(emissions[2].argmax())] == "B-LOC"
    assert np.allclose(emissions[3:], -np.log(len(LABELS)))
