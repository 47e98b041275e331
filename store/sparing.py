"""Looking for garbage less often while documents come in: it takes a tenth of the time, and there is hardly any.

What analysis makes goes away by itself when nobody holds it; lexicons and models stay for good.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = 50_000, 20, 100
"""New objects that are still there before the young are looked through, and how often that is before the older are."""


def spare() -> None:
    """From now on in this process, which does nothing else."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def sparing() -> Iterator[None]:
    """For as long as this lasts."""
    before = gc.get_threshold()
    spare()
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def reading() -> Iterator[None]:
    """While what is read is there to stay: garbage is not looked for, and nothing that is in memory at the end is ever
    gone through again, here and in processes forked from this. The little garbage among it stays with it: looking for
    it would take as long as reading a lexicon."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
