"""What the statistical recogniser looks at: features of a word alone, and of its place in a text.

A feature of a word is a string; the same word has the same features wherever it stands, so that what a model makes of
them is worked out once for each word and not for each of its places (`crf.py`). What depends on the place (what the
rules say, what stands between the words) is a small number, looked up in a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from store.extract.entities.select import Candidate
from store.extract.entities.tokens import BREAK, COLON, COMMA, PUNCT, Tokens, Word
from store.models import MentionType

K = TypeVar("K")

TYPES: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")
LABELS = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in "BI"))
"""B- begins a name, I- goes on with it."""
OFFSETS = (-2, -1, 0, 1, 2)
"""The words around one that say something of it."""
_ENDS = frozenset((BREAK, PUNCT, COLON, COMMA))
LONGEST_SEGMENT = 64


_AFFIXES = (1, 2, 3, 4)
"""Letters of the beginnings and endings of words that are looked at."""
_LONG = 8
"""Letters from which on a word is just long."""
_MOST_KEPT = 65_536
_NEAR = ("p=", "s=", "n=", "l=", "digit", "mixed", "latin")
"""How features begin that say nothing of words two places away."""


def of_word(word: Word, clusters: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The features of a word that matter two places away, and those that matter only nearer."""
    form = word.form
    far = [f"w={form}"]
    far.extend(f"b={reading.base}" for reading in word.readings)
    if (cluster := clusters.get(form)) is not None:
        far.append(f"c={cluster}")
    for reading in word.readings[1:]:
        if (cluster := clusters.get(reading.base)) is not None:
            far.append(f"d={cluster}")
    far.extend(f"k={bit}" for bit in _bits(word.kind))
    far.extend(f"r={bit}" for bit in _bits(word.kinds & ~word.kind))
    near = [f"p={form[:size]}" for size in _AFFIXES if size < len(form)]
    near.extend(f"s={form[-size:]}" for size in _AFFIXES if size < len(form))
    near.append(f"n={min(len(form), _LONG)}")
    near.extend(f"l={said}" for said in _listed(word))
    if (script := _script(form)) is not None:
        near.append(script)
    return far, near


@lru_cache(maxsize=4096)
def _bits(kind: int) -> tuple[str, ...]:
    return tuple(str(bit) for bit in range(kind.bit_length()) if kind >> bit & 1)


def _listed(word: Word) -> Iterable[str]:
    """What the lists say of the names that may begin with a word, each once."""
    if not word.starts:
        return ()
    known = (known for reading in word.readings for known in reading.known)
    return dict.fromkeys(f"{one.type}{one.free:d}{bool(one.rest):d}" for one in known)


def _script(form: str) -> str | None:
    if not form.isalpha():
        return "digit" if form.isdigit() else "mixed"
    return "latin" if form.isascii() else None


