"""khabar beside other engines, on the same articles and the same queries in one run: `make bench-peers CORPUS=file.db`
(made by `make corpus`). Prints the tables of docs/bench.md."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median

from store.database import open_reader
from tests.bench.engines import (
    ALIKE,
    COUNT,
    IDS,
    RANKED,
    SNIPPETS,
    TITLES,
    Ask,
    Built,
    Engine,
    cpu,
    fts5,
    khabar,
    ripgrep,
    tantivy,
)
from tests.bench.scale import _WORDS

ROUNDS, FEWEST, ENOUGH = 15, 3, 15.0
"""How often each query is asked; how often at least, where that takes an engine more than so many seconds."""
_COMPARED = (IDS, TITLES, SNIPPETS, COUNT, RANKED)


@dataclass(slots=True)
class Times:
    """Milliseconds that a question took, by query."""

    ask: Ask
    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def once(self, query: str) -> None:
        """Ask, and note how long it took."""
        self.ask.before(query)
        spent, begun = cpu(), time.perf_counter()
        self.ask.question(query)
        self.wall.setdefault(query, []).append(1000 * (time.perf_counter() - begun))
        self.cpu.setdefault(query, []).append(1000 * (cpu() - spent))

    def seconds(self) -> float:
        """All that was spent on it."""
        return sum(map(sum, self.wall.values())) / 1000


def main() -> None:
    """Print the tables for the corpus named, or by KHABAR_CORPUS."""
    named = [argument for argument in sys.argv[1:] if argument.endswith(".db")] or [os.environ.get("KHABAR_CORPUS", "")]
    if not named[0]:
        print("peers: name a corpus made by `make corpus`: make bench-peers CORPUS=file.db")
        return
    for line in compared(Path(named[0])):
        print(line, flush=True)


def compared(path: Path, queries: Sequence[str] = _WORDS, rounds: int = ROUNDS) -> Iterator[str]:
    """The lines of all tables."""
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(path))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        texts, folding = khabar.texts(reader)
        forms = cache(reader.forms)
        size = sum(len(text.text.encode()) for text in texts)
        yield f"{len(texts):,} articles, {_mib(size)} MiB of text; {len(queries)} queries, each asked {rounds} times,"
        yield f"at least {min(FEWEST, rounds)} times where that takes long; {_machine()}."
        engines = [
            khabar.ready(reader, texts),
            fts5.ready(texts, forms, folder),
            tantivy.ready(texts, forms, folder / "tantivy"),
            ripgrep.ready(texts, folder),
        ]
        yield from (f"\n{engine.missing}." for engine in engines if engine.missing)
        yield from _indexes([folding, *(each for engine in engines for each in engine.built)], size)
        times = measured([ask for engine in engines for ask in engine.asks], queries, rounds)
        yield from _all(times)
        yield from _each(times, queries)
        yield from _slower(times)
        yield from _found(engines, queries)


def measured(asks: Sequence[Ask], queries: Sequence[str], rounds: int = ROUNDS) -> list[Times]:
    """What every question takes: in each round every query to every engine, one after another, after a round that
    warms them up and is not counted."""
    times = [Times(ask) for ask in asks]
    for query in queries:
        for ask in asks:
            ask.question(query)
    for done in range(rounds):
        for query in queries:
            for each in times:
                if done < FEWEST or each.seconds() < ENOUGH or query not in each.wall:
                    each.once(query)
    return times


def _machine() -> str:
    """How many cores this process may use, and what they are."""
    names = (line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name"))
    return f"{len(os.sched_getaffinity(0))} cores ({next(names, 'unknown')})"


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _indexes(built: Sequence[Built], text: int) -> Iterator[str]:
    yield from ("", "### What is made, and what it takes", "")
    yield from _head("", "CPU, s", "size, MiB", "of the text")
    for each in built:
        size = ("", "") if each.size is None else (_mib(each.size), f"{each.size / text:.2f}")
        yield _row(each.what, "" if each.cpu is None else f"{each.cpu:.1f}", *size)


def _all(times: Sequence[Times]) -> Iterator[str]:
    yield from ("", "### All queries together, milliseconds", "")
    yield from _head("asked", "engine", "p50", "most", "CPU p50", "CPU most")
    for what in dict.fromkeys(each.ask.what for each in times):
        for each in sorted((one for one in times if one.ask.what == what), key=lambda one: median(_flat(one.wall))):
            wall, spent = _flat(each.wall), _flat(each.cpu)
            yield _row(what, each.ask.engine, *map(_ms, (median(wall), max(wall), median(spent), max(spent))))


def _each(times: Sequence[Times], queries: Sequence[str]) -> Iterator[str]:
    shown = [each for each in times if each.ask.what == TITLES]
    yield from ("", f"### Each query: {TITLES}, p50 in milliseconds", "")
    yield from _head("query", *(each.ask.engine for each in shown))
    for query in queries:
        yield _row(f"`{query}`", *(_ms(median(each.wall[query])) for each in shown))


def _slower(times: Sequence[Times]) -> Iterator[str]:
    """For each thing that was asked: how many times as long as khabar each engine takes."""
    yield from ("", "### How many times as long as khabar (p50; below 1, khabar is slower)", "")
    yield from _head("asked", "engine", "all queries", "khabar's worst query", "")
    for what in _COMPARED:
        own = next((each for each in times if (each.ask.what, each.ask.engine) == (what, khabar.NAME)), None)
        for each in times if own else ():
            if each.ask.what == what and not each.ask.engine.startswith(khabar.NAME):
                assert own is not None
                ratio = median(_flat(each.wall)) / median(_flat(own.wall))
                worst = min(median(each.wall[query]) / median(own.wall[query]) for query in each.wall)
                verdict = "khabar is slower" if ratio < 1 else "khabar is slower for some" if worst < 1 else ""
                yield _row(what, each.ask.engine, _times(ratio), _times(worst), verdict)


def _found(engines: Sequence[Engine], queries: Sequence[str]) -> Iterator[str]:
    """How many articles each engine finds, and how many of those that khabar finds."""
    finds = {name: find for engine in engines for name, find in engine.finds.items() if not name.endswith(ALIKE)}
    yield from ("", "### How many articles are found, and how many of those that khabar finds", "")
    yield from _head("query", *finds)
    total = dict.fromkeys(finds, 0)
    shared = dict.fromkeys(finds, 0)
    for query in queries:
        own = finds[khabar.NAME](query)
        cells = []
        for name, find in finds.items():
            found = find(query)
            total[name] += len(found)
            shared[name] += len(found & own)
            cells.append(f"{len(found):,} ({_share(len(found & own), len(own))})")
        yield _row(f"`{query}`", *cells)
    together = [f"{total[name]:,} ({_share(shared[name], total[khabar.NAME])})" for name in finds]
    yield _row("together", *together)


def _flat(times: dict[str, list[float]]) -> list[float]:
    return [each for of_query in times.values() for each in of_query]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f}" if size >= 10 * 2**20 else f"{size / 2**20:.2f}"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" if at == 0 or name == "engine" else "---:" for at, name in enumerate(names)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
