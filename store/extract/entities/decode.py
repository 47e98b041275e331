"""The best sequence of labels under a linear chain, for all stretches of a text at once."""

from __future__ import annotations

from collections.abc import Sequence

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
    count = len(emissions)
    if not count:
        return np.zeros(0, np.int64)
    first = np.asarray(starts, np.int64)
    lengths = np.diff(np.append(first, count))
    order = np.argsort(-lengths, kind="stable")
    first, lengths = first[order], lengths[order]
    longest = int(lengths[0])
    # How many stretches are longer than `step`: they come first.
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    into = np.ascontiguousarray(transitions.T)  # what is compared lies side by side: (`to`, `from`)
    score = emissions[first] + begin
    pointers = np.zeros((longest, len(first), len(LABELS)), np.int8)
    for step in range(1, longest):
        many = active[step]
        ways = score[:many, None, :] + into
        pointers[step, :many] = ways.argmax(2)
        np.add(ways.max(2), emissions[first[:many] + step], out=score[:many])
    labels = [0] * count
    back, row_size = pointers.tobytes(), len(first) * len(LABELS)
    ends = zip(first.tolist(), lengths.tolist(), score.argmax(1).tolist(), strict=True)
    for at, (begins, length, label) in enumerate(ends):
        place = (length - 1) * row_size + at * len(LABELS)
        for word in range(begins + length - 1, begins - 1, -1):
            labels[word] = label
            label = back[place + label]
            place -= row_size
    return np.array(labels, np.int64)


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
