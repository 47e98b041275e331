"""A frame of the reader: cold (laid out and painted) and cached, in milliseconds of CPU."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from store.ingest import add
from tests.tui.screens.driving import explorer

_TIMES = 30


async def _measure(corpus: Path) -> None:
    async with explorer(corpus, (120, 40)) as khabar:
        reader = khabar.explorer.reader
        cold, cached = [], []
        for _ in range(_TIMES):
            begun = time.process_time()
            reader._lay_out()
            reader.render_lines(reader.size.region)
            cold.append(time.process_time() - begun)
            begun = time.process_time()
            reader.render_lines(reader.size.region)
            cached.append(time.process_time() - begun)
        for name, times in (("cold", cold), ("cached", cached)):
            print(f"reader frame {name}: {1000 * statistics.median(times):.2f} ms (max {1000 * max(times):.2f})")


def main() -> None:
    """Print the figures for a reader of 70 by 36 cells."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "seeds.db"
        for _ in add(corpus, [str(Path(__file__).parents[2] / "seeds")]):
            pass
        asyncio.run(_measure(corpus))


if __name__ == "__main__":
    main()
