"""`python -m store.training.events DATA`: from judged pairs of dated sentences to what `store.resolve.alike` weighs.

Writes `store/resolve/data/stem_weights.tsv` (how rare the commoner stems are in the articles of DATA) and
`event_weights.json` (a logistic regression over `alike.FEATURES`). The pairs hold no text: file, line, offset of the
date, and whether a reader took the two for one event.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from store.ingest import analyse
from store.models import Analysis, Document
from store.readers import read
from store.resolve import alike, stems
from store.resolve.alike import FEATURES, Told, features, tell
from store.resolve.names import corpus_key

ROOT = Path(__file__).resolve().parents[2]
PAIRS = ROOT / "store" / "training" / "event_pairs.jsonl"
WRITTEN = ROOT / "store" / "resolve" / "data"
FEWEST = 40
"""Stems in fewer articles than these weigh as much as one in so many."""
LEAST, LEAST_OF_YEARS = 0.6, 0.75
"""The least probability of one event, chosen on the pairs by cross-validation, for precision; and in stretches of
many months, where one sentence joined wrongly joins many."""
_STRENGTH = 1.0

Place = tuple[str, int, int]
"""File, line (from 0) and offset of a date in the text."""


@dataclass(frozen=True)
class Pair:
    """Two dated sentences and what a reader said of them."""

    one: Place
    other: Place
    same: bool


def pairs(path: Path) -> list[Pair]:
    """The judged pairs of a file, those the reader could not tell left out."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [Pair(tuple(row["a"]), tuple(row["b"]), row["same"]) for row in rows if row["same"] is not None]


def told(data: Path, judged: Sequence[Pair]) -> dict[Place, Told]:
    """What is compared of each sentence of the pairs that is still found, read from the articles of DATA."""
    wanted: dict[str, dict[int, set[int]]] = {}
    for pair in judged:
        for file, line, offset in (pair.one, pair.other):
            wanted.setdefault(file, {}).setdefault(line, set()).add(offset)
    found: dict[Place, Told] = {}
    for file, lines in wanted.items():
        for at, document in _documents(data / "articles" / file, set(lines)):
            analysis = analyse(document)
            for offset in lines[at]:
                if (one := _told(analysis, offset, (file, at))) is not None:
                    found[file, at, offset] = one
    return found


def _documents(path: Path, lines: set[int]) -> Iterator[tuple[int, Document]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream, tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.jsonl")
        for at, line in enumerate(stream):
            if at in lines:
                one.write_text(line, "utf-8")
                for document in read(one):
                    if isinstance(document, Document):
                        yield at, document


def _told(analysis: Analysis, offset: int, article: tuple[str, int]) -> Told | None:
    event = next((event for event in analysis.events if event.date_start <= offset < event.date_end), None)
    if event is None:
        return None
    text = analysis.document.text[event.start : event.end]
    inside = [m for m in analysis.mentions if event.start <= m.start and m.end <= event.end]
    keys = {(m.type, alike.SEPARATOR.join((m.type, m.entity or "", corpus_key(m.name, m.type)))) for m in inside}
    others = [
        (other.earliest, other.latest) for other in analysis.events
        if other.start == event.start and other.date_start != event.date_start
    ]  # fmt: skip
    return tell(
        hash(article), event.value, (event.earliest, event.latest), event.modality, text,
        (event.date_start - event.start, event.date_end - event.start),
        [(m.start - event.start, m.end - event.start) for m in inside],
        (key for kind, key in keys if kind != "LOC"), (key for kind, key in keys if kind == "LOC"), others,
    )  # fmt: skip


def frequencies(paths: Sequence[Path]) -> tuple[Counter[str], int]:
    """In how many articles each stem stands, and how many articles there are."""
    counts: Counter[str] = Counter()
    number = 0
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                counts.update(stems.stems(json.loads(line)["text"]))
                number += 1
    return counts, number


def fit(rows: Sequence[Sequence[float]], same: Sequence[bool]) -> tuple[list[float], float]:
    """Weights and bias of a logistic regression with a ridge over standardised features, by Newton's method."""
    raw, wanted = np.asarray(rows, float), np.asarray(same, float)
    mean, scale = raw.mean(0), raw.std(0)
    scale[scale == 0] = 1
    x = np.hstack([(raw - mean) / scale, np.ones((len(raw), 1))])
    ridge = np.diag([1 / _STRENGTH] * raw.shape[1] + [0.0])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (wanted - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-10:
            break
    own = weights[:-1] / scale
    return [float(one) for one in own], float(weights[-1] - own @ mean)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the two files; 0 when they are written."""
    parser = argparse.ArgumentParser(prog="python -m store.training.events", description=__doc__)
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args(arguments).data
    counts, number = frequencies(sorted((data / "articles").glob("*.jsonl.gz")))
    lines = [
        f"{stem}\t{math.log(number / count):.1f}\n"
        for stem, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if count >= FEWEST
    ]  # fmt: skip
    head = f"# The stems of at least {FEWEST} of {number} articles; the logarithm of articles for one that has it.\n"
    (WRITTEN / "stem_weights.tsv").write_text(head + "".join(lines), "utf-8")
    judged = pairs(PAIRS)
    known = told(data, judged)
    rows, same = [], []
    for pair in judged:
        if pair.one in known and pair.other in known and (shared := features(known[pair.one], known[pair.other])):
            rows.append(shared)
            same.append(pair.same)
    weights, bias = fit(rows, same)
    kept = {
        "weights": {name: round(value, 4) for name, value in zip(FEATURES, weights, strict=True)},
        "bias": round(bias, 4),
        "least": round(math.log(LEAST / (1 - LEAST)), 4),
        "least of years": round(math.log(LEAST_OF_YEARS / (1 - LEAST_OF_YEARS)), 4),
    }
    (WRITTEN / "event_weights.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    print(f"{len(lines)} stems; {len(rows)} of {len(judged)} pairs, {sum(same)} of one event")
    return 0


if __name__ == "__main__":
    sys.exit(main())
