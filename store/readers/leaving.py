"""What can be no article, and so is left out where nobody named it: the pictures beside a saved page, say.

Kinds, suffixes and names are `data/left.tsv`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import resources
from pathlib import PurePosixPath

from store.errors import InputError
from store.readers.formats import COLUMNS, DATABASE, MEDIA, PICTURE, PROGRAM, Format

KINDS = (
    "pictures",
    "sound and video",
    "styles and scripts",
    "fonts",
    "programs",
    "databases",
    "system files",
    "files of saved pages",
    "records that are no pages",
    "messages without a text",
)
"""The kinds of what is left out, as they are shown."""
RECORDS = "records that are no pages"
"""What else a crawl holds: requests, metadata, redirections, pictures."""
MESSAGES = "messages without a text"
"""What else a channel holds: who joined and what was pinned, pictures alone."""

_BY_CONTENT = {
    PICTURE: "pictures",
    MEDIA: "sound and video",
    DATABASE: "databases",
    COLUMNS: "databases",
    PROGRAM: "programs",
}
_SAVED = "files of saved pages"
_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".shtml")


class LeftOut(InputError):  # noqa: N818  an outcome, not a fault
    """An input that nobody named and that can be no article; `kind` is one of KINDS."""

    def __init__(self, kind: str, where: str) -> None:
        super().__init__(f"is left out ({kind})", where)
        self.kind = kind


def by_name(path: PurePosixPath, exists: Callable[[PurePosixPath], bool]) -> str | None:
    """The kind of a file that its path (below what a person named) says is no article; None when it may be one.

    `exists` says whether there is a file of a given path: a folder `page_files` belongs to a page only beside it.
    """
    names, suffixes, beside = _table()
    for folder in path.parents:
        if f"{folder.name}/" in names:
            return names[f"{folder.name}/"]
        for end in beside:
            if folder.name.endswith(end) and folder.name != end:
                page = folder.name.removesuffix(end)
                if any(exists(folder.with_name(page + suffix)) for suffix in _PAGES):
                    return _SAVED
    return names.get(path.name) or suffixes.get(path.suffix.lower())


def by_content(form: Format) -> str | None:
    """The kind of a file that what it begins with says is no article; None when it may be one."""
    return _BY_CONTENT.get(form)


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Kinds by whole name (a folder's with a slash), kinds by suffix, ends of folders beside a saved page."""
    names: dict[str, str] = {}
    suffixes: dict[str, str] = {}
    beside: list[str] = []
    text = (resources.files(__package__) / "data" / "left.tsv").read_text("utf-8")
    for row in text.splitlines():
        if row.startswith("#"):
            continue
        kind, words = row.split("\t")
        for word in words.split():
            if kind == _SAVED:
                beside.append(word.removesuffix("/"))
            elif word.startswith(".") and word.islower():
                suffixes[word] = kind
            else:
                names[word] = kind
    return names, suffixes, tuple(beside)
