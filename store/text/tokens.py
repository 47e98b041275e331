"""Words of a text by their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

# Combining marks of the Arabic script and the joiners belong to the word they stand in; `\w` leaves them out.
MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08ff\u200c\u200d"
)
WORD = re.compile(rf"[^\W_][\w{MARKS}]*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT = 2_000
"""Code points of a sentence up to which its words are remembered."""


def letters(folded: str) -> Sequence[str]:
    """The runs of letters in a folded sentence, in order.

    Dates and quantities are both looked for among them: whoever asks next is given the same, so nobody may change it.
    """
    return _kept(folded) if len(folded) <= _SHORT else _LETTERS.findall(folded)


@lru_cache(256)
def _kept(folded: str) -> Sequence[str]:
    return _LETTERS.findall(folded)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each word of `text[start:end]`, letters with their marks or digits, in order."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield match.span()
