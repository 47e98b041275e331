"""The command as a process of its own, in a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

KHABAR = [sys.executable, "-m", "tui.cli"]


class Home:
    """A user with nothing but what tests put into `folder`; `run` runs khabar as that user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("KHABAR", "XDG_"))}
        self.env |= {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONUTF8": "0",
            # What a test does not ask for must not go on in the background after it.
            "KHABAR_ENTITIES": "fast",
            "KHABAR_TOUR": "0",
        }

    def run(
        self,
        *args: str | bytes | Path,
        stdin: str | bytes | None = None,
        env: Mapping[str, str] = {},
        stdout: int = subprocess.PIPE,
    ) -> Ended:
        """Run `khabar` with `args` to its end; `stdin` is empty unless given."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [*KHABAR, *args],
            input=given or b"",
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**self.env, **env},
            cwd=Path(__file__).parents[2],
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, (done.stdout or b"").decode("utf-8"), done.stderr.decode("utf-8"))


class Ended:
    """What a run left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The lines of the output as JSON objects."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refused(self) -> str:
        """The one sentence on stderr of a run that ended with 2 and wrote nothing else."""
        assert self.code == 2, (self.code, self.err)
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.startswith("khabar: ")
        assert line.isprintable()
        return line.removeprefix("khabar: ")
