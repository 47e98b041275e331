"""`khabar serve` in this process, and the system's own `ssh` as its client in a terminal."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.tui.ptys import Terminal

IRAQ = "\ufed5\ufe8d\ufeae\ufecc\ufedf\ufe8d"

needs_ssh = pytest.mark.skipif(
    not (shutil.which("ssh") and shutil.which("ssh-keygen")), reason="needs Debian's openssh-client"
)


def make_key(folder: Path, name: str, comment: str) -> Path:
    """A new key for a client."""
    key = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(key)], check=True)
    return key


def free_port() -> int:
    """A port of loopback that nobody has."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def options(key: Path | None, port: int) -> list[str]:
    """What `ssh` needs to go there and nowhere else."""
    said = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "IdentitiesOnly=yes"]
    flags = [part for option in said for part in ("-o", option)]
    identity = ["-i", str(key)] if key is not None else []
    return ["-F", "none", *flags, *identity, "-o", f"Port={port}"]


@dataclass
class Served:
    """A server on loopback in the event loop of the test, with the lines of its audit and a clock that is set."""

    folder: Path
    corpus: Path
    port: int = 0
    now: float = 1000.0
    lines: list[str] = field(default_factory=list)
    server: Any = None

    async def start(self, **settings: Any) -> Served:  # noqa: ANN401  of Settings
        """Serve; `keys` and `host_key` lie in the folder."""
        from tui.serve.audit import Audit
        from tui.serve.hostkey import read_or_make
        from tui.serve.keys import Keys
        from tui.serve.server import Server
        from tui.serve.settings import Settings

        class Kept(Audit):
            def tell(kept, event: str, /, **values: str | int | float) -> None:  # noqa: N805
                self.lines.append(" ".join([event, *(f"{name}={value}" for name, value in values.items())]))

        told = Settings(self.corpus, self.folder / "authorized", self.folder / "host", port=0)
        told = replace(told, **settings)
        self.server = Server(told, Keys(told.keys, self.lines.append), Kept(), lambda: self.now)
        self.port = await self.server.start(read_or_make(told.host_key)[0])
        return self

    def command(self, *more: str, key: str = "user", user: str = "somebody") -> list[str]:
        """`ssh` to the server."""
        return ["ssh", *options(self.folder / key, self.port), "-l", user, *more, "127.0.0.1"]

    async def run(self, *command: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a client to its end."""
        return await asyncio.to_thread(
            subprocess.run, command, input=stdin, capture_output=True, timeout=60, check=False
        )

    async def until(self, condition: Callable[[], object], seconds: float = 30.0) -> None:
        """Let the server work until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, self.lines
            await asyncio.sleep(0.01)

    def pids(self) -> list[int]:
        """The processes of the sessions."""
        return [session.pid for session in self.server.sessions if session.pid]


Start = Callable[..., Awaitable[Served]]


class Client:
    """An `ssh` in a terminal, whose waiting leaves the event loop to the server."""

    def __init__(
        self, command: list[str], columns: int = 100, rows: int = 30, env: dict[str, str] | None = None
    ) -> None:
        self.terminal = Terminal(command, columns, rows, env or {"LANG": "C.UTF-8"})

    async def wait(self, condition: Callable[[str], bool]) -> str:
        return await asyncio.to_thread(self.terminal.wait, condition)

    async def ended(self) -> int:
        return await asyncio.to_thread(self.terminal.ended)

    def kill(self) -> None:
        os.kill(self.terminal.pid, signal.SIGKILL)


def is_there(pid: int) -> bool:
    """Whether a process still runs."""
    try:
        return re.search(r"State:\s+Z", Path(f"/proc/{pid}/status").read_text()) is None
    except OSError:
        return False
