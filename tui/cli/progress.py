"""What commands say while they take things in: a line at the foot of a terminal, what became of each."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

from tui.cli.running import shown, tell
from tui.locale import N_, comma, semicolon
from tui.locale import gettext as _
from tui.locale.told import in_words

if TYPE_CHECKING:
    from store.ingest import Progress, Rejected
    from store.readers.meter import Meter

_EVERY = 0.1
"""Seconds between two pictures of the progress."""
_SELDOM = 5.0
"""Seconds between two lines where they stay."""


def outcome(item: Progress) -> dict[str, object]:
    """What became of one input, as an object of `--json`."""
    from store import ingest
    from store.readers.records import unread_date

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
        if (unread := unread_date(found.document)) is not None:
            record["unread_date"] = unread
    return record


def complain_of(item: Rejected, when: str = "") -> None:
    """Name on stderr what was rejected."""
    tell(_("{when}rejected: {value}").format(when=when, value=in_words(item.error)))


class Pace:
    """How many inputs became what, how fast that goes and how long it may take."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self._counts = {N_("added"): 0, N_("known"): 0, N_("rejected"): 0}
        self._begun = time.monotonic()

    def take(self, item: Progress) -> None:
        """Counts one more."""
        status = type(item).__name__.lower()
        self._counts[status] = self._counts.get(status, 0) + 1

    def in_words(self) -> str:
        """`1,200 added, 3 known, 0 rejected; 64 a second; 41 %, about 2 min left`."""
        took = max(0.001, time.monotonic() - self._begun)
        said = [comma().join(f"{number:,} {_(status)}" for status, number in self._counts.items())]
        said.append(_("{n} a second").format(n=f"{sum(self._counts.values()) / took:,.0f}"))
        share = self.meter.share
        if share:
            said.append(
                _("{share}, about {time} left").format(share=f"{share:.0%}", time=spoken(took * (1 - share) / share))
            )
        return semicolon().join(said)


def spoken(seconds: float) -> str:
    """About how long, in words."""
    if seconds < 90:
        return _("{n} s").format(n=max(1, round(seconds)))
    if seconds >= 5400:
        return _("{n} h").format(n=f"{seconds / 3600:.1f}")
    return _("{n} min").format(n=max(1, round(seconds / 60)))


class ProgressLine:
    """One line at the foot of a terminal that says how far it is; elsewhere, if asked for, a line now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._next = 0.0
        self._seldom = time.monotonic() + _SELDOM
        self._shown = False

    def show(self, text: str, *, now: bool = False, seldom: bool = False) -> None:
        """Say it, if nothing was said just now, or in any case; `seldom` also where stderr is no terminal."""
        if seldom and not self._terminal and time.monotonic() >= self._seldom:
            print(text, file=sys.stderr, flush=True)
            self._seldom = time.monotonic() + _SELDOM
        if self._terminal and (now or time.monotonic() >= self._next):
            self.hide()
            self._shown = True  # first: a signal may come at any moment
            width = max(1, shutil.get_terminal_size().columns - 1)
            print(shown(text, sys.stderr, width)[:width], end="", file=sys.stderr, flush=True)
            self._next = time.monotonic() + _EVERY

    def hide(self) -> None:
        """Clear the line for something else to be said."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False
