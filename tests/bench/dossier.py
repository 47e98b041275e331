"""How soon a dossier is there: `KHABAR_CORPUS=file.db python -m tests.bench dossier` (a corpus made by `make corpus`).

Prints p50, p95 and the most of each part in milliseconds, of the frequent entities, of pairs of them and of outlets,
each over a connection of its own and without the answers that are remembered; what the explorer reads at leisure
before (`Reader.prepare`) has been read. `first page` are the parts that the explorer asks for at once, together. Wall
time, and CPU of this process beside it, which other work on the machine does not touch. Then how long texts take to be
compared.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from store.database import open_reader
from store.database.kept import forget
from store.database.queries import Reader
from store.dossiers import Subject
from store.text.comparing import compare

_TIMES = 30
_ASKED = 120
"""So many of the largest people and places are asked about."""


def main() -> None:
    """Print the figures for the corpus named, or by KHABAR_CORPUS."""
    named = [argument for argument in sys.argv[1:] if argument.endswith(".db")] or [os.environ.get("KHABAR_CORPUS", "")]
    if named[0]:
        _dossiers(Path(named[0]))
    else:
        print("dossier: name a corpus made by `make corpus` with KHABAR_CORPUS")
    _comparisons()


def _dossiers(path: Path) -> None:
    from tui.screens.dossier_parts import parts_of

    chance = random.Random(5)
    with open_reader(path) as reader:
        print(f"dossier: {reader.overview().articles} articles")
        reader.prepare()
        groups = dict(reader.entity_groups(most=_ASKED // 2))
        rows = reader.entities([*groups["PER"][: _ASKED // 2], *groups["LOC"][: _ASKED // 2]])
        chance.shuffle(rows)
        subjects = {
            "entity": [Subject((row,)) for row in rows[:_TIMES]],
            "pair": [
                Subject((row, other)) for row, other in zip(rows[:_TIMES], rows[_TIMES : 2 * _TIMES], strict=True)
            ],
            "outlet": [Subject(outlet=name) for name, _ in reader.outlets()[:_TIMES]],
        }
    for kind, some in subjects.items():
        _report(f"{kind}: first page", path, some, _first_page)
        for name in dict.fromkeys(part.name for about in some for part in parts_of(about) if not part.soon):
            asked = [about for about in some if any(part.name == name for part in parts_of(about))]
            _report(f"{kind}: {name}", path, asked, partial(_part, name))


def _first_page(reader: Reader, about: Subject) -> None:
    from tui.screens.dossier_parts import parts_of

    for part in parts_of(about):
        if part.soon:
            part.show(part.ask(reader, about), about)


def _part(name: str, reader: Reader, about: Subject) -> None:
    from tui.screens.dossier_parts import parts_of

    (part,) = (part for part in parts_of(about) if part.name == name)
    part.show(part.ask(reader, about), about)


def _report(name: str, path: Path, subjects: list[Subject], question: Callable[[Reader, Subject], None]) -> None:
    wall, cpu = [], []
    for about in subjects:
        forget()
        with open_reader(path) as reader:
            begun, used = time.perf_counter(), time.process_time()
            question(reader, about)
            wall.append(1000 * (time.perf_counter() - begun))
            cpu.append(1000 * (time.process_time() - used))
    print(f"{name:24} {_three(wall)} ms; CPU {_three(cpu)} ms", flush=True)


def _three(times: list[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{statistics.median(ordered):6.1f} {p95:6.1f} {ordered[-1]:6.1f}"


def _comparisons() -> None:
    chance = random.Random(1)
    words = [f"كلمة{number}" for number in range(5000)]
    for size in (10_000, 4_000_000):
        lines: list[str] = []
        while sum(map(len, lines)) < size:
            lines.append(" ".join(chance.choices(words, k=20)) + ".")
        other = [line.replace("كلمة1", "شيء", 1) for line in lines if chance.random() > 0.1]
        for name, text in (("edited", "\n".join(other)), ("another", " ".join(chance.choices(words, k=size // 8)))):
            begun = time.process_time()
            compare("\n".join(lines), text)
            print(f"compare {size} code points, {name}: CPU {time.process_time() - begun:.3f} s", flush=True)
