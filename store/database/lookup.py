"""The words by which a name is looked up."""

from __future__ import annotations

from store.text.fold import fold
from store.text.tokens import WORD


def word_list(text: str) -> list[str]:
    """The folded words of a name."""
    return WORD.findall(fold(text))


def bare(word: str) -> str:
    """A folded word of a name without its article, as it is looked up."""
    return word.removeprefix("ال") or word
