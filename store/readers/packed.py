"""One file in gzip, bzip2 or xz: what is inside is told by its own content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from store.readers.limits import Unpacking
from store.readers.source import ByteSource, Found, open_source
from store.readers.unpacked import Unpacked, unpack

NAME, VERSION = "packed", "1"

_SUFFIXES = (".gz", ".bz2", ".xz", ".gzip", ".z")
_SHORT = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def read(source: ByteSource) -> Iterator[Found]:
    """What the reader of the unpacked bytes finds in them; they keep the name of the file."""
    from store.readers import documents

    within = (source.unpacking or Unpacking(source.name)).deeper(source.name, archive=False)
    stream = Unpacked(unpack(source.chunks(), source.head, source.name), within, source.name).stream()
    suffix = _SHORT.get(source.suffix, "")
    if source.suffix in _SUFFIXES:
        suffix = PurePosixPath(PurePosixPath(source.name).stem).suffix.lower()
    yield from documents(
        lambda: open_source(source.name, suffix, stream, columns=source.columns, found=source.found, unpacking=within),
        source.name,
    )
