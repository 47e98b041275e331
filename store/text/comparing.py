"""What differs between two texts, by words: what only one has, what is written otherwise, what has moved.

Words are compared folded, so that vowel marks and variants of spelling are a minor difference; what stands between
words is not compared. Sentences that are alike by their rare words are put together first, as many in order as share
most in all; then their words are aligned, by what occurs as often in one as in the other (a patience diff). All of it
takes a bounded number of steps for each word: difflib, which is quadratic at best, sees short stretches only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, TypeVar

from store.models import Block
from store.text.fold import fold
from store.text.sentences import split
from store.text.tokens import words

Kind = Literal["same", "minor", "gone", "come", "moved"]
"""The same words, the same but for their spelling, only in the first text, only in the second, in both elsewhere."""

_SHORT = 4_000
"""Where no anchor is left, stretches whose lengths multiply to no more than this are compared word by word."""
_STEPS = 60
"""For each word so many steps are taken at most; what is not aligned by then counts as different."""
_FEW = 6
"""Anchors occur so often at most."""
_LIKELY = 3
"""So many sentences of the other text are considered for each."""
_MOVED = 4
"""A sentence of so many words or more, found elsewhere, has moved; a shorter one may be there by chance."""

Span = tuple[int, int]


class Piece(NamedTuple):
    """A run of words of one kind: where it is in the first text, and where in the second.

    What is only in one text has an empty span in the other, at the place where it would stand.
    """

    kind: Kind
    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pieces, in the order in which both texts are read side by side: what has moved stands where the second text
    has it. Those of a text cover all its words, each once."""

    pieces: tuple[Piece, ...]
    counts: dict[Kind, int]
    """Words of each kind; of what is in both those of the second text."""


def compare(a: str, b: str, within_a: Sequence[Block] = (), within_b: Sequence[Block] = ()) -> Comparison:
    """What differs between two texts, or between these blocks of them. Offsets are code points of the texts.

    Raises nothing; takes time in proportion to the texts' length.
    """
    one, other = _Side(a, within_a), _Side(b, within_b)
    pairs = _aligned(one, other)
    moved = _moved(one, other, pairs)
    return _told(one, other, pairs, moved)


class _Side:
    """The words of a text, its sentences as ranges of words."""

    def __init__(self, text: str, within: Sequence[Block]) -> None:
        self.text = text
        regions = [(block.start, block.end) for block in within] or [(0, len(text))]
        self.spans: list[Span] = []
        self.begins: set[int] = set()
        """Words that begin a region: between it and the one before there may be others, which are not compared."""
        for start, end in regions:
            self.begins.add(len(self.spans))
            self.spans.extend(words(text, start, end))
        # by where a word begins: a sentence that is too long may be cut within one
        starts = [span[0] for span in self.spans]
        begins = [bisect_left(starts, sentence.start) for sentence in split(text, within)]
        edges = sorted({0, *begins, len(starts)})
        self.sentences = [range(first, last) for first, last in pairwise(edges)]
        self._begins = edges[:-1]
        known: dict[str, str] = {}
        written = [text[start:end] for start, end in self.spans]
        for word in written:
            if word not in known:
                known[word] = fold(word)
        self.written = written
        self.folded = [known[word] for word in written]

    def sentence_of(self, word: int) -> int:
        """The number of the sentence that a word is in."""
        return bisect_right(self._begins, word) - 1

    def key(self, sentence: range) -> tuple[str, ...]:
        return tuple(self.folded[sentence.start : sentence.stop])


def _aligned(one: _Side, other: _Side) -> list[int]:
    """For each word of the first text the word of the second that it is, in order; -1 for none."""
    pairs = [-1] * len(one.spans)
    for i, j in _linked(one, other):
        here, there = one.sentences[i], other.sentences[j]
        if one.key(here) == other.key(there):
            pairs[here.start : here.stop] = there
        else:
            _align_words(one, other, here, there, pairs)
    # what lies between, where a text has in two sentences what the other has in one
    before, last = 0, 0
    joined = [(i, j) for i, j in enumerate(pairs) if j >= 0]
    for i, j in [*joined, (len(one.spans), len(other.spans))]:
        _align_words(one, other, range(before, i), range(last, j), pairs)
        before, last = i + 1, j + 1
    return pairs


def _linked(one: _Side, other: _Side) -> list[tuple[int, int]]:
    """Sentences that are the same, or alike by their rare words, in order in both: those that share most in all."""
    votes: Counter[tuple[int, int]] = Counter()
    for places in _rare(one.folded, other.folded):
        sentences = [
            sorted({side.sentence_of(at) for at in some}) for side, some in zip((one, other), places, strict=True)
        ]
        votes.update((i, j) for i in sentences[0] for j in sentences[1])
    keys = [[side.key(each) for each in side.sentences] for side in (one, other)]
    for here, there in _rare(*keys):
        for i in here:
            for j in there:
                votes[i, j] = len(keys[0][i])
    likely: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (i, j), shared in votes.items():
        # of several that are as much alike the nearest
        likely[i].append((-shared, abs(i - j), j))
    candidates = [(i, j, -shared) for i, some in likely.items() for shared, _, j in sorted(some)[:_LIKELY]]
    return _heaviest_row(candidates, len(other.sentences))


