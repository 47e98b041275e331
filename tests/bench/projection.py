"""What 1, 10 and 100 million articles take, from what some take here: `python -m tests.bench projection`.

It measures on the spot, on real articles (KHABAR_DATA=, else the sample's over and over), in seconds of one processor;
any figure can be given instead: `python -m tests.bench projection storing=8.1 fast=13.7`. What it does not measure
stands in `GIVEN`, with the command that printed it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import process_time

from store.carrying import pack, unpack
from store.database import open_writer
from store.extraction import Given, Result, extract
from store.models import Analysis, Document
from tests.bench.cluster import articles

_NUMBER, _ACCURATE, _BATCH = 600, 20, 32
GIVEN = {
    "file": 1.84,  # the corpus's file, of the text; `make corpus N=200000`
    "bulk": 0.53,  # ms to write what is found in an article, all at once into a new corpus; the same
    "kept": 0.32,  # ms to find its copies and keep what makes a large corpus answer at once; the same
    "memory": 524.0,  # MB of the explorer at a million articles; `make bench-scale`
    "count": 18.0,  # ms until it is known how many of a million articles answer; the same
}
"""What other commands have printed."""
SAID = {
    "fast": "ms of a worker for an article, fast pass, its packing included",
    "accurate": "ms of a worker for its names by the accurate pass",
    "here": "ms of this machine beside storing: packing it, unpacking what is found",
    "storing": "ms to store it in a new corpus, the only writer at work",
    "text": "bytes of its text",
}
"""What is measured here, in words."""
_SIZES = (1, 10, 100)
"""Millions of articles."""


def main() -> None:
    """Print what was measured, and what follows."""
    said = dict(argument.split("=", 1) for argument in sys.argv[1:] if "=" in argument)
    figures = GIVEN | {name: float(value) for name, value in said.items()}
    if not set(SAID) <= set(figures):
        figures = measured() | figures
    for name, words in SAID.items():
        print(f"{name} {figures[name]:.2f} {words}")
    print(", ".join(f"{name} {figures[name]:g}" for name in GIVEN))
    for line in projected(figures):
        print(line)


def measured() -> dict[str, float]:
    """Milliseconds of a processor for an article, and its bytes."""
    from store.extract.entities import find, prepare
    from store.text.around import blanked

    some = [
        replace(one, digest=f"{number:064x}") for number, one in enumerate(islice(articles(), _NUMBER + _BATCH))
    ]  # the sample's again and again are not one document
    batches = [some[at : at + _BATCH] for at in range(0, len(some), _BATCH)]
    took = dict.fromkeys(SAID, 0.0)
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "c.db") as writer:
        for number, batch in enumerate(batches):
            begun = process_time()
            given = pack((batch, Given()))
            sent = process_time()
            packed = pack(extract(batch, Given()))
            found = process_time()
            results: list[list[Result]] = unpack(packed, list)
            unpacked = process_time()
            writer.add_all([one for each in results for one in each if isinstance(one, Analysis)])
            stored = process_time()
            if number:  # the first reads lexicons and models
                took["fast"] += found - sent
                took["here"] += sent - begun + unpacked - found
                took["storing"] += stored - unpacked
            assert given
        prepare("accurate")
        chosen = analyses(some[: _ACCURATE + 1])
        for number, one in enumerate(chosen):
            begun = process_time()
            find(blanked(one.document.text, one.cleaned.blocks), one.sentences, one.cleaned.blocks, "accurate")
            if number:
                took["accurate"] += process_time() - begun
    one_of = {name: _ACCURATE if name == "accurate" else len(some) - _BATCH for name in took}
    size = sum(len(one.text.encode()) for one in some) / len(some)
    return {name: 1e3 * seconds / one_of[name] for name, seconds in took.items()} | {"text": size}


def analyses(documents: Sequence[Document]) -> list[Analysis]:
    """What is found in them."""
    return [one for each in extract(documents, Given()) for one in each if isinstance(one, Analysis)]


def projected(figures: dict[str, float]) -> list[str]:
    """The lines of the projection: everything grows with the number of articles."""
    writer = figures["here"] + figures["storing"] + figures["kept"]
    lines = [
        f"this machine takes {writer:.1f} ms for an article, {1e3 / writer:.0f} a second: it is the wall from "
        f"{figures['fast'] / writer:.1f} workers on with the fast pass, "
        f"{(figures['fast'] + figures['accurate']) / writer:.0f} if they did the accurate pass as well; written all at "
        f"once into new files an article would take {figures['here'] + figures['bulk'] + figures['kept']:.1f} ms",
        "| million articles | text, GB | file, GB | this machine | workers, fast | workers, accurate as well "
        "| written at once | explorer, GB | a count, s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for size in _SIZES:
        text = size * figures["text"] / 1e3
        several = figures["fast"] + figures["accurate"]
        lines.append(
            f"| {size} | {text:,.0f} | {text * figures['file']:,.0f} | {_long(size * writer)} | "
            f"{_long(size * figures['fast'])} | {_long(size * several)} | "
            f"{_long(size * (figures['here'] + figures['bulk'] + figures['kept']))} | "
            f"{size * figures['memory'] / 1e3:.1f} | {size * figures['count'] / 1e3:.2f} |"
        )
    return lines


def _long(thousands: float) -> str:
    """So many thousand seconds, of one processor, in hours or days."""
    hours = thousands / 3.6
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:,.1f} days"


if __name__ == "__main__":
    main()
