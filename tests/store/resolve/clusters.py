"""How well dated sentences are put together into events: pairs of the seeds' gold (`cluster`) against the corpus."""

from __future__ import annotations

import itertools
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from store.database import open_reader, open_writer
from store.ingest import analyse
from store.models import Document
from store.readers import read
from tests.store.extract.dates.scoring import CASES, SEEDS

Pair = tuple[str, str]


@dataclass(frozen=True)
class Clusters:
    """Pairs of gold expressions of one event, and those the corpus has in one event."""

    gold: frozenset[Pair]
    found: frozenset[Pair]
    surfaces: dict[str, str]

    @property
    def f1(self) -> float:
        """Pairwise F1."""
        return 2 * len(self.gold & self.found) / (len(self.gold) + len(self.found) or 1)


def seeds(dates_given: bool = True) -> Clusters:
    """The seeds in one corpus; with their true dates of publication unless they are to be found."""
    gold: list[dict[str, Any]] = [
        json.loads(line) for line in (CASES / "dates_seeds.jsonl").read_text("utf-8").splitlines()
    ]
    gold = [each for each in gold if each["timeline"]]
    dates: dict[str, str] = json.loads((CASES / "dates_seeds_dct.json").read_text("utf-8"))
    event_of: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        with open_writer(path) as writer:
            ids: dict[str, int] = {}
            for file, day in dates.items():
                (document,) = read(SEEDS / file)
                assert isinstance(document, Document)
                if dates_given:
                    document = replace(document, published=day, published_basis="given")
                ids[file] = writer.add(analyse(document))[0]
        with open_reader(path) as reader:
            for file, number in ids.items():
                told = reader.article(number).events
                for each in (one for one in gold if one["file"] == file):
                    here = [
                        event_id
                        for event_id, event in told
                        if (event.date_start < each["end"] and each["start"] < event.date_end)
                        # a day said twice in a sentence is kept once
                        or (event.start <= each["start"] < event.end and event.value == each["value"])
                    ]
                    if here:
                        event_of[each["id"]] = here[0]
    together = [
        (one["id"], other["id"]) for one, other in itertools.combinations(gold, 2)
        if one["cluster"] and one["cluster"] == other["cluster"]
    ]  # fmt: skip
    found = [
        (one["id"], other["id"]) for one, other in itertools.combinations(gold, 2)
        if one["id"] in event_of and event_of[one["id"]] == event_of.get(other["id"])
    ]  # fmt: skip
    return Clusters(frozenset(together), frozenset(found), {each["id"]: each["surface"] for each in gold})
