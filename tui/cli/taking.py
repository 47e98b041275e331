"""JSON Lines taken in from a file or from standing input, line by line; what is refused is told."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from store.errors import InputError
from tui.cli.running import complain
from tui.locale import ngettext
from tui.locale.told import in_words

T = TypeVar("T")
_TOLD = 20
"""So many lines that are refused are told one by one."""


@contextmanager
def incoming(file: str) -> Iterator[tuple[Iterator[bytes], str]]:
    """The bounded lines of a file, or of standing input for `-`, and what it is called. Raises OSError."""
    from store.export import taken

    if file == "-":
        yield taken.bounded(sys.stdin.buffer), "stdin"
        return
    with Path(file).open("rb") as stream:
        yield taken.bounded(stream), file


def fine(found: Iterable[T | InputError]) -> tuple[Iterator[T], list[InputError]]:
    """What is well, one by one, and a list that has what is refused once all are taken."""
    refused: list[InputError] = []

    def well() -> Iterator[T]:
        for one in found:
            if isinstance(one, InputError):
                refused.append(one)
            else:
                yield one

    return well(), refused


def tell_refused(refused: Sequence[InputError]) -> None:
    """Tell what was refused, the first of it line by line."""
    for error in refused[:_TOLD]:
        complain(in_words(error))
    if len(refused) > _TOLD:
        more = len(refused) - _TOLD
        complain(ngettext("and {n} line more", "and {n} lines more", more).format(n=more))
