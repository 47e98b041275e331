"""tar archives, read from the first byte to the last and never unpacked to the disk."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from store.errors import InputError
from store.readers.limits import MEMBER, Unpacking
from store.readers.members import hidden, member, path_of
from store.readers.source import ByteSource, Found
from store.readers.unpacked import Allowance, Unpacked, pieces

NAME, VERSION = "tar", "1"
_AGAIN = "fetch the archive again"


def read(source: ByteSource) -> Iterator[Found]:
    """What is in each member that is a file, in the order of the archive."""
    within = (source.unpacking or Unpacking(source.name)).deeper(source.name, archive=True)
    # Only to read in pieces: the bytes of a tar archive are counted by its members.
    whole = Allowance(Unpacked(source.chunks(), Unpacking(source.name), source.name).stream(), source.name)
    whole.more(0)
    there: set[PurePosixPath] = set()
    some = False
    try:
        with tarfile.open(fileobj=cast(BinaryIO, whole), mode="r|", errors="replace") as archive:
            while (info := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # it would remember them all
                whole.more(info.size)
                path = path_of(info.name)
                if not info.isfile() or not path.parts or hidden(path):
                    continue
                some = True
                there.add(path)
                if info.issparse() or info.size > MEMBER:
                    reason = "is a file with holes" if info.issparse() else f"has more than {MEMBER >> 30} GB"
                    yield InputError(reason, f"{source.name}/{path}", "unpack it and add what is inside")
                    continue
                opened = archive.extractfile(info)
                if opened is not None:
                    yield from member(source, path, within, there.__contains__, partial(_bytes, opened))
                if within.spent:
                    return
    except tarfile.TarError as error:
        raise InputError(f"is a damaged tar archive ({error})", source.name, "fetch it again") from None
    if not some:
        raise InputError("is an archive without files to read", source.name, "check where it came from")


def _bytes(opened: IO[bytes]) -> Iterator[bytes]:
    """What is in a member. Raises InputError without a place."""
    try:
        yield from pieces(cast(BinaryIO, opened))
    except (tarfile.TarError, OSError) as error:
        raise InputError(
            "is cut short in its archive" if "end of data" in str(error) else str(error), "", _AGAIN
        ) from None
