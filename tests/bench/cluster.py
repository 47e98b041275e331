"""What a Dask cluster costs beside extraction: `python -m tests.bench cluster` (KHABAR_DATA= for real articles; else
the sample's, over and over).

A scheduler and two workers run on this machine. For batches of several sizes, and as the size is adapted, it prints the
seconds of processors that extraction takes, and those of everything else in workers, scheduler and this process.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import psutil

from store.cluster import Cluster, Measured, Pace
from store.extraction import Given, outcomes
from store.models import Document, Source
from store.samples import seeds
from tests.clusters import Processes, cluster

_WORDS = (380, 520)
_ALONE = 16
"""So many articles this process takes itself before it asks others."""
_FIXED = {1: 200, 8: 400, 16: 600, 32: 800}
"""Articles for each size of a batch."""
_ADAPTED = 1_200
QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
}
"""Settings of workers that spend less on themselves."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processors for some articles."""

    measured: Measured
    workers: float
    scheduler: float
    here: float

    def __str__(self) -> str:
        """In words."""
        one, batches, documents = self.measured, self.measured.batches, self.measured.documents
        beside = ", ".join(
            f"{name} {1e3 * seconds / batches:.1f}"
            for name, seconds in (("worker", self.workers), ("scheduler", self.scheduler), ("this process", self.here))
        )
        return (
            f"{documents / batches:4.0f} articles a batch: extraction {1e3 * one.spent / documents:.1f} ms an article; "
            f"beside it {beside} ms a batch; {self.workers / (self.workers + one.spent):.1%} of a worker's time"
        )


class Fixed(Pace):
    """Batches of one size."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.batch = self.size = size

    def take(self, documents: int, spent: float, other: float) -> None:
        """Learns what it took, and nothing from it."""
        super().take(documents, spent, other)
        self.batch = self.size


def main() -> None:
    """Print the figures."""
    some = list(islice(articles(), max(_ADAPTED, *_FIXED.values()) + _ALONE))
    words = sum(len(one.text.split()) for one in some) / len(some)
    print(f"cluster: articles of {words:.0f} words, two workers, {len(os.sched_getaffinity(0))} processors")
    for name, settings, sizes in (("as docs/cluster.md starts workers", QUIET, _FIXED), ("as Dask comes", {}, {})):
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as folder, cluster(Path(folder) / "dask", 2, settings) as processes:
            _cost(processes, some[:200], Fixed(8))  # lexicons and models are read
            for size, number in sizes.items():
                print(_cost(processes, some[: number + _ALONE], Fixed(size)), flush=True)
            pace = Pace()
            cost = _cost(processes, some[: _ADAPTED + _ALONE], pace)
            print(f"{cost}; adapted, {pace.batch} in the end", flush=True)


def _pids(processes: Processes) -> list[int]:
    return [process.pid for process in (processes.scheduler, *processes.workers.values())]


def _cost(processes: Processes, articles: list[Document], pace: Pace) -> Cost:
    pids = _pids(processes)
    with Cluster(processes.address) as others:
        others.pace = pace
        stream = outcomes(articles, Given(), lambda: others)
        for _ in range(_ALONE):
            next(stream)
        before = [_seconds(pid) for pid in pids]
        here = process_time()
        assert all(len(portion) for portion in stream)
        here = process_time() - here
        used = [_seconds(pid) - earlier for pid, earlier in zip(pids, before, strict=True)]
    return Cost(pace.all, sum(used[1:]) - pace.all.spent, used[0], here)


def _seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def articles() -> Iterator[Document]:
    """Articles of a usual length: real ones, or the sample's without end."""
    data = Path(os.environ.get("KHABAR_DATA", ""), "articles")
    files = sorted(data.glob("*.jsonl.gz")) if os.environ.get("KHABAR_DATA") else []
    if not files:
        yield from cycle([_document(path.read_text("utf-8")) for path in seeds()])
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                text: str = json.loads(line)["text"]
                if _WORDS[0] <= len(text.split()) <= _WORDS[1]:
                    yield _document(text)


def _document(text: str) -> Document:
    return Document(text, Source("bench", "text", "1"), hashlib.sha256(text.encode()).hexdigest())
