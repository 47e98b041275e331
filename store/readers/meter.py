"""How far the reading of files is, in bytes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


class Meter:
    """Counts what is read; how much there is in all is found out beside it, so that nothing waits for that."""

    def __init__(self, paths: Iterable[str | Path] = ()) -> None:
        self.total: int | None = None
        """Bytes of all files; None until that is known, and where it cannot be (standard input)."""
        self._done = 0
        self._size = 0
        self._stream: BinaryIO | None = None
        if given := list(paths):
            with suppress(RuntimeError):  # a machine without room for a thread: it is not known, as with a pipe
                threading.Thread(target=self._measure, args=(given,), daemon=True).start()

    def _measure(self, paths: list[str | Path]) -> None:
        from store.readers.files import STDIN, find

        total = 0
        for path, _folder in find(paths):
            if path == STDIN:
                return
            try:
                total += Path(path).stat().st_size
            except (OSError, ValueError):
                continue
        self.total = total

    def begin(self, stream: BinaryIO, size: int) -> None:
        """A file of this size is read now; the one before is done."""
        self.end()
        self._stream, self._size = stream, size

    def end(self) -> None:
        """The file is done, however much of it was read."""
        self._done += self._size
        self._stream, self._size = None, 0

    @property
    def read(self) -> int:
        """Bytes read so far."""
        try:
            here = self._stream.tell() if self._stream is not None else 0
        except (OSError, ValueError):  # a pipe, or closed meanwhile
            here = 0
        return self._done + min(here, self._size)

    @property
    def share(self) -> float | None:
        """How much of all is read, 0 to 1; None where that is not known."""
        return min(1.0, self.read / self.total) if self.total else None
