"""Words cut into the pieces an encoder knows: the most probable segmentation under a unigram model (Kudo 2018).

The pieces and their scores are those of XLM-R's SentencePiece model as far as Arabic and Latin news need them. A
tokeniser library would bring a client for a model hub along; what is needed of one is the search below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_MARK = "\u2581"
_UNSAID = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
"""Vowel marks, tatweel and invisible characters, which the encoder never sees."""
_LONGEST_WORD = 32
_MOST_PIECES = 10
_MOST_KEPT = 100_000


class Pieces:
    """The vocabulary; ids are positions in `pieces`, of which the first four are the special ones above."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._ids = {piece: at for at, piece in enumerate(pieces) if at > UNKNOWN}
        self._scores = list(scores)
        self._longest = max(map(len, pieces))
        self._worst = min(scores) - 10
        self._kept: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._scores)

    def of(self, word: str) -> tuple[int, ...]:
        """The ids of a word's pieces: at least one, at most ten, of a longer word its beginning."""
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = self._cut(word)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFKC", _UNSAID.sub("", word[: 4 * _LONGEST_WORD]))[:_LONGEST_WORD]
        text = _MARK + (plain or word[:1])
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        cut: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = self._ids.get(text[start:end])
                if piece is not None and best[start] + self._scores[piece] > best[end]:
                    best[end] = best[start] + self._scores[piece]
                    cut[end] = (start, piece)
            if best[start] + self._worst > best[start + 1]:
                best[start + 1] = best[start] + self._worst
                cut[start + 1] = (start, UNKNOWN)
        found = []
        end = size
        while end:
            end, piece = cut[end]
            found.append(piece)
        return tuple(found[::-1][:_MOST_PIECES])
