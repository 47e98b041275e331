"""Words of a text by their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Combining marks of the Arabic script and the joiners belong to the word they stand in; `\w` leaves them out.
MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08ff\u200c\u200d"
)
WORD = re.compile(rf"[^\W_][\w{MARKS}]*")


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each word of `text[start:end]`, letters with their marks or digits, in order."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield match.span()
