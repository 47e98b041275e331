"""An export on the disk: whole or not at all, and in the place of nothing that was there unless that is wanted."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from store import read_only
from store.errors import InputError

_TELL = 1 << 18
"""So many characters are written before it is told how far it is."""


def write(
    path: Path,
    pieces: Iterable[str | bytes],
    *,
    keep: Path,
    over: bool = True,
    told: Callable[[int, int], None] | None = None,
) -> int:
    """Write to `path` so that it is never seen half written; how many pieces there were.

    It may be read by its owner alone, or by those who might read the one that was there. `told` is told pieces and
    characters so far; what it raises ends the writing, and nothing is left. Raises InputError when `path` is the corpus
    `keep` or its folder is not there, CorpusError with --read-only, FileExistsError where something is there and not to
    be written `over`, else OSError.
    """
    read_only.check(path)
    path = path.resolve()
    if not path.parent.is_dir():
        folder = str(path.parent)
        remedy = f"make it (mkdir -p {shlex.quote(folder)}), or name another place"
        raise InputError(f"there is no folder {folder}", str(path), remedy)
    there = path.exists()
    if there and keep.exists() and path.samefile(keep):
        raise InputError("is the corpus itself", str(path), "name another file")
    if there and not over:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if there and not path.is_file():  # a pipe, a device
        with path.open("wb") as file:
            return _fill(file.write, pieces, told)
    part = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        with open(part, "xb", opener=_private) as file:
            count = _fill(file.write, pieces, told)
        if there:
            shutil.copymode(path, part)
        if over:
            part.replace(path)
        else:
            _put(part, path)
    except OSError as error:
        if error.filename in (str(part), part):
            error.filename = str(path)  # what was asked for; of the file beside it nobody knows
        raise
    finally:
        part.unlink(missing_ok=True)
    return count


def _private(path: str, flags: int) -> int:
    """An opener (of `open`) of files that only their owner may read."""
    return os.open(path, flags, 0o600)


def _fill(
    put: Callable[[bytes], object], pieces: Iterable[str | bytes], told: Callable[[int, int], None] | None
) -> int:
    count = size = last = 0
    for piece in pieces:
        put(piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace"))
        count, size = count + 1, size + len(piece)
        if told is not None and size - last >= _TELL:
            told(count, size)
            last = size
    if told is not None:
        told(count, size)
    return count


def _put(part: Path, path: Path) -> None:
    """Gives what was written its name, where nothing has taken that meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        part.rename(path)
