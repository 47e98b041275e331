"""How many real articles are dated from their text alone, how many of the dates are right, what contradicts itself.

Each is read as title and text, without the date, address and outlet that its source gives. Every eighth article is
measured, from the fifth on; the rules were made looking at the others.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.clean import clean
from store.extract import dates
from store.models import Contradiction, Document, Published, Source
from store.resolve import contradictions, published
from store.text.sentences import split

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("KHABAR_DATA") or ROOT.parent / "shared" / "data")
EVERY = 8
REPORTED = 4
"""Offset of the articles that are measured."""


@dataclass(frozen=True, slots=True)
class Case:
    """A real article with the day its source gives, and what its text alone was dated to."""

    name: str
    day: date
    text: str
    found: Published
    slips: list[Contradiction]
    """Where it contradicts itself about a date, its day known."""

    @property
    def off(self) -> int | None:
        """Days from the true day to the one found; None when none was found."""
        return (date.fromisoformat(self.found.value[:10]) - self.day).days if self.found.value else None


def cases(offset: int, every: int = EVERY) -> Iterator[Case]:
    """Every so manyth article of each file under `DATA`, read without what its source says of it."""
    for path in sorted((DATA / "articles").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % every == offset:
                    record = json.loads(line)
                    text = "\n\n".join(part for part in (record.get("title"), record.get("text")) if part)
                    name = path.name.partition(".")[0]
                    yield _read(f"{name}:{number}", record["date"][:10], text)


def _read(name: str, day: str, text: str) -> Case:
    document = Document(text=text, source=Source("bench", "bench", "1"), digest="0")
    cleaned = clean(document)
    sentences = split(text, cleaned.blocks)
    found = published.find(document, cleaned, sentences)
    told = dates.find(text, day, sentences, cleaned.blocks)
    slips = contradictions.find(
        document, cleaned.blocks, sentences, told, Published(day, "given", "its source says so")
    )
    return Case(name, date.fromisoformat(day), text, found, slips)


def main() -> None:
    """Print the figures."""
    if not (DATA / "articles").is_dir():
        print("the articles are not here: KHABAR_DATA names the folder with articles/")
        return
    measured = list(cases(REPORTED))
    by_source: dict[str, list[Case]] = defaultdict(list)
    for case in measured:
        by_source[case.name.partition(":")[0]].append(case)
    for name, group in by_source.items():
        _report(name, group)
    _report("together", measured)
    slips = [f"{case.name}: {slip.reason}" for case in measured for slip in case.slips]
    print(f"published: {len(slips)} contradictions within an article", *slips, sep="\npublished:   ")


def _report(name: str, group: list[Case]) -> None:
    dated = [case for case in group if case.off is not None]
    print(f"published: {name}, {len(group)} articles: {_shares(dated)}; dated {len(dated) / (len(group) or 1):.1%}")
    for basis, _ in Counter(case.found.basis for case in dated).most_common():
        print(f"published:   {basis}: {_shares([case for case in dated if case.found.basis == basis])}")


def _shares(dated: list[Case]) -> str:
    """Of the dates given, those right to the day, and those right within a day."""
    right = sum(case.off == 0 for case in dated)
    near = sum(abs(case.off or 0) <= 1 for case in dated)
    count = len(dated)
    if not count:
        return "none dated"
    return f"{count} dated, {right / count:.3f} right to the day, {near / count:.3f} within a day"


if __name__ == "__main__":
    main()
