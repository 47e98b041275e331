"""Cold start to the first painted frame of the explorer on the sample articles, and bytes per key."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from tests.tui.ptys import KHABAR, Terminal

_JOINED = "ﻕﺍﺮﻌﻟﺍ"  # the word for Iraq as cells from left to right: the list of articles is painted
_REST = 0.7
"""Seconds without output after which a key has had its effect."""
_KEYS = (
    ("down in a list", "2jj"),
    ("page down in the reader", "4 "),
    ("down in the articles, the reader following", "1j"),
    ("from pane to pane", "2"),
)
"""What is measured in bytes sent: the last key of each; those before lead there."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """What a process uses, from /proc."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")

    def cpu(self) -> float:
        """Seconds of CPU so far, its threads included."""
        fields = (self._folder / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """MiB in memory now."""
        found = re.search(r"VmRSS:\s+(\d+) kB", (self._folder / "status").read_text())
        return int(found[1]) / 1024 if found else 0.0


def _start(what: str, env: dict[str, str]) -> None:
    cpu, wall = [], []
    for _ in range(5):
        begun = time.monotonic()
        with Terminal(KHABAR, 120, 40, env) as terminal:
            terminal.wait(lambda text: _JOINED in text)
            wall.append(time.monotonic() - begun)
            cpu.append(Process(terminal.pid).cpu())
    print(f"{what}: CPU {statistics.median(cpu):.2f} s (max {max(cpu):.2f}), ", end="")
    print(f"wall {statistics.median(wall):.2f} s (max {max(wall):.2f})")


def main() -> None:
    """Print CPU and wall seconds of five starts at 120x40, and what single keys cost on the wire."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"KHABAR_CORPUS": f"{folder}/c.db", "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder, "LANG": "C.UTF-8"}
        env |= {"XDG_STATE_HOME": folder, "KHABAR_TOUR": "0"}
        seeds = Path(__file__).parents[2] / "seeds"
        subprocess.run([*KHABAR, "add", str(seeds)], env={**os.environ, **env}, check=True, capture_output=True)
        _start("start to first frame", env)
        with Terminal(KHABAR, 120, 40, env) as terminal:
            terminal.wait(lambda text: _JOINED in text)
            for key in "2jaj14j0":
                terminal.send(key)
                terminal.quiet(_REST)
            terminal.send("\x1bq")
            terminal.ended()
        _start("the same, where it was left", env)
        with Terminal(KHABAR, 120, 40, env) as terminal:
            terminal.wait(lambda text: _JOINED in text)
            for name, keys in _KEYS:
                for before in keys[:-1]:
                    terminal.send(before)
                    terminal.quiet(_REST)
                so_far = len(terminal.written)
                terminal.send(keys[-1])
                terminal.quiet(_REST)
                print(f"{name}: {len(terminal.written) - so_far} bytes")


if __name__ == "__main__":
    main()
