"""The role that is said of a person right before the name: a title and what it is a title of.

A first version, by the titles of the rules for names of persons alone: what follows the name ("…، رئيس الوزراء") and
what a title far from it says is not looked at. `before` is all that others know of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from store.extract.entities.lexicon import Kind, lexicon
from store.extract.entities.persons import complement
from store.extract.entities.tokens import COMMA, QUOTE, SPACE, Tokens, tokenize
from store.models import MentionType

_FARTHEST = 12
"""A title stands at most so many words before the name."""
_LONGEST = 600
"""Code points before a name that are looked at."""

_PREPOSITION = "أمام"
"""Before, which folds to what an imam is."""

Named = tuple[int, int, MentionType]
"""Where a name is, and what kind of thing it names."""


class Said(NamedTuple):
    """A role, where it stands, and as it reads alone: with the article that ل has swallowed, on one line."""

    start: int
    end: int
    text: str


def before(text: str, start: int, names: Sequence[Named] = (), since: int = 0) -> Said | None:
    """The role that stands right before the name at `start` of `text`; None where there is none.

    `names` are other names of the text, parts of roles among them ("رئيس حزب الدعوة"); nothing before `since`, the
    beginning of the sentence, is looked at. Offsets are code points of `text`.
    """
    begin = max(since, start - _LONGEST)
    tokens = tokenize(text[begin : start + 1])
    name = bisect_right(tokens.starts, start - begin) - 1
    if name < 1 or tokens.starts[name] != start - begin:
        return None  # something is joined to the name: no title has it for its own
    inside = [(one - begin, end - begin, kind) for one, end, kind in names if begin <= one and end <= start]
    at = _first(tokens, name, inside)
    if at is None:
        return None
    skip = _skipped(tokens, at)
    first, last = begin + tokens.offset(at, skip), begin + tokens.ends[name - 1]
    said = " ".join(text[first:last].split())
    swallowed = skip and said.startswith("ل") and not tokens.words[at].form[skip:].startswith("ال")
    return Said(first, last, f"ا{said}" if swallowed else said)


def _first(tokens: Tokens, name: int, inside: Sequence[Named]) -> int | None:
    """The word at which the role begins: the farthest that will do."""
    claimed: dict[int, int] = {}
    persons: set[int] = set()
    for start, end, kind in inside:
        words = bisect_right(tokens.starts, start) - 1, bisect_left(tokens.starts, end)
        if kind == "PER":
            persons.update(range(*words))
        else:
            claimed[words[0]] = words[1]
    found = None
    for at in range(name - 1, max(-1, name - 1 - _FARTHEST), -1):
        gap = tokens.gaps[at + 1]
        # between a role and the name there may be quotation marks, or a comma: the name in apposition
        if at in persons or not (gap == SPACE or (gap in (QUOTE, COMMA) and at + 1 == name)):
            break
        if _begins(tokens, at, direct=at + 1 == name) and _leads(tokens, at + 1, name, claimed):
            found = at
    return found


def _begins(tokens: Tokens, at: int, *, direct: bool) -> bool:
    """Whether a word is a title that may begin a role."""
    reading = next((reading for reading in tokens.words[at].readings if reading.kind & ~Kind.FOREIGN), None)
    if reading is None or not reading.kind & Kind.TITLE:
        return False
    if tokens.text.startswith(_PREPOSITION, tokens.starts[at]):
        return False
    kind = lexicon().titles[reading.base]
    # companion words ("نظيره") and relatives ("نجل") say who is like or near somebody; what needs a complement is no
    # role without one
    if kind == "q" or reading.base.startswith("نظير") or (kind == "w" and not reading.base.startswith("ال")):
        return False
    return not (direct and kind == "c")


def _skipped(tokens: Tokens, at: int) -> int:
    """How many letters of a title are joined to it."""
    return next(reading.skip for reading in tokens.words[at].readings if reading.kind & Kind.TITLE)


def _leads(tokens: Tokens, at: int, name: int, claimed: Mapping[int, int]) -> bool:
    """Whether all words from `at` to the name are what a title is a title of."""
    while at < name:
        step = complement(tokens, at, claimed)
        if step is None and tokens.words[at].kind & Kind.COMMON:
            step = claimed.get(at + 1)  # a noun of a name: وزراء العراق
        if step is None:
            return False
        at = step
    return at == name
