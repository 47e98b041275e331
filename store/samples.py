"""The sample corpus: the five articles that come with the program, so that there is something to look at first."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from store import read_only
from store.errors import CorpusError

_KEPT = 30 * 24 * 3600
"""Seconds that a sample of another version is kept."""
_PACKAGE = Path(__file__).resolve().parent


def seeds() -> list[Path]:
    """The sample articles: within the installed package, or at the top of a source checkout.

    Raises CorpusError when the installation has lost them.
    """
    for folder in (_PACKAGE / "seeds", _PACKAGE.parent / "seeds"):
        if found := sorted(folder.glob("*.txt")):
            return found
    raise CorpusError(
        "the sample articles are not where the program expects them", str(_PACKAGE / "seeds"), "install khabar again"
    )


def version() -> str:
    """What the sample is made of and with: a change of the articles, of the code or of its data gives another.

    Code counts by content; data files count by name and size, so that asking stays a matter of milliseconds.
    """
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    digest = hashlib.sha256()
    for path in seeds():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for path in _made_with():
        digest.update(str(path.relative_to(_PACKAGE)).encode("utf-8", "surrogateescape") + b"\0")
        digest.update(path.read_bytes() if path.suffix in (".py", ".sql") else str(path.stat().st_size).encode())
        digest.update(b"\0")
    try:
        number = installed("khabar")
    except PackageNotFoundError:
        number = "source"
    return f"{number}-{digest.hexdigest()[:12]}"


def in_folder(folder: Path) -> Path:
    """The sample corpus in `folder`, made there if it is not: whole or not at all, by any number of processes at once.

    Raises OSError when the folder cannot be written, CorpusError when the sample cannot be made.
    """
    corpus = folder / f"sample-{version()}.db"
    if not corpus.exists():
        if read_only.is_on():
            raise CorpusError("the sample corpus is not made yet", str(corpus), "run khabar once without --read-only")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder) as workshop:
            made = Path(workshop) / "sample.db"
            _build(made)
            _put(made, corpus)
        _clear(folder, corpus)
    return corpus


def _made_with() -> Iterator[Path]:
    """The code and the data that decide what a corpus looks like, in a fixed order."""
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "seeds", "export", "training"))
        for name in sorted(files):
            if not name.endswith((".pyc", ".pyi", "~")):
                yield Path(folder, name)


def _build(target: Path) -> None:
    from store import ingest

    for item in ingest.add(target, seeds()):
        if isinstance(item, ingest.Rejected):
            raise CorpusError(f"the sample corpus cannot be made: {item.error.what}", item.path, "install khabar again")
    log = target.with_name(target.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise CorpusError("the sample corpus was not written to its end", str(target), "try again")


def _put(made: Path, corpus: Path) -> None:
    """Moves the finished file into place; one that another process put there first stays, as it may be open."""
    try:
        os.link(made, corpus)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not corpus.exists():
            with contextlib.suppress(FileExistsError):
                made.rename(corpus)


def _clear(folder: Path, corpus: Path) -> None:
    """Removes samples that nobody has made or changed for a month; one of them is made again if it is still wanted."""
    long_ago = time.time() - _KEPT
    for path in folder.glob("sample-*.db*"):
        with contextlib.suppress(OSError):
            if not path.name.startswith(corpus.name) and path.stat().st_mtime < long_ago:
                path.unlink()
