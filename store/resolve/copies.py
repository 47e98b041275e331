"""Which articles are copies of one another: the same story under other mastheads, cut, retitled, lightly edited, or a
later version of it.

`signature` is what is kept of a body to find who may be a copy of it (MinHash over runs of words; Broder 1997), and
`is_copy` is the test of a pair. It goes by how much of either body stands in the other in runs of several words, which
survives edits here and there, and is careful with what only looks alike: reports that fill the same frame with other
numbers and names, and digests that have a story among others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from store.models import Block
from store.text.fold import fold
from store.text.tokens import MARKS
from store.values import value_class

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VALUES = 64
"""So many values a signature has, of 16 bits each."""
ROWS = 2
"""So many of them make a band: bodies with an equal band are looked at."""
LEAST = 0.2
"""Bodies that have a smaller share of their runs in common, as far as signatures tell, are not."""

_RUN = 5
"""Words of a run."""
_FEW = 25
"""A body of fewer words has too little to be told from another but by being the same word for word …"""
_TOO_FEW = 8
"""… and of fewer than these, not even so."""
_MOST = 20_000
"""So many words of a body are looked at: what is longer is told by its beginning."""
_LONG = 12 * _MOST
"""Code points in which so many words are found."""
_SEED = 20_211_209
_BODY = frozenset({"body", "heading"})
_WORD = re.compile(rf"[^\W_][\w{MARKS}]*(?:(?<=\d)[.,٬٫]\d+)*")
_SEPARATORS = re.compile("[.,٬٫]")
_FIGURES = re.compile(r"\d+")


@value_class(frozen=True)
class Body:
    """What a pair is told by: the words of an article's body and the day it was published."""

    words: tuple[str, ...]
    published: date | None = None

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block], published: str | None = None) -> Body:
        """The body of a text; all of it where there are no blocks. `published` is ISO 8601."""
        try:
            day = date.fromisoformat(published[:10]) if published else None
        except ValueError:  # a month or a year
            day = None
        return cls(tuple(body_words(text, blocks)), day)

    @cached_property
    def runs(self) -> frozenset[str]:
        """All runs of _RUN words, or the words as one where there are fewer."""
        return frozenset(_runs(self.words))

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its numbers that are written in figures."""
        return frozenset(figures for word in self.words for figures in _FIGURES.findall(word))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Those, and small ones that are written in words, in figures."""
        known = _numbers()
        return self.figures.union(known[word] for word in self.words if word in known)


@cache
def _numbers() -> dict[str, str]:
    lines = files(__package__).joinpath("data", "number_words.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {word: number for number, words in rows for word in words.split()}


def body_words(text: str, blocks: Sequence[Block]) -> list[str]:
    """The folded words of the article's own paragraphs, the first _MOST of them; all of the text where there are no
    blocks."""
    spans = [(block.start, block.end) for block in blocks if block.kind in _BODY] if blocks else [(0, len(text))]
    words: list[str] = []
    for start, end in spans:
        if len(words) >= _MOST:
            break
        found = _WORD.findall(fold(text[start : min(end, start + _LONG)]))
        found = [word if word.isalpha() else _SEPARATORS.sub("", word) for word in found]
        if "عبد" not in found and words[-1:] != ["عبد"]:
            words += found
            continue
        for word in found:
            if words and words[-1] == "عبد":  # عبد الله, عبدالله
                words[-1] += word
                continue
            words.append(word)
    return words[:_MOST]


def _runs(words: Sequence[str]) -> list[str]:
    if len(words) <= _RUN:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[at:] for at in range(_RUN)), strict=False)))


def signature(text: str, blocks: Sequence[Block]) -> bytes:
    """What is kept of a body to find its copies: VALUES numbers of 16 bits; nothing where it is too short.

    The share of values that two signatures have in common estimates that of their runs of words (Jaccard), to some
    six hundredths.
    """
    words = body_words(text, blocks)
    return packed(sketch(words)) if len(words) >= _TOO_FEW else b""


