"""Folders and files kept an eye on: what is new or has changed since it was last read goes into the corpus.

A file is known by its absolute path, and read again when its size or the time of its last change is another, or when it
is another file under the same name; not when its bytes are still those that were read. What was read is kept in the
corpus (`store.database.watched`), so that nothing is read again after a restart or when a folder that was away is back.
Files that go change nothing: what they gave stays. A changed file is a new document beside the old one.

A file is read when it has come to rest; one with a record a line is read while it grows, up to its last whole line.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from store import ingest
from store.errors import ClusterError, CorpusError, InputError
from store.locks import SUFFIXES
from store.models import Document
from store.readers import Unread
from store.readers.files import look
from store.readers.resting import Like, digest_of, in_lines, is_folder, is_stream, like, mid_line, status_of

if TYPE_CHECKING:
    from store.database.watched import Watched, Watching
    from store.extraction import Workers

REST = 5.0
"""Seconds without a change after which a file is taken for complete; else when two looks find it the same."""
_PATIENCE = 60.0
"""Seconds without a change after which a last line that is no record is taken for a broken one."""
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", "~")
"""Ends of names under which programs keep what they have not written to its end."""
_NONE = b""
"""The digest of a file that was left out: a film need not be read to know that it is none."""
_OF_A_CORPUS = ("", "-wal", "-shm", "-journal", *SUFFIXES)
"""What lies beside a corpus."""


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one document of a file; `again` says that the file had been read before it changed."""

    item: ingest.Progress
    again: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """A path that was named is out of reach now, or there again."""

    path: str
    there: bool


@dataclass(slots=True)
class _File:
    """A file to be read: its path as a person wrote it and its key, what it was like when looked at."""

    path: str
    key: str
    like: Like
    growing: bool
    """Whether it has not come to rest, but may be read line by line up to where it goes."""
    before: Watched | None
    digest: bytes | None = None
    added: int = 0
    known: int = 0
    rejected: list[ingest.Rejected] = field(default_factory=list)
    mid_line: bool = False
    """Whether it ended within a line when it was read."""

    @property
    def documents(self) -> int:
        """How many it gave."""
        return self.added + self.known


@dataclass(slots=True)
class _Found:
    """What a look has found."""

    files: int = 0
    due: dict[str, _File] = field(default_factory=dict)
    touched: list[_File] = field(default_factory=list)
    """Files that say what they said when they were read."""
    unrested: dict[str, Like] = field(default_factory=dict)


