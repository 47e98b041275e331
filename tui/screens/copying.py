"""Putting text on the clipboard of a terminal, which may take none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir

from tui import permitted
from tui.locale import gettext as _
from tui.screens.asking import Asking

_PATH = 70
"""Cells for a path in a line of 80."""


def copy(screen: Asking[Any], text: str, tell: Callable[[str], None]) -> None:
    """Put logical text on the clipboard, and `tell` what came of it.

    Where the terminal is known to take no copies, the text goes into a file as well, and the file is named.
    """
    screen.app.copy_to_clipboard(text)
    if getattr(screen.app, "takes_copies", True):
        tell(_("copied"))
        return
    if not permitted.beyond_the_corpus():
        tell(_("copied, if this terminal takes copies"))
        return
    target = Path(user_cache_dir("khabar")) / "copied.txt"

    def keep() -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_text(text, encoding="utf-8")

    said = _("this terminal may take no copies: the text is in {path} too").format(path=from_home(target))
    screen.change(keep, lambda _done: tell(said))


def from_home(path: Path) -> str:
    """A path as people write it: from their home on, and of a long one the end, which says which file it is."""
    written = f"~/{path.relative_to(Path.home())}" if path.is_relative_to(Path.home()) else str(path)
    while len(written) > _PATH and "/" in (rest := written.removeprefix("…/")).strip("/"):
        written = f"…/{rest.lstrip('/').partition('/')[2]}"
    return written
