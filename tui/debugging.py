"""The log of `--debug`: what khabar did and how long it took, so that a fault can be found from afar.

It is made to be sent to others, so no text of an article gets into it, and none that a person wrote or searched for:
a fact is a number, or a word from khabar's own code. Of an error its type and the places in the code are kept; what it
says, its arguments and the values of variables are not, as these quote what they are about. The corpus' path is kept.

The log is `debug.log` in the user's folder for such files, readable by nobody else; when it is full, it becomes
`debug.log.1` and a new one begins. With `--read-only` nothing is written: commands say it on stderr instead, and the
explorer, which has the terminal for itself, keeps none. Sessions of `khabar serve` keep none either.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
import re
import stat
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol

from tui.locale import gettext as _

LARGEST = 1 << 20
"""Bytes of a log; there are two."""
_FRAMES = 40
"""So many places in the code are told of an error, the last ones."""
_DEEPEST = 8
"""So many errors behind an error are told."""
_PLAIN = re.compile(r"[A-Za-z0-9 _.,:;/()'+*=-]{0,200}")
_NAME = re.compile(r"[\w.<>]{1,100}", re.ASCII)

Fact = str | int | float | bool | None


class _Target(Protocol):
    """Where lines go."""

    def write(self, line: str) -> None:
        """Write a line. Raises OSError."""


class _Stderr:
    def write(self, line: str) -> None:
        print(f"khabar: {line}", file=sys.stderr, flush=True)


class LogFile:
    """A file that several processes append to, line by line, and that never grows beyond `largest` bytes and a line."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        """Opens it. Raises OSError where that cannot be, or where it is something else than a file."""
        self.path, self._largest = path, largest
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self._open()

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        file = os.open(self.path, flags, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                raise OSError(errno.EINVAL, "is no file", str(self.path))
            if hasattr(os, "fchmod"):
                os.fchmod(file, 0o600)
        except BaseException:
            os.close(file)
            raise
        return file

    def fileno(self) -> int:
        """The file as the system knows it."""
        return self._file

    def write(self, line: str) -> None:
        """Append a line, to a new file where this one is full."""
        data = f"{line}\n".encode("utf-8", "backslashreplace")
        with self._lock:
            there = os.fstat(self._file)
            if there.st_size and there.st_size + len(data) > self._largest:
                self._turn(there)
            os.write(self._file, data)

    def _turn(self, there: os.stat_result) -> None:
        with contextlib.suppress(OSError):
            # another process may have begun a new one already
            if self.path.stat().st_ino == there.st_ino:
                self.path.replace(self.path.with_name(f"{self.path.name}.1"))
        fresh = self._open()
        # the number stays the same: what writes when the interpreter breaks down knows no other
        os.dup2(fresh, self._file)
        os.close(fresh)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


_target: _Target | None = None


def default_path() -> Path:
    """The log in the user's folder for such files (`$XDG_STATE_HOME/khabar`, or where the system keeps them)."""
    from platformdirs import user_state_path

    return user_state_path("khabar", appauthor=False) / "debug.log"


def is_on() -> bool:
    """Whether a log is kept."""
    return _target is not None


def start(*, explorer: bool, tell: Callable[[str], None]) -> None:
    """Begin to keep the log, and `tell` where it is; if it cannot be kept, why.

    `explorer` is whether the terminal will be taken, so that nothing may be said on stderr.
    """
    from store import read_only
    from tui import permitted

    global _target
    if permitted.is_served():
        return
    if read_only.is_on():
        if explorer:
            tell(_("with --read-only the explorer keeps no log"))
            return
        _target = _Stderr()
    else:
        path = default_path()
        try:
            file = LogFile(path)
        except OSError as error:
            tell(_("{path}: the log cannot be kept ({why})").format(path=path, why=error.strerror))
            return
        tell(_("the log is {path}").format(path=path))
        _target = file
        import faulthandler

        faulthandler.enable(file=file.fileno())
    _hook()


