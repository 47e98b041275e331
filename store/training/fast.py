"""Training the CRF of the fast recogniser with CRFsuite, and the choice of proclitics; writing `models/fast.npz`."""

from __future__ import annotations

import itertools
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from store.extract.entities import features, rules, spans
from store.extract.entities.select import select
from store.extract.entities.tokens import Tokens, tokenize
from store.training.corpora import Annotated

_LIGHTEST = 1e-3
"""Weights nearer to nothing than this are left out."""


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated text as the recogniser sees it, with the label of each word."""

    tokens: Tokens
    labels: list[str]
    firsts: list[tuple[int, str, int]]
    """(word, type, letters of proclitics left out) of each name."""


def label(one: Annotated) -> Read:
    """The words of a text with their labels; a word that a name covers in part is in it."""
    tokens = tokenize(one.text)
    labels = ["O"] * len(tokens.words)
    firsts = []
    at = 0
    for start, end, type_ in one.spans:
        while at < len(labels) and tokens.ends[at] <= start:
            at += 1
        first = at
        while at < len(labels) and tokens.starts[at] < end:
            labels[at] = f"{'B' if at == first else 'I'}-{type_}" if labels[at] == "O" else labels[at]
            at += 1
        if first < at:
            wanted = start - tokens.starts[first]
            skips = [reading.skip for reading in tokens.words[first].readings]
            if wanted in skips and len(skips) > 1:
                firsts.append((first, type_, wanted))
    return Read(tokens, labels, firsts)


def items(tokens: Tokens, clusters: Mapping[str, int]) -> list[list[str]]:
    """For each word its features and those of its neighbours, as CRFsuite takes them."""
    proposed = rules.propose(tokens)
    said = features.of_rules(tokens, select(proposed), proposed)
    gaps = features.of_gaps(tokens)
    described = [features.of_word(word, clusters) for word in tokens.words]
    count = len(tokens.words)
    found = []
    for at in range(count):
        here = [f"G{gaps[at]}", f"R={said[at]}"]
        if at:
            here.append(f"R-{said[at - 1]}")
        if at + 1 < count:
            here.append(f"R+{said[at + 1]}")
        for offset in features.OFFSETS:
            if 0 <= at + offset < count:
                here.extend(features.names_at(described[at + offset], offset))
        found.append(here)
    return found


def train(
    texts: Sequence[Annotated],
    clusters: Mapping[str, int],
    path: Path,
    *,
    version: str,
    rounds: int = 120,
    l1: float = 0.15,
    l2: float = 0.02,
) -> None:
    """Train on `texts` and write the model to `path`."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params({"c1": l1, "c2": l2, "max_iterations": rounds, "feature.minfreq": 2})
    read = [label(one) for one in texts]
    for one in read:
        rows = items(one.tokens, clusters)
        starts = [*features.segments(one.tokens), len(rows)]
        for start, end in itertools.pairwise(starts):
            trainer.append(rows[start:end], one.labels[start:end])
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
    weights: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(features.LABELS), np.float32))
    number = {name: at for at, name in enumerate(features.LABELS)}
    for (name, label_), weight in info.state_features.items():
        if abs(weight) >= _LIGHTEST:
            weights[name][number[label_]] = weight
    transitions = np.zeros((len(features.LABELS),) * 2, np.float32)
    for (from_, to), weight in info.transitions.items():
        transitions[number[from_], number[to]] = weight
    firsts = Counter(
        reading.base
        for one in read
        for at, _, skip in one.firsts
        for reading in one.tokens.words[at].readings
        if reading.skip == skip
    )
    frequent = frozenset(base for base, count in firsts.items() if count >= 2)
    write(path, version, weights, transitions, clusters, choose(read, frequent), frequent)


def choose(read: Sequence[Read], firsts: frozenset[str], rounds: int = 30, rate: float = 0.3) -> dict[str, float]:
    """Weights of `spans.describe` by which the reading of a name's first word is chosen (conditional logit)."""
    cases = []
    for one in read:
        elsewhere = {word.form for word in one.tokens.words}
        for at, type_, skip in one.firsts:
            word = one.tokens.words[at]
            options = [spans.describe(word, reading, type_, elsewhere, firsts) for reading in word.readings]
            right = next(number for number, reading in enumerate(word.readings) if reading.skip == skip)
            cases.append((options, right))
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    for _ in range(rounds):
        for options, right in cases:
            scores = np.array([sum(weights[name] for name in option) for option in options])
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            for number, option in enumerate(options):
                slope = (number == right) - chances[number]
                for name in option:
                    squares[name] += slope * slope
                    weights[name] += rate * slope / squares[name] ** 0.5
    return {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) > 0.01}


def write(
    path: Path,
    version: str,
    weights: Mapping[str, np.ndarray],
    transitions: np.ndarray,
    clusters: Mapping[str, int],
    readings: Mapping[str, float],
    firsts: frozenset[str],
) -> None:
    """Write the model; the same model gives the same bytes."""
    used = {int(number) for name in weights for number in re.findall(r":[cd]=(\d+)$", name)}
    kept = {word: number for word, number in sorted(clusters.items()) if number in used}
    names = sorted(weights)

    def text(lines: Sequence[str]) -> np.ndarray:
        return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)

    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        about=text([json.dumps({"version": version})]),
        names=text(names),
        weights=np.stack([weights[name] for name in names]).astype(np.float16),
        transitions=transitions,
        clustered=text(list(kept)),
        clusters=np.array(list(kept.values()), np.uint16),
        readings=text(list(readings)),
        reading_weights=np.array(list(readings.values()), np.float32),
        firsts=text(sorted(firsts)),
    )
