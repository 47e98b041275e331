"""`make fuzz SECONDS=60`: every target under atheris for its share of the time; inputs that break a law are kept.

With SEED the inputs are the same every time, and with RUNS there are so many of each target, if the time is enough: CI
must not fail by chance.

What is found lies in build/fuzz/TARGET; move it to tests/cases/crashers/TARGET under a name that says what it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.mutating import LONGEST
from tests.fuzz.seeds import SEEDS

_BUILD = Path("build/fuzz")
_SLOWEST = 20
"""Seconds for one input."""
_MEMORY = 2048
"""MB of memory for a target."""


def main() -> int:
    """Runs the targets named, or all, for SECONDS in all; says what each did. Not 0 where one failed."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    names = sys.argv[2:] or list(SEEDS)
    workers = min(os.cpu_count() or 1, 4)
    share = max(round(seconds * workers / len(names)), 1)
    with ThreadPoolExecutor(workers) as pool:
        codes = list(pool.map(lambda name: _run(name, share), names))
    return 1 if any(codes) else 0


def _run(name: str, seconds: int) -> int:
    folder = _BUILD / name
    corpus, found = folder / "corpus", folder / "found"
    for made in (corpus, found):
        made.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]()):
        (corpus / f"seed{number}").write_bytes(seed)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.one", name, f"-max_total_time={seconds}", f"-max_len={LONGEST}"),
            *(f"-timeout={_SLOWEST}", f"-rss_limit_mb={_MEMORY}", "-print_final_stats=1", "-len_control=0"),
            f"-seed={os.environ.get('SEED') or 0}",
            f"-runs={os.environ.get('RUNS') or -1}",
            *(f"-artifact_prefix={found}/", str(corpus)),
        ],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"} if os.environ.get("SEED") else None,
    )
    said = done.stderr.decode("utf-8", "replace").splitlines() + done.stdout.decode("utf-8", "replace").splitlines()
    stats = {line.split()[0].rstrip(":"): line.split()[-1] for line in said if line.startswith("stat::")}
    runs, rss = stats.get("stat::number_of_executed_units", "?"), stats.get("stat::peak_rss_mb", "?")
    print(
        f"{name:10} {runs:>8} inputs in {seconds} s, at most {rss} MB: {'broken' if done.returncode else 'held'}",
        flush=True,
    )
    if done.returncode:
        print("\n".join(line for line in said[-60:] if not line.startswith("#")), flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
