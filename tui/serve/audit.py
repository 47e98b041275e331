"""One line for whoever comes, goes or is refused, on stderr or in a file that only its owner may read.

2026-11-26T08:30:00Z login user="amal" key=SHA256:… from=192.0.2.7 mode=read-only as="amal"
"""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from store.errors import StoreError

_LONGEST = 100
"""Code points of a value; what follows is left out."""


def quoted(value: str) -> str:
    """A value from outside between quotes, on one line, of characters that do nothing to a terminal.

    What does not print, bidi controls included, is written as `\\uXXXX`, a quote and a backslash after a backslash.
    """
    cut = value[:_LONGEST]
    safe = "".join(_safe(ch) for ch in cut)
    return f'"{safe}{"…" if len(value) > _LONGEST else ""}"'


def _safe(ch: str) -> str:
    if ch in '"\\':
        return "\\" + ch
    if ch.isprintable():
        return ch
    return f"\\u{ord(ch):04x}" if ord(ch) < 0x10000 else f"\\U{ord(ch):08x}"


class Audit:
    """Where the lines go. Raises StoreError for a file that cannot be written, or that others may read."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        if file is not None:
            try:
                descriptor = self._open(file)
                mode = os.fstat(descriptor).st_mode
                os.close(descriptor)
            except OSError as error:
                raise StoreError(f"cannot be written ({error.strerror})", str(file), "name another file") from error
            if mode & 0o077:
                raise StoreError("may be read by others", str(file), f"chmod 600 {file}")

    def tell(self, event: str, /, **values: str | int | float) -> None:
        """Write a line; text that came from outside is given as `quoted`. A disk that is full stops nobody."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = " ".join([now, event, *(f"{name}={value}" for name, value in values.items())]) + "\n"
        if self._file is None:
            with contextlib.suppress(OSError, ValueError):
                print(line, end="", file=sys.stderr, flush=True)
            return
        with contextlib.suppress(OSError):
            # Opened for each line: whoever rotates logs need not tell.
            descriptor = self._open(self._file)
            try:
                os.write(descriptor, line.encode("utf-8", "backslashreplace"))
            finally:
                os.close(descriptor)

    @staticmethod
    def _open(file: Path) -> int:
        return os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
