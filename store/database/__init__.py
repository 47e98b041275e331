"""The corpus in one SQLite file: the only room with SQL.

Reading takes nothing but the standard library; what writing needs is imported when a writer is opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.answers import Refusal
    from store.database.queries import Reader
    from store.database.writing import Writer

__all__ = ["Reader", "Writer", "backup", "bring_up_to_date", "open_reader", "open_writer", "rejected", "verify"]


def __getattr__(name: str) -> object:
    # The classes by name, for annotations and tests; imported when first asked for.
    if name == "Reader":
        from store.database.queries import Reader

        return Reader
    if name == "Writer":
        from store.database.writing import Writer

        return Writer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def open_reader(path: str | Path, *, sample: bool = False) -> Reader:
    """Opens an existing corpus for reading only; others may write meanwhile. `sample` is repeated in the overview.

    Raises CorpusError for a file that is missing, no corpus, of a newer version, or damaged.
    """
    from store.database.queries import Reader

    return Reader(path, sample=sample)


def open_writer(path: str | Path) -> Writer:
    """Opens a corpus for writing; makes it when there is none, brings an older one up to date.

    Raises CorpusError as `open_reader` does; a file that is refused is not touched.
    """
    from store.database.writing import Writer

    return Writer(path)


def bring_up_to_date(path: str | Path) -> Path | None:
    """Brings a corpus of an older version up to date where it may be written; returns where a copy of it as it was is
    kept, None where nothing was to be done.

    Raises CorpusError as `open_writer` does.
    """
    from store import read_only
    from store.database.files import is_older

    if read_only.is_on():
        return None
    if not is_older(Path(path)) or not os.access(path, os.W_OK):
        return None
    with open_writer(path) as writer:
        return writer.kept


def backup(path: str | Path, target: str | Path, progress: Callable[[float], None] | None = None) -> Path:
    """Copies a corpus, as it stands at this moment, to a new file; others may read and write it meanwhile.

    `progress` is told the share that is done. Raises CorpusError where that cannot be, and writes over nothing.
    """
    from store.database.copying import copy

    return copy(path, target, progress)


def rejected(path: str | Path) -> Sequence[Refusal]:
    """The inputs that were no documents and were not read since, in order of time. Raises CorpusError."""
    from store.database.refusals import rejected as read

    return read(path)


def verify(path: str | Path) -> Iterator[str]:
    """Checks a corpus and yields each fault as one sentence; nothing when it is whole.

    Raises CorpusError when the file cannot be opened as a corpus at all.
    """
    from store.database.checking import verify as check

    yield from check(path)
