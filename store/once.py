"""Properties that are worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """A property that is worked out when it is first asked for, as `functools.cached_property` is, without the lock
    that this takes before Python 3.12: it costs more than most of what is worked out of a line."""

    def __init__(self, work: Callable[..., T]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> T:
        # Later this is not asked: what stands in the instance's own dictionary comes first.
        found = instance.__dict__[self._name] = self._work(instance)
        return found
