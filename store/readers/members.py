"""What zip and tar have in common: members under names of theirs, each read by its own reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from store.readers.controls import tame_path
from store.readers.leaving import LeftOut, by_name
from store.readers.limits import Unpacking
from store.readers.source import ByteSource, Found, open_source
from store.readers.unpacked import Unpacked

_PART, _PARTS = 255, 16
"""Most characters of a name, most folders that are told of a path."""


def path_of(name: str) -> PurePosixPath:
    """A member's name as a path below its archive, whatever it was: nothing leads up or to the root."""
    parts = tame_path(name).replace("\\", "/").split("/")
    kept = [
        part if len(part) <= _PART else part[: _PART - 20] + part[-20:] for part in parts if part not in ("", ".", "..")
    ]
    # As deep as systems go: an archive may name what no system could hold.
    return PurePosixPath(*kept[-_PARTS:])


def hidden(path: PurePosixPath) -> bool:
    """Whether it is left out without a word, as in folders."""
    return any(part.startswith(".") for part in path.parts)


def member(
    source: ByteSource,
    path: PurePosixPath,
    within: Unpacking,
    exists: Callable[[PurePosixPath], bool],
    opened: Callable[[], Iterator[bytes]],
) -> Iterator[Found]:
    """What there is in the member of an archive that lies at `path`; `opened` gives its bytes."""
    from store.readers import documents

    where = f"{source.name}/{path}"
    within.member()
    if kind := by_name(path, exists):
        yield LeftOut(kind, where)
        return
    stream = Unpacked(opened(), within, where).stream()
    yield from documents(
        lambda: open_source(where, path.suffix.lower(), stream, columns=source.columns, found=True, unpacking=within),
        where,
    )
