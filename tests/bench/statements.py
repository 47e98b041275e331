"""Statements, roles and quantities against gold, and their time. KHABAR_DATA= for the articles beside the seeds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
import time
from pathlib import Path

from store.database import open_writer
from store.extract import quantities, quotes, roles
from store.extract.entities.tokens import tokenize
from store.ingest import analyse
from store.models import Analysis, Document, Source
from tests.store.extract.statements import measure

_WORDS = 450


def analysed(text: str) -> Analysis:
    """A text as `khabar add` finds it."""
    return analyse(Document(text, Source("gold", "text", "1"), hashlib.sha256(text.encode()).hexdigest()))


def counts(part: str, data: Path | None) -> dict[str, measure.Count]:
    """By measure, over the texts of a part."""
    found = {
        name: measure.Count() for name in ("direct", "reported", "kind", "roles", "holders", "quantities", "about")
    }
    for one in measure.texts(data):
        if one.part != part:
            continue
        analysis = analysed(one.text)
        for direct, name in ((True, "direct"), (False, "reported")):
            gold = [item for item in one.statements if item[2] == direct]
            said = [item for item in analysis.quotes if item.direct == direct]
            pairs = measure.paired(gold, said, measure.statement)
            found[name].add(len(pairs), len(said), len(gold))
            kinds = sum(a[5] == b.kind for a, b in pairs)
            found["kind"].add(kinds, len(pairs), len(pairs))
        held = measure.paired(one.roles, analysis.roles, measure.role)
        found["roles"].add(len(held), len(analysis.roles), len(one.roles))
        found["holders"].add(sum(a[5] == b.holder for a, b in held), len(held), len(held))
        numbers = measure.paired(one.quantities, analysis.quantities, measure.quantity)
        found["quantities"].add(len(numbers), len(analysis.quantities), len(one.quantities))
        found["about"].add(sum(a[5] == b.about for a, b in numbers), len(numbers), len(numbers))
    return found


def cost(texts: list[str]) -> float:
    """Milliseconds of CPU that statements, roles and quantities add to an article of 450 words."""
    analyses = [analysed(text) for text in texts]
    spent = 0.0
    for one in analyses:
        text, blocks = one.document.text, one.cleaned.blocks
        best = 1e9
        for _ in range(5):
            tokenize(text)
            begun = time.process_time()
            quotes.find(text, one.sentences, blocks, one.mentions, one.dates)
            roles.find(text, blocks, one.mentions)
            quantities.find(text, one.sentences, blocks, one.dates)
            best = min(best, time.process_time() - begun)
        spent += best
    return 1000 * spent / sum(len(text.split()) for text in texts) * _WORDS


def main() -> None:
    """Prints the figures."""
    data = Path(os.environ["KHABAR_DATA"]) if os.environ.get("KHABAR_DATA") else None
    for part in ("seeds", "developed on", "held out"):
        if part != "seeds" and data is None:
            print(f"{part}: no data (KHABAR_DATA)")
            continue
        for name, count in counts(part, data).items():
            share = count.right / count.found if count.found else 1.0
            print(f"{part}: {name}: {count if name not in ('kind', 'holders', 'about') else f'right {share:.3f}'}")
    added = cost([one.text for one in measure.texts(data)])
    size, share = kept([one.text for one in measure.texts(data)])
    print(f"kept of what is said: {size} bytes an article, {share:.3f} of its text")
    print(f"added to the fast pass: {added:.2f} ms of CPU an article of {_WORDS} words")


def kept(texts: list[str]) -> tuple[int, float]:
    """Bytes that an article's statements take in a corpus, and what that is of its text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        with open_writer(path) as writer:
            writer.add_all([analysed(text) for text in texts])
        with contextlib.closing(sqlite3.connect(path)) as connection:
            sql = "SELECT coalesce(sum(pgsize - unused), 0) FROM dbstat WHERE name IN ('spoken', 'speakers')"
            (size,) = connection.execute(sql).fetchone()
    return size // len(texts), size / sum(len(text.encode()) for text in texts)


if __name__ == "__main__":
    main()
