"""Statements that may differ against what a reader took for a real question (tests/gold/differing.tsv).

KHABAR_DATA= for the articles; without it the samples alone.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from store.answers import Filter
from store.database import open_reader
from store.ingest import add

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "differing.tsv"
Side = tuple[str, int, int]
"""The start of the SHA-256 of a text, and a span in it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair that was offered, and whether it is a real question."""

    real: bool
    rule: str
    files: tuple[tuple[str, str], ...]
    """File and line of either side; no line for a sample."""
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Found:
    """What is offered of the texts of the gold."""

    offered: int
    real: int
    """So many of these were judged to be real; what was not judged counts as not."""
    gold: int
    """So many real ones are in the gold, of the texts that are here."""
    seconds: float
    articles: int

    @property
    def precision(self) -> float:
        return self.real / self.offered if self.offered else 1.0


def judged() -> list[Judged]:
    """The pairs of the gold."""
    found = []
    for line in GOLD.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        real, rule, *rest = line.split("\t")
        one, other = rest[:5], rest[5:]
        sides = tuple((each[2], int(each[3]), int(each[4])) for each in (one, other))
        found.append(Judged(real == "1", rule, ((one[0], one[1]), (other[0], other[1])), (sides[0], sides[1])))
    return found


def measured(data: Path | None) -> Found:
    """What is offered of the texts that the gold is of: all of them in one corpus, with `data` or the samples alone."""
    pairs = [each for each in judged() if data is not None or not any(line for _, line in each.files)]
    wanted = {file for each in pairs for file in each.files if file[1]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        texts = Path(folder) / "articles.jsonl"
        with texts.open("w", encoding="utf-8") as out:
            for name in sorted({file for file, _ in wanted}):
                with gzip.open((data or ROOT) / "articles" / name, "rt", encoding="utf-8") as lines:
                    out.writelines(line for at, line in enumerate(lines) if (name, str(at)) in wanted)
        list(add(path, [ROOT / "seeds", *([texts] if wanted else [])]))
        with open_reader(path) as reader:
            begun = time.process_time()
            answer = reader.differing(Filter(copies=True))
            spent = time.process_time() - begun
            digests = {
                id_: hashlib.sha256(reader.article(id_).document.text.encode()).hexdigest()[:16]
                for row in answer.rows
                for id_ in (row.one.article.id, row.other.article.id)
            }
    real = 0
    for row in answer.rows:
        sides = [(digests[each.article.id], each.start, each.end) for each in (row.one, row.other)]
        real += any(each.real and all(map(_overlap, each.sides, sides)) for each in pairs)
    return Found(len(answer.rows), real, sum(each.real for each in pairs), spent, answer.looked)


def _overlap(one: Side, other: Side) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def main() -> None:
    """Prints the figures."""
    pairs = judged()
    print(f"judged: {sum(each.real for each in pairs)} of {len(pairs)} offered of 8,005 articles are a real question")
    data = Path(os.environ["KHABAR_DATA"]) if os.environ.get("KHABAR_DATA") else None
    found = measured(data)
    print(f"of the judged texts here: {found.offered} offered, {found.real} of {found.gold} real ones among them")
    print(f"precision {found.precision:.3f}; {1000 * found.seconds / max(1, found.articles):.2f} ms of CPU an article")


if __name__ == "__main__":
    main()
