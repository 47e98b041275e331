"""A text as the rules see it: words with their possible proclitics, what stands between them, quoted stretches."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from store.extract.entities.glued import cut
from store.extract.entities.lexicon import Kind, Known, kind_of, lexicon
from store.resolve.names import variant
from store.text.fold import fold, fold_with_map
from store.text.tokens import WORD
from store.values import value_class

# What stands between a word and the one before it.
SPACE, HYPHEN, COMMA, QUOTE, DASH, COLON, PUNCT, BREAK = range(8)

_OPENING = '"“«„‟″”'
_QUOTES = frozenset('"“”«»„‟″‹›')
_TANWIN = ("\u064b", "\u064bا")
_SPACES = re.compile(r"\s+")
_LONGEST_QUOTE = 8
_LONGEST_WORD = 40
_MOST_READ, _MOST_GAPS = 65_536, 4_096
_LONG_GAP = 16
"""Code points from which of a gap the middle is not looked at to say what it is."""
_PARTS = re.compile(f"({WORD.pattern})")


class Reading(NamedTuple):
    """A word taken as `skip` letters of proclitics and a base form."""

    skip: int
    base: str
    kind: int
    known: tuple[Known, ...]
    """Names of the lists whose first word this is."""


@dataclass(slots=True, eq=False)
class Word:
    """A folded word and its readings, the one without proclitics first; one object for each, which nobody may change.

    Not frozen, as a text brings many new ones and making them so takes several times as long.
    """

    form: str
    readings: tuple[Reading, ...]
    kind: int
    """The kinds of the word as it stands."""
    kinds: int
    """The kinds of all readings together: what the word may be at all."""
    starts: bool
    """Whether a known name may begin here."""


@value_class(frozen=True, slots=True)
class Quoted:
    """A quoted stretch of whole words: tokens `[first, end)`, quotation marks at `[start, stop)` of the text."""

    first: int
    end: int
    start: int
    stop: int


@dataclass(slots=True)
class Tokens:
    """The words of a text; the lists run in parallel."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[Word]
    gaps: list[int]
    """`gaps[i]` is what stands before word i; the first is a BREAK."""
    quoted: dict[int, Quoted]
    """Short quoted stretches by their first word."""

    def offset(self, index: int, skip: int) -> int:
        """Where word `index` begins in the text when `skip` letters of proclitics are left out."""
        start = self.starts[index]
        if not skip:
            return start
        surface = self.text[start : self.ends[index]]
        if len(surface) == len(self.words[index].form):
            return start + skip
        origins = fold_with_map(surface).origins
        return start + (origins[skip] if skip < len(origins) else 0)

    def between(self, start: int, end: int) -> range:
        """The words that lie, at least in part, in `text[start:end]`."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def near(self, index: int) -> bool:
        """Whether nothing but a space stands between word `index` and the one before it."""
        return index < len(self.words) and self.gaps[index] == SPACE


_HA = fold("ه")


def _splits(form: str) -> list[tuple[int, str]]:
    found = [(0, form)]
    rest, skip = form, 0
    if len(form) > 3 and form[0] in "وف":
        rest, skip = form[1:], 1
        found.append((skip, rest))
    if len(rest) > 3 and rest[0] in "بلك":
        if rest.startswith("لل"):
            found.append((skip + 1, "ال" + rest[2:]))
        found.append((skip + 1, rest[1:]))
    return found


@lru_cache(maxsize=131072)
def word(form: str) -> Word:
    """The word of a folded form with its readings."""
    if len(form) > _LONGEST_WORD:
        return Word(form, (Reading(0, form, 0, ()),), 0, 0, False)
    phrases = lexicon().phrases
    readings = []
    kinds, starts = 0, False
    for skip, base in _splits(form):
        base = variant(base)
        kind = kind_of(base)
        if kind & Kind.STOP and skip == 0 and kind & (Kind.GIVEN | Kind.FAMILY):
            kind &= ~(Kind.GIVEN | Kind.FAMILY)
        known = tuple(phrases.get(base, ()))
        readings.append(Reading(skip, base, kind, known))
        kinds |= kind
        starts = starts or bool(known)
    return Word(form, tuple(readings), readings[0].kind, kinds, starts)


@lru_cache(maxsize=16384)
def accusative(form: str) -> Word:
    """A word with the sign of the indefinite accusative (حزماً, أوكرانياً): a noun or an adverb, never a name."""
    plain = tuple(Reading(one.skip, one.base, Kind.COMMON, ()) for one in word(form).readings)
    return Word(form, plain, Kind.COMMON, Kind.COMMON, False)


@lru_cache(maxsize=64)
def ali(form: str) -> Word:
    """علي in a text that writes على (on) with its dotless letter: surely the name."""
    sure = tuple(
        Reading(one.skip, one.base, Kind.GIVEN | Kind.FAMILY, one.known) if one.base == "علي" else one
        for one in word(form).readings
    )
    kinds = 0
    for one in sure:
        kinds |= one.kind
    return Word(form, sure, sure[0].kind, kinds, any(one.known for one in sure))


def _unread(surface: str, dotless: bool) -> Word:
    # على (on) and علي (Ali) fold to one form; only the spelling with a dotless final letter is surely the former.
    form = fold(surface)
    if form.endswith("علي") and surface.endswith("ى") and len(form) < 6:
        form = form[:-1] + "ى"
    if surface.endswith(_TANWIN):
        return accusative(form)
    return ali(form) if dotless and form.endswith("علي") and len(form) < 5 else word(form)


class _Read(dict[str, Word]):
    """The word of each surface in texts that write على (`dotless`) or not; worked out once."""

    def __init__(self, dotless: bool) -> None:
        super().__init__()
        self._dotless = dotless

    def __missing__(self, surface: str) -> Word:
        found = _unread(surface, self._dotless)
        if len(surface) <= _LONGEST_WORD:
            if len(self) >= _MOST_READ:
                self.clear()
            self[surface] = found
        return found


_READ = (_Read(False), _Read(True))


@lru_cache(maxsize=1)
def tokenize(text: str) -> Tokens:
    """The words of `text` with their surroundings; linear in its length.

    Whoever looks for something else in the same text right after is given the same, so nobody may change it.
    """
    # Whole lists at a time, for speed: what is between words and the words, by turns, then where each ends.
    pieces = _PARTS.split(text)
    offsets = list(accumulate(map(len, pieces)))
    read = _READ["على" in text].__getitem__
    tokens = Tokens(
        text,
        offsets[:-1:2],
        offsets[1::2],
        list(map(read, pieces[1::2])),
        list(map(_GAPS.__getitem__, pieces[:-1:2])),
        {},
    )
    if tokens.gaps:
        tokens.gaps[0] = BREAK
    unknown = [at for at, word_ in enumerate(tokens.words) if not word_.kinds & _NATIVE]
    for at in reversed(unknown):
        surface = pieces[2 * at + 1]
        if cuts := cut(surface):
            _cut(tokens, at, surface, cuts, read)
    _find_quoted(tokens)
    return tokens


def _cut(tokens: Tokens, at: int, surface: str, cuts: Sequence[int], read: Callable[[str], Word]) -> None:
    """Makes several words of one, in which further words begin at `cuts`."""
    start = tokens.starts[at]
    edges = [0, *cuts, len(surface)]
    tokens.starts[at : at + 1] = [start + edge for edge in edges[:-1]]
    tokens.ends[at : at + 1] = [start + edge for edge in edges[1:]]
    tokens.words[at : at + 1] = [read(surface[a:b]) for a, b in pairwise(edges)]
    tokens.gaps[at + 1 : at + 1] = [SPACE] * len(cuts)


_NATIVE = ~Kind.FOREIGN


class _Gaps(dict[str, int]):
    """What each stretch between two words is; worked out once."""

    def __missing__(self, between: str) -> int:
        found = _gap(between)
        if len(between) <= _LONG_GAP:
            if len(self) >= _MOST_GAPS:
                self.clear()
            self[between] = found
        return found


_GAPS = _Gaps()


def _gap(between: str) -> int:
    return _gap_class(
        between if len(between) < _LONG_GAP else between[:8] + between[-8:] + ("\n" if "\n" in between else "")
    )


@lru_cache(maxsize=4096)
def _gap_class(between: str) -> int:
    if "\n" in between or "   " in between:
        return BREAK
    marks = "".join(char for char in _SPACES.sub("", between) if unicodedata.category(char) != "Cf")
    if not marks:
        return SPACE
    if all(char in _QUOTES for char in marks):
        return QUOTE
    if all(char in "-‐‑–—" for char in marks):
        return DASH if between != marks else HYPHEN
    if all(char in "،,؛" or char in _QUOTES for char in marks):
        return COMMA
    if marks[0] in ":：" and all(char in ":：" or char in _QUOTES for char in marks):
        return COLON
    return PUNCT


def _find_quoted(tokens: Tokens) -> None:
    """Pair quotation marks within a line and keep the stretches of at most a few whole words."""
    text = tokens.text
    opened: tuple[int, int] | None = None  # (offset of the mark, index of the next word)
    begins, stops = [0, *tokens.ends], [*tokens.starts, len(text)]
    for index, gap in enumerate([*tokens.gaps, BREAK]):
        begin, stop = begins[index], stops[index]
        if gap == SPACE and stop - begin < _LONG_GAP:  # no mark is in it
            continue
        if opened is not None and index - opened[1] > _LONGEST_QUOTE:
            opened = None
        for at in range(begin, min(stop, begin + 64)):
            char = text[at]
            if char == "\n":
                opened = None
            elif char in _QUOTES:
                opened = _quote(tokens, at, char, index, opened)


def _quote(tokens: Tokens, at: int, char: str, index: int, opened: tuple[int, int] | None) -> tuple[int, int] | None:
    text = tokens.text
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = char in "«“„" or (char not in "»" and (before.isspace() or before in "(ـ[") and not after.isspace())
    closes = char in "»”" or (not before.isspace() and not (after.isalnum() and opened is None))
    if opened is not None and closes and not (opens and char in "«“„"):
        start, first = opened
        if first < index:
            tokens.quoted[first] = Quoted(first, index, start, at + 1)
        return None
    return (at, index) if opens else None
