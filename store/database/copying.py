"""A corpus copied as it stands, whoever reads and writes it meanwhile."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store import read_only
from store.database.files import connect_as_it_is, is_part, sentences
from store.errors import CorpusError
from store.placing import put

_PAGES = 4096
"""So many pages are copied between two words about how far it is."""
_SPARE = 16 << 20
"""Bytes that are to stay free on a disk."""
_TIMES = 2
"""What it takes to bring a corpus up to date, of its size: a copy, and a log of what is written anew."""


def copy(path: str | Path, target: str | Path, progress: Callable[[float], None] | None = None) -> Path:
    """Copies a corpus of whatever version to a new file, readable to this user alone; returns its path.

    It is one state of the corpus, and the copy has its name only when it is whole. `progress` is told the share that
    is done, 0 to 1. Raises CorpusError where there is no corpus, where `target` is there already or cannot be written,
    and where the disk has no room for it.
    """
    path, target = Path(path), Path(target)
    read_only.check(target)
    if is_part(target, path) or is_part(Path(os.path.realpath(target)), Path(os.path.realpath(path))):
        # a log, which would be read with the corpus, or a lock, which is removed by whoever has it last
        raise CorpusError("is the corpus itself", str(target), "name another file")
    with closing(connect_as_it_is(path)) as source, sentences(path):
        # Held until the end: what others write meanwhile would make the copy begin again.
        source.execute("BEGIN")
        (size,) = source.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
        room(target, size)
        partial = _claim(target)
        try:
            with closing(sqlite3.connect(partial)) as out:
                source.backup(
                    out,
                    pages=_PAGES,
                    progress=lambda _status, left, total: progress and progress(1 - left / max(1, total)),
                )
            _onto_disk(partial)
            put(partial, target)
        except FileExistsError as error:
            raise _there_already(target) from error
        except OSError as error:
            raise CorpusError(f"cannot be written ({error.strerror})", str(target), "name another place") from error
        finally:
            partial.unlink(missing_ok=True)
    return target


def before_upgrade(path: Path, version: int) -> Path:
    """Copies a corpus of an older version beside itself (`corpus.v10.db`, or `corpus.v10-2.db` …); returns where.

    Raises CorpusError as `copy` does.
    """
    number = 1
    while True:
        more = "" if number == 1 else f"-{number}"
        target = path.with_name(f"{path.stem}.v{version}{more}{path.suffix}")
        if not target.exists():
            break
        number += 1
    _room_to_upgrade(path, version)
    return copy(path, target)


def _room_to_upgrade(path: Path, version: int) -> None:
    """Raises CorpusError where the disk has no room for a copy of a corpus, and for what is written anew of it."""
    needed, free = _TIMES * path.stat().st_size + _SPARE, shutil.disk_usage(path.parent).free
    if free < needed:
        raise CorpusError(
            f"is of an older version ({version}); to keep a copy and bring it up to date takes {_megabytes(needed)},"
            f" the disk has {_megabytes(free)}",
            str(path),
            "free some space, or copy it to another disk and use it there",
        )


def room(target: Path, size: int) -> None:
    """Raises CorpusError where the disk has no room for `size` bytes at `target`."""
    try:
        free = shutil.disk_usage(target.parent).free
    except OSError as error:
        raise CorpusError(f"cannot be written ({error.strerror})", str(target), "name another place") from error
    if free < size + _SPARE:
        what = f"needs {_megabytes(size + _SPARE)}, the disk has {_megabytes(free)}"
        raise CorpusError(what, str(target), "free some space or name another disk")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"


def _claim(target: Path) -> Path:
    """A new empty file beside `target`, for this user alone."""
    if target.exists():
        raise _there_already(target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise CorpusError(f"cannot be written ({error.strerror})", str(target), "name another place") from error
    return partial


def _onto_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _there_already(target: Path) -> CorpusError:
    return CorpusError("is there already", str(target), "name a new file; nothing is written over")
