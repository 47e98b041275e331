"""Exports of many rows: peak memory at 10,000 and at 100,000 rows (of a brief and a report: articles), each in a
process of its own, and rows a second. Of a corpus that has fewer it is told how many there were.

SQLite's cache of pages, which fills as far as 32 MiB while a corpus is read, is kept at 2 MiB: what is measured is what
the export holds itself. The corpus is KHABAR_CORPUS, else one of 10,000 articles that is made of KHABAR_DATA (else of
the samples), in which it was looked for statements and each article has a note.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from store.annotations import Target
from store.answers import Filter
from store.database import open_reader, open_writer

FEW, MANY = 10_000, 100_000
TABLES = ("csv", "jsonl", "md", "html")
LONG = (
    ("articles", TABLES),
    ("mentions", TABLES),
    ("entities", TABLES),
    ("statements", TABLES),
    ("quantities", TABLES),
    ("timeline", ("csv", "jsonl", "txt", "md", "html")),
    ("graph", ("gexf", "graphml", "csv", "jsonl")),
    ("trends", ("csv", "jsonl", "svg", "txt")),
    ("annotations", TABLES),
    ("brief", ("md",)),
    ("report", ("html",)),
)
"""What is exported, and in which forms: all there are but edits and saved searches."""
OF_ARTICLES = ("brief", "report")
"""What is bounded by limits of its own: measured of so many articles, not of so many rows."""
_CHILD = """
import json, resource, sys, time
from itertools import islice
from pathlib import Path
from store.answers import Filter
from store.database import open_reader
from store.export import export
from store.export.options import Options

corpus, what, form, rows = sys.argv[1:5]
with open_reader(corpus) as reader, open("/dev/null", "w", encoding="utf-8") as nowhere:
    reader.put(lambda connection: connection.execute("PRAGMA cache_size = -2048"))
    of = ()
    if what == "trends":  # so many names that the table is long
        groups = reader.entity_groups(Filter(), most=40)
        of = tuple(id_ for _kind, ids in groups for id_ in ids)
    begun, count, size = time.process_time(), 0, 0
    f, most = Filter(copies=what != "annotations"), int(rows)
    if what in ("brief", "report"):
        f, most = Filter(added_after=max(0, reader.last_added() - most)), None
    pieces = export(reader, what, form, f, options=Options(of=of, by="day" if of else None))
    for piece in islice(pieces, most):
        nowhere.write(piece)
        count, size = count + 1, size + len(piece)
    seconds = time.process_time() - begun
if sys.platform == "linux":  # what the system says of the resources of a process has that of its parent in it
    (peak,) = (int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([count, size, peak, seconds]))
"""


class Run(NamedTuple):
    """What an export took: pieces, characters, KiB at most, seconds of CPU."""

    pieces: int
    characters: int
    peak: int
    seconds: float


def run(corpus: Path, what: str, form: str, rows: int) -> Run:
    """Export `rows` pieces at most in a process of its own."""
    command = [sys.executable, "-c", _CHILD, str(corpus), what, form, str(rows)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2])
    return Run(*json.loads(done.stdout))


def _fill(corpus: Path) -> None:
    """Looks for what is said in all articles, as `khabar refine` does, and puts a note on each."""
    with open_reader(corpus) as reader, open_writer(corpus) as writer:
        every = reader.article_ids(Filter(copies=True))
        writer.annotate_all([Target("article", id_) for id_ in every], "note", "راجع المصدر")
        while ids := writer.unheard(500):
            with writer.transaction():
                for id_ in ids:
                    writer.hear(id_)


def main() -> None:
    """Print for each what it takes at both lengths."""
    with tempfile.TemporaryDirectory() as folder:
        named = os.environ.get("KHABAR_CORPUS")
        corpus = Path(named) if named else Path(folder) / "c.db"
        if named is None:
            subprocess.run([sys.executable, "-m", "tests.bench.corpus", "10000", str(corpus)], check=True)
            _fill(corpus)
        for what, forms in LONG:
            unit = "pieces" if what in OF_ARTICLES else "rows"
            for form in forms:
                few, many = (run(corpus, what, form, rows) for rows in (FEW, MANY))
                least, most = f"{few.pieces:,}", f"{many.pieces:,}"
                if what in OF_ARTICLES:
                    least, most = f"{FEW:,} articles", f"{MANY:,}"
                print(
                    f"{what} {form}: {many.pieces:,} {unit}, {many.characters / 1e6:.1f} million characters,"
                    f" {many.pieces / max(many.seconds, 0.01):,.0f} a CPU second; peak {few.peak / 1024:.0f} MiB at"
                    f" {least}, {(many.peak - few.peak) / 1024:+.1f} MiB more at {most}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
