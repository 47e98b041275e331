"""How what is said is compared with `tests/gold/statements.jsonl`, annotated by docs/statements.md."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from store.models import Quantity, Quote, Role
from store.text.fold import fold

ROOT = Path(__file__).parents[4]
GOLD = ROOT / "tests" / "gold" / "statements.jsonl"
_HALF = 0.5

Gold = list[Any]
"""One of the lists of the file."""
A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with what is said in it: lists as in the file, see tests/gold/README.md."""

    name: str
    part: str
    text: str
    statements: list[Gold]
    roles: list[Gold]
    quantities: list[Gold]


@dataclass(slots=True)
class Count:
    """Right ones, found ones, gold ones."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        self.right, self.found, self.gold = self.right + right, self.found + found, self.gold + gold

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 1.0

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.gold if self.gold else 1.0
        return f"F1 {self.f1:.3f} (precision {precision:.3f}, recall {recall:.3f}, {self.gold} in gold)"


@cache
def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines()


def texts(data: Path | None, gold: Path = GOLD) -> Iterator[Annotated]:
    """The annotated texts: the seeds, and the articles where `data` holds them. Raises ValueError for other texts."""
    for line in gold.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["line"] is None:
            text = (ROOT / record["file"]).read_text("utf-8")
        elif data is None:
            continue
        else:
            article = json.loads(_lines(data / "articles" / record["file"])[record["line"]])
            text = (article.get("title") or "") + "\n" + article["text"]
        if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
            raise ValueError(f"{record['file']}:{record['line']} is not the text that was annotated")
        name = f"{record['file']}:{record['line']}"
        yield Annotated(name, record["part"], text, record["statements"], record["roles"], record["quantities"])


def paired(gold: Sequence[A], found: Sequence[B], same: Callable[[A, B], bool]) -> list[tuple[A, B]]:
    """Each of gold with the first found that is the same and free."""
    free = list(found)
    pairs = []
    for one in gold:
        match = next((other for other in free if same(one, other)), None)
        if match is not None:
            free.remove(match)
            pairs.append((one, match))
    return pairs


def _half(a: tuple[int, int], b: tuple[int, int]) -> bool:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common >= _HALF * (max(a[1], b[1]) - min(a[0], b[0]))


def statement(gold: Gold, found: Quote) -> bool:
    """Both direct or both reported, half of the words in common, the same speaker."""
    return gold[2] == found.direct and _half((gold[0], gold[1]), (found.start, found.end)) and _speaker(gold[3], found)


def _speaker(gold: Gold | None, found: Quote) -> bool:
    speaker = found.speaker
    if gold is None or speaker is None:
        return gold is None and speaker is None
    return fold(gold[2]) == fold(speaker.name) or (gold[0] < speaker.end and speaker.start < gold[1])


def role(gold: Gold, found: Role) -> bool:
    """Half of the words in common, of the same person."""
    return _half((gold[0], gold[1]), (found.start, found.end)) and (
        fold(gold[4]) == fold(found.person) or (gold[2] < found.person_end and found.person_start < gold[3])
    )


def quantity(gold: Gold, found: Quantity) -> bool:
    """Overlapping, with the same value and unit."""
    overlap = gold[0] < found.end and found.start < gold[1]
    return overlap and (gold[2], gold[3]) == (found.low, found.high) and fold(gold[4]) == fold(found.unit)
