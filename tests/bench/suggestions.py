"""How many suggested merges of a corpus (KHABAR_CORPUS) were judged right by hand, and how long suggesting takes."""

from __future__ import annotations

import os
import time
from pathlib import Path

from store.answers import Suggestion
from store.database import Reader, open_reader

JUDGED = Path(__file__).parents[1] / "cases" / "one_or_two.tsv"
LARGEST = 3
"""So many entities of each kind are asked about one by one."""


def main() -> None:
    """Print the figures; they need a corpus."""
    path = os.environ.get("KHABAR_CORPUS")
    if not path:
        print("suggestions: a corpus needs KHABAR_CORPUS")
        return
    with open_reader(path) as reader:
        for looked_at in (300, None):
            begun = time.process_time()
            found = reader.suggestions(most=1000, looked_at=looked_at)
            said = f"the {looked_at} largest entities" if looked_at else "all entities that are asked about"
            print(f"suggestions: {len(found)} pairs with {said} in {time.process_time() - begun:.1f} s of CPU")
        _each(reader)
    verdicts = _judged()
    for first in (100, 200, len(found)):
        judged = [verdict for one in found[:first] if (verdict := verdicts.get(_key(one))) is not None]
        if judged:
            print(
                f"suggestions: of the first {first}, {len(judged)} were judged, {sum(judged) / len(judged):.3f} right"
            )


def _each(reader: Reader) -> None:
    ids = [id_ for _, some in reader.entity_groups(most=LARGEST) for id_ in some]
    times = []
    for id_ in ids:
        begun = time.process_time()
        reader.suggestions(id_)
        times.append(1000 * (time.process_time() - begun))
    if times:
        print(f"suggestions: for one of the largest entities at most {max(times):.0f} ms of CPU")


def _judged() -> dict[frozenset[tuple[str, str]], bool]:
    rows = [line.split("\t") for line in JUDGED.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    return {frozenset(((kind, name), (other, another))): same == "same" for same, kind, name, other, another in rows}


def _key(one: Suggestion) -> frozenset[tuple[str, str]]:
    return frozenset(((one.into.type, one.into.name), (one.other.type, one.other.name)))
