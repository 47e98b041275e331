"""Who is at work: the name under which what people decide is kept."""

from __future__ import annotations

import os

MOST = 100
"""Code points of a name."""


def me() -> str:
    """The name of whoever uses khabar: KHABAR_USER, else the user's name on this system; empty where there is none."""
    given = plain(os.environ.get("KHABAR_USER", ""))
    if given:
        return given
    import getpass

    try:
        return plain(getpass.getuser())
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return ""


def plain(name: str) -> str:
    """A name on one line without what no name has: control characters, lone surrogates, too much of it."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MOST]
