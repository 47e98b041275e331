"""How well Latin letters find Arabic names, and how fast: pairs of tests/gold among all names of the lists the pairs
were drawn from (KHABAR_DATA), and among 300,000 names. `python -m tests.bench.latin`."""

from __future__ import annotations

import gzip
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from store.database import Reader, kept, open_reader
from store.text.fold import fold
from store.text.latin_names import known, parts
from tests.store.database.named import Named, names_alone

GOLD = Path(__file__).parents[1] / "gold" / "latin_names.tsv"
MANY = 300_000
_NEW = 0.4
"""How many of the names that are made up have a family name that no list has."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A name in both scripts."""

    half: str
    kind: str
    arabic: str
    latin: str


def pairs() -> list[Pair]:
    """The pairs of the gold standard."""
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [Pair(half, kind, arabic, latin) for half, kind, _country, arabic, latin in rows]


def rank(reader: Reader, pair: Pair) -> int:
    """Where the Arabic name stands among what the Latin one finds, from 0; a large number where it is not."""
    found = [fold(row.name) for row in reader.find_entities(pair.latin)]
    wanted = fold(pair.arabic)
    return found.index(wanted) if wanted in found else 10**6


def main() -> None:
    """Print recall at 1 and 5 by half and kind, and milliseconds of CPU a look-up."""
    data = os.environ.get("KHABAR_DATA") or str(Path(__file__).parents[3] / "shared" / "data")
    lists = Path(data) / "entities" / "gazetteers"
    if not lists.is_dir():
        print("latin: the lists of names need KHABAR_DATA")
        return
    listed = sorted(set(_listed(lists)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "listed.db"
        random.Random(1).shuffle(listed)
        names_alone(path, listed)
        with open_reader(path) as reader:
            for half in ("developed on", "held out"):
                for kind in ("person", "place"):
                    asked = [pair for pair in pairs() if (pair.half, pair.kind) == (half, kind)]
                    print(f"latin: {kind}s {half}: {len(asked)} among {len(listed)} names, {_recall(reader, asked)}")
                unlisted = [pair for pair in pairs() if pair.half == half and not _is_listed(pair)]
                print(f"latin: {half}, without names in the list of English ones: {_recall(reader, unlisted)}")
        many = Path(folder) / "many.db"
        names_alone(many, _made_up(listed))
        # In a process of its own, without the names that the corpus was made of.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            print(other.submit(speed, many).result())


def _recall(reader: Reader, asked: list[Pair]) -> str:
    ranks = [rank(reader, pair) for pair in asked]
    at = {most: sum(place < most for place in ranks) / len(ranks) for most in (1, 5)}
    return f"recall at 1 {at[1]:.3f}, at 5 {at[5]:.3f} ({len(ranks)})"


def _is_listed(pair: Pair) -> bool:
    """Whether any word of the Latin name, or all of it, has another name in Arabic by the list."""
    words = [part.latin for part in parts(pair.latin)]
    return pair.kind == "place" and bool(known(words) or any(known([word]) for word in words))


def _listed(lists: Path) -> Iterator[Named]:
    with gzip.open(lists / "persons_arabic_name_romanizer.tsv.gz", "rt", encoding="utf-8") as rows:
        yield from ((row.split("\t")[0], "PER", 1) for row in rows)
    with gzip.open(lists / "places_dr5hn_qid.tsv.gz", "rt", encoding="utf-8") as rows:
        next(rows)
        yield from ((row.split("\t")[0].strip(), "LOC", 1) for row in rows)


def _made_up(listed: list[Named]) -> list[Named]:
    """As many names as a large corpus has: those listed, and others of their words, some with a letter changed."""
    chance = random.Random(2)
    words = [name.split() for name, kind, _ in listed if kind == "PER"]
    first, last = [one[0] for one in words], [one[-1] for one in words]
    letters = sorted({letter for word in last for letter in word})
    names = dict.fromkeys(listed)
    while len(names) < MANY:
        family = chance.choice(last)
        if chance.random() < _NEW:
            at = chance.randrange(len(family))
            family = family[:at] + chance.choice(letters) + family[at + 1 :]
        names[f"{chance.choice(first)} {family}", "PER", 1] = None
    return chance.sample(sorted(names), len(names))


def speed(path: Path) -> str:
    """Milliseconds of CPU that look-ups take, and what a search makes of the same words."""
    whole = [pair.latin for pair in pairs()]
    last = [pair.latin.split()[-1] for pair in pairs()]
    said = []
    with open_reader(path) as reader:
        for what, asked, question in (
            ("whole names", whole, reader.find_entities),
            ("last words", last, reader.find_entities),
            ("searches for whole names", whole, reader.readings),
        ):
            question("warm up")
            first, typed, again = zip(*(_three(question, latin) for latin in asked), strict=True)
            said.append(f"latin: {what} among {MANY} names: {_figures(first)}")
            said.append(f"latin: {what}, the last letter typed: {_figures(typed)}")
            said.append(f"latin: {what}, asked again: {_figures(again)}")
    return "\n".join(said)


def _figures(spent: Sequence[float]) -> str:
    ordered = sorted(spent)
    middle, most, worst = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1]
    return f"{middle:.1f} ms CPU, 95th percentile {most:.1f}, worst {worst:.1f}"


def _three(question: Callable[[str], object], latin: str) -> tuple[float, float, float]:
    """Milliseconds of CPU with nothing remembered of what was asked before, after all but the last letter was asked,
    and after all was."""
    kept.forget()
    first = _spent(question, latin)
    kept.forget()
    _spent(question, latin[:-1])
    return first, _spent(question, latin), _spent(question, latin)


def _spent(question: Callable[[str], object], latin: str) -> float:
    start = time.process_time()
    question(latin)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
