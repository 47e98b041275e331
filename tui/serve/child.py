"""The process of one session: takes its terminal and its limits, and becomes the explorer.

python -m tui.serve.child MEMORY CPU [--read-only] -c CORPUS
"""

from __future__ import annotations

import contextlib
import os
import sys

_FILES = 256
"""Files that may be open at a time."""


def limit(memory: int, cpu: int, *, writes: bool) -> None:
    """Limits of this process and all that it starts: `memory` in bytes, `cpu` in seconds; without `writes` no file can
    grow by a byte, whatever goes wrong."""
    import resource

    wanted = [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ]
    if not writes:
        wanted.append((resource.RLIMIT_FSIZE, 0))
    for which, value in wanted:
        hard = resource.getrlimit(which)[1]
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (least, least))


def main() -> int:
    """Run the explorer on the terminal that is standard input."""
    import fcntl
    import termios

    os.umask(0o077)
    with contextlib.suppress(OSError):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    arguments = sys.argv[3:]
    limit(int(sys.argv[1]), int(sys.argv[2]), writes="--read-only" not in arguments)
    from tui.cli import main as khabar

    return khabar(arguments)


if __name__ == "__main__":
    sys.exit(main())
