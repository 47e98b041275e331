"""Where a reader left off, kept for the next time: one small file for each corpus in the user's state folder.

It holds no text of an article, only what leads back there: filters by keys, digests, offsets, positions. A file that is
wrong, or of another corpus, is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from time import time
from typing import Any, Protocol

from store import read_only
from tui import permitted
from tui.config import appearance
from tui.locale import LANGUAGES, language, use

VERSION = 1
MOST_BYTES = 64 << 10
"""The size of what is kept at most."""
_MOST_FILES = 100
"""Corpora of which it is kept; those that were opened longest ago make room."""
_STALE = 3600.0
"""Seconds after which half a file that a kill left behind is removed."""
CHANNEL = "KHABAR_SESSION"
"""The variable with the descriptor by which `khabar serve` gives a session what was kept, and takes it."""
TOUR = "KHABAR_TOUR"
"""The variable that, as 0, keeps the tour away."""
_CHOICES: Mapping[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "digits": ("text", "latin", "arabic"),
    "calendar": ("gregorian", "hijri"),
    "tashkeel": (True, False),
    "latin": (True, False),
}
"""Settings that keys change, and what they can be."""


class Kept(Protocol):
    """Where it is kept."""

    def read(self) -> str:
        """What was kept last, empty where nothing was. Raises OSError, ValueError for what cannot be it."""

    def write(self, text: str) -> None:
        """Keep another. Raises OSError."""


class InFile:
    """A file of the user's own, written whole or not at all."""

    def __init__(self, path: Path, most: int = _MOST_FILES) -> None:
        """`most` is how many such files may lie beside each other."""
        self._path, self._most = path, most

    def read(self) -> str:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        except FileNotFoundError:
            return ""
        with os.fdopen(descriptor, "rb") as file:
            about = os.fstat(file.fileno())
            mine = not hasattr(os, "geteuid") or about.st_uid == os.geteuid()
            if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES or not mine:
                raise ValueError("no file of ours")
            return file.read(MOST_BYTES).decode("utf-8")

    def write(self, text: str) -> None:
        if read_only.is_on():
            return
        folder = self._path.parent
        new = not self._path.exists()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = folder / f".{self._path.name}.{os.getpid()}.part"
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8"))
            part.replace(self._path)
        finally:
            part.unlink(missing_ok=True)
        if new:
            _make_room(folder, self._most)


def _make_room(folder: Path, most: int) -> None:
    """Remove the files that were written longest ago until there are no more than `most`, and what a kill left."""
    with contextlib.suppress(OSError):
        files = sorted((file.stat().st_mtime, file) for file in folder.iterdir() if file.suffix in (".json", ".part"))
        halves = [file for written, file in files if file.suffix == ".part" and written < time() - _STALE]
        whole = [file for _written, file in files if file.suffix == ".json"]
        for file in halves + whole[: max(0, len(whole) - most)]:
            file.unlink(missing_ok=True)


class OverChannel:
    """With the server of `khabar serve`, which writes what this process may not: one line each way and time."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self) -> str:
        found = b""
        while not found.endswith(b"\n"):
            more = os.read(self._descriptor, MOST_BYTES)
            found += more
            if not more or len(found) > MOST_BYTES:
                raise ValueError("nothing was said")
        return found.decode("utf-8").strip()

    def write(self, text: str) -> None:
        rest = memoryview(f"{text}\n".encode())
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


def folder() -> Path:
    """Where khabar keeps what it remembers of a user's sessions."""
    from platformdirs import user_state_path

    return user_state_path("khabar", appauthor=False)


def file_of(corpus: Path) -> Path:
    """The file of a corpus, by its path without links."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(corpus))).hexdigest()[:32]
    return folder() / "sessions" / f"{name}.json"


class Session:
    """What a reader left, and the way to keep what comes of it."""

    def __init__(self, corpus: Path, kept: Kept, *, fresh: bool = False) -> None:
        """With `fresh`, what was kept is let be until something else is."""
        self._corpus = os.path.realpath(corpus)
        self._kept = kept
        self._begun = settings()
        self.problem = False
        """Whether there is something that cannot be used."""
        self.left: dict[str, Any] = {}
        """What was kept, empty where nothing was: whatever is in it is still to be checked."""
        if not fresh:
            self._read()

    def _read(self) -> None:
        try:
            text = self._kept.read()
            if not text:
                return
            said = json.loads(text)
            if not isinstance(said, dict) or said.get("khabar") != VERSION or said.get("corpus") != self._corpus:
                raise ValueError("not of this corpus")
            self.left = said
        except (OSError, ValueError, RecursionError):
            self.problem = True

    def apply_settings(self) -> None:
        """Set what was changed by keys as it was left, where it starts now as it did then: what a configuration says
        by now goes before."""
        said = self.left.get("settings")
        for name, choice in _CHOICES.items():
            pair = said.get(name) if isinstance(said, dict) else None
            if isinstance(pair, list) and len(pair) == 2 and pair[0] == self._begun[name] and pair[1] in choice:
                _set(name, pair[1])

    def keep(self, stand: Callable[[int], dict[str, Any]]) -> None:
        """Keep where the reader stands: `stand` says it with so many views of the way there. Raises OSError."""
        now = settings()
        changed = {name: [was, now[name]] for name, was in self._begun.items() if now[name] != was}
        views = 64
        while True:
            said = {"khabar": VERSION, "corpus": self._corpus, "settings": changed, **stand(views)}
            text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
            if len(text) < MOST_BYTES:
                self._kept.write(text)
                return
            if not views:
                return
            views //= 2


def settings() -> dict[str, object]:
    """What keys can change, as it is now."""
    found = {name: getattr(appearance, name) for name in _CHOICES if name != "language"}
    return {"language": language(), **found}


def _set(name: str, value: Any) -> None:  # noqa: ANN401  one of the choices
    if name == "language":
        use(value)
    else:
        setattr(appearance, name, value)


def is_first() -> bool:
    """Whether the explorer is open for the first time, which it is no more then: a mark is made in the state folder.

    Never where nothing is written, over the network, or where it cannot be marked; nor with `KHABAR_TOUR=0`.
    """
    if read_only.is_on() or permitted.is_served() or os.environ.get(TOUR) == "0":
        return False
    try:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(folder() / "toured", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False
    return True


def opened(corpus: Path, *, sample: bool = False, fresh: bool = False) -> Session | None:
    """The session of a corpus; None for the sample, which is for trying, and where there is no way to keep one."""
    if sample:
        return None
    if not permitted.is_served():
        return Session(corpus, InFile(file_of(corpus)), fresh=fresh)
    channel = os.environ.get(CHANNEL, "")
    return Session(corpus, OverChannel(int(channel)), fresh=fresh) if channel.isdecimal() else None
