"""Opening the file: what it says of itself is read before anything is written, and SQLite's errors become sentences."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from store import read_only
from store.database.packing import teach
from store.errors import Cancelled, CorpusError, UnavailableError
from store.locks import SUFFIXES

if TYPE_CHECKING:
    from sqlite3 import _Parameters

APPLICATION_ID = 0x6B686272  # "khbr"
VERSION = 19
"""The schema's version, kept in the file as `user_version`; 0 is a file whose making was cut off."""

SQLITE = sqlite3.sqlite_version
"""The version of SQLite that reads and writes it."""

BUSY_SECONDS = 10.0
"""So long is waited for others to finish writing."""

_SETTLING = 1.0
"""So long is waited for others who are just opening or closing the corpus."""

_BESIDE = ("-wal", "-shm", "-journal", *SUFFIXES)


def state(path: Path) -> Literal["missing", "empty", "corpus"]:
    """What stands at `path`, found out without writing. Raises CorpusError for anything that is no corpus."""
    where = str(path)
    try:
        if path.is_dir():
            raise CorpusError("is a folder, not a corpus", where, "name a file")
        found = path.stat()
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        raise CorpusError(f"cannot be read ({error.strerror})", where) from error
    if not stat.S_ISREG(found.st_mode):  # a pipe, a device: whatever is written there is lost
        raise CorpusError("is no khabar corpus", where, "name another file; this one was left untouched")
    if not found.st_size:
        return "empty"
    application, version = _header(path)
    if application != APPLICATION_ID:
        raise CorpusError("is another program's database", where, "name another file; this one was left untouched")
    _understood(version, path)
    return "corpus"


def is_older(path: Path) -> bool:
    """Whether a file is a corpus of an older version, as far as its first page says; nothing is written.

    Raises CorpusError as `state` does.
    """
    return state(path) == "corpus" and _header(path)[1] < VERSION


def _header(path: Path) -> tuple[int, int]:
    """Whose file it is and the schema's version, as its first page has them, whatever its log says.

    Read by SQLite: whoever closes a corpus that others of the process have open by any other hand takes their locks
    from them (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
    """
    where = str(path)
    if not os.access(path, os.R_OK):
        raise CorpusError(f"cannot be read ({os.strerror(errno.EACCES)})", where)
    with sentences(path):
        try:
            return _says(path, "mode=ro&immutable=1")
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_NOTADB:
                what, remedy = "is no khabar corpus", "name another file; this one was left untouched"
                raise CorpusError(what, where, remedy) from error
            if code != sqlite3.SQLITE_CORRUPT or not _log_of(path).exists():
                raise
            # The log was being folded into it, and a kill or a full disk cut that off: it is whole only with its log.
            return _says(path, "mode=ro&readonly_shm=1" if read_only.is_on() else "mode=ro")
    raise AssertionError("sentences hide no error")