def sketch(words: Sequence[str]) -> NDArray[np.uint32]:
    """The VALUES least hashes of runs of words; those of two texts one after the other are the lesser of theirs, but
    for runs that lie across."""
    import numpy as np
    from rensa import RMinHash

    found = RMinHash(num_perm=VALUES, seed=_SEED)
    found.update(_runs(words))
    return np.array(found.digest(), np.uint32)


def packed(hashes: NDArray[np.uint32]) -> bytes:
    """A signature as it is stored: of each hash 16 bits, which are enough to tell two bodies apart."""
    return hashes.astype("<u2").tobytes()


# What it takes to be copies; weighed on pairs of real articles (tests/gold/copies.tsv).
_SHORTER = 0.8
"""Of the shorter body so much stands in the longer one."""
_LONGER = 0.5
"""And so much of the longer in the shorter: else it tells other stories too."""
_MOSTLY = 0.7
"""Where it is less than this of the longer, both must begin alike: what was cut short, not one of several stories."""
_LEAD = 30
"""Words that an article begins with."""
_BEGINS, _NOWHERE = 0.7, 0.3
"""Of its lead so much stands in the other where they begin alike, and less than this where they do not at all."""
_WHOLLY = 0.93, 0.85
"""Of the shorter and the longer, where the leads or the days differ: so much that nothing is left to doubt."""
_NEAR = 2
"""Days between a report and its copies; what is further apart may be the next of a series."""
_NUMBERS = 0.6
"""Of the figures of the one with fewer, so many must be in the other."""
_NEW = 0.04
"""Words of either that the other has nowhere, where the days are further apart."""


def is_copy(one: Body, other: Body) -> str | None:
    """Why two articles are copies of one story, in words; None where they are not. Symmetric.

    A text that stands in a longer one is a copy (cut short, or continued), unless that is a digest with more of other
    stories than of this. Reports in the same frame (weather, prices, telegrams) are not.
    """
    short, long = sorted((one, other), key=lambda body: (len(body.words), body.words))
    days = abs((one.published - other.published).days) if one.published and other.published else None
    apart = days is not None and days > _NEAR
    if len(short.words) < _TOO_FEW:
        return None
    if short.words == long.words:
        return None if len(short.words) < _FEW and apart else "word for word the same text"
    if len(short.words) < _FEW or len(short.words) < len(long.words) * _LONGER * _SHORTER:
        return None
    there, back = _covered(short.words, long.runs), _covered(long.words, short.runs)
    of_short, of_long = _share(there), _share(back)
    if of_short < _SHORTER or of_long < _LONGER:
        return None
    begins = min(_share(there[:_LEAD]), _share(back[:_LEAD]))
    wholly = of_short >= _WHOLLY[0] and of_long >= _WHOLLY[1]
    if (begins < _BEGINS and of_long < _MOSTLY) or (begins < _NOWHERE and not wholly):
        return None
    fewer, more = (short, long) if len(short.figures) <= len(long.figures) else (long, short)
    if len(fewer.figures & more.numbers) < len(fewer.figures) * _NUMBERS:
        return None
    if apart and not (wholly and fewer.figures <= more.numbers and max(_new(short, long), _new(long, short)) <= _NEW):
        return None
    return f"{of_short:.0%} of the shorter text stands in the longer, {of_long:.0%} of the longer in the shorter"


def _covered(words: Sequence[str], runs: frozenset[str]) -> bytearray:
    """For each word whether it stands in one of the runs."""
    covered = bytearray(len(words))
    for at, run in enumerate(_runs(words)):
        if run in runs:
            covered[at : at + _RUN] = b"\1" * _RUN
    return covered


def _share(covered: bytearray) -> float:
    return sum(covered) / len(covered)


def _new(body: Body, other: Body) -> float:
    """The share of its words that the other has nowhere."""
    known = set(other.words)
    return sum(word not in known for word in body.words) / len(body.words)
