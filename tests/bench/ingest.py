"""How fast documents come in: `make bench-ingest` (KHABAR_DATA= for real articles; else the sample's, over and over).

Prints documents a second with one process and with each number up to that of the processors (at least two), for JSON
Lines with the fast pass and for pages, what share of the time each stage takes, and the most memory.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
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
            rates = {
                jobs: _rate(place / f"{name}{jobs}.db", path, jobs) for jobs in range(1, max(2, _processors()) + 1)
            }
            line = ", ".join(f"{rate:.0f} with {jobs}" for jobs, rate in rates.items())
            print(f"{name:12} {line} a second; two are {rates[2] / rates[1]:.2f} times one")
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


def _rate(corpus: Path, path: Path, jobs: int) -> float:
    begun = time.perf_counter()
    added = sum(isinstance(item, Added) for item in add(corpus, [path], jobs=jobs))
    return added / (time.perf_counter() - begun)


def _stages(place: Path, texts: list[str]) -> None:
    """Print the share of each stage of one document, one after the other in one process."""
    from store.clean import clean
    from store.database import open_writer
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
            timed("storing", writer.add_all, [found])
        timed("copies, indexes", lambda: (list(writer.place_copies()), writer.settle()))
    whole = took.pop("all of it")
    took["events and else"] = max(0.0, whole - sum(took[one] for one in ("cleaning", "sentences", "names", "dates")))
    total = sum(took.values())
    print("of the time:", ", ".join(f"{stage} {100 * each / total:.0f} %" for stage, each in took.items()))
