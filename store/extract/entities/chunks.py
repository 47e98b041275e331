"""A text as an encoder reads it: words and punctuation as pieces, in stretches of a bounded length."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.extract.entities.pieces import BEGIN, END, Pieces
from store.extract.entities.tokens import Tokens
from store.values import value_class

LONGEST = 126
"""Pieces of a stretch, the begin and end marks not counted."""
_WANTED = 96
"""Sentences are put together while they stay below so many pieces: they are context to one another."""
_POINT = re.compile(r"[^\w\s]")
_STOPS = frozenset(".!?؟…۔")


@value_class(frozen=True, slots=True)
class Chunk:
    """A stretch of a text: ids of its pieces, and for each of its words the position of the first."""

    ids: list[int]
    words: list[int]
    """Indices of words in `Tokens`."""
    firsts: list[int]
    """Where in `ids` each of them begins."""


def chunks(tokens: Tokens, pieces: Pieces, most: int | None = None) -> list[Chunk]:
    """The stretches of a text in order; every word, or each of the first `most`, is in exactly one."""
    found: list[Chunk] = []
    held: list[tuple[int, Sequence[int]]] = []
    length = 0
    for unit in _units(tokens, pieces, len(tokens.words) if most is None else most):
        size = sum(len(ids) for _, ids in unit)
        if held and length + size > _WANTED:
            found.append(_chunk(held))
            held, length = [], 0
        for one in unit:
            if length + len(one[1]) > LONGEST:
                found.append(_chunk(held))
                held, length = [], 0
            held.append(one)
            length += len(one[1])
    if held:
        found.append(_chunk(held))
    return found


def _units(tokens: Tokens, pieces: Pieces, most: int) -> list[list[tuple[int, Sequence[int]]]]:
    """Sentences, roughly: (index of the word or -1 for punctuation, ids)."""
    units: list[list[tuple[int, Sequence[int]]]] = [[]]
    text = tokens.text
    last = 0
    for index, (start, end) in enumerate(zip(tokens.starts[:most], tokens.ends[:most], strict=True)):
        between = text[last:start]
        if between != " ":
            # A thousand dashes say no more than a few.
            points = _POINT.findall(between[:40])[:6]
            units[-1].extend((-1, pieces.of(point)) for point in points)
            if units[-1] and ("\n" in between or (not _STOPS.isdisjoint(points) and between[-1:].isspace())):
                units.append([])
        units[-1].append((index, pieces.of(text[start:end])))
        last = end
    return units


def _chunk(held: Sequence[tuple[int, Sequence[int]]]) -> Chunk:
    ids, words, firsts = [BEGIN], [], []
    for index, piece_ids in held:
        if index >= 0:
            words.append(index)
            firsts.append(len(ids))
        ids.extend(piece_ids)
    ids.append(END)
    return Chunk(ids, words, firsts)
