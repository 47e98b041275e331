"""ZIP archives, and what is one inside: Word documents, web archives (WACZ), office files of other kinds."""

from __future__ import annotations

import contextlib
import itertools
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO, BinaryIO, cast

from store.errors import InputError
from store.readers import docx
from store.readers.encoding import decode
from store.readers.limits import KEPT, RATIO, RATIO_FROM, TooMuch, Unpacking
from store.readers.members import hidden, member, path_of
from store.readers.source import ByteSource, Found, Unread
from store.readers.unpacked import PIECE

NAME, VERSION = "zip", "1"
DIRECTORY = 64 << 20
"""Most bytes of the list of members, which is read as a whole."""
_SPOOLED = 32 << 20
"""Bytes that are kept in memory; more of them in a file that has no name."""
_END = b"PK\x05\x06"
_LOCAL_HEADER = 30
"""Bytes before a member, at least."""
_UNPACK = "unpack it and add what is inside"
_OTHERS = (
    ("xl/workbook.xml", "a spreadsheet", "save the sheet as CSV and add that"),
    ("xl/workbook.bin", "a spreadsheet", "save the sheet as CSV and add that"),
    ("ppt/presentation.xml", "a presentation", "save its text as plain text (UTF-8) and add that"),
)
_MIMETYPES = (
    (b"application/epub", "an e-book", "save its text as plain text (UTF-8) and add that"),
    (b"application/vnd.oasis", "an OpenDocument file", "save it as .docx or plain text (UTF-8) and add that"),
)


def read(source: ByteSource) -> Iterator[Found]:
    """What is in each member, in the order of the archive; of a web archive only its records."""
    with _seekable(source) as stream:
        try:
            _check_directory(stream, source.name)
            with zipfile.ZipFile(cast(IO[bytes], stream)) as archive:
                names = set(archive.NameToInfo)
                if "word/document.xml" in names:
                    stream.seek(0)
                    yield Unread("docx", stream.read(docx.LIMIT + 1), source.name)
                else:
                    _refuse_others(archive, names, source.name)
                    _refuse_overlapping(archive, source.name)
                    yield from _members(source, archive)
        except zipfile.BadZipFile as error:
            raise InputError(f"is a damaged ZIP archive ({error})", source.name, "fetch it again") from None


def _members(source: ByteSource, archive: zipfile.ZipFile) -> Iterator[Found]:
    within = (source.unpacking or Unpacking(source.name)).deeper(source.name, archive=True)
    paths = [(path_of(_name(info)), info) for info in archive.infolist() if not info.is_dir()]
    if "datapackage.json" in archive.NameToInfo:
        records = [(path, info) for path, info in paths if path.match("archive/*.warc*")]
        paths = records or paths
    there = {path for path, _ in paths}
    some = False
    for path, info in paths:
        if not path.parts or hidden(path):
            continue
        some = True
        yield from member(source, path, within, there.__contains__, partial(_bytes, archive, info))
        if within.spent:
            return
    if not some:
        raise InputError("is an archive without files to read", source.name, "check where it came from")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is packed in a member. Raises InputError without a place."""
    if info.flag_bits & 1:
        raise InputError("is encrypted", "", "unpack it with its password and add what is inside")
    unpacked = 0
    try:
        with archive.open(info) as opened:
            while piece := opened.read(PIECE):
                unpacked += len(piece)
                if unpacked > RATIO_FROM and unpacked > RATIO * info.compress_size:
                    raise TooMuch(f"unpacks to more than {RATIO} times its size", "", _UNPACK)
                yield piece
    except NotImplementedError as error:
        raise InputError(f"is packed in a way that is not known here ({error})", "", _UNPACK) from None
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError) as error:
        raise InputError(f"is damaged in its archive ({error})", "", "fetch the archive again") from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; where its encoding isn't said, UTF-8 or an Arabic one if it can be told."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return decode(info.filename.encode("cp437"), "")[0]
    except (InputError, UnicodeEncodeError):
        return info.filename


def _refuse_others(archive: zipfile.ZipFile, names: set[str], where: str) -> None:
    for name, noun, remedy in _OTHERS:
        if name in names:
            raise InputError(f"is {noun}, which khabar does not read", where, remedy)
    if "mimetype" in names and not archive.NameToInfo["mimetype"].flag_bits & 1:
        with archive.open("mimetype") as opened:
            said = opened.read(100)
        for begins, noun, remedy in _MIMETYPES:
            if said.startswith(begins):
                raise InputError(f"is {noun}, which khabar does not read", where, remedy)


def _refuse_overlapping(archive: zipfile.ZipFile, where: str) -> None:
    """Raises InputError where members lie over one another: a small archive would be read a thousand times."""
    ordered = sorted(archive.infolist(), key=lambda info: info.header_offset)
    for one, next_ in itertools.pairwise(ordered):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > next_.header_offset:
            what = "is an archive whose members lie over one another"
            raise InputError(what, where, _UNPACK)


@contextlib.contextmanager
def _seekable(source: ByteSource) -> Iterator[BinaryIO]:
    """The source as one can look around in it; what comes from a pipe or an archive is kept for that."""
    stream = source.stream
    with contextlib.ExitStack() as stack:
        if source.unpacking is None and stream.seekable() and stream.tell() == len(source.head):
            yield stream
            return
        kept = stack.enter_context(tempfile.SpooledTemporaryFile(_SPOOLED))
        size = 0
        for chunk in source.chunks():
            size += len(chunk)
            if size > KEPT:
                raise TooMuch(
                    f"is an archive of more than {KEPT >> 30} GB in a pipe or another one", source.name, _UNPACK
                )
            kept.write(chunk)
        yield cast(BinaryIO, kept)


def _check_directory(stream: BinaryIO, where: str) -> None:
    """Raises InputError where the list of members is too long to be read as a whole."""
    size = stream.seek(0, 2)
    stream.seek(max(size - (1 << 16) - 22, 0))
    tail = stream.read()
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + 22:
        (length,) = struct.unpack_from("<I", tail, at + 12)
        locator = tail.rfind(b"PK\x06\x07", 0, at)
        if length == 0xFFFFFFFF and locator >= 0 and len(tail) >= locator + 16:
            (begins,) = struct.unpack_from("<Q", tail, locator + 8)
            stream.seek(min(begins, size))
            end = stream.read(56)
            length = struct.unpack_from("<Q", end, 40)[0] if len(end) == 56 else 0
        if length > DIRECTORY:
            raise InputError("has too many members", where, _UNPACK)
    stream.seek(0)
