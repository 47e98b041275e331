"""Classes of values, which nobody may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

__all__ = ["value_class"]

if TYPE_CHECKING:
    # To the type checker they are what they are meant to be, so that it finds whoever changes one.
    from dataclasses import dataclass as value_class
else:
    import dataclasses
    import sys

    def value_class(*, frozen: bool, slots: bool = False, order: bool = False) -> Callable[[type], type]:
        """A `dataclass(frozen=True)` that is made as fast as any other: setting the fields of a frozen one takes seven
        times as long (CPython 3.11 calls `object.__setattr__` for each), and an article has hundreds. In Python's
        development mode (`-X dev`) they are frozen indeed."""
        if sys.flags.dev_mode:
            return dataclasses.dataclass(frozen=frozen, slots=slots, order=order)
        return dataclasses.dataclass(slots=slots, order=order, unsafe_hash=frozen)
