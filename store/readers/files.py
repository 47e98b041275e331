"""The files behind the paths a person names."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

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
        if not stat.S_ISDIR(_mode(path)):
            yield path, None
            continue
        empty = True
        for found in _inside(path, set()):
            empty = False
            yield found, path
        if empty:
            yield path, None


def _inside(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    # A stack of iterators, as folders may be nested deeper than Python calls.
    stack = [_entries(folder, seen)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        mode = _mode(entry)
        if stat.S_ISDIR(mode):
            listing = _entries(entry, seen)
            if listing is _UNREADABLE:
                yield entry
            else:
                stack.append(listing)
        elif stat.S_ISREG(mode) or not mode:
            # What has no mode is a broken link or out of reach: `read` says so.
            yield entry


def _mode(path: Path) -> int:
    """What a path leads to, as `stat` has it; 0 when that cannot be told."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


_UNREADABLE: Iterator[Path] = iter(())


def _entries(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """The entries of a folder that was not seen before, sorted; `_UNREADABLE` when they cannot be listed."""
    try:
        status = folder.stat()
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return _UNREADABLE
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return iter([])
    seen.add(identity)
    return iter([folder / name for name in names if not name.startswith(".")])
