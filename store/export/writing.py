"""An export on the disk: whole or not at all, and in the place of nothing that was there unless that is wanted."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from store import read_only
from store.database.files import is_part
from store.errors import InputError
from store.placing import put

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
    # A pipe or a device is opened by the name it was given: where /dev/stdout leads has no name of its own.
    stream = path.exists() and not path.is_file() and not path.is_dir()
    path = path.absolute() if stream else _led(path)
    if not path.parent.is_dir():
        folder = str(path.parent)
        remedy = f"make it (mkdir -p {shlex.quote(folder)}), or name another place"
        raise InputError(f"there is no folder {folder}", str(path), remedy)
    there = path.exists()
    if is_part(path, keep) or is_part(path, Path(os.path.realpath(keep))):
        raise InputError("is the corpus itself", str(path), "name another file")
    if there and not over:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if stream:
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
            put(part, path)
    except OSError as error:
        if error.filename in (str(part), part):
            error.filename = str(path)  # what was asked for; of the file beside it nobody knows
        raise
    finally:
        part.unlink(missing_ok=True)
    return count


def _led(path: Path) -> Path:
    """Where a path leads. Raises OSError for links that lead to one another."""
    try:
        return path.resolve()
    except RuntimeError:  # as Python before 3.13 says it
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None


def _private(path: str, flags: int) -> int:
    """An opener (of `open`) of files that only their owner may read."""
    return os.open(path, flags, 0o600)


def _fill(
    take: Callable[[bytes], object], pieces: Iterable[str | bytes], told: Callable[[int, int], None] | None
) -> int:
    count = size = last = 0
    for piece in pieces:
        take(piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace"))
        count, size = count + 1, size + len(piece)
        if told is not None and size - last >= _TELL:
            told(count, size)
            last = size
    if told is not None:
        told(count, size)
    return count
