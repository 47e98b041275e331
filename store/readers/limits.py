"""How much may come out of what is packed, so that no archive fills the memory, the disk or the day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from store.errors import InputError

TOTAL = 16 << 30
"""Most bytes unpacked from one input, in all its layers."""
MEMBER = 4 << 30
"""Most bytes of one member."""
KEPT = 1 << 30
"""Most bytes of a member that must be kept to look around in it: an archive in an archive."""
RATIO, RATIO_FROM = 200, 64 << 20
"""From so many bytes on no layer may be more than so many times as large as it was packed; text is 3 to 30 times."""
MEMBERS = 500_000
"""Most members of one input, in all its layers."""
DEPTH, LAYERS = 3, 6
"""Archives within archives, and layers of packing in all."""


class TooMuch(InputError):  # noqa: N818  an outcome, like its siblings
    """More came out of a packed input than may; nothing more is read of it."""


@dataclass(slots=True)
class _Spent:
    unpacked: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Unpacking:
    """Where one is in a packed input: how deep, and what has come out of it so far."""

    name: str
    """The input that a person named or that was found in a folder."""
    depth: int = 0
    layers: int = 0
    _spent: _Spent = field(default_factory=_Spent)

    def deeper(self, where: str, *, archive: bool) -> Unpacking:
        """A layer further in. Raises InputError where that is too deep."""
        inner = replace(self, depth=self.depth + archive, layers=self.layers + 1)
        if inner.depth > DEPTH or inner.layers > LAYERS:
            raise InputError("lies in too many archives within archives", where, "unpack it and add what is inside")
        return inner

    def member(self) -> None:
        """Count a member. Raises TooMuch."""
        self._spent.members += 1
        if self._spent.members > MEMBERS:
            raise TooMuch(f"has more than {MEMBERS:,} members", self.name, "unpack it and add what is inside")

    def take(self, size: int) -> None:
        """Count unpacked bytes. Raises TooMuch."""
        self._spent.unpacked += size
        if self._spent.unpacked > TOTAL:
            raise TooMuch(f"unpacks to more than {TOTAL >> 30} GB", self.name, "unpack it and add what is inside")

    @property
    def spent(self) -> bool:
        """Whether no more may be read."""
        return self._spent.members > MEMBERS or self._spent.unpacked > TOTAL