Thing = TypeVar("Thing", bound=Hashable)


def _rare(xs: Sequence[Thing], ys: Sequence[Thing]) -> Iterator[tuple[list[int], list[int]]]:
    """The places in both of each thing that is in both, and seldom in either."""
    here, there = _places(xs), _places(ys)
    for thing, places in here.items():
        if len(places) <= _FEW and 0 < len(there.get(thing, ())) <= _FEW:
            yield places, there[thing]


def _heaviest_row(candidates: Sequence[tuple[int, int, int]], size: int) -> list[tuple[int, int]]:
    """Of pairs with their weights those that rise in both and weigh most together."""
    ordered = sorted(candidates, key=lambda each: (each[0], -each[1]))
    # by second place the heaviest row that ends before it (a tree of Fenwick's), as its weight and its last pair
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = []
    heaviest = (0, -1)
    for at, (_, j, weight) in enumerate(ordered):
        found, place = (0, -1), j
        while place > 0:
            found = max(found, best[place])
            place -= place & -place
        before.append(found[1])
        row = found[0] + weight, at
        heaviest = max(heaviest, row)
        place = j + 1
        while place <= size:
            best[place] = max(best[place], row)
            place += place & -place
    chosen = []
    at = heaviest[1]
    while at >= 0:
        chosen.append(ordered[at][:2])
        at = before[at]
    return chosen[::-1]


def _align_words(one: _Side, other: _Side, here: range, there: range, pairs: list[int]) -> None:
    if not here or not there:
        return
    codes: dict[str, int] = {}
    xs = [codes.setdefault(word, len(codes)) for word in one.folded[here.start : here.stop]]
    ys = [codes.setdefault(word, len(codes)) for word in other.folded[there.start : there.stop]]
    for i, j in _worth_it(align(xs, ys), len(xs), len(ys)):
        pairs[here.start + i] = there.start + j


def _worth_it(found: list[tuple[int, int]], one: int, other: int) -> Iterator[tuple[int, int]]:
    """Without the stray words (في, من) that two stretches about different things have in common."""
    runs: list[list[tuple[int, int]]] = []
    for pair in found:
        if runs and (runs[-1][-1][0] + 1, runs[-1][-1][1] + 1) == pair:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    before = (0, 0)
    for at, run in enumerate(runs):
        after = runs[at + 1][0] if at + 1 < len(runs) else (one, other)
        changed = [
            max(run[0][0] - before[0], run[0][1] - before[1]),
            max(after[0] - run[-1][0], after[1] - run[-1][1]) - 1,
        ]
        if len(run) > 2 or (min(changed) <= 3 * len(run) and max(changed) <= 30 * len(run)):
            yield from run
            before = run[-1][0] + 1, run[-1][1] + 1


def _moved(one: _Side, other: _Side, pairs: list[int]) -> list[tuple[range, range]]:
    """Sentences of which no word has an equal in order, and which the other text has elsewhere."""
    taken = set(pairs)
    places: dict[tuple[str, ...], list[range]] = defaultdict(list)
    for sentence in other.sentences:
        if len(sentence) >= _MOVED and not any(word in taken for word in sentence):
            places[other.key(sentence)].append(sentence)
    for there in places.values():
        there.reverse()
    found = []
    for sentence in one.sentences:
        if len(sentence) >= _MOVED and all(pairs[word] < 0 for word in sentence):
            waiting = places.get(one.key(sentence))
            if waiting:
                found.append((sentence, waiting.pop()))
    return found


def _told(one: _Side, other: _Side, pairs: list[int], moved: list[tuple[range, range]]) -> Comparison:
    """Words as pieces."""
    away = {word for sentence, _ in moved for word in sentence}
    arrived = {there.start: here for here, there in moved}
    inside = {word for _, there in moved for word in there}
    kinds: list[tuple[Kind, int, int]] = []
    at = 0
    joined = [(i, j) for i, j in enumerate(pairs) if j >= 0]
    done = 0
    for i, j in [*joined, (len(one.spans), len(other.spans))]:
        kinds.extend(("gone", word, at) for word in range(done, i) if word not in away)
        for word in range(at, j):
            if word in arrived:
                here = arrived[word]
                kinds.extend(("moved", here.start + step, word + step) for step in range(len(here)))
            elif word not in inside:
                kinds.append(("come", i, word))
        if i < len(one.spans):
            kinds.append(("same" if one.written[i] == other.written[j] else "minor", i, j))
        done, at = i + 1, j + 1
    pieces = _joined(_pieces(one, other, kinds), one.text, other.text)
    counts: Counter[Kind] = Counter()
    told = []
    for piece, size in pieces:
        counts[piece.kind] += size
        told.append(piece)
    return Comparison(tuple(told), dict(counts))


