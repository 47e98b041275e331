"""CPU of short commands, the interpreter's own start included."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile

from tests.tui.ptys import KHABAR

_COMMANDS: tuple[list[str], ...] = (["--help"], ["articles", "--json"], ["search", "--json", "بغداد"], ["articles"], [])

_COMPLETED = ((["khabar"], "art"), (["khabar", "--sample", "articles", "--entity"], "ال"))
"""What a shell asks when Tab is pressed: the words before, and the one that was begun."""


def main() -> None:
    """Print the median CPU seconds of each command over the sample corpus, of seven runs."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder, "KHABAR_CORPUS": ""}
        subprocess.run([*KHABAR, "articles"], env=env, check=True, capture_output=True)
        for command in _COMMANDS:
            seconds = [_cpu([*KHABAR, *command], env) for _ in range(7)]
            print(f"khabar {' '.join(command)}: CPU {statistics.median(seconds):.3f} s (max {max(seconds):.3f})")
        for before, typed in _COMPLETED:
            asked = {"_KHABAR_COMPLETE": "bash_complete", "COMP_BEFORE": "\n".join(before), "COMP_CURRENT": typed}
            seconds = [_cpu(KHABAR, {**env, **asked}) for _ in range(7)]
            what = f"Tab behind {' '.join(before)} {typed}"
            print(f"{what}: CPU {statistics.median(seconds):.3f} s (max {max(seconds):.3f})")


def _cpu(command: list[str], env: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main()
