"""`make bench`: prints the measured figures. `python -m tests.bench NAME…` prints some of them.

An argument with a = is for the module that knows what to do with it.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Run every bench module, or the named ones; where they leave explorers is nobody's place to come back to."""
    with tempfile.TemporaryDirectory() as state:
        os.environ |= {"XDG_STATE_HOME": state, "KHABAR_TOUR": "0"}
        _run()


def _run() -> None:
    names = [name for name in sys.argv[1:] if "=" not in name] or sorted(
        module.name
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if module.name != "__main__" and not module.ispkg
    )
    for name in names:
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main()
