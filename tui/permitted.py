"""What the person at the keyboard may do: with `--read-only` nothing is written, and who comes by `khabar serve` sees
the corpus and none of the machine's other files, editors included."""

from __future__ import annotations

import os

from store import read_only
from store.errors import StoreError
from tui.locale import gettext as _

SERVED = "KHABAR_SERVED"
"""The variable that `khabar serve` sets for its sessions."""

_WRITING = frozenset(
    ("merge", "suggested", "rename", "retype", "split", "hide", "hidden", "redate", "relabel", "undo", "redo",
     "bookmark", "tag", "note", "add", "export", "apart", "remove", "bring_back", "delete", "save", "change_text")
)  # fmt: skip
"""Actions of any screen that write, or ask for what is then written."""
_BEYOND = frozenset(("add", "export", "suspend_process"))
"""Actions that reach for files or processes beside the corpus."""


def is_served() -> bool:
    """Whether this is a session of `khabar serve`."""
    return bool(os.environ.get(SERVED))


def beyond_the_corpus() -> bool:
    """Whether other files may be read or written, and other processes be started."""
    return not (read_only.is_on() or is_served())


def check_files() -> None:
    """Raises StoreError where no file beside the corpus may be written: the last word, whatever key led there."""
    if not beyond_the_corpus():
        raise StoreError(_("no file is written here"))


def refusal(action: str) -> StoreError | None:
    """Why an action, by its name, cannot be done here; None where it can."""
    if is_served() and action in _BEYOND:
        return StoreError(_("not in a session over the network: it sees the corpus and no other file"))
    if read_only.is_on() and action in _WRITING:
        return StoreError(_("this corpus is open for reading only: nothing is changed or written"))
    return None


def in_short(action: str) -> str:
    """As `refusal`, in a word or two; empty where an action can be done."""
    if refusal(action) is None:
        return ""
    return _("not over the network") if is_served() and action in _BEYOND else _("read only")
