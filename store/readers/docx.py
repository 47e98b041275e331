"""Word documents (.docx). The work is done in a process of its own (`worker`, `docx_text`)."""

from __future__ import annotations

from collections.abc import Iterator

from store.errors import InputError
from store.models import Document
from store.readers import pdf
from store.readers.source import ByteSource

NAME, VERSION = "docx", "1"
LIMIT = pdf.LIMIT
"""Most bytes of one document."""


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """The one document of a Word file, or why it cannot be one."""
    yield from pdf.document("docx", source.read(LIMIT), source.name, NAME, VERSION)


def document(data: bytes, where: str) -> Iterator[Document | InputError]:
    """As `read`, of bytes that are here, at most one more than LIMIT."""
    yield from pdf.document("docx", data if len(data) <= LIMIT else None, where, NAME, VERSION)
