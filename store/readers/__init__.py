"""Files, folders and standard input as documents.

A reader is a module with `read(source: ByteSource) -> Iterator[Document | InputError]`; to add one, write the
module and name it in `READERS` under the key its `formats.Format` has.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from store.errors import InputError
from store.models import Document
from store.readers import jsonl, text
from store.readers.controls import tame_path
from store.readers.files import STDIN, find, walk
from store.readers.formats import detect
from store.readers.leaving import LeftOut, by_content, by_name
from store.readers.source import ByteSource, open_source

__all__ = ["READERS", "LeftOut", "find", "read", "read_bytes", "walk"]

READERS: dict[str, Callable[[ByteSource], Iterator[Document | InputError]]] = {
    "text": text.read,
    "jsonl": jsonl.read,
}


def read(path: str | Path, *, form: str | None = None, folder: Path | None = None) -> Iterator[Document | InputError]:
    """The documents of one file, or of standard input for the string "-"; what cannot be read is yielded as an error.

    `form` names a reader of `READERS` when the caller knows the format; else content decides, then the suffix.
    `folder` is the folder that the file was found in, if nobody named the file itself: what can be no article is
    then left out (`LeftOut`). Nothing is raised for bad input, and one bad record never stops the rest.
    """
    if isinstance(path, str) and path == STDIN:
        yield from _documents(sys.stdin.buffer, "stdin", "", form)
        return
    path = Path(path)
    name = tame_path(os.fsencode(path).decode("utf-8", "replace"))
    try:
        if path.is_dir():
            yield _folder(path, name)
            return
        if folder is not None and (kind := _no_article(path, folder)):
            yield LeftOut(kind, name)
            return
        with path.open("rb") as stream:
            yield from _documents(stream, name, path.suffix.lower(), form, found=folder is not None)
    except FileNotFoundError:
        yield InputError("does not exist", name, "check the path")
    except PermissionError:
        yield InputError("cannot be read: permission denied", name, "check who may read it")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield InputError(f"cannot be read: {reason}", name, "check the path and the disk")


def read_bytes(data: bytes, name: str, *, form: str | None = None) -> Iterator[Document | InputError]:
    """As `read`, over bytes that are already here, under the name of the file they would have."""
    return _documents(io.BytesIO(data), name, Path(name).suffix.lower(), form)


def _documents(
    stream: BinaryIO, name: str, suffix: str, form: str | None, found: bool = False
) -> Iterator[Document | InputError]:
    source = open_source(name, suffix, stream)
    kind = detect(source.head, suffix)
    reader = READERS[form] if form else READERS.get(kind.key)
    if reader is None:
        left = by_content(kind) if found else None
        if left is not None:
            yield LeftOut(left, name)
        else:
            yield InputError(f"is {kind.noun}, which khabar does not read", name, kind.remedy)
        return
    yield from reader(source)


def _no_article(path: Path, folder: Path) -> str | None:
    """The kind of a file in `folder` that by its name can be no article."""
    try:
        below = PurePosixPath(*path.relative_to(folder).parts)
    except ValueError:
        below = PurePosixPath(path.name)
    return by_name(below, lambda beside: (folder / beside).exists())


def _folder(path: Path, name: str) -> InputError:
    try:
        next(iter(path.iterdir()), None)
    except OSError:
        return InputError("is a folder that cannot be read: permission denied", name, "check who may read it")
    return InputError("is a folder without files to read", name, "name a folder that holds articles")
