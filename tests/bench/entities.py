"""Recognising and linking names, each recogniser on one thread: articles a second, time to load, memory, F1."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from store.extract.entities import find
from store.models import Mention, Recogniser
from store.text.sentences import split
from store.training import corpora, measure
from tests.store.extract.entities.score import read_gold, score

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
DATA = Path(os.environ.get("KHABAR_DATA") or ROOT.parent / "shared" / "data")
_ARTICLE = 450
"""Words of an article, for the rate."""
_LOAD = """
import sys, time
begun = time.perf_counter()
from store.extract.entities import find
find("بغداد", [], (), sys.argv[1])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.perf_counter() - begun, int(peak.split()[1]) / 1024)
"""
_NAMES: tuple[Recogniser, ...] = ("fast", "accurate")


def main() -> None:
    """Print the figures."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    for name in _NAMES:
        seconds, megabytes = _load(name)
        print(f"{name}: imported and loaded in {seconds:.2f} s, {megabytes:.0f} MB")
        print(
            f"{name}: {_rate(list(texts.values()), name):.1f} articles of {_ARTICLE} words a second, linking included"
        )
        reached = score(read_gold(), {file: find(text, split(text), (), name) for file, text in texts.items()})
        print(
            f"{name}: sample articles (seen in training): F1 {reached.overlap:.3f} (overlap and type),"
            f" {reached.exact:.3f} (exact span); name purity {reached.purity:.3f}, unity {reached.unity:.3f}"
        )
        if (DATA / "articles").is_dir():
            _unseen(name)
    if not (DATA / "articles").is_dir():
        print("the annotated articles are not here: KHABAR_DATA names the folder with articles/ and entities/")


def _load(name: Recogniser) -> tuple[float, float]:
    """Seconds and MB of a process that finds one name; the best of three."""
    runs = [
        subprocess.run([sys.executable, "-c", _LOAD, name], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(3)
    ]
    return min(float(seconds) for seconds, _ in runs), max(float(megabytes) for _, megabytes in runs)


def _rate(texts: list[str], name: Recogniser) -> float:
    words = sum(len(text.split()) for text in texts)
    rounds, begun = 0, time.process_time()
    while time.process_time() - begun < 4:
        for text in texts:
            find(text, split(text), (), name)
        rounds += 1
    return words * rounds / (time.process_time() - begun) / _ARTICLE


def _unseen(name: Recogniser) -> None:
    lines = (ROOT / "tests" / "gold" / "news_entities.jsonl").read_text("utf-8")
    gold = corpora.annotated(DATA, lines)
    found = [find(one.text, split(one.text), (), name) for one in gold]
    counts = [measure.tally(one, mentions) for one, mentions in zip(gold, found, strict=True)]
    print(f"{name}: 40 articles never seen, overlap and type: F1 {measure.figure(counts, 'overlap')}")
    by_type = (f"{type_} {measure.figure(counts, 'overlap', (type_,))}" for type_ in measure.ALL)
    print(f"{name}:   {', '.join(by_type)}")
    purity, unity = measure.naming(corpora.names(DATA, lines), found)
    print(f"{name}:   exact span {measure.figure(counts, 'exact')}; purity {purity:.3f}, unity {unity:.3f}")

    def names(text: str) -> list[Mention]:
        return find(text, [], (), name)

    columns = corpora.conll(DATA / "entities" / "anercorp" / "dev.conll", "anercorp")
    aner = measure.tallies(columns, names, words=True)
    print(
        f"{name}: ANERcorp dev by its own guideline, exact: {measure.figure(aner, 'exact', measure.ALL)} (4 types),"
        f" {measure.figure(aner, 'exact')} (3 types)"
    )


if __name__ == "__main__":
    main()
