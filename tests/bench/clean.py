"""Reading and cleaning: articles a second, and how short a line may be whose encoding is still told."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from store.clean import clean
from store.errors import InputError
from store.models import Document
from store.readers import read, walk
from store.readers.encoding import decode

_SEEDS = Path(__file__).parents[2] / "seeds"
_ROUNDS = 60


def _documents() -> list[Document]:
    return [found for path in walk([_SEEDS]) for found in read(path) if isinstance(found, Document)]


def _rate(work: Callable[[], object], articles: int) -> float:
    """Articles a second of CPU, after one round to warm up."""
    work()
    begun = time.process_time()
    for _ in range(_ROUNDS):
        work()
    return _ROUNDS * articles / (time.process_time() - begun)


def main() -> None:
    """Print articles a second for reading, cleaning and both, and the encodings told by length of line."""
    documents = _documents()
    count = len(documents)
    print(f"read: {_rate(_documents, count):.0f} articles/s")
    print(f"clean: {_rate(lambda: [clean(document) for document in documents], count):.0f} articles/s")
    print(f"read and clean: {_rate(lambda: [clean(document) for document in _documents()], count):.0f} articles/s")
    words = [line.split() for document in documents for line in document.text.splitlines()]
    for name in ("windows-1256", "iso-8859-6"):
        for size in (1, 2, 4, 8):
            right = total = 0
            for line in words:
                for start in range(0, len(line) - size + 1, size):
                    data = " ".join(line[start : start + size]).encode(name, "ignore")
                    if all(byte < 128 for byte in data):
                        continue
                    total += 1
                    try:
                        right += decode(data, "")[1] == name
                    except InputError:
                        continue
            print(f"{name}, {size} words: {right}/{total} told ({100 * right / total:.1f} %)")


if __name__ == "__main__":
    main()
