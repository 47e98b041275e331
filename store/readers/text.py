"""Plain text: one file, one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from store.errors import InputError
from store.models import Document, Source
from store.readers.controls import tame
from store.readers.encoding import decode
from store.readers.source import ByteSource

NAME, VERSION = "text", "1"
LIMIT = 4 << 20
"""Most bytes of one document."""

# Above this share of characters that no text has, a file is not text, whatever its encoding.
_NOT_TEXT = 0.25


def checked(text: str, replaced: int, where: str) -> str:
    """`text` (tamed, with `replaced` replacements) if a person could read it; raises InputError when not."""
    if not text or text.isspace():
        raise InputError("is empty", where, "check where it came from")
    if replaced and replaced > _NOT_TEXT * sum(not char.isspace() for char in text):
        raise InputError("is binary data, not text", where, "add the article as plain text (UTF-8)")
    if not any(char.isalpha() for char in text):
        raise InputError("has no words", where, "check where it came from")
    return text


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """The one document of a text file, or why it cannot be one; never more than one of them."""
    data = source.read(LIMIT)
    if data is None:
        yield InputError(
            f"is larger than {LIMIT >> 20} MB, too much for one article",
            source.name,
            "split it into one file per article, or into JSON Lines",
        )
        return
    try:
        decoded, encoding = decode(data, source.name)
        text, replaced = tame(decoded)
        checked(text, replaced, source.name)
    except InputError as error:
        yield error
        return
    yield Document(
        text=text,
        source=Source(source.name, NAME, VERSION, encoding),
        digest=hashlib.sha256(data).hexdigest(),
        replaced=replaced,
    )
