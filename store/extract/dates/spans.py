"""The way back from folded offsets to the text's, faster than mapping every character.

Folding keeps most characters one for one and drops marks; only where a character becomes several (a ligature, "…") is
the full map of `fold_with_map` needed. The results are the same: `Folded.span`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from store.text.fold import fold, fold_with_map


class _Widths(dict[str, int]):
    """How many characters a character folds to; worked out once for each."""

    def __missing__(self, char: str) -> int:
        width = self[char] = len(fold(char))
        return width


_WIDTHS = _Widths()
_PLAIN: set[str] = set()
"""Characters that fold to one."""


@lru_cache(maxsize=256)
def _any_of(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(chars)}]")


@lru_cache(maxsize=64)
def span_of(source: str) -> Callable[[int, int], tuple[int, int]]:
    """A function from a folded span of `source`, not empty, to the span behind it, trailing marks included."""
    odd = set(source) - _PLAIN
    for char in tuple(odd):
        if _WIDTHS[char] == 1:
            _PLAIN.add(char)
            odd.remove(char)
    if not odd:
        return lambda start, end: (start, end)
    if any(_WIDTHS[char] > 1 for char in odd):
        return fold_with_map(source).span
    dropped = [match.start() for match in _any_of("".join(sorted(odd))).finditer(source)]
    # The nth dropped character stands before the folded character whose offset is its own less n.
    kept = [index - count for count, index in enumerate(dropped)]

    def span(start: int, end: int) -> tuple[int, int]:
        first = start + bisect_right(kept, start)
        last = end - 1 + bisect_right(kept, end - 1) + 1
        while last < len(source) and source[last] in odd:
            last += 1
        return first, last

    return span