def _pieces(one: _Side, other: _Side, kinds: Sequence[tuple[Kind, int, int]]) -> Iterator[tuple[Piece, int]]:
    """Runs of words with how many each has."""
    for _, group in groupby(_numbered(one, other, kinds), key=lambda each: each[0]):
        run = [each[1] for each in group]
        kind = run[0][0]
        a = _span(one, run[0][1], run[-1][1], empty=kind == "come")
        b = _span(other, run[0][2], run[-1][2], empty=kind == "gone")
        yield Piece(kind, a, b), len(run)


def _joined(pieces: Iterable[tuple[Piece, int]], a: str, b: str) -> Iterator[tuple[Piece, int]]:
    """With what differs only in where words are written together (عبد الله, عبدالله) as the same, spelt otherwise."""
    waiting: tuple[Piece, int] | None = None
    for piece, size in pieces:
        if waiting is not None and waiting[0].kind == "gone" and piece.kind == "come":
            gone = waiting[0]
            if _letters(a[slice(*gone.a)]) == _letters(b[slice(*piece.b)]):
                waiting = Piece("minor", gone.a, piece.b), size
                continue
        if waiting is not None:
            yield waiting
        waiting = piece, size
    if waiting is not None:
        yield waiting


def _letters(text: str) -> str:
    return "".join(fold(text[start:end]) for start, end in words(text))


def _numbered(
    one: _Side, other: _Side, kinds: Iterable[tuple[Kind, int, int]]
) -> Iterator[tuple[int, tuple[Kind, int, int]]]:
    """With the number of the run that each belongs to: words that follow each other in all texts that have them."""
    number, before = 0, None
    for each in kinds:
        if before is not None:
            kind, i, j = before
            follows = (kind, i + (kind != "come"), j + (kind != "gone"))
            new = (kind != "come" and each[1] in one.begins) or (kind != "gone" and each[2] in other.begins)
            number += new or each != follows
        before = each
        yield number, each


def _span(side: _Side, first: int, last: int, *, empty: bool) -> Span:
    if empty:
        at = side.spans[first][0] if first < len(side.spans) else side.spans[-1][1] if side.spans else 0
        return at, at
    return side.spans[first][0], side.spans[last][1]


def align(xs: Sequence[int], ys: Sequence[int]) -> list[tuple[int, int]]:
    """Places that hold equal things in both, in order in both; not always as many as there could be."""
    found: list[tuple[int, int]] = []
    steps = _STEPS * (len(xs) + len(ys))
    waiting = [(0, len(xs), 0, len(ys))]
    while waiting:
        i, n, j, m = waiting.pop()
        while i < n and j < m and xs[i] == ys[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < n and j < m and xs[n - 1] == ys[m - 1]:
            n, m = n - 1, m - 1
            found.append((n, m))
        if i == n or j == m:
            continue
        steps -= (n - i) + (m - j)
        anchors = _anchors(xs[i:n], ys[j:m]) if steps > 0 else []
        if anchors:
            before = (i, j)
            for x, y in anchors:
                found.append((i + x, j + y))
                waiting.append((before[0], i + x, before[1], j + y))
                before = i + x + 1, j + y + 1
            waiting.append((before[0], n, before[1], m))
        elif (n - i) * (m - j) <= _SHORT:
            matcher = SequenceMatcher(None, xs[i:n], ys[j:m], autojunk=False)
            for x, y, size in matcher.get_matching_blocks():
                found.extend((i + x + step, j + y + step) for step in range(size))
    return sorted(found)


def _anchors(xs: Sequence[int], ys: Sequence[int]) -> list[tuple[int, int]]:
    """Of what occurs as often in both, and seldom, the longest row that is in order in both (a patience diff)."""
    here, there = _places(xs), _places(ys)
    pairs = sorted(
        pair
        for thing, places in here.items()
        if len(places) <= _FEW and len(there.get(thing, ())) == len(places)
        for pair in zip(places, there[thing], strict=True)
    )
    # the longest rising row of the second places (Schensted), each with what it follows
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, y) in enumerate(pairs):
        length = bisect_left(ends, y)
        if length == len(ends):
            ends.append(y)
            last.append(at)
        else:
            ends[length], last[length] = y, at
        before.append(last[length - 1] if length else -1)
    chosen = []
    at = last[-1] if last else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _places(things: Sequence[Thing]) -> dict[Thing, list[int]]:
    found: dict[Thing, list[int]] = defaultdict(list)
    for at, thing in enumerate(things):
        found[thing].append(at)
    return found
