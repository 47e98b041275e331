"""The measure of mentions against gold: overlap and type, exact spans, one entity per real thing."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.models import Mention

GOLD = Path(__file__).parents[3] / "gold" / "seeds_entities.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention as annotated."""

    file: str
    start: int
    end: int
    text: str
    type: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Score:
    """F1 by overlap and type, F1 by exact span and type, and how well names tell things apart and together."""

    overlap: float
    exact: float
    purity: float
    unity: float


def read_gold(path: Path = GOLD) -> list[Gold]:
    """The annotated mentions of a JSON lines file."""
    return [Gold(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def score(gold: Sequence[Gold], found: Mapping[str, Sequence[Mention]]) -> Score:
    """Compare; each found mention answers at most one annotated one, the one it overlaps most."""
    said = [(file, mention) for file, mentions in found.items() for mention in mentions if mention.type != "MISC"]
    used: set[int] = set()
    exact = 0
    things: dict[str, Counter[str]] = defaultdict(Counter)
    keys: dict[str, Counter[str]] = defaultdict(Counter)
    for one in gold:
        best = max(
            (
                (min(one.end, mention.end) - max(one.start, mention.start), index)
                for index, (file, mention) in enumerate(said)
                if index not in used and file == one.file and mention.type == one.type
            ),
            default=(0, -1),
        )
        if best[0] <= 0:
            continue
        used.add(best[1])
        mention = said[best[1]][1]
        exact += (mention.start, mention.end) == (one.start, one.end)
        key = mention.entity or mention.name
        things[key][one.canonical] += 1
        keys[one.canonical][key] += 1
    right, total = len(used), len(said) + len(gold)
    return Score(
        2 * right / total,
        2 * exact / total,
        sum(max(counts.values()) for counts in things.values()) / max(1, right),
        sum(max(counts.values()) for counts in keys.values()) / max(1, right),
    )
