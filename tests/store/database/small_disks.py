"""A disk of a few megabytes that fills up: a file system in memory that nobody else sees (Linux)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]
_MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'


def on_small_disk(folder: Path, megabytes: int, code: str, *args: str) -> list[str]:
    """Runs Python code with `folder`, which such a disk is put in the place of, as its first argument; the lines it
    writes. Skips the test where no such disk can be had."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare(1) of Linux")
    folder.mkdir(exist_ok=True)
    command = [unshare, "--user", "--map-root-user", "--mount", "sh", "-c", _MOUNT, "sh", f"{megabytes}m", str(folder)]
    if subprocess.run([*command[:-2], "1m", str(folder), "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    done = subprocess.run(
        [*command, sys.executable, "-c", code, str(folder), *args],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        cwd=_ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
