"""One target under atheris: `python -m tests.fuzz.one TARGET [options of libFuzzer] FOLDERS`."""

from __future__ import annotations

import random
import sys

import atheris

_INSTRUMENTED = ["store"]
"""Ours: instrumenting the libraries as well takes longer than a bounded run."""


def main() -> None:
    """Runs until libFuzzer's limits; ends with its code, not 0 where an input broke a law."""
    target = sys.argv.pop(1)
    with atheris.instrument_imports(include=_INSTRUMENTED, enable_loader_override=False):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz.mutating import mutated

    def change(data: bytes, most: int, seed: int) -> bytes:
        if seed % 3 == 0:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, target, random.Random(seed))[:most]

    atheris.Setup(sys.argv, TARGETS[target], custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
