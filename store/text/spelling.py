"""Spellings of one word that newspapers do not agree on (أمريكا, أميركا); all strings are folded."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """The other ways in which a folded word is written, itself included, sorted.

    >>> spellings("الامريكيه")
    ('الامريكيه', 'الاميركيه')
    """
    found = {word}
    for group in _groups():
        for spelling in group:
            if spelling in word:
                found.update(word.replace(spelling, other) for other in group)
                break
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    lines = files("store.text").joinpath("data/spellings.tsv").read_text("utf-8").splitlines()
    # The longest first: one spelling may be the beginning of another.
    return tuple(
        tuple(sorted(line.split("\t"), key=len, reverse=True)) for line in lines if line and not line.startswith("#")
    )
