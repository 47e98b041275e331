"""Stands between a real terminal and a program: passes everything on, types keys once the program has come to rest.

Usage: typist.py KEYS READY COMMAND…; READY is a file that is made when the screen is at rest after the last key.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import sys
import termios
import tty
from pathlib import Path

_REST = 1.0
"""Seconds without output that count as rest."""
_FRAME = 1500
"""Bytes that a program has written when its first frame is there: until then it starts, however long that takes."""


def main() -> None:
    """Relay until the program ends."""
    keys = sys.argv[1].encode("latin-1", "backslashreplace").decode("unicode_escape")
    ready, command = Path(sys.argv[2]), sys.argv[3:]
    pid, inner = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(inner, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))
    tty.setraw(0)
    waiting, written = list(keys), 0
    while True:
        readable, _, _ = select.select([0, inner], [], [], _REST)
        if not readable:
            if written < _FRAME:
                continue
            if waiting:
                os.write(inner, waiting.pop(0).encode())
            else:
                ready.touch()
            continue
        for source, target in ((0, inner), (inner, 1)):
            if source in readable:
                try:
                    data = os.read(source, 65536)
                except OSError:
                    return
                if not data:
                    return
                os.write(target, data)
                written += len(data) if source == inner else 0


if __name__ == "__main__":
    main()
