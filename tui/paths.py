"""Paths as people type them and terminals paste them: several on a line, quoted, from home on, completed by Tab."""

from __future__ import annotations

import os
import shlex
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST = 200
"""So many names are offered at most."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a line becomes, and the names among which it leaves the choice; folders end with a slash."""

    line: str
    names: tuple[str, ...]


def understood(typed: str) -> list[str]:
    """The paths that a line means, or several lines, whole; one that leads nowhere is among them.

    A line that is a path is one, whatever blanks it has; else it is read as a shell does, with quotes and backslashes,
    which is what terminals write of files that are dragged into them, or as `file:` URLs.
    """
    found: list[str] = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        found.extend([path] if os.path.lexists(path := whole(line)) else _of_a_line(line))
    return found


def _of_a_line(line: str) -> list[str]:
    try:
        parts = [whole(part) for part in shlex.split(line, posix=os.name == "posix")]
    except ValueError:  # a quote that is not closed, as Tab leaves it
        return [whole(line[1:] if line[0] in "'\"" else line)]
    quoted = any(mark in line for mark in "'\"\\") or line.startswith("file:")
    return parts if parts and (quoted or any(map(os.path.lexists, parts))) else [whole(line)]


def whole(typed: str) -> str:
    """An absolute path for one that is typed: from home on, from where the program was started, or as a URL."""
    if typed.startswith("file:"):
        typed = unquote(urlsplit(typed).path)
    path = os.path.abspath(os.path.expanduser(typed))
    return path if os.path.lexists(path) else _hidden_marks(path)


def _hidden_marks(path: str) -> str:
    """A path of which some names have characters that are not shown and cannot be typed; as it was if there is none."""
    there = Path(path).anchor
    for name in Path(path).parts[1:]:
        if not os.path.lexists(there := os.path.join(parent := there, name)):
            same = (entry for entry in _entries(parent) if shown(entry.rstrip("/")) == name)
            if (entry := next(same, None)) is None:
                return path
            there = os.path.join(parent, entry.rstrip("/"))
    return there


def completed(typed: str) -> Completion:
    """A line whose last name is completed as far as the names in its folder agree, whatever their case.

    Asks the disk, which may take its time.
    """
    typed = typed.lstrip()
    quote = typed[:1] if typed[:1] in "'\"" else ""
    line = typed.removeprefix(quote)
    if line == "~":
        return Completion(f"{quote}~/", ())
    folder, slash, begun = line.rpartition("/")
    entries = _entries(whole(folder + slash) if folder or slash else os.curdir)
    offered = [entry for entry in map(shown, entries) if begun.startswith(".") or not entry.startswith(".")]
    names = [name for name in offered if name.startswith(begun)]
    if not names:
        names = [name for name in offered if name.casefold().startswith(begun.casefold())]
    if not names:
        return Completion(typed, ())
    common = os.path.commonprefix(names)  # noqa: RUF071  of one name
    if len(common) < len(begun):  # they differ in case
        common = begun
    return Completion(f"{quote}{folder}{slash}{common}", tuple(names[:MOST]) if len(names) > 1 else ())


def shown(name: str) -> str:
    """A name without what cannot be shown or typed: controls, marks of direction, bytes that are no text."""
    return "".join(ch for ch in name if ch in "\u200c\u200d" or unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))


def _entries(folder: str) -> list[str]:
    """The names in a folder in order, folders with a slash; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries)
    except (OSError, ValueError):
        return []
