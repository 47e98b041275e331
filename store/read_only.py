"""Whether this process may write: with `--read-only` it leaves every file as it is, byte for byte."""

from __future__ import annotations

import sys

from store.errors import CorpusError

_on = False


def switch(on: bool) -> None:
    """From now on nothing is written by this process (or it may be again)."""
    global _on
    _on = on
    if on:
        sys.dont_write_bytecode = True


def is_on() -> bool:
    """Whether nothing may be written."""
    return _on


def check(where: object) -> None:
    """Raises CorpusError where nothing may be written."""
    if _on:
        raise CorpusError(
            "is open for reading only", str(where), "leave out --read-only (KHABAR_READ_ONLY) to change it"
        )