def stop() -> None:
    """Keep no log any more."""
    global _target
    import faulthandler

    if isinstance(_target, LogFile):
        faulthandler.disable()
        _target.close()
    _target = None
    threading.excepthook = threading.__excepthook__


def note(what: str, **facts: Fact) -> None:
    """Keep one line, if a log is kept. A string that is not plain ASCII is left out: it may be anybody's."""
    if _target is None:
        return
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    said = "".join(f" {name}={_told(fact)}" for name, fact in facts.items() if fact is not None)
    _put(f"{now} {os.getpid()} {what}{said}")


def note_corpus(path: Path) -> None:
    """Keep which corpus is used, and how large its files are in bytes."""
    if _target is None:
        return
    sizes = {}
    for name, suffix in (("bytes", ""), ("waiting", "-wal")):
        with contextlib.suppress(OSError):
            sizes[name] = path.with_name(path.name + suffix).stat().st_size
    note("corpus", **sizes)
    # the one thing that a person named and that is kept
    _put(f"    path {json.dumps(str(path.absolute()), ensure_ascii=True)}")


def trouble(what: str, error: BaseException) -> None:
    """Keep an error: its type and where in the code it came from, and the same of those behind it."""
    if _target is None:
        return
    note(what, type=_type(error))
    for line in told(error):
        _put(f"    {line}")


def told(error: BaseException) -> Iterator[str]:
    """An error and those behind it, line by line, without a word of what they say."""
    seen: set[int] = set()
    waiting: list[tuple[str, BaseException]] = [("", error)]
    while waiting and len(seen) < _DEEPEST:
        how, one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield f"{how}{_type(one)}{_code(one)}"
        yield from _places(one.__traceback__)
        if one.__cause__ is not None:
            waiting.append(("because of ", one.__cause__))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(("while dealing with ", one.__context__))
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(("with ", inner) for inner in one.exceptions)


def _places(trace: TracebackType | None) -> list[str]:
    found = [(frame.f_code, line) for frame, line in traceback.walk_tb(trace)][-_FRAMES:]
    return [f"  {_file(code.co_filename)}:{line} {_named(code.co_qualname)}" for code, line in found]


def _file(name: str) -> str:
    """A file of code from its package on: where it is installed may tell who somebody is."""
    parts = Path(name).parts
    last = next((at for at in range(len(parts) - 1, -1, -1) if parts[at] in ("site-packages", "tui", "store")), None)
    if last is None:
        last = len(parts) - 2
    elif parts[last] == "site-packages":
        last += 1
    return _told("/".join(parts[max(last, 0) :]))


def _type(error: BaseException) -> str:
    return _named(type(error).__name__)


def _named(name: str) -> str:
    return name if _NAME.fullmatch(name) else "?"


def _code(error: BaseException) -> str:
    """What SQLite and the system call it."""
    if isinstance(error, OSError) and error.errno is not None and error.errno in errno.errorcode:
        return f" {errno.errorcode[error.errno]}"
    name = getattr(error, "sqlite_errorname", None)
    return f" {_named(name)}" if isinstance(name, str) else ""


def _told(fact: Fact) -> str:
    if isinstance(fact, float):
        return f"{fact:.1f}"
    text = str(fact)
    return (f"{text!r}" if " " in text else text) if _PLAIN.fullmatch(text) else "?"


def _put(line: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        if _target is not None:
            _target.write(line)


def _hook() -> None:
    """Keep warnings, and errors that end a thread; both go on as they did."""
    import warnings

    shown, ended = warnings.showwarning, threading.excepthook

    # the signature of `warnings.showwarning`, whose types are nobody's business here
    def warned(message, category, filename, lineno, file=None, line=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        note("warning", type=_named(category.__name__), where=f"{_file(filename)}:{lineno}")
        shown(message, category, filename, lineno, file, line)

    def failed(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            trouble("thread", args.exc_value)
        ended(args)

    warnings.showwarning = warned
    threading.excepthook = failed


class Clock:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    @property
    def ms(self) -> float:
        """Milliseconds until now."""
        return (time.perf_counter() - self._began) * 1000
