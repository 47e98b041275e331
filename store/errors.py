"""What can go wrong in the store, each as one sentence a person can act on."""

from __future__ import annotations

_LONGEST = 1000
"""Most characters of a place, and of what is wrong with it: both may quote what came from outside."""


class StoreError(Exception):
    """Something the store refuses: `what` is wrong, `where` it is, `remedy` says what to do.

    `str()` of it is one line without control characters, fit for a terminal or a notice.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what, self.where, self.remedy = what, where, remedy

    def __str__(self) -> str:
        where = self.where if len(self.where) <= _LONGEST else f"{self.where[:_LONGEST]}…"
        what = self.what if len(self.what) <= _LONGEST else f"{self.what[:_LONGEST]}…"
        line = (f"{where}: {what}" if where else what) + self._place()
        if self.remedy:
            line += f"; {self.remedy}"
        return "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in line)

    def _place(self) -> str:
        """More exactly where it went wrong, in words."""
        return ""


class InputError(StoreError):
    """An input that cannot be read as a document: empty, binary, truncated, of an unknown format."""


class CorpusError(StoreError):
    """A corpus that cannot be opened, read or written."""


class UnavailableError(CorpusError):
    """A corpus that cannot be written to for the moment: another process is at it, or its disk is full."""


class ClusterError(StoreError):
    """A cluster of machines that cannot be reached, or cannot be used to extract."""


class QueryError(StoreError):
    """A search or a filter that cannot be understood; `position` is the code point where it went wrong, if known."""

    def __init__(self, what: str, where: str = "", remedy: str = "", position: int | None = None) -> None:
        super().__init__(what, where, remedy)
        self.position = position

    def _place(self) -> str:
        return "" if self.position is None else f" at character {self.position + 1}"


class Cancelled(StoreError):  # noqa: N818  an outcome, not a fault
    """A query that was stopped because its answer is no longer wanted."""


def failed(what: str, where: str, error: Exception) -> InputError:
    """What to say of an input with which khabar itself is at fault: it could not be `what`."""
    fault = f"could not be {what} ({type(error).__name__}: {error})"
    return InputError(fault, where, "please report it with the file; the others are not affected")
