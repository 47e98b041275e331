"""PDF documents. The work is done in a process of its own (`worker`, `pdf_text`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from store.errors import InputError
from store.models import Document, Said, Source
from store.readers import worker
from store.readers.controls import tame, tame_line
from store.readers.source import ByteSource
from store.readers.text import checked

NAME, VERSION = "pdf", "1"
LIMIT = 64 << 20
"""Most bytes of one document."""


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """The one document of a PDF file, or why it cannot be one."""
    yield from document("pdf", source.read(LIMIT), source.name, NAME, VERSION)


def document(form: str, data: bytes | None, where: str, reader: str, version: str) -> Iterator[Document | InputError]:
    """The document that a file of some format is ("pdf" or "docx"); None stands for one that is too large."""
    if data is None:
        yield InputError(f"is larger than {LIMIT >> 20} MB", where, "save its text as plain text (UTF-8) and add that")
        return
    try:
        found = worker.read(form, data, where)
        text, replaced = tame(found.text)
        checked(text, replaced, where)
    except InputError as error:
        yield error
        return
    yield Document(
        text=text,
        source=Source(where, reader, version, found.encoding),
        digest=hashlib.sha256(data).hexdigest(),
        title=tame_line(found.title or "")[:1000] or None,
        published=found.published,
        published_basis="metadata" if found.published else "unknown",
        replaced=replaced,
        said=tuple(Said(name, line, origin) for name, value, origin in found.said if (line := tame_line(value)[:1000])),
    )
