"""One explorer in a terminal of its own: a process with limits, ended with whoever it is for."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.permitted import SERVED
from tui.serve.kept import Channel
from tui.serve.settings import Settings
from tui.sessions import CHANNEL

_CHUNK = 1 << 15
_WAITING = 1 << 16
"""Bytes typed that wait for the program; what is typed beyond that is lost."""
_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,39}")
_LANG = re.compile(r"(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.(?:UTF|utf)-?8)?")
_COLOURS = ("truecolor", "24bit")
_COLUMNS, _ROWS = 500, 300
"""The largest terminal: what is painted is held for each cell."""
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TZ", "LD_LIBRARY_PATH")
"""What a session has of the server's own environment."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The terminal at the other end, as far as it is believed."""

    term: str
    columns: int
    rows: int
    lang: str = "C.UTF-8"
    colours: str = ""

    @classmethod
    def of(cls, term: str, columns: int, rows: int, said: Mapping[str, str]) -> Screen | None:
        """A terminal by what a client says of it; None where its name is none."""
        if not _TERM.fullmatch(term):
            return None
        lang, colours = said.get("LANG", ""), said.get("COLORTERM", "")
        return cls(
            term,
            min(max(columns, 1), _COLUMNS) if columns else 80,
            min(max(rows, 1), _ROWS) if rows else 24,
            lang if _LANG.fullmatch(lang) else "C.UTF-8",
            colours if colours in _COLOURS else "",
        )


def environment(screen: Screen, user: str, *, editor: bool) -> dict[str, str]:
    """The whole environment of a session."""
    env = {name: os.environ[name] for name in _KEPT if name in os.environ}
    env |= {
        "PATH": os.defpath,
        "TERM": screen.term,
        "LANG": screen.lang,
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        # Each arena of glibc takes 64 MB of address space, which is limited.
        "MALLOC_ARENA_MAX": "2",
        SERVED: "1",
    }
    if os.environ.get("KHABAR_CONFIG"):
        env["KHABAR_CONFIG"] = os.path.abspath(os.environ["KHABAR_CONFIG"])  # noqa: PTH100  it need not be there
    if screen.colours:
        env["COLORTERM"] = screen.colours
    if editor:
        env["KHABAR_USER"] = user
    else:
        env["KHABAR_READ_ONLY"] = "1"
    return env


class Program:
    """The process. What it paints goes to `paint`; when it has ended and that is given, `ended` gets its code."""

    def __init__(
        self,
        settings: Settings,
        paint: Callable[[bytes], None],
        ended: Callable[[int], None],
        channel: Callable[[], Channel],
    ) -> None:
        """`channel` opens the way by which the session knows where it was and says where it is."""
        self._settings, self._paint, self._ended, self._open = settings, paint, ended, channel
        self._channel: Channel | None = None
        self._loop = asyncio.get_running_loop()
        self._master = -1
        self._process: asyncio.subprocess.Process | None = None
        self._typed = bytearray()
        self._drained = asyncio.Event()
        self._paused = self._ending = self._over = False
        self._watching: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process, once it has begun."""
        return self._process.pid if self._process else None

    async def start(self, screen: Screen, user: str, *, editor: bool) -> None:
        """Begin. Raises OSError where no process can be started."""
        master, slave = os.openpty()
        channel: Channel | None = None
        try:
            channel = self._open()
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", screen.rows, screen.columns, 0, 0))
            settings = self._settings
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tui.serve.child", str(settings.memory), str(settings.cpu),
                *(() if editor else ("--read-only",)), "-c", str(settings.corpus.absolute()),
                stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                cwd=_ROOT, pass_fds=(channel.theirs.fileno(),),
                env=environment(screen, user, editor=editor) | {CHANNEL: str(channel.theirs.fileno())},
            )  # fmt: skip
            channel.begun()
        except BaseException:
            os.close(master)
            if channel is not None:
                channel.close()
            raise
        finally:
            os.close(slave)
        os.set_blocking(master, False)
        self._master, self._channel = master, channel
        self._watching = self._loop.create_task(self._watch())
        if not self._paused:
            self._loop.add_reader(master, self._read)
        if self._ending:  # whoever wanted it is gone by now
            self._ending = False
            self.end()

    def type(self, data: bytes) -> None:
        """Give it what was typed."""
        if self._master >= 0 and len(self._typed) < _WAITING:
            self._typed += data
            self._write()

    def resize(self, columns: int, rows: int) -> None:
        """Tell it how large its terminal is now."""
        if self._master >= 0 and columns > 0 and rows > 0:
            size = struct.pack("HHHH", min(rows, _ROWS), min(columns, _COLUMNS), 0, 0)
            with contextlib.suppress(OSError):
                fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def pause(self) -> None:
        """Read nothing more of what it paints until the client has taken what was."""
        self._paused = True
        if self._master >= 0:
            self._loop.remove_reader(self._master)

    def resume(self) -> None:
        """Read on."""
        self._paused = False
        if self._master >= 0 and not self._drained.is_set():
            self._loop.add_reader(self._master, self._read)

    def end(self) -> None:
        """Tell it to end, and make it after a while."""
        if self._ending or self._over:
            return
        self._ending = True
        if self._process is not None:
            self._signal(signal.SIGHUP)
            self._loop.call_later(self._settings.grace, self._kill)

    async def gone(self) -> None:
        """Wait until it has ended."""
        if self._watching is not None:
            await asyncio.wait([self._watching])

    def _kill(self) -> None:
        if not self._over:
            self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        # Its process group is its own, and it leads it.
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _read(self) -> None:
        try:
            data = os.read(self._master, _CHUNK)
        except BlockingIOError:
            return
        except OSError:  # Linux says so when nobody has the other side open any more
            data = b""
        if data:
            self._paint(data)
        else:
            self._loop.remove_reader(self._master)
            self._drained.set()

    def _write(self) -> None:
        try:
            while self._typed:
                del self._typed[: os.write(self._master, self._typed[:_CHUNK])]
        except BlockingIOError:
            self._loop.add_writer(self._master, self._write)
            return
        except OSError:
            self._typed.clear()
        self._loop.remove_writer(self._master)

    async def _watch(self) -> None:
        assert self._process is not None
        code = await self._process.wait()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._drained.wait(), 1.0)
        self._over = True
        self._signal(signal.SIGKILL)  # what it may have started
        self._loop.remove_reader(self._master)
        self._loop.remove_writer(self._master)
        os.close(self._master)
        self._master = -1
        if self._channel is not None:
            self._channel.close()
        self._ended(code)
