"""What storing takes where much is told of each day: `KHABAR_DATA=… python -m tests.bench crowded` (and
articles=5000).

Real articles, published within thirty days of their years, in no order: a hundred a day, as in a corpus of a million of
twenty years. It prints milliseconds of a processor for storing one, by the thousand, and at the end with writers that
have just opened the corpus and remember nothing, as when articles come in no order of time.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import process_time

from store.carrying import pack, unpack
from store.database import open_writer
from store.database.preparing import prepared
from store.ingest import analyse
from store.models import Analysis, Document
from store.readers import read_bytes

_DAYS = 30
_BATCH, _COLD = 64, 320
_NUMBER = 5_000


def main() -> None:
    """Print the figures."""
    if not os.environ.get("KHABAR_DATA"):
        print("crowded: set KHABAR_DATA to a folder of real articles; the sample's five are no crowd")
        return
    said = dict(argument.split("=", 1) for argument in sys.argv[1:] if "=" in argument)
    number = int(said.get("articles", _NUMBER))
    print(f"crowded: {number} articles of {_DAYS} days of two years", flush=True)
    packed = [pack([prepared(analyse(one)) for one in batch]) for batch in _batches(number)]
    warm = packed[: -_COLD // _BATCH]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        with open_writer(path) as writer:
            took: list[float] = []
            for at, one in enumerate(warm, 1):
                found = unpack(one, list)
                begun = process_time()
                writer.add_all(found)
                took.append(1000 * (process_time() - begun) / len(found))
                if at * _BATCH % 1_000 < _BATCH:
                    print(f"{at * _BATCH:6} articles: {sum(took) / len(took):.1f} ms each", flush=True)
                    took.clear()
        print(f"with writers that remember nothing: {_cold(path, packed[len(warm) :]):.1f} ms each")


def _cold(path: Path, batches: Sequence[bytes]) -> float:
    took, number = 0.0, 0
    for one in batches:
        found: list[Analysis] = unpack(one, list)
        with open_writer(path) as writer:
            begun = process_time()
            writer.add_all(found)
            took += process_time() - begun
        number += len(found)
    return 1000 * took / max(1, number)


def _batches(number: int) -> Iterator[list[Document]]:
    records = list(_records())
    random.Random(1).shuffle(records)
    for at in range(0, min(number, len(records)), _BATCH):
        lines = (json.dumps(record).encode() for record in records[at : min(at + _BATCH, number)])
        yield [one for line in lines for one in read_bytes(line, "x.jsonl") if isinstance(one, Document)]


def _records() -> Iterator[dict[str, str]]:
    for path in sorted(Path(os.environ["KHABAR_DATA"], "articles").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                record: dict[str, str] = json.loads(line)
                day = date.fromisoformat(record["date"][:10])
                record["date"] = (date(day.year, 1, 1) + timedelta(days=day.toordinal() % _DAYS)).isoformat()
                yield record
