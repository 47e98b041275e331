"""What a format's reader reads from: named bytes, looked at once and then streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias

from store.errors import InputError
from store.models import Document, Said
from store.readers.limits import Unpacking

HEAD = 1 << 16
"""Most bytes looked at to tell a format."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ByteSource:
    """Bytes under a name a person would recognise; `head` is the beginning, already taken from `stream`."""

    name: str
    suffix: str
    """Of the file name, lower case with its dot; empty when there is none."""
    head: bytes
    stream: BinaryIO
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which field or column of a record holds what, where a person said so: {"text": "body"}."""
    found: bool = False
    """Whether nobody named it, so that it is left out if it can be no article."""
    unpacking: Unpacking | None = None
    """What it was unpacked from, if it was."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the first one on, in pieces; once only."""
        if self.head:
            yield self.head
        # read1 hands out what a pipe has, where read would wait for a full chunk.
        take = getattr(self.stream, "read1", self.stream.read)
        while chunk := take(_CHUNK):
            yield chunk

    def read(self, limit: int) -> bytes | None:
        """All bytes, or None when there are more than `limit`; once only."""
        pieces = []
        size = 0
        for chunk in self.chunks():
            size += len(chunk)
            if size > limit:
                return None
            pieces.append(chunk)
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that takes long to read, as its bytes: to be read by another process (`store.readers.read_unread`)."""

    form: str
    """A key of `store.readers.READERS`."""
    data: bytes
    where: str
    url: str | None = None
    said: tuple[Said, ...] = ()
    """What is known of it from elsewhere: an archive's record."""
    charset: str | None = None
    """What its server declared."""


Found: TypeAlias = Document | InputError | Unread
"""What there is in a source."""


def unforeseen(error: Exception, where: str) -> InputError:
    """What to say of a fault that a format's library did not foresee."""
    return InputError(
        f"could not be read ({type(error).__name__}: {str(error)[:200]})",
        where,
        "it may be damaged; if it is not, please report it with the file",
    )


def open_source(
    name: str,
    suffix: str,
    stream: BinaryIO,
    *,
    columns: Mapping[str, str] = {},
    found: bool = False,
    unpacking: Unpacking | None = None,
) -> ByteSource:
    """A source over `stream`; raises OSError when it cannot be read."""
    # A pipe hands out what it has: a whole HEAD would wait for a writer that waits for an answer.
    head = stream.read(1)
    if head:
        peek = getattr(stream, "peek", None)
        head += stream.read(min(len(peek(HEAD)), HEAD)) if peek else stream.read(HEAD)
    return ByteSource(name, suffix, head, stream, columns, found, unpacking)
