"""Locks that processes hold on a corpus, and the order in which they write to it.

They are files beside the corpus, where whoever may write to it may write and nobody else, as in a folder for all they
might be foreseen and taken. The system takes a lock back whatever becomes of its process; the file is removed by the
last who needs it, as SQLite's own are.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["SUFFIXES", "Lock", "Turns"]

SUFFIXES = ("-refining", "-refining-next", "-queue", "-turn")
"""What the names of these files end with after that of the corpus."""

_LONGEST_PAUSE = 0.004
"""Seconds between two tries, at most. The system would wake us at once, but could not be told for how long to wait."""


class Lock:
    """One such file; not to be shared between threads. Of two in one process only one is held at a time as well."""

    def __init__(self, corpus: Path, suffix: str) -> None:
        corpus = corpus.resolve()
        self._corpus, self._path = corpus, corpus.with_name(corpus.name + suffix)
        self._file: int | None = None

    def take(self, seconds: float = 0.0) -> bool:
        """Whether it could be had, waiting so long for it. Raises OSError when the file cannot be made.

        On a system that knows no such locks it always can.
        """
        deadline, pause = time.monotonic() + seconds, _LONGEST_PAUSE / 16
        while not self._try():
            if time.monotonic() >= deadline:
                return False
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        return True

    def _try(self) -> bool:
        try:
            import fcntl
        except ImportError:
            return True
        while True:
            if self._file is None:
                self._file = self._open()
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:  # a file system without locks
                return True
            if os.fstat(self._file).st_nlink:
                return True
            # Removed by the one who held it before: others may hold the one that has its name now.
            self._shut()

    def _open(self) -> int:
        try:
            mode = self._corpus.stat().st_mode & 0o666 | 0o600  # who may write to the corpus
        except OSError:
            mode = 0o600
        # A link that somebody has put there is not followed.
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), mode)
        if os.fstat(file).st_mode & 0o777 != mode and hasattr(os, "fchmod"):
            with suppress(OSError):  # the umask is of files that nobody else has to open; another's is as it is
                os.fchmod(file, mode)
        return file

    def release(self) -> None:
        """Gives it back, if it is held."""
        if self._file is not None:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Gives it back, and removes the file if nobody holds it now."""
        if self._file is None:
            return
        try:
            if self._try():
                self._path.unlink(missing_ok=True)
        except OSError:
            pass
        self._shut()

    def _shut(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Turns:
    """Whoever is to write next: each after those who have waited longer.

    SQLite lets those who wait ask again and again, up to a tenth of a second apart, and whoever has just written is
    mostly the first to ask: with three the others starve, and nobody writes for half of the time. Here one waits for
    the present turn to end, and all others, the one who has it included, wait behind that one.
    """

    def __init__(self, corpus: Path) -> None:
        self._queue, self._turn = Lock(corpus, "-queue"), Lock(corpus, "-turn")

    @contextmanager
    def taken(self, seconds: float) -> Iterator[bool]:
        """Whether it is one's turn, waiting so long for it. Where no lock can be had, it is always."""
        deadline = time.monotonic() + seconds
        mine = False
        try:
            try:
                if self._queue.take(seconds):
                    try:
                        mine = self._turn.take(max(0.0, deadline - time.monotonic()))
                    finally:
                        self._queue.release()
            except OSError:  # SQLite has its own lock, by which all is right, if not as fast
                mine = True
            yield mine
        finally:
            self._turn.release()

    def close(self) -> None:
        """Removes the files, if nobody holds them now."""
        self._turn.close()
        self._queue.close()
