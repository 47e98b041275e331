"""What commands say while they take things in: a line at the foot of a terminal, what became of each."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from store.ingest import Progress, Rejected

_EVERY = 0.1
"""Seconds between two pictures of the progress."""


def outcome(item: Progress) -> dict[str, object]:
    """What became of one input, as an object of `--json`."""
    from store import ingest

    record: dict[str, object] = {"path": item.path, "status": type(item).__name__.lower()}
    if isinstance(item, ingest.Rejected):
        record["error"] = str(item.error)
    elif isinstance(item, ingest.Left):
        record["kind"] = item.kind
    else:
        record["article"] = item.article
    if isinstance(item, ingest.Added):
        found = item.analysis
        record["title"] = found.cleaned.title.text if found.cleaned.title else None
        record["published"] = {"value": found.published.value, "basis": found.published.basis}
        record["outlet"] = found.cleaned.outlet
        record["format"] = found.document.source.reader
    return record


def complain_of(item: Rejected, when: str = "") -> None:
    """Name on stderr what was rejected."""
    from store.export.plain import one_line

    click.echo(f"{when}rejected: {one_line(str(item.error))}", err=True)


class ProgressLine:
    """One line at the foot of a terminal that says how far it is; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._next = 0.0
        self._shown = False

    def show(self, text: str, *, now: bool = False) -> None:
        """Say it, if nothing was said just now, or in any case."""
        if self._terminal and (now or time.monotonic() >= self._next):
            self.hide()
            self._shown = True  # first: a signal may come at any moment
            print(text[: max(1, shutil.get_terminal_size().columns - 1)], end="", file=sys.stderr, flush=True)
            self._next = time.monotonic() + _EVERY

    def hide(self) -> None:
        """Clear the line for something else to be said."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False