def _says(path: Path, options: str) -> tuple[int, int]:
    with closing(sqlite3.connect(_uri(path, options), uri=True)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def is_part(path: Path, corpus: Path) -> bool:
    """Whether a file is a corpus or one of those that are kept beside it: nobody else may open these."""
    if path.name.startswith(corpus.name) and path.name[len(corpus.name) :] in _BESIDE:
        return True
    try:
        return path.samefile(corpus)
    except (OSError, ValueError):
        return False


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of an open corpus, its log included. Raises CorpusError for one that only a newer khabar knows."""
    return _understood(int(connection.execute("PRAGMA user_version").fetchone()[0]), path)


def _understood(version: int, path: Path) -> int:
    if version > VERSION:
        raise CorpusError(
            f"was made by a newer khabar (version {version}, this one knows {VERSION})", str(path), "update khabar"
        )
    return version


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def connect_to_read(path: Path) -> Connection:
    """A read-only connection to an existing corpus; other processes may write to it meanwhile.

    In a folder that cannot be written, where nobody can be writing, the file is taken as it stands.
    """
    connection = connect_as_it_is(path)
    with sentences(path):
        if check_version(connection, path) < VERSION:
            connection.close()
            remedy = "copy it to where it may be written: khabar brings it up to date there"
            if read_only.is_on():
                remedy = "open it once without --read-only: khabar brings it up to date"
            raise CorpusError("was made by an older khabar", str(path), remedy)
    return connection


def connect_as_it_is(path: Path) -> Connection:
    """As `connect_to_read`, for a corpus of an older version too."""
    found = state(path)
    if found != "corpus":
        what = "there is no such corpus" if found == "missing" else "is an empty file"
        raise CorpusError(what, str(path), "khabar add makes one")
    if read_only.is_on():
        return _without_a_trace(path)
    with sentences(path):
        try:
            connection = _open(path, "mode=ro")
            check_version(connection, path)
        except sqlite3.OperationalError:
            # Journals of a write-ahead log need a writable folder; without one and without a log it is not needed.
            if os.access(path.parent, os.W_OK) or _log_of(path).exists():
                raise
            connection = _open(path, "mode=ro&immutable=1")
            check_version(connection, path)
        return connection


def _without_a_trace(path: Path) -> Connection:
    """A connection that writes nothing, the files beside the corpus included.

    While others have it open, or ended without closing it, its log and the memory that they share are there: SQLite
    reads by these, and takes locks but writes no mark. Without a log nobody has it open, and the file is whole by
    itself; who begins to write meanwhile is noticed by `Connection.still`, as nothing here can keep them from it.
    """
    deadline = time.monotonic() + _SETTLING
    while True:
        stands = _stands(path)
        options = "mode=ro&readonly_shm=1" if _log_of(path).exists() else "mode=ro&immutable=1"
        if "readonly_shm" in options and not path.with_name(path.name + "-shm").exists():
            # Whoever closes it takes away one after the other.
            if time.monotonic() > deadline:
                remedy = "open it once without --read-only, where it may be written, to fold its log in"
                raise CorpusError("has a log that was not folded in, and nothing to read it by", str(path), remedy)
        else:
            with sentences(path):
                connection = None
                try:
                    connection = _open(path, options)
                    connection.execute("PRAGMA temp_store = MEMORY")
                    check_version(connection, path)
                    connection.stood = stands if "immutable" in options else None
                    return connection
                except sqlite3.OperationalError as error:
                    if connection is not None:
                        connection.close()
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _UNSETTLED or time.monotonic() > deadline:
                        raise
        time.sleep(0.01)  # nobody tells when the others have done with it


def _stands(path: Path) -> tuple[int, int, int]:
    """What changes when a file is written to."""
    with sentences(path):
        try:
            found = path.stat()
        except OSError as error:
            raise CorpusError(f"cannot be read ({error.strerror})", str(path)) from error
    return found.st_ino, found.st_size, found.st_mtime_ns


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection that makes the file, readable to this user alone, when there is none."""
    read_only.check(path)
    found = state(path)
    where = str(path)
    if found != "missing":
        with sentences(path):
            if found == "corpus" and _log_of(path).exists():
                # The log may hold a newer version than the file: look before opening for writing.
                looking = _open(path, "mode=ro")
                try:
                    check_version(looking, path)
                finally:
                    looking.close()
            connection = _open(path, "mode=rw")
    else:
        # Where a link leads that leads to nothing; folders are not made there, as a disk may be away.
        place = path.resolve() if path.is_symlink() else path
        try:
            if place is path:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            return connect_to_write(path)
        except OSError as error:
            raise CorpusError(f"cannot be made ({error.strerror})", str(place), "name another place") from error
        connection = _open(path, "mode=rw")
    try:
        with sentences(path):
            if not os.access(path, os.W_OK):
                raise CorpusError("may only be read", where, "ask its owner, or copy it")
            _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


class Connection(sqlite3.Connection):
    """A connection that remembers to have been interrupted, for what goes on in Python between statements."""

    interrupted = False
    stood: tuple[int, int, int] | None = None
    """How the file stood when it was taken as it is, without locks."""

    def still(self, path: Path) -> bool:
        """Whether all that was read so far is of one state of the file."""
        return self.stood is None or self.stood == _stands(path)

    def interrupt(self) -> None:
        """Stops what it does now, from another thread."""
        self.interrupted = True
        super().interrupt()

    def execute(self, sql: str, parameters: _Parameters = (), /) -> sqlite3.Cursor:
        """As any connection does; raises Cancelled if it has been interrupted between two statements."""
        if self.interrupted:
            stopping(self)
        return _EXECUTE(self, sql, parameters)


_EXECUTE = sqlite3.Connection.execute


def stopping(connection: sqlite3.Connection) -> None:
    """Raises Cancelled if the connection has been interrupted since the question began."""
    if isinstance(connection, Connection) and connection.interrupted:
        raise Cancelled("the query was cancelled")


def _uri(path: Path, options: str) -> str:
    return f"file:{quote(str(path.absolute()))}?{options}"


def _open(path: Path, options: str) -> Connection:
    connection = sqlite3.connect(
        _uri(path, options), uri=True, timeout=BUSY_SECONDS, check_same_thread=False, factory=Connection
    )
    teach(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")  # KiB
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Marks a new file as a corpus before anything else is in it, so that a kill never leaves a nameless one."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        # Of smaller pages more is lost, as no further text fits in; of larger ones a transaction of one article, which
        # touches many and little of each, would write more.
        connection.execute("PRAGMA page_size = 8192")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            # Another process is at the same; SQLite does not wait for this lock by itself.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 2000")  # pages
    connection.execute("PRAGMA cache_size = -65536")  # KiB


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into a CorpusError (or Cancelled) about `path`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        whole = getattr(error, "sqlite_errorcode", 0) or 0
        # without what SQLite adds to tell it apart
        code = sqlite3.SQLITE_FULL if whole in _NO_ROOM else whole & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled("the query was cancelled", str(path)) from error
        what, remedy = _FAULTS.get(code, (f"cannot be used ({error})", "khabar verify checks it"))
        raise (UnavailableError if code in _PASSING else CorpusError)(what, str(path), remedy) from error


UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, struct.error, zlib.error)
"""What reading a corpus raises where a row of it holds what nobody writes there."""


def unreadable(path: Path, error: Exception) -> CorpusError:
    """What to say where reading a corpus raised one of `UNREADABLE`."""
    said = f"{type(error).__name__}: {error}"
    return CorpusError(f"cannot be used ({said})", str(path), "khabar verify checks it")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several questions to one state of the corpus."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def busy(path: Path) -> tuple[str, str, str]:
    """What to say of a corpus that others write to, for an UnavailableError."""
    what, remedy = _FAULTS[sqlite3.SQLITE_BUSY]
    return what, str(path), remedy


_FAULTS = {
    sqlite3.SQLITE_BUSY: ("is being written to by another process", "try again when that has finished"),
    sqlite3.SQLITE_LOCKED: ("is being written to by another process", "try again when that has finished"),
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space; nothing that was stored is lost"),
    sqlite3.SQLITE_READONLY: ("may only be read", "ask its owner, or copy it"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check that its folder may be read and written"),
    sqlite3.SQLITE_IOERR: (
        "the disk reported an error",
        "check the disk; restore the corpus from a copy if it is lost",
    ),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "restore it from a copy"),
    sqlite3.SQLITE_NOTADB: ("is damaged", "restore it from a copy"),
}
_UNSETTLED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL)
"""What comes of reading without a trace just when others open, recover or close."""
_NO_ROOM = (sqlite3.SQLITE_IOERR_SHMSIZE,)
"""The file beside the log cannot be made: a disk without any room."""
_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
"""What may be well again at the next try."""
