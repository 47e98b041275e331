"""The files behind the paths a person names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.readers.resting import status_of

STDIN = "-"


def walk(paths: Iterable[str | Path]) -> Iterator[str | Path]:
    """What to read for `paths`, in the order given; folders are entered, their entries sorted by name.

    Hidden entries and what is neither file nor folder are left out inside folders; links are followed, but no
    folder is entered twice. A path that is missing, or a folder that cannot be read or holds nothing, is yielded
    as it is, for `read` to say so. "-" (a string) is standard input.
    """
    return (path for path, _folder in find(paths))


def find(paths: Iterable[str | Path]) -> Iterator[tuple[str | Path, Path | None]]:
    """As `walk`, each with the folder it was found in as a person named it; None for what was named itself."""
    for path in paths:
        if isinstance(path, str) and path == STDIN:
            yield STDIN, None
            continue
        path = Path(path)
        empty = True
        for found, _ in look(path):
            empty = False
            yield Path(found), path if found != os.fspath(path) else None
        if empty:
            yield path, None


def look(path: str | Path) -> Iterator[tuple[str, os.stat_result | None]]:
    """The files that `walk` finds behind one path, each with what the system says of it; None for what is out of reach.

    A folder that cannot be listed is among them, one that holds nothing is not.
    """
    path = os.fspath(path)
    status = status_of(path)
    if status is None or not stat.S_ISDIR(status.st_mode):
        yield path, status
        return
    seen: set[tuple[int, int]] = set()
    # A stack of iterators, as folders may be nested deeper than Python calls.
    stack = [_entries(path, status, seen)]
    if stack[0] is _UNREADABLE:
        yield path, status
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        found, status = entry
        if status is not None and stat.S_ISDIR(status.st_mode):
            listing = _entries(found, status, seen)
            if listing is _UNREADABLE:
                yield found, status
            else:
                stack.append(listing)
        elif status is None or stat.S_ISREG(status.st_mode):
            # What has no status is a broken link or out of reach: `read` says so.
            yield found, status


_Entry = tuple[str, os.stat_result | None]
_UNREADABLE: Iterator[_Entry] = iter(())


def _entries(folder: str, status: os.stat_result, seen: set[tuple[int, int]]) -> Iterator[_Entry]:
    """The entries of a folder that was not seen before, sorted; `_UNREADABLE` when they cannot be listed."""
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return iter(())
    try:
        with os.scandir(folder) as found:
            # strings, no Paths: a hundred thousand entries are looked at again and again
            paths = sorted(entry.path for entry in found if not entry.name.startswith("."))
    except OSError:
        return _UNREADABLE
    seen.add(identity)
    return ((path, status_of(path)) for path in paths)