class Numbers:
    """Numbers of features, from 1 on. Those of a word are found without spelling out what each is called, which takes
    most of the time that a new word does."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """By what stands before the sign in what a feature is called, then by what stands after it."""
        self._begins = _Kept[str](lambda letters: self._of("p", [letters[:size] for size in _AFFIXES[: len(letters)]]))
        self._ends = _Kept[str](lambda letters: self._of("s", [letters[-size:] for size in _AFFIXES[: len(letters)]]))
        self._bits = _Kept[tuple[int, int]](lambda both: self._of_kinds(*both))
        self._sizes = _Kept[int](lambda size: self._of("n", [str(size)]))

    def number(self, feature: str) -> int:
        """The number of a feature; the next one when it has none. All are numbered before words are looked at."""
        kind, _, said = feature.partition("=")
        known = self._kinds[kind]
        if said not in known:
            self.count += 1
            known[said] = self.count
        return known[said]

    def _of(self, kind: str, said: Iterable[str]) -> tuple[int, ...]:
        return tuple(number for number in map(self._kinds[kind].get, said) if number is not None)

    def _of_kinds(self, kind: int, kinds: int) -> tuple[int, ...]:
        return (*self._of("k", _bits(kind)), *self._of("r", _bits(kinds & ~kind)))

    def of_word(self, word: Word, clusters: Mapping[str, int]) -> list[int]:
        """The numbers of the features that `of_word` gives, in that order, without those that have none."""
        form, kinds, readings, size = word.form, self._kinds, word.readings, len(word.form)
        base = kinds["b"].get
        found = [kinds["w"].get(form), base(readings[0].base)]
        if len(readings) > 1:
            found += [base(reading.base) for reading in readings[1:]]
        if (cluster := clusters.get(form)) is not None:
            found.append(kinds["c"].get(str(cluster)))
        if len(readings) > 1:
            for reading in readings[1:]:
                if (cluster := clusters.get(reading.base)) is not None:
                    found.append(kinds["d"].get(str(cluster)))
        numbers = [number for number in found if number is not None]
        numbers += self._bits[word.kind, word.kinds]
        if size > 1:
            longest = min(size - 1, _AFFIXES[-1])
            numbers += self._begins[form[:longest]]
            numbers += self._ends[form[-longest:]]
        numbers += self._sizes[min(size, _LONG)]
        if word.starts:
            numbers += self._of("l", _listed(word))
        if (script := _script(form)) is not None:
            numbers += self._of(script, [""])
        return numbers


class _Kept(dict[K, tuple[int, ...]]):
    """Numbers that many words have in common, found once."""

    def __init__(self, find: Callable[[K], tuple[int, ...]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: K) -> tuple[int, ...]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[key] = self._find(key)
        return found


def matters(feature: str, offset: int) -> bool:
    """Whether a feature of a word says something of the word from which it is `offset` words away."""
    return abs(offset) < 2 or not feature.startswith(_NEAR)


def names_at(features: tuple[list[str], list[str]], offset: int) -> list[str]:
    """The features of a word as they are called `offset` words away from it."""
    far, near = features
    return [f"{offset}:{one}" for one in (far if abs(offset) > 1 else (*far, *near))]


NOTHING = "-"
"""The features of a place where no rule says anything."""


def of_rules(tokens: Tokens, chosen: Sequence[Candidate], proposed: Sequence[Candidate]) -> list[str]:
    """For each word what the rules make of it: the span they chose, else one they thought of."""
    said = [NOTHING] * len(tokens.words)
    for one in proposed:
        if said[one.first] == NOTHING:
            said[one.first] = f"?B-{one.type}"
        for index in range(one.first + 1, one.end):
            if said[index] == NOTHING:
                said[index] = f"?I-{one.type}"
    for one in chosen:
        rule = one.rule.split(",")[0]
        sure = min(9, int(one.score * 10))
        last = one.end - 1
        for index in range(one.first, one.end):
            place = "B" if index == one.first else "E" if index == last else "I"
            said[index] = f"{place}-{one.type} {rule} {sure}"
    return said


def of_gaps(tokens: Tokens) -> list[str]:
    """For each word what stands before and after it, and whether it stands in a short quotation."""
    count = len(tokens.words)
    inside = bytearray(count)
    for quoted in tokens.quoted.values():
        for index in range(quoted.first, quoted.end):
            inside[index] = 1 if index > quoted.first else 2
    gaps = [*tokens.gaps, BREAK]
    return list(map(_AROUND.__getitem__, zip(gaps, gaps[1:], inside, strict=False)))


class _Around(dict[tuple[int, int, int], str]):
    """What stands around a word, as the model calls it."""

    def __missing__(self, around: tuple[int, int, int]) -> str:
        said = self[around] = "".join(map(str, around))
        return said


_AROUND = _Around()


def segments(tokens: Tokens) -> list[int]:
    """Where stretches of words begin that no name crosses; none is longer than LONGEST_SEGMENT words."""
    starts: list[int] = []
    for index, gap in enumerate(tokens.gaps):
        if not index or gap in _ENDS or index - starts[-1] >= LONGEST_SEGMENT:
            starts.append(index)
    return starts
