"""What a look of `khabar watch` costs where nothing has changed, by the number of files; they are pictures by name."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from store.watching import Watch

FOLDERS, FILES = 100, 1000
_LOOKS = 5


def main() -> None:
    """Makes the files, lets them be known, and prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FOLDERS):
            inside = Path(folder, "files", f"{number:03}")
            inside.mkdir(parents=True)
            for file in range(FILES):
                (inside / f"{file:04}.png").touch()
        corpus = Path(folder, "c.db")
        watch = Watch(corpus, [Path(folder, "files")])
        _timed(watch, time.time() + 60)
        looks = [_timed(watch, time.time()) for _ in range(_LOOKS)]
        begun = time.process_time()
        Watch(corpus, [Path(folder, "files")])
        print(f"{watch.files:,} files: a look {statistics.median(looks):.2f} s of CPU, ", end="")
        print(f"a restart {time.process_time() - begun:.2f} s, {corpus.stat().st_size / watch.files:.0f} bytes a file")


def _timed(watch: Watch, now: float) -> float:
    """Seconds of CPU that a look takes."""
    begun = time.process_time()
    for _ in watch.look(now):
        pass
    return time.process_time() - begun


if __name__ == "__main__":
    main()
