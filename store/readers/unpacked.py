"""What comes out of packed bytes, as a stream that counts it and gives out all that came before a fault."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

from store.errors import InputError
from store.readers.limits import MEMBER, RATIO, RATIO_FROM, TooMuch, Unpacking

PIECE = 1 << 18
"""Most bytes unpacked at once."""
_MEMORY = 256 << 20
"""Most memory that xz may ask for."""
_CUT = "fetch it again"


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gzip:
    """zlib with the manners of bz2 and lzma."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = PIECE) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_KINDS: tuple[tuple[bytes, Callable[[], _Unpacker]], ...] = (
    (b"\x1f\x8b", _Gzip),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)),
)


def unpack(chunks: Iterator[bytes], head: bytes, where: str) -> Iterator[bytes]:
    """The bytes that gzip, bzip2 or xz has packed in `chunks`, which begin with `head`; members follow each other.

    Raises InputError, when all that can be had has been given.
    """
    signature, new = next(kind for kind in _KINDS if head.startswith(kind[0]))
    unpacker: _Unpacker | None = None
    packed = unpacked = 0
    try:
        for chunk in chunks:
            packed += len(chunk)
            data = chunk
            while data or (unpacker is not None and not unpacker.needs_input and not unpacker.eof):
                if unpacker is None:
                    data = data.lstrip(b"\0")
                    if not data:
                        break
                    if not signature.startswith(data[: len(signature)]):
                        return  # something after the last member, as gzip passes over it
                    unpacker = new()
                piece, data = unpacker.decompress(data, PIECE), b""
                unpacked += len(piece)
                if unpacked > RATIO_FROM and unpacked > RATIO * packed:
                    raise TooMuch(
                        f"unpacks to more than {RATIO} times its size", where, "unpack it and add what is inside"
                    )
                if piece:
                    yield piece
                if unpacker.eof:
                    data, unpacker = unpacker.unused_data, None
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise InputError(f"is damaged ({error})", where, _CUT) from None
    if unpacker is not None:
        raise InputError("is cut short", where, _CUT)


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What a file-like object has, in pieces."""
    while piece := stream.read(PIECE):
        yield piece


class Unpacked:
    """A stream over pieces, each counted; a fault in them is raised after all that came before it was read."""

    def __init__(self, source: Iterator[bytes], unpacking: Unpacking, where: str) -> None:
        self._source, self._unpacking, self._where = source, unpacking, where
        self._buffer = b""
        self._size = 0
        self._fault: Exception | None = None

    def stream(self) -> BinaryIO:
        """Itself, as what readers take."""
        return cast(BinaryIO, self)

    def read1(self, size: int = -1) -> bytes:
        """At most `size` bytes, without waiting for more than a piece."""
        if not self._buffer:
            self._fill()
        if size < 0:
            size = len(self._buffer)
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def read(self, size: int = -1) -> bytes:
        """`size` bytes (all for -1), fewer only at the end or before a fault."""
        taken: list[bytes] = []
        left = size
        while left:
            try:
                piece = self.read1(left)
            except Exception as fault:  # whatever the unpacker raised: it comes after what it had given
                if not taken:
                    raise
                self._fault = fault
                break
            if not piece:
                break
            taken.append(piece)
            left = left - len(piece) if size >= 0 else -1
        return b"".join(taken)

    def _fill(self) -> None:
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise fault
        self._buffer = next(self._source, b"")
        self._size += len(self._buffer)
        self._unpacking.take(len(self._buffer))
        if self._size > MEMBER:
            raise TooMuch(f"unpacks to more than {MEMBER >> 30} GB", self._where, "unpack it and add what is inside")


class Allowance(io.RawIOBase):
    """A stream for a library that reads headers of any length: `more` says how much it may take next."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        super().__init__()
        self._stream, self._where = stream, where
        self._left = 0

    def more(self, size: int) -> None:
        """From here on it may read `size` bytes and what one header needs."""
        self._left = size + (1 << 20)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise InputError("has a header of more than 1 MB", self._where, "check where it came from")
        return piece
