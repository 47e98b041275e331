"""A program in a real pseudo-terminal, seen as the cells a terminal would show."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte


class Terminal:
    """Runs a command in a pty of a given size; `wait` reads until what is shown satisfies a condition.

    `answer` is what the terminal says when it is asked for its primary device attributes, and all before that.
    """

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        rows: int,
        env: Mapping[str, str],
        answer: bytes = b"\x1b[?62;22c",
    ) -> None:
        self._answer = answer
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        """Every byte the program sent."""
        self.exit_code: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**os.environ, "TERM": "xterm-256color", **env})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def taken(self, seconds: float = 30) -> None:
        """Wait until the program has read all that was typed: what happens to the terminal afterwards comes later."""
        end = time.monotonic() + seconds
        other = os.open(f"/proc/{self.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        try:
            while any(fcntl.ioctl(other, termios.FIONREAD, bytes(4))):
                if time.monotonic() > end:
                    raise AssertionError(f"not read within {seconds} s:\n{self.text()}")
                self._read(0.05)
        finally:
            os.close(other)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; what a shrinking one cuts off is gone."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDWR)

    def text(self) -> str:
        """What the terminal shows, cells from left to right."""
        return "\n".join(self.screen.display)

    def wait(self, condition: Callable[[str], bool], seconds: float = 30) -> str:
        """Read until `condition` holds of the text shown; fails with what was shown when time is up."""
        end = time.monotonic() + seconds
        while not condition(self.text()):
            if not self._read(end - time.monotonic()):
                raise AssertionError(f"not shown within {seconds} s; the terminal shows:\n{self.text()}")
        return self.text()

    def quiet(self, seconds: float) -> None:
        """Read until nothing has come for so long."""
        while self._read(seconds):
            pass

    def stopped(self) -> None:
        """Wait until the program was stopped (Ctrl-Z), and read what it wrote before."""
        while True:
            pid, status = os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)
            if pid:
                assert os.WIFSTOPPED(status), f"ended with {status} instead of stopping"
                break
            self._read(0.05)
        while self._read(0.1):
            pass

    def ended(self, seconds: float = 30) -> int:
        """Read until the program ends; its exit code."""
        end = time.monotonic() + seconds
        while self._read(end - time.monotonic()):
            pass
        process = os.pidfd_open(self.pid)  # a terminal that was hung up ends before the program
        try:
            if not select.select([process], [], [], max(0.0, end - time.monotonic()))[0]:
                raise AssertionError(f"still running after {seconds} s:\n{self.text()}")
        finally:
            os.close(process)
        _, status = os.waitpid(self.pid, 0)
        self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux reports the end of a pty's program as EIO
            return False
        # what every terminal does: the device attributes fence the questions asked before them
        if self._answer and b"\x1b[c" in self.written[-2:] + data:
            os.write(self._fd, self._answer)
        self.written += data
        self._stream.feed(data)
        return bool(data)


KHABAR = [sys.executable, "-m", "tui.cli"]
"""The command as it is installed beside the Python that runs the tests."""
