"""Files that `khabar watch` has read: what they were like then, and what came of them."""

from __future__ import annotations

import os
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from store.database.files import connect_to_read, connect_to_write, sentences

__all__ = ["Watched", "Watching", "watched"]

TABLE = """
-- A path is absolute, as bytes: a name need be no text. `read` is in seconds since 1970; `modified` in nanoseconds.
CREATE TABLE watched (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    digest BLOB,
    read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    known INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    version TEXT NOT NULL
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A file when it was last read."""

    size: int
    modified: int
    """Nanoseconds since 1970; as the next, cut to 63 bits."""
    inode: int
    digest: bytes | None
    """Of its bytes; None where they could not be read."""
    version: str
    """The khabar that read it."""
    added: int = 0
    known: int = 0
    rejected: int = 0


_COLUMNS = "size, modified, inode, digest, version, added, known, rejected"


def watched(corpus: str | Path) -> dict[str, Watched]:
    """All files that were read for a corpus, by absolute path. Raises CorpusError."""
    corpus = Path(corpus)
    with closing(connect_to_read(corpus)) as connection, sentences(corpus):
        rows = connection.execute(f"SELECT path, {_COLUMNS} FROM watched")
        return {os.fsdecode(path): Watched(*rest) for path, *rest in rows}


class Watching:
    """A connection to keep what is known of files; it counts no change of the corpus, of which readers know nothing."""

    def __init__(self, corpus: str | Path) -> None:
        """Opens a corpus that is up to date. Raises CorpusError."""
        self._corpus = Path(corpus)
        self._connection = connect_to_write(self._corpus)
        self._connection.isolation_level = None

    def keep(self, path: str, file: Watched) -> None:
        """Keeps what a file was like and what came of it; the answer of an earlier time is forgotten."""
        about = file.size, file.modified, file.inode, file.digest, file.version
        came = file.added, file.known, file.rejected
        with sentences(self._corpus):
            self._connection.execute(
                f"INSERT OR REPLACE INTO watched(path, read, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (os.fsencode(path), int(time.time()), *about, *came),
            )

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
