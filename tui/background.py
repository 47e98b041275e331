"""Work that goes on in a process of its own after a command has ended or while the explorer is open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tui import permitted


def wanted() -> bool:
    """Whether names are to be refined without being asked: not where they are to be found by the fast pass alone."""
    from tui.settings.force import InForce

    return InForce().or_else("entities").value != "fast"


def refine(corpus: Path, cluster: str | None = None) -> subprocess.Popen[bytes] | None:
    """Start the accurate pass over a corpus as a process of its own, which outlives this one; None if it cannot be.

    It asks the cluster at that address; "" for none whatever the environment says.
    """
    if not permitted.beyond_the_corpus():
        return None
    command = [sys.executable, "-m", "tui.cli", "-c", str(corpus.absolute()), "refine", "--background"]
    if cluster is not None:
        command += ["--cluster", cluster]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/" if os.name == "posix" else None,
        )
    except OSError:
        return None
