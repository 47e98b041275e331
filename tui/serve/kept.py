"""Where visitors left off, by their keys: in memory, and in files that the server writes, as a session may write none.

What a session says of where it stands is taken for nothing but bytes, so many at most; a session reads only its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import socket
from collections import OrderedDict
from pathlib import Path

from tui.sessions import MOST_BYTES, InFile

_MOST = 500
"""Visitors whose place is kept; those who left longest ago make room."""
_OFTEN = 1.0
"""Seconds between two times that what a session says is kept."""


class Places:
    """Places by whose they are. Without a folder, for as long as the server runs."""

    def __init__(self, corpus: Path, folder: Path | None) -> None:
        self._corpus, self._folder = os.path.realpath(corpus), folder
        self._known: OrderedDict[str, str] = OrderedDict()

    def find(self, who: str) -> str:
        """Where the owner of a key was, empty where that is not known."""
        if who not in self._known and self._folder is not None:
            with contextlib.suppress(OSError, ValueError):
                return self._file(who).read()
        return self._known.get(who, "")

    def keep(self, who: str, text: str) -> None:
        """Where they are now; what cannot be written is known for as long as the server runs."""
        if self._known.get(who) == text:
            return
        self._known[who] = text
        self._known.move_to_end(who)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._file(who).write(text)

    def _file(self, who: str) -> InFile:
        assert self._folder is not None
        name = hashlib.sha256(f"{who}\0{self._corpus}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
        return InFile(self._folder / f"{name}.json", _MOST)


class Channel:
    """The way between one session and the server: what was kept goes in at the start, lines come out."""

    def __init__(self, places: Places, who: str) -> None:
        """Raises OSError where there is none to be had."""
        self._places, self._who = places, who
        self._mine, self.theirs = socket.socketpair()
        self._mine.setblocking(False)
        self._said = bytearray()
        self._place: str | None = None
        """What was said last and is not kept yet."""
        self._loop = asyncio.get_running_loop()
        self._mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * MOST_BYTES)
        kept = places.find(who).encode("utf-8", "replace") + b"\n"
        with contextlib.suppress(OSError):
            if self._mine.send(kept) == len(kept):
                kept = b""
        if kept:  # the session must not wait for the rest
            self._mine.shutdown(socket.SHUT_WR)
        self._loop.add_reader(self._mine, self._read)

    def begun(self) -> None:
        """The session has its side."""
        self.theirs.close()

    def close(self) -> None:
        """Take what was said last, and nothing more."""
        if self._mine.fileno() >= 0:
            # what is still on the way, and not what a process that lives on may go on to say
            with contextlib.suppress(OSError):
                self._mine.shutdown(socket.SHUT_RDWR)
            while self._read():
                pass
            self._loop.remove_reader(self._mine)
            self._mine.close()
        self.theirs.close()
        self._keep()

    def _keep(self) -> None:
        if self._place is not None:
            self._places.keep(self._who, self._place)
            self._place = None

    def _read(self) -> bool:
        """Take what there is; whether there was any."""
        try:
            more = self._mine.recv(MOST_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            more = b""
        if not more:
            self._loop.remove_reader(self._mine)
            return False
        self._said += more
        *lines, rest = self._said.split(b"\n")
        self._said = bytearray(rest if len(rest) < MOST_BYTES else b"")
        if lines and len(lines[-1]) < MOST_BYTES:
            if self._place is None:  # however much is said, it is written now and then
                self._loop.call_later(_OFTEN, self._keep)
            self._place = lines[-1].decode("utf-8", "ignore")  # never longer than what was said
        return True
