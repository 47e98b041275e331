"""How well copies are told: on pairs of real articles that a reader judged, and on copies and look-alikes that are made
of real articles. Nothing of the texts is in the project; where they are at hand see `articles`."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from store.clean import clean
from store.models import Document
from store.readers import read_bytes
from store.resolve.copies import Body, is_copy

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("KHABAR_DATA") or ROOT.parent / "shared" / "data") / "articles"
PAIRS = ROOT / "tests" / "gold" / "copies.tsv"
_SEED = 7


@dataclass(frozen=True)
class Pair:
    """Two articles, and whether they are copies of one story."""

    one: Body
    other: Body
    same: bool
    kind: str


@dataclass(frozen=True)
class Figures:
    """Of pairs of one kind: copies that were taken for copies, all copies, others taken for copies, all others."""

    right: int
    same: int
    wrong: int
    others: int

    @property
    def recall(self) -> float:
        """Copies that are found."""
        return self.right / self.same if self.same else 1.0


def measure(pairs: Sequence[Pair]) -> Figures:
    """What `is_copy` makes of pairs."""
    said = [is_copy(pair.one, pair.other) is not None for pair in pairs]
    same = [pair.same for pair in pairs]
    return Figures(
        sum(a and b for a, b in zip(said, same, strict=True)), sum(same),
        sum(a and not b for a, b in zip(said, same, strict=True)), len(same) - sum(same),
    )  # fmt: skip


@cache
def articles() -> dict[tuple[str, int], Document]:
    """The real articles by file and line; none where they are not at hand."""
    found: dict[tuple[str, int], Document] = {}
    for path in sorted(DATA.glob("*.jsonl.gz")) if DATA.is_dir() else ():
        name = path.name.removesuffix(".jsonl.gz")
        with gzip.open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                document = next(iter(read_bytes(line, f"{name}.jsonl")), None)
                if isinstance(document, Document):
                    digest = hashlib.sha256(json.loads(line)["text"].encode()).hexdigest()
                    found[name, number] = replace(document, digest=digest)
    return found


def body(document: Document) -> Body:
    """The body of an article as the pipeline finds it."""
    return Body.of(document.text, clean(document).blocks, document.published)


def judged() -> list[Pair]:
    """The pairs that a reader judged."""
    known, bodies = articles(), cache(body)
    pairs = []
    for line in PAIRS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, *cells = line.split("\t")
        two = [known.get((name, int(number))) for name, number in (cells[:2], cells[3:5])]
        if all(one and one.digest.startswith(start) for one, start in zip(two, (cells[2], cells[5]), strict=True)):
            one, other = (bodies(each) for each in two if each)
            pairs.append(Pair(one, other, label == "1", "judged"))
    return pairs


def made(number: int) -> list[Pair]:
    """Copies and look-alikes made of so many real articles."""
    chance = random.Random(_SEED)
    documents = sorted(articles().items())
    chance.shuffle(documents)
    chosen = [each for each in map(body, (d for _, d in islice(documents, number * 2))) if len(each.words) >= 60]
    return [pair for each in chosen[:number] for pair in _made_of(each, chosen, chance)]


def _made_of(of: Body, others: Sequence[Body], chance: random.Random) -> Iterator[Pair]:
    for kind, change in _COPIES.items():
        yield Pair(of, replace(of, words=tuple(change(list(of.words), chance))), True, kind)
    later = of.published and of.published + timedelta(days=1)
    longer = [other for other in others if other is not of and len(other.words) >= len(of.words)]
    if len(longer) > 1:
        first, last = chance.sample(longer, 2)
        yield Pair(of, Body(first.words + of.words + last.words, of.published), False, "among others in a digest")
    if len(of.figures) >= 6:
        words = tuple(re.sub(r"\d+", lambda figures: str(int(figures[0][:9]) * 3 + 7), word) for word in of.words)
        yield Pair(of, Body(words, later), False, "other numbers in the same frame")
    names = {word: chance.choice(others).words[at % 50] for at, word in enumerate(sorted(set(of.words)))}
    few = set(chance.sample(sorted(names), len(names) // 8))
    words = tuple(names[word] if word in few else word for word in of.words)
    yield Pair(of, Body(words, of.published and of.published + timedelta(days=7)), False, "other names a week later")


def _edited(words: list[str], chance: random.Random) -> list[str]:
    """Every thirtieth word or so is gone, or another."""
    kept = []
    for word in words:
        step = chance.randrange(60)
        if step != 0:
            kept.append("كلمه" if step == 1 else word)
    return kept


def _reordered(words: list[str], chance: random.Random) -> list[str]:
    """The paragraphs after the first in another order."""
    length = max(25, len(words) // 5)
    first, *rest = [words[at : at + length] for at in range(0, len(words), length)]
    chance.shuffle(rest)
    return [word for part in (first, *rest) for word in part]


def _respelt(words: list[str], chance: random.Random) -> list[str]:
    """The other half of newspapers writes it so."""
    return [re.sub("^امريك", "اميرك", word).replace("يوليو", "تموز") for word in words]


_AGENCY = ("الرياض", "واس", "قالت", "مصادر", "مطلعه")
_AROUND = ("اقرا", "ايضا", "تابعونا", "علي", "تويتر", "شارك", "الخبر", "اكثر", "المقالات", "قراءه", "جميع", "الحقوق")
_COPIES: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "cut to two thirds": lambda words, _: words[: len(words) * 2 // 3],
    "with another agency's line": lambda words, _: [*_AGENCY, *words],
    "with words of the page around": lambda words, _: [*words, *_AROUND],
    "edited here and there": _edited,
    "paragraphs in another order": _reordered,
    "spelt as elsewhere": _respelt,
    "an update with a third more": lambda words, chance: [*words, *_edited(words[::-1], chance)[: len(words) // 3]],
}
