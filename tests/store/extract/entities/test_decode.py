"""The best path through every stretch is the best of all paths; certainty is what the neighbours leave of it."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.extract.entities import decode
from store.extract.entities.features import LABELS

SIZE = len(LABELS)


def best(emissions: decode.Floats, transitions: decode.Floats, begin: decode.Floats) -> float:
    """The score of the best path through one stretch, by trying all."""
    scores = []
    for path in product(range(SIZE), repeat=len(emissions)):
        score = begin[path[0]] + sum(emissions[at, label] for at, label in enumerate(path))
        score += sum(transitions[one, other] for one, other in pairwise(path))
        scores.append(float(score))
    return max(scores)


def score(path: list[int], emissions: decode.Floats, transitions: decode.Floats, begin: decode.Floats) -> float:
    total = float(begin[path[0]]) + sum(float(emissions[at, label]) for at, label in enumerate(path))
    return total + sum(float(transitions[one, other]) for one, other in pairwise(path))


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 3), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_no_path_is_better(seed: int, lengths: list[int]) -> None:
    chance = np.random.default_rng(seed)
    never, first = decode.constraints()
    transitions = never + chance.normal(size=(SIZE, SIZE)).astype(np.float32)
    emissions = chance.normal(size=(sum(lengths), SIZE)).astype(np.float32)
    starts = np.cumsum([0, *lengths])[:-1].tolist()
    labels = decode.viterbi(emissions, starts, transitions, first).tolist()
    for start, length in zip(starts, lengths, strict=True):
        part = emissions[start : start + length]
        found = score(labels[start : start + length], part, transitions, first)
        assert found == pytest.approx(best(part, transitions, first), abs=1e-3)


def test_a_name_never_begins_in_its_middle() -> None:
    transitions, begin = decode.constraints()
    emissions = np.zeros((4, SIZE), np.float32)
    emissions[:, LABELS.index("I-PER")] = 9
    labels = decode.viterbi(emissions, [0, 2], transitions, begin)
    assert [LABELS[one] for one in labels] == ["B-PER", "I-PER"] * 2


def test_certainty_is_a_probability() -> None:
    transitions, begin = decode.constraints()
    emissions = np.zeros((3, SIZE), np.float32)
    emissions[0, LABELS.index("B-LOC")] = 5
    labels = decode.viterbi(emissions, [0], transitions, begin)
    certain = decode.certainty(emissions, [0], transitions, begin, labels)
    assert 0.9 < certain[0] <= 1
    assert all(0 < one <= 1 for one in certain)


def test_nothing_to_label() -> None:
    transitions, begin = decode.constraints()
    none = np.zeros((0, SIZE), np.float32)
    assert decode.viterbi(none, [], transitions, begin).tolist() == []
    assert decode.certainty(none, [], transitions, begin, np.zeros(0, np.int64)).tolist() == []
