"""The explorer on a slow link: `khabar serve` and the system's `ssh`, with a relay between them that holds every byte
back for half of 150 ms each way and lets 64 kB a second through; with ssh's compression and without."""

from __future__ import annotations

import socket
import statistics
import tempfile
import threading
import time
from collections import deque

from tests.bench.serve import close, serving
from tests.tui.ptys import Terminal
from tests.tui.ssh_clients import options

_ROUND_TRIP = 0.150
_RATE = 64_000
"""Bytes a second, each way."""
_REST = 0.6
"""Seconds without output after which a frame is whole: no byte is ever held back for so long by the link alone."""
_ROUNDS = 5
_KEYS = (
    ("down in a list of names", "2jj", "jk"),
    ("down in the articles, the reader following", "1j", "jk"),
    ("a page of the reader", "4", " \x1b[5~"),
    ("to another pane", "1", "24"),
    ("articles of a name, and back", "2j", "a\x7f"),
)
"""What is measured: the keys that lead there, then the keys that are pressed in turn."""


class Link:
    """A relay of one connection at a time. `down` counts the bytes that the server sent."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.down = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._port))
            for one, other, counted in ((client, server, False), (server, client, True)):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                held: deque[tuple[float, bytes]] = deque()
                some = threading.Condition()
                threading.Thread(target=self._take, args=(one, held, some, counted), daemon=True).start()
                threading.Thread(target=self._give, args=(other, held, some), daemon=True).start()

    def _take(
        self, source: socket.socket, held: deque[tuple[float, bytes]], some: threading.Condition, counted: bool
    ) -> None:
        """Take what comes, and say when it may be given on: after those before it, each in its time on the link."""
        free = 0.0
        while True:
            try:
                data = source.recv(1024)
            except OSError:
                data = b""
            now = time.monotonic()
            free = max(now, free) + len(data) / _RATE
            if counted:
                self.down += len(data)
            with some:
                held.append((free + _ROUND_TRIP / 2, data))
                some.notify()
            if not data:
                return

    @staticmethod
    def _give(target: socket.socket, held: deque[tuple[float, bytes]], some: threading.Condition) -> None:
        while True:
            with some:
                while not held:
                    some.wait()
                due, data = held.popleft()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)
            except OSError:
                return


def _press(terminal: Terminal, key: str) -> tuple[float, float]:
    """Milliseconds from a key to the first byte of its frame and to the last."""
    begun = last = time.perf_counter()
    first = 0.0
    terminal.send(key)
    while terminal._read(_REST if first else 5.0):
        last = time.perf_counter()
        first = first or last
    return (first - begun) * 1000, (last - begun) * 1000


def main() -> None:
    """Print bytes and milliseconds of single keys."""
    print(f"link: round trip {_ROUND_TRIP * 1000:.0f} ms, {_RATE / 1000:.0f} kB/s each way; terminal 120x40")
    for compressed in (False, True):  # of two servers: one would bring the second client back to where the first was
        with tempfile.TemporaryDirectory() as name, serving(name, 2) as (_server, port, key):
            link = Link(port)
            flags = ["-C"] if compressed else []
            begun = time.perf_counter()
            terminal = Terminal(
                ["ssh", *options(key, link.port), *flags, "-t", "127.0.0.1"], 120, 40, {"LANG": "C.UTF-8"}
            )
            try:
                terminal.wait(lambda text: "names:" in text)
                terminal.quiet(_REST)
                print(f"ssh{' -C' if compressed else ''}: login to the first frame {time.perf_counter() - begun:.1f} s")
                for label, before, keys in _KEYS:
                    for one in before:
                        terminal.send(one)
                        terminal.quiet(_REST)
                    first, whole, painted, sent = [], [], [], []
                    for turn in range(_ROUNDS * 2):
                        pressed = keys[0] if turn % 2 == 0 else keys[1:]
                        so_far, wire = len(terminal.written), link.down
                        one_byte, all_bytes = _press(terminal, pressed)
                        first.append(one_byte)
                        whole.append(all_bytes)
                        painted.append(len(terminal.written) - so_far)
                        sent.append(link.down - wire)
                    print(
                        f"  {label}: first byte {statistics.median(first):.0f} ms, whole frame "
                        f"{statistics.median(whole):.0f} (most {max(whole):.0f}) ms; {statistics.median(painted):.0f} "
                        f"bytes painted, {statistics.median(sent):.0f} on the wire"
                    )
            finally:
                close(terminal)


if __name__ == "__main__":
    main()
