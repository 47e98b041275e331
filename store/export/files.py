"""Exports in files: for their owner alone, whole or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

__all__ = ["private", "write"]


def private(path: str, flags: int) -> int:
    """An opener (of `open`) of files that only their owner may read."""
    return os.open(path, flags, 0o600)


def write(path: Path, pieces: Iterable[str]) -> int:
    """Writes a file so that it is never seen half written; returns of how many pieces.

    It may be read by its owner alone, or by those who might read the one that was there. Raises OSError.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    number = 0
    try:
        with open(part, "x", encoding="utf-8", newline="", opener=private) as file:
            for piece in pieces:
                file.write(piece)
                number += 1
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return number
