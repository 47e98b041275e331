"""How fast documents come in: `make bench-ingest` (KHABAR_DATA= for real articles; else the sample's, over and over).

Prints documents a second with one process and with each number up to that of the processors (at least two), for JSON
Lines with the fast pass and for pages; the processor time of a document, in this process and in those beside it, which
says the same on a busy machine (on Linux; reading lexicons, once for each run, left out); what share of the time each
stage takes, and the most memory.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any, TypeVar

from store.ingest import Added, add
from store.models import Document
from store.samples import seeds

T = TypeVar("T")

_RECORDS, _PAGES = 1_000, 300
_WORDS = (380, 520)
_PAGE = (
    "<html><head><title>{title}</title><meta property='og:site_name' content='الشرق'></head><body><nav>"
    "<ul>{menu}</ul></nav><article><h1>{title}</h1>{paragraphs}</article><footer><p>جميع الحقوق محفوظة</p></footer>"
    "</body></html>"
)


def main() -> None:
    """Print the figures."""
    texts = list(islice(_texts(), _RECORDS))
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"ingest: {len(texts)} articles of {words:.0f} words, {_processors()} processors")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        records = place / "records.jsonl"
        records.write_text(
            "\n".join(json.dumps({"text": f"{text}\n{number}"}) for number, text in enumerate(texts)), "utf-8"
        )
        pages = place / "pages"
        pages.mkdir()
        for number, text in enumerate(texts[:_PAGES]):
            (pages / f"{number}.html").write_text(_page(f"{text}\n{number}"), "utf-8")
        for name, path in (("JSON Lines", records), ("pages", pages)):
            runs = {jobs: _run(place / f"{name}{jobs}.db", path, jobs) for jobs in range(1, max(2, _processors()) + 1)}
            line = ", ".join(f"{run.rate:.0f} with {jobs}" for jobs, run in runs.items())
            print(f"{name:12} {line} a second; two are {runs[2].rate / runs[1].rate:.2f} times one")
            for jobs, run in runs.items():
                busiest = max(run.here, (run.here + run.beside) / _processors(), run.beside / jobs)
                print(
                    f"{'':12} {jobs}: {run.here:.1f} ms of processor time each here, {run.beside:.1f} beside;"
                    f" {1000 / busiest:.0f} a second if nothing else runs and nobody waits"
                )
        _stages(place, texts[:200])
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory: {own:.0f} MB, {others:.0f} MB of the largest process beside it")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _texts() -> Iterator[str]:
    data = Path(os.environ.get("KHABAR_DATA", ""), "articles")
    files = sorted(data.glob("*.jsonl.gz")) if os.environ.get("KHABAR_DATA") else []
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                record: dict[str, Any] = json.loads(line)
                if _WORDS[0] <= len(record["text"].split()) <= _WORDS[1]:
                    yield record["text"]
    if not files:
        yield from cycle([path.read_text("utf-8") for path in seeds()])


def _page(text: str) -> str:
    title, *lines = text.split("\n")
    menu = "".join(f"<li><a href='/{number}'>قسم {number}</a></li>" for number in range(40))
    paragraphs = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in lines if line.strip())
    return _PAGE.format(title=title[:120], menu=menu, paragraphs=paragraphs)


@dataclass
class Run:
    """What it took to add documents."""

    rate: float
    """Documents a second of all there are."""
    here: float
    """Milliseconds of processor time a document in this process, after the first _FIRST."""
    beside: float
    """The same of the processes beside it."""


_FIRST = 32
"""With so many documents all that is read once has been read."""
_LOOK = 8
"""After so many documents the processor time of others is looked at: it is gone when they end."""


def _run(corpus: Path, path: Path, jobs: int) -> Run:
    begun, number = time.perf_counter(), 0
    here = beside = 0.0
    others: dict[int, float] = {}
    for item in add(corpus, [path], jobs=jobs):
        number += isinstance(item, Added)
        if number % _LOOK == 0:
            others.update(_processor_times())
        if number == _FIRST:
            here, beside = time.process_time(), sum(others.values())
    here, beside = time.process_time() - here, sum(others.values()) - beside
    counted = max(1, number - _FIRST)
    return Run(number / (time.perf_counter() - begun), 1000 * here / counted, 1000 * beside / counted)


def _processor_times() -> dict[int, float]:
    """Seconds that each process beside this one has worked."""
    found = {}
    for process in multiprocessing.active_children():
        try:
            fields = Path(f"/proc/{process.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended, or the system tells it elsewhere
            continue
        found[process.pid or 0] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def _stages(place: Path, texts: list[str]) -> None:
    """Print the share of each stage of one document, one after the other in one process."""
    from store.clean import clean
    from store.database import open_writer
    from store.database.preparing import prepared
    from store.extract.dates import find as find_dates
    from store.extract.entities import find as find_entities
    from store.ingest import analyse
    from store.readers import read_bytes
    from store.text.sentences import split

    took: dict[str, float] = {}

    def timed(stage: str, work: Callable[..., T], *given: object) -> T:
        begun = time.process_time()
        done = work(*given)
        took[stage] = took.get(stage, 0.0) + time.process_time() - begun
        return done

    with open_writer(place / "stages.db") as writer:
        for number, text in enumerate(texts):
            line = json.dumps({"text": f"{text}\n{number} stages"}).encode()
            (document,) = timed("reading", lambda line: list(read_bytes(line, "x.jsonl")), line)
            assert isinstance(document, Document)
            cleaned = timed("cleaning", clean, document)
            sentences = timed("sentences", split, document.text, cleaned.blocks)
            timed("names", find_entities, document.text, sentences, cleaned.blocks, "fast")
            timed("dates", find_dates, document.text, None, sentences, cleaned.blocks)
            found = timed("all of it", analyse, document)
            ready = timed("preparing", prepared, found)
            timed("storing", writer.add_all, [ready])
        timed("copies, indexes", lambda: (list(writer.place_copies()), writer.settle()))
    whole = took.pop("all of it")
    took["events and else"] = max(0.0, whole - sum(took[one] for one in ("cleaning", "sentences", "names", "dates")))
    total = sum(took.values())
    print("of the time:", ", ".join(f"{stage} {100 * each / total:.0f} %" for stage, each in took.items()))
