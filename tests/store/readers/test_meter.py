"""How far the reading of files is."""

from __future__ import annotations

import os
import time
from pathlib import Path

from store.readers import find_in, walk
from store.readers.meter import Meter

ARTICLE = "زار سامي حداد البصرة أمس.\n"


def measured(meter: Meter) -> Meter:
    """The meter once it knows how much there is."""
    until = time.monotonic() + 30
    while meter.total is None and time.monotonic() < until:
        os.sched_yield() if hasattr(os, "sched_yield") else None
    return meter


def test_it_counts_what_is_read_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    sizes = [(tmp_path / "a" / f"{number}.txt").write_text(ARTICLE * 50 * number, "utf-8") for number in range(1, 5)]
    assert sizes
    total = sum(path.stat().st_size for path in (tmp_path / "a").iterdir())
    meter = measured(Meter([tmp_path / "a"]))
    assert meter.total == total
    assert meter.read == 0
    before = 0
    for path in walk([tmp_path / "a"]):
        for _ in find_in(path, meter=meter):
            assert before < meter.read <= total
            before = meter.read
    meter.end()
    assert meter.read == total
    assert meter.share == 1


def test_of_standard_input_nothing_is_known() -> None:
    meter = Meter(["-"])
    assert meter.total is None
    assert meter.share is None
    assert meter.read == 0
