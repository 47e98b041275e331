"""Recognising and linking names: articles a second on one core, time to load the lists, F1 on the sample articles."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from store.extract.entities import find
from store.text.sentences import split
from tests.store.extract.entities.score import read_gold, score

SEEDS = Path(__file__).parents[2] / "seeds"
_ARTICLE = 450
"""Words of an article, for the rate."""
_LOAD = """
import time
from store.extract.entities import find
from store.text.sentences import split
begun = time.perf_counter()
find("بغداد", [])
print(time.perf_counter() - begun)
"""


def _load_time() -> float:
    runs = [
        subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout
        for _ in range(3)
    ]
    return min(map(float, runs))


def main() -> None:
    """Print the figures."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    print(f"lists loaded in {_load_time():.2f} s")
    found = {name: find(text, split(text)) for name, text in texts.items()}
    words = sum(len(text.split()) for text in texts.values())
    rounds, begun = 0, time.process_time()
    while time.process_time() - begun < 2:
        for text in texts.values():
            find(text, split(text))
        rounds += 1
    rate = words * rounds / (time.process_time() - begun)
    print(f"{rate / _ARTICLE:.0f} articles of {_ARTICLE} words a second, one core, linking included")
    reached = score(read_gold(), found)
    print(
        f"sample articles: F1 {reached.overlap:.3f} (overlap and type), {reached.exact:.3f} (exact span); "
        f"name purity {reached.purity:.3f}, unity {reached.unity:.3f}"
    )


if __name__ == "__main__":
    main()
