"""Files, folders and standard input as documents.

A reader is a module with NAME, VERSION and `read(source: ByteSource) -> Iterator[Document | InputError]`; to add one,
write the module and name it in `READERS` under the key its `formats.Format` has. What it needs from libraries it
imports when it reads: this package is imported for less. Documents in a format of `_LATER` take long to read: `find_in`
hands them out as they are (`Unread`), for other processes.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from store.errors import InputError
from store.models import Document
from store.readers import docx, feed, html, json_records, jsonl, mhtml, packed, pdf, table, tar, text, warc, zipped
from store.readers.controls import tame_path
from store.readers.files import STDIN, find, walk
from store.readers.formats import detect
from store.readers.leaving import LeftOut, by_content, by_name
from store.readers.meter import Meter
from store.readers.source import ByteSource, Found, Unread, open_source, unforeseen

__all__ = ["READERS", "LeftOut", "Unread", "documents", "find", "find_in", "read", "read_bytes", "read_unread", "walk"]

READERS: dict[str, Callable[[ByteSource], Iterator[Found]]] = {
    "text": text.read,
    "jsonl": jsonl.read,
    "html": html.read,
    "json": json_records.read,
    "table": table.read,
    "feed": feed.read,
    "mhtml": mhtml.read,
    "warc": warc.read,
    "pdf": pdf.read,
    "docx": docx.read,
    "packed": packed.read,
    "zip": zipped.read,
    "tar": tar.read,
}


_LATER = {"html": html.tree.LIMIT, "mhtml": mhtml.LIMIT, "pdf": pdf.LIMIT}
"""Formats whose documents take long, and the most bytes of one."""


def read(
    path: str | Path, *, form: str | None = None, folder: Path | None = None, columns: Mapping[str, str] = {}
) -> Iterator[Document | InputError]:
    """The documents of one file, or of standard input for the string "-"; what cannot be read is yielded as an error.

    `form` names a reader of `READERS` when the caller knows the format; else content decides, then the suffix.
    `folder` is the folder that the file was found in, if nobody named the file itself: what can be no article is
    then left out (`LeftOut`). `columns` says which field of records and tables holds what ({"text": "body"}, "" for
    none). Nothing is raised for bad input, and one bad record never stops the rest.
    """
    return _now(find_in(path, form=form, folder=folder, columns=columns))


def read_bytes(
    data: bytes, name: str, *, form: str | None = None, columns: Mapping[str, str] = {}
) -> Iterator[Document | InputError]:
    """As `read`, over bytes that are already here, under the name of the file they would have."""
    return _now(find_in_bytes(data, name, form=form, columns=columns))


def find_in(
    path: str | Path,
    *,
    form: str | None = None,
    folder: Path | None = None,
    columns: Mapping[str, str] = {},
    meter: Meter | None = None,
) -> Iterator[Found]:
    """As `read`, but what takes long to read is still to be read (`read_unread`); `meter` is told how far it is."""
    if isinstance(path, str) and path == STDIN:
        yield from documents(lambda: open_source("stdin", "", sys.stdin.buffer, columns=columns), "stdin", form)
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
            if meter is not None:
                meter.begin(stream, os.fstat(stream.fileno()).st_size)
            suffix, found = path.suffix.lower(), folder is not None
            yield from documents(lambda: open_source(name, suffix, stream, columns=columns, found=found), name, form)
    except FileNotFoundError:
        yield InputError("does not exist", name, "check the path")
    except PermissionError:
        yield InputError("cannot be read: permission denied", name, "check who may read it")
    except (OSError, ValueError) as error:
        yield _unreadable(error, name)


def find_in_bytes(
    data: bytes, name: str, *, form: str | None = None, columns: Mapping[str, str] = {}
) -> Iterator[Found]:
    """As `find_in`, over bytes that are already here."""
    suffix = Path(name).suffix.lower()
    return documents(lambda: open_source(name, suffix, io.BytesIO(data), columns=columns), name, form)


def read_unread(unread: Unread) -> Iterator[Document | InputError]:
    """The document of what was left unread, or why it cannot be one; nothing is raised."""

    def found() -> Iterator[Found]:
        if unread.form == "html":
            yield from html.page(unread.data, unread.where, unread.url, unread.said, unread.charset)
            return
        for one in READERS[unread.form](open_source(unread.where, "", io.BytesIO(unread.data))):
            if isinstance(one, Document):
                one = replace(one, url=one.url or unread.url, said=(*one.said, *unread.said))
            yield one

    return _now(_safely(found, unread.where))


def documents(opened: Callable[[], ByteSource], name: str, form: str | None = None) -> Iterator[Found]:
    """What there is in a source, by the reader of its format (or of `form`); nothing is raised.

    The source is opened here, as its first bytes may be damaged already.
    """

    def found() -> Iterator[Found]:
        source = opened()
        kind = detect(source.head, source.suffix)
        key = form or kind.key
        if key in _LATER:
            data = source.read(_LATER[key])
            if data is None:
                limit, smaller = _LATER[key] >> 20, "save the article alone and add that"
                yield InputError(f"is {kind.noun} of more than {limit} MB", name, smaller)
            else:
                yield Unread(key, data, name)
        elif key in READERS:
            yield from READERS[key](source)
        elif source.found and (left := by_content(kind)):
            yield LeftOut(left, name)
        else:
            yield InputError(f"is {kind.noun}, which khabar does not read", name, kind.remedy)

    return _safely(found, name)


def _safely(found: Callable[[], Iterator[Found]], name: str) -> Iterator[Found]:
    try:
        yield from found()
    except InputError as error:
        yield error if error.where else InputError(error.what, name, error.remedy)
    except (ImportError, GeneratorExit):  # a broken installation is not the input's fault
        raise
    except OSError as error:
        yield _unreadable(error, name)
    except Exception as error:  # whatever a format's library makes of it, one input must not end the others
        yield unforeseen(error, name)


def _now(found: Iterator[Found]) -> Iterator[Document | InputError]:
    for one in found:
        if isinstance(one, Unread):
            yield from read_unread(one)
        else:
            yield one


def _unreadable(error: OSError | ValueError, name: str) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"cannot be read: {reason}", name, "check the path and the disk")


def _no_article(path: Path, folder: Path) -> str | None:
    """The kind of a file in `folder` that by its name can be no article."""
    # From beside the folder: `add saved/*` names the folder of a page's pictures along with the page.
    base = folder.parent
    try:
        below = PurePosixPath(*path.relative_to(base).parts)
    except ValueError:
        below = PurePosixPath(path.name)
    return by_name(below, lambda beside: (base / beside).exists())


def _folder(path: Path, name: str) -> InputError:
    try:
        next(iter(path.iterdir()), None)
    except OSError:
        return InputError("is a folder that cannot be read: permission denied", name, "check who may read it")
    return InputError("is a folder without files to read", name, "name a folder that holds articles")
