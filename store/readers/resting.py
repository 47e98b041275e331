"""What a file is like from outside: whether it is still the one that was read, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

from store.readers.formats import detect
from store.readers.jsonl import LINE_LIMIT
from store.readers.source import HEAD

Like = tuple[int, int, int]
"""What tells one state of a file from another: its size, when it was changed (nanoseconds), its inode; 63 bits each."""
_BITS = (1 << 63) - 1


def status_of(path: str) -> os.stat_result | None:
    """What the system says of a file; None when it cannot be reached."""
    try:
        return os.stat(path)  # noqa: PTH116  a hundred thousand of them are looked at again and again
    except (OSError, ValueError):
        return None


def like(status: os.stat_result | None) -> Like:
    """What a file is like that has this status."""
    return (-1, 0, 0) if status is None else (status.st_size, status.st_mtime_ns & _BITS, status.st_ino & _BITS)


def is_folder(status: os.stat_result | None) -> bool:
    """Whether it is a folder, as far as that is known."""
    return status is not None and stat.S_ISDIR(status.st_mode)


def is_stream(status: os.stat_result | None) -> bool:
    """Whether it is a pipe, a device or a socket, which may be read once and never rests."""
    return status is not None and not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode)


def digest_of(path: str) -> bytes | None:
    """A digest of a file's bytes; None where they cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).digest()
    except (OSError, ValueError):
        return None


def in_lines(path: str) -> bool:
    """Whether a file has one record a line, so that it may be read while it grows."""
    try:
        with Path(path).open("rb") as stream:
            return detect(stream.read(HEAD), Path(path).suffix.lower()).key == "jsonl"
    except (OSError, ValueError):
        return False


def mid_line(path: str) -> bool:
    """Whether the last line of a file with one record a line is no whole record yet."""
    try:
        with Path(path).open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - LINE_LIMIT))
            json.loads(stream.read().rpartition(b"\n")[2] or b"0")
    except OSError:
        return False
    except (ValueError, RecursionError):
        return True
    return False
