"""Twenty sessions of `khabar serve` at a time, over SSH on loopback: memory of each, and a key to its frame.

`KHABAR_CORPUS=FILE` measures on a corpus of one's own instead of the sample articles.
"""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.start import Process
from tests.tui.ptys import KHABAR, Terminal
from tests.tui.ssh_clients import make_key, options

_SESSIONS = 20
_ROUNDS = 6
_REST = 0.15
"""Seconds without output after which a frame is whole."""
_SEEDS = Path(__file__).parents[2] / "seeds"


def proportional(pid: int) -> float:
    """MiB of a process, what it shares divided among those who share it."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def sessions_of(server: int) -> list[int]:
    """The processes that a server has started."""
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def key_to_frame(terminal: Terminal, key: str) -> tuple[float, float, int]:
    """Milliseconds from a key to its first byte and to its last, and how many bytes came."""
    before = len(terminal.written)
    begun = last = time.perf_counter()
    first = 0.0
    terminal.send(key)
    while terminal._read(_REST if first else 10.0):
        last = time.perf_counter()
        first = first or last
    return (first - begun) * 1000, (last - begun) * 1000, len(terminal.written) - before


def shares(values: list[float]) -> str:
    """The median and the 95th of a hundred."""
    return f"p50 {statistics.median(values):.0f}, p95 {statistics.quantiles(values, n=20)[-1]:.0f} ms"


@contextmanager
def serving(name: str, most: int) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """A server over `KHABAR_CORPUS` or the sample articles in a folder: its process, its port, the key of a client."""
    folder = Path(name)
    corpus = Path(os.environ.get("KHABAR_CORPUS", folder / "c.db"))
    env = {**os.environ, "XDG_CONFIG_HOME": name, "XDG_CACHE_HOME": name, "KHABAR_ENTITIES": "fast"}
    if not corpus.exists():
        subprocess.run([*KHABAR, "-c", corpus, "add", str(_SEEDS)], env=env, check=True, capture_output=True)
    keys = folder / "authorized"
    keys.write_bytes(make_key(folder, "user", "bench").with_suffix(".pub").read_bytes())
    keys.chmod(0o600)
    arguments = ["-c", str(corpus), "serve", "--port", "0", "--authorized-keys", str(keys), "--log", f"{name}/log"]
    server = subprocess.Popen(
        [*KHABAR, *arguments, "--max-sessions", str(most), "--per-user", str(most)],
        env=env, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield server, int(server.stdout.readline().rsplit(" ", 1)[1]), folder / "user"
    finally:
        server.terminate()
        server.wait(20)


def close(terminal: Terminal) -> None:
    """End a client."""
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.ended()
    os.close(terminal._fd)


def main() -> None:
    """Print memory of each session and the time from a key to its frame, all sessions open."""
    with tempfile.TemporaryDirectory() as name, serving(name, _SESSIONS) as (server, port, key):
        command = ["ssh", *options(key, port), "-t", "127.0.0.1"]
        clients: list[Terminal] = []
        try:
            opened = []
            for _ in range(_SESSIONS):
                begun = time.perf_counter()
                clients.append(Terminal(command, 120, 40, {"LANG": "C.UTF-8"}))
                clients[-1].wait(lambda text: "╭" in text and "names:" in text)
                opened.append((time.perf_counter() - begun) * 1000)
                clients[-1].quiet(_REST)
            pids = sessions_of(server.pid)
            sizes = [proportional(pid) for pid in pids]
            print(f"{len(pids)} sessions; PSS each: median {statistics.median(sizes):.1f}, most {max(sizes):.1f} MiB")
            print(f"all sessions {sum(sizes):.0f} MiB; server {proportional(server.pid):.1f} MiB")
            print(f"login to the first frame, one after another: {shares(opened)}")
            for label, keys_in_turn in (
                ("a move in the articles, the reader following", "jk"),
                ("to another pane", "24"),
            ):
                first, whole, sent = [], [], []
                for turn in range(_ROUNDS):
                    for client in clients:
                        one, all_of_it, size = key_to_frame(client, keys_in_turn[turn % 2])
                        first.append(one)
                        whole.append(all_of_it)
                        sent.append(size)
                print(f"{label}, {len(first)} keys: first byte {shares(first)}; last byte {shares(whole)}; ", end="")
                print(f"{statistics.median(sent):.0f} bytes")
            before = sum(Process(pid).cpu() for pid in pids)
            time.sleep(5)
            print(
                f"CPU of all sessions while nobody types: {(sum(Process(pid).cpu() for pid in pids) - before) / 5:.1%}"
            )
        finally:
            for client in clients:
                close(client)


if __name__ == "__main__":
    main()