class Watch:
    """Looks at paths again and again; each look reads what is due. Not to be shared between threads."""

    def __init__(
        self,
        corpus: str | Path,
        paths: Sequence[str | Path],
        *,
        outlet: str | None = None,
        columns: Mapping[str, str] = {},
        refine: bool = False,
        rest: float = REST,
        others: Workers | None = None,
    ) -> None:
        """Opens the corpus, which is made if need be. Raises CorpusError.

        `outlet`, `columns`, `refine` and `others` are as `store.ingest.add` has them; the others are there for further
        looks when one has closed them (`store.lasting`).
        """
        from store.database import open_writer

        self._corpus = Path(corpus)
        self._outlet, self._columns, self._refine, self._rest = outlet, columns, refine, rest
        self._others = others
        # without following links, unlike `Path.resolve`
        self._roots = [(path, os.path.abspath(path)) for path in (os.fspath(Path(each)) for each in paths)]  # noqa: PTH100
        self._folders = [Path(path) for path, _ in self._roots]
        self._away: set[str] = set()
        self._unrested: dict[str, Like] = {}
        self._told: dict[str, set[str]] = {}
        """What was wrong with parts of a file when it was last read: that is said once."""
        self._version = _version(columns)
        self.files = 0
        """How many files the last look found."""
        open_writer(self._corpus).close()
        self._open()

    @property
    def unrested(self) -> int:
        """How many files are being written to, as far as the last look could see: they are left to the next one."""
        return len(self._unrested)

    def _open(self) -> None:
        from store.database.watched import watched

        self._identity = _identity(self._corpus)
        self._known = watched(self._corpus)

    def look(self, now: float | None = None) -> Iterator[Came | Reach]:
        """Looks at every path once, reads what is due, and says what became of it.

        `now` is the present in seconds since 1970. A look may be stopped at any moment, as `store.ingest.add` may.
        Raises CorpusError when the corpus cannot be used or is gone; UnavailableError, and ClusterError when the others
        cannot be used: the next look may do better.
        """
        if (there := _identity(self._corpus)) != self._identity:
            if there is None:
                raise CorpusError("is gone", str(self._corpus), "put it back, and begin again")
            self._open()
        found = _Found()
        now = time.time() if now is None else now
        for root, absolute in self._roots:
            there_now = os.path.lexists(root)
            if there_now == (root in self._away):
                (self._away.discard if there_now else self._away.add)(root)
                yield Reach(root, there_now)
            if there_now:
                self._look_at(root, absolute, now, found)
        self.files, self._unrested = found.files, found.unrested
        yield from self._read(list(found.due.values()), found.touched)

    def _look_at(self, root: str, absolute: str, now: float, found: _Found) -> None:
        ours = {f"{self._corpus.absolute()}{end}" for end in _OF_A_CORPUS}
        for path, status in look(root):
            key = absolute + path[len(root) :]
            if key in ours or is_stream(status) or (path != root and path.endswith(_UNFINISHED)):
                continue
            if status is not None and (status.st_dev, status.st_ino) == self._identity:
                continue  # the corpus by another name
            found.files += 1
            seen, before = like(status), self._known.get(key)
            # refused by another khabar, or one told otherwise: this one may read more
            anew = before is not None and bool(before.rejected) and before.version != self._version
            if before is not None and (before.size, before.modified, before.inode) == seen and not anew:
                if before.digest is not None or not os.access(path, os.R_OK):
                    continue
            elif not is_folder(status) and not self._rests(path, key, seen, now):
                found.unrested[key] = seen
                if self._unrested.get(key) != seen and in_lines(path):
                    found.due[key] = _File(path, key, seen, True, before)
                continue
            file = _File(path, key, seen, False, before)
            if before is not None and before.size == seen[0] and before.digest and not anew:
                file.digest = digest_of(path)
                if file.digest == before.digest:
                    found.touched.append(file)
                    continue
            found.due[key] = file

    def _rests(self, path: str, key: str, seen: Like, now: float) -> bool:
        """Whether nobody writes to a file any more, as far as can be seen."""
        if self._unrested.get(key) != seen and seen[1] > (now - self._rest) * 1e9:
            return False
        return seen[1] <= (now - _PATIENCE) * 1e9 or not in_lines(path) or not mid_line(path)

    def _read(self, due: Sequence[_File], touched: Iterable[_File]) -> Iterator[Came]:
        """Adds what is due; keeps of each file what it was like when reading began."""
        from store.database.watched import Watching

        reading: deque[_File] = deque()
        """Files in order of which not all has been told; the last is the one that is read."""
        late: list[Came] = []

        with ExitStack() as stack:
            state: Watching | None = None

            def keep(file: _File, seen: Watched) -> None:
                nonlocal state
                if state is None:
                    state = stack.enter_context(Watching(self._corpus))
                state.keep(file.key, seen)
                self._known[file.key] = seen

            def one_by_one() -> Iterator[str]:
                for file in due:
                    if _identity(self._corpus) != self._identity:
                        return
                    reading.append(file)
                    yield file.path

            def taking(found: ingest.Came) -> ingest.Came:
                file = reading[-1]
                if isinstance(found, ingest.Ended):
                    file.mid_line = file.growing and mid_line(file.path)
                return _whole(found, file)

            def ended() -> None:
                file = reading.popleft()
                if not file.growing and file.digest is None:
                    file.digest = digest_of(file.path) if file.documents or file.rejected else _NONE
                if file.growing and file.rejected and file.mid_line:
                    file.rejected.pop()  # a line that is being written
                elif not file.growing and _changed(file):
                    self._unrested[file.key] = (-1, 0, 0)
                    return
                late.extend(self._not_told(file))
                if not file.growing:
                    keep(file, self._seen(file))

            for file in touched:
                if file.before is not None:
                    size, modified, inode = file.like
                    keep(file, replace(file.before, size=size, modified=modified, inode=inode))
            if not due:
                return
            added = ingest.add(
                self._corpus,
                one_by_one(),
                outlet=self._outlet,
                columns=self._columns,
                refine=self._refine,
                folders=self._folders,
                others=self._others,
                taking=taking,
                ended=ended,
            )
            try:
                for item in added:
                    yield from late
                    late.clear()
                    file = reading[0]
                    if isinstance(item, ingest.Rejected):
                        file.rejected.append(item)
                        continue
                    if isinstance(item, ingest.Added):
                        file.added += 1
                    elif isinstance(item, ingest.Known):
                        file.known += 1
                    yield Came(item, file.before is not None)
            except (CorpusError, ClusterError):
                for file in due:
                    if file.growing:
                        self._unrested.pop(file.key, None)  # so that the next look reads it though it is as it was
                yield from late
                raise
            yield from late

    def _not_told(self, file: _File) -> list[Came]:
        """What was rejected of a file, without what was said of it before."""
        told, now = self._told.pop(file.key, set()), {str(one.error) for one in file.rejected}
        if file.growing or file.documents + len(file.rejected) > 1:
            self._told[file.key] = now
        return [Came(one, file.before is not None) for one in file.rejected if str(one.error) not in told]

    def _seen(self, file: _File) -> Watched:
        from store.database.watched import Watched

        came = {"added": file.added, "known": file.known, "rejected": len(file.rejected)}
        return Watched(*file.like, file.digest, self._version, **came)


def _whole(found: ingest.Came, file: _File) -> ingest.Came:
    """What was found, if its file has not changed since it was looked at: half of it may have been read."""
    if isinstance(found, Document | Unread) and not file.growing and _changed(file):
        where = found.source.path if isinstance(found, Document) else found.where
        return InputError("is being written to", where, "it is read again when that has ended")
    return found


def _changed(file: _File) -> bool:
    return like(status_of(file.path)) != file.like


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _version(columns: Mapping[str, str]) -> str:
    """Which khabar this is, which formats it reads, and what it was told of columns: others may refuse less."""
    from store.readers import READERS

    try:
        number = version("khabar")
    except PackageNotFoundError:
        number = ""
    return f"{number}-{crc32(repr((sorted(READERS), sorted(columns.items()))).encode()):08x}"
