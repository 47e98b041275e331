"""The best sequence of labels under a linear chain, for all stretches of a text at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from store.extract.entities.features import LABELS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_NEVER = np.float32(-1e4)


def constraints() -> tuple[Floats, Floats]:
    """What no sequence may do, as scores to add: (`from`, `to`) transitions, and labels a stretch cannot begin with."""
    size = len(LABELS)
    between = np.zeros((size, size), np.float32)
    begin = np.zeros(size, np.float32)
    for to, label in enumerate(LABELS):
        if label[0] == "I":
            begin[to] = _NEVER
            for from_, before in enumerate(LABELS):
                if before[2:] != label[2:]:
                    between[from_, to] = _NEVER
    return between, begin


def viterbi(emissions: Floats, starts: Sequence[int], transitions: Floats, begin: Floats) -> Ints:
    """The labels of all words: the best path through each stretch (Forney 1973), stretches side by side.

    `emissions` is words by labels, `starts` the first word of each stretch in order; `transitions[from, to]` and
    `begin[to]` are added to them.
    """
    count, size = len(emissions), len(LABELS)
    if not count:
        return np.zeros(0, np.int64)
    first = np.asarray(starts, np.int64)
    lengths = np.diff(np.append(first, count))
    order = np.argsort(-lengths, kind="stable")
    first, lengths = first[order], lengths[order]
    longest = int(lengths[0])
    # How many stretches are longer than `step`: they come first.
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    # Words are taken in the order in which they are reached: the first of each stretch, then the second of each. Labels
    # are rows, so that what is compared for many words at once lies side by side.
    offsets = [0, *accumulate(active)]
    reached = np.concatenate([first[:many] + step for step, many in enumerate(active)])
    emitted = np.ascontiguousarray(emissions[reached].T)
    score = np.empty_like(emitted)
    between = transitions[:, :, None]
    at = len(first)
    score[:, :at] = emitted[:, :at] + begin[:, None]
    for step in range(1, longest):
        before, at, end = offsets[step - 1 : step + 2]
        ways = score[:, None, before : before + active[step]] + between
        np.add(np.maximum.reduce(ways, 0), emitted[:, at:end], out=score[:, at:end])
    back = _pointers(score, active, between)
    last = np.array(offsets)[lengths - 1] + np.arange(len(first))
    labels = [0] * count
    ends = zip(first.tolist(), lengths.tolist(), score[:, last].argmax(0).tolist(), strict=True)
    for rank, (begins, length, label) in enumerate(ends):
        for step in range(length - 1, -1, -1):
            labels[begins + step] = label
            label = back[(offsets[step] + rank) * size + label]
    return np.array(labels, np.int64)


_AT_ONCE = 8192
"""So many words' ways are compared at once: some 3 MB."""


def _pointers(score: Floats, active: Sequence[int], between: Floats) -> bytes:
    """For each word, as they are reached, and each label of it the label of the word before it that is best."""
    size, count = score.shape
    pointers = np.zeros((count, size), np.int8)
    words = np.arange(active[0], count)
    before = words - np.repeat(active[:-1], active[1:])
    for at in range(0, len(words), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        pointers[words[some]] = (score[:, None, before[some]] + between).argmax(0).T
    return pointers.tobytes()


def certainty(emissions: Floats, starts: Sequence[int], transitions: Floats, begin: Floats, labels: Ints) -> Floats:
    """For each word the probability of its label given those of its neighbours: 0 to 1."""
    if not len(labels):
        return np.zeros(0, np.float32)
    scores = emissions.copy()
    heads = np.zeros(len(labels), bool)
    heads[np.asarray(starts, np.int64)] = True
    scores[heads] += begin
    inner = np.flatnonzero(~heads)
    scores[inner] += transitions[labels[inner - 1]]
    scores[inner - 1] += transitions.T[labels[inner]]
    scores -= scores.max(1, keepdims=True)
    np.exp(scores, out=scores)
    found: Floats = scores[np.arange(len(labels)), labels] / scores.sum(1)
    return found
