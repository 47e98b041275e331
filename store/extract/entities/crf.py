"""The statistical part of the fast recogniser: a linear-chain CRF (Lafferty, McCallum and Pereira 2001) over words,
which weighs what the rules propose together with the words themselves.

It is trained with CRFsuite (`store/training/fast.py`); here its weights are only added up. What a word contributes at
each distance is worked out once for the word and kept, so that a text costs one look-up a word and a few additions
of arrays; python-crfsuite, which takes the features of every place as strings, is some ten times slower.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from store.extract.entities import decode, features, spans
from store.extract.entities.select import Candidate
from store.extract.entities.tokens import Tokens, Word

_MOST_WORDS = 100_000
"""So many different words are kept before all are forgotten: some 20 MB."""
_SIZE = len(features.LABELS)
_SPAN = len(features.OFFSETS)


class _Places:
    """What is said of places of a text speaks for, once for each of the ways in which features have it."""

    def __init__(self, ways: Sequence[str]) -> None:
        self._ways = ways
        self._rows: dict[str, int] = {}
        self._table = np.zeros((1024, len(ways), _SIZE), np.float32)

    def of(self, said: Sequence[str], weights: Mapping[str, npt.NDArray[np.float32]]) -> decode.Floats:
        """Places by ways by labels."""
        known = self._rows
        rows = list(map(known.get, said))
        if None in rows:
            rows = [known[one] if one in known else self._learn(one, weights) for one in said]
        return self._table.take(np.array(rows, np.int64), 0)

    def _learn(self, said: str, weights: Mapping[str, npt.NDArray[np.float32]]) -> int:
        row = len(self._rows)
        if row == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        for at, way in enumerate(self._ways):
            if (weight := weights.get(way + said)) is not None:
                self._table[row, at] = weight
        self._rows[said] = row
        return row


@dataclass(slots=True)
class Model:
    """The weights, and what has been worked out from them for words seen so far."""

    version: str
    weights: dict[str, npt.NDArray[np.float32]]
    transitions: decode.Floats
    begin: decode.Floats
    clusters: dict[str, int]
    readings: dict[str, float]
    """Weights of `spans.describe`."""
    firsts: frozenset[str]
    _rows: dict[Word, int] = field(default_factory=dict)
    _numbers: features.Numbers = field(default_factory=features.Numbers)
    _weighed: decode.Floats = field(default_factory=lambda: np.zeros((0, _SPAN * _SIZE), np.float32))
    """The weights of each feature of a word at all distances, by its number; the first row is nothing."""
    _table: decode.Floats = field(default_factory=lambda: np.zeros((1024, _SPAN, _SIZE), np.float32))
    _rules: _Places = field(default_factory=lambda: _Places(("R-", "R=", "R+")))
    """What the rules say of the word before, of a word itself and of the word after it."""
    _gaps: _Places = field(default_factory=lambda: _Places(("G",)))

    def emissions(self, tokens: Tokens, chosen: Sequence[Candidate], proposed: Sequence[Candidate]) -> decode.Floats:
        """What speaks for each label at each word: words by `features.LABELS`, to be added to the transitions."""
        count = len(tokens.words)
        rows = self._looked_up(tokens.words)
        total = np.zeros((count, _SIZE), np.float32)
        for at, offset in enumerate(features.OFFSETS):
            # The word at `offset` speaks of the word here.
            here = slice(max(0, -offset), count - max(0, offset))
            there = slice(max(0, offset), count - max(0, -offset))
            if here.start < count and there.start < count:
                total[here] += self._table[rows[there], at]
        ruled = self._rules.of(features.of_rules(tokens, chosen, proposed), self.weights)
        total[1:] += ruled[:-1, 0]
        total += ruled[:, 1]
        total[:-1] += ruled[1:, 2]
        total += self._gaps.of(features.of_gaps(tokens), self.weights)[:, 0]
        return total

    def skip(self, tokens: Tokens, index: int, type_: str, elsewhere: set[str]) -> int:
        """How many letters of proclitics to leave out at word `index`, the first of a name of `type_`."""
        word = tokens.words[index]
        if len(word.readings) == 1:
            return 0
        best, skip = -math.inf, 0
        for reading in word.readings:
            described = spans.describe(word, reading, type_, elsewhere, self.firsts)
            score = sum(self.readings.get(one, 0.0) for one in described)
            if score > best:
                best, skip = score, reading.skip
        return skip

    def _looked_up(self, words: Sequence[Word]) -> npt.NDArray[np.int64]:
        if len(self._rows) > _MOST_WORDS:
            self._rows.clear()
        known = self._rows
        # Words come from a cache of their own (`tokens.word`): the same word is the same object, kept alive here.
        rows = list(map(known.get, words))
        if None in rows:
            self._learn(dict.fromkeys(word for word, row in zip(words, rows, strict=True) if row is None))
            rows = list(map(known.get, words))
        return np.array(rows, np.int64)

    def _learn(self, words: Collection[Word]) -> None:
        """Works out what different words speak for; many at once take hardly longer than one."""
        if not len(self._weighed):
            self._number_features()
        of_word, clusters = self._numbers.of_word, self.clusters
        numbers = [of_word(word, clusters) for word in words]
        total = np.zeros((len(numbers), _SPAN * _SIZE), np.float32)
        # One feature of each word after the other: a word's sum is the same in any company.
        for one in zip_longest(*numbers, fillvalue=0):
            total += self._weighed.take(one, 0)
        first, end = len(self._rows), len(self._rows) + len(numbers)
        while end > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[first:end] = total.reshape(-1, _SPAN, _SIZE)
        self._rows.update(zip(words, range(first, end), strict=True))

    def _number_features(self) -> None:
        places = {str(offset): at for at, offset in enumerate(features.OFFSETS)}
        found: list[tuple[int, int, npt.NDArray[np.float32]]] = []
        for name, weight in self.weights.items():
            offset, _, one = name.partition(":")
            if (at := places.get(offset)) is not None and features.matters(one, features.OFFSETS[at]):
                found.append((self._numbers.number(one), at, weight))
        weighed = np.zeros((self._numbers.count + 1, _SPAN, _SIZE), np.float32)
        for row, at, weight in found:
            weighed[row, at] = weight
        self._weighed = weighed.reshape(-1, _SPAN * _SIZE)


@cache
def model() -> Model:
    """The shipped model, loaded at the first call. Raises OSError when the installation lacks it."""
    with resources.as_file(resources.files(__package__).joinpath("models", "fast.npz")) as path:
        return read(str(path))


def read(path: str) -> Model:
    """A model from a file that `store.training.fast` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        about = json.loads(bytes(stored["about"]).decode("utf-8"))
        names = bytes(stored["names"]).decode("utf-8").split("\n")
        weights = stored["weights"].astype(np.float32)
        clustered = bytes(stored["clustered"]).decode("utf-8").split("\n")
        numbers = stored["clusters"].tolist()
        learnt = stored["transitions"].astype(np.float32)
        readings = dict(
            zip(bytes(stored["readings"]).decode("utf-8").split("\n"), stored["reading_weights"].tolist(), strict=True)
        )
        firsts = frozenset(bytes(stored["firsts"]).decode("utf-8").split("\n"))
    transitions, begin = decode.constraints()
    return Model(
        version=about["version"],
        weights=dict(zip(names, weights, strict=True)),
        transitions=transitions + learnt,
        begin=begin,
        clusters=dict(zip(clustered, numbers, strict=True)),
        readings=readings,
        firsts=firsts,
    )
