"""Adding from the explorer: `khabar add` as a process of its own, which goes on when the explorer is left."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from store.summary import Summary
from tui.locale import gettext as _

MOST = 500
"""So many reasons are kept; what else was rejected is counted."""


class Adding:
    """What one or several processes add to a corpus, and what has come of it so far.

    They write into files without a name, so that neither waits for the other. `read` is not to be called from several
    threads at once.
    """

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self.summary = Summary()
        self.rejected = 0
        self.refused: list[str] = []
        """Why inputs were rejected, a sentence each."""
        self.last = ""
        """The last path that was dealt with."""
        self.faults: list[str] = []
        """Why a process could not go on."""
        self.cancelled = False
        self._running: list[_Process] = []

    @property
    def running(self) -> bool:
        """Whether something is still being added, as `read` found it."""
        return bool(self._running)

    @property
    def added(self) -> int:
        """How many articles were added."""
        return self.summary.added

    def begin(self, paths: Sequence[str]) -> None:
        """Add files and folders, besides what is being added. Raises OSError when no process can be started."""
        self._running.append(_Process(self.corpus, paths))

    def read(self) -> bool:
        """Take in what has been said since; whether that was anything, an end included."""
        anything = False
        for process in list(self._running):
            ended = process.ended()  # before reading: what it said last is not missed
            for line in process.lines(to_the_end=ended):
                anything = True
                with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
                    self._take(json.loads(line))
            if ended:
                anything = True
                self._running.remove(process)
                if (fault := process.fault()) and not self.cancelled:
                    self.faults.append(fault)
        return anything

    def _take(self, record: dict[str, Any]) -> None:
        self.last = str(record["path"])
        summary = self.summary
        match record["status"]:
            case "added":
                summary.added += 1
                summary.formats[str(record.get("format") or "text")] += 1
                summary.outlets[record["outlet"]] += 1
                published = record["published"]["value"]
                summary.months[published[:7] if published else None] += 1
                summary.take_unread(self.last, record.get("unread_date"))
            case "known":
                summary.known += 1
            case "left":
                summary.left[str(record["kind"])] += 1
            case "rejected":
                self.rejected += 1
                if len(self.refused) < MOST:
                    self.refused.append(str(record["error"]))

    def cancel(self) -> None:
        """End it; what was added stays."""
        self.cancelled = True
        for process in self._running:
            process.end()


class _Process:
    def __init__(self, corpus: Path, paths: Sequence[str]) -> None:
        self._begun = b""
        with contextlib.ExitStack() as stack:
            out, self._out = _file(stack)
            err, self._err = _file(stack)
            self._popen = subprocess.Popen(
                [sys.executable, "-m", "tui.cli", "-c", str(corpus.absolute()), "add", "--json", "--", *paths],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"},  # told in the language of the screen
                start_new_session=True,
                cwd="/" if os.name == "posix" else None,  # where nobody has put a module of the same name
            )

        with contextlib.suppress(OSError, AttributeError):  # what is on the screen comes first
            os.setpriority(os.PRIO_PROCESS, self._popen.pid, 5)

    def ended(self) -> bool:
        return self._popen.poll() is not None

    def lines(self, *, to_the_end: bool) -> Iterator[bytes]:
        """The whole lines it has written since; not too many at once."""
        while data := self._out.read(1 << 18):
            *lines, self._begun = (self._begun + data).split(b"\n")
            yield from lines
            if not to_the_end:
                break

    def fault(self) -> str:
        """Why it could not go on, in a sentence; nothing where it could."""
        if self._popen.returncode in (0, 1):
            return ""
        own = [line for line in self._err.read().decode("utf-8", "replace").splitlines() if line.startswith("khabar: ")]
        return (
            own[-1].removeprefix("khabar: ")
            if own
            else _("khabar add ended with {code}").format(code=self._popen.returncode)
        )

    def end(self) -> None:
        """End it and all that it has started."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._popen.pid, signal.SIGTERM)
            else:
                self._popen.terminate()


def _file(stack: contextlib.ExitStack) -> tuple[int, IO[bytes]]:
    """A file without a name: to be written to as long as the stack lasts, and to be read."""
    descriptor, name = tempfile.mkstemp(prefix="khabar-")
    stack.callback(os.close, descriptor)
    stack.callback(_forget, Path(name))
    return descriptor, Path(name).open("rb")


def _forget(path: Path) -> None:
    with contextlib.suppress(OSError):  # some systems let a file that is open keep its name
        path.unlink()
