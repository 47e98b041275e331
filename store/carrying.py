"""Documents and what is found in them as bytes, on their way between machines.

Pickles, so never to be unpacked from anybody who is not trusted. Frozen values with slots cost twice as much as they
need by the code that Python has for them: here each is its class and its fields in order.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, TypeVar

from store import models

T = TypeVar("T")
_Reduced = tuple[type, tuple[Any, ...]]


def pack(value: object) -> bytes:
    """A value with all that is in it."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _TABLE
    pickler.dump(value)
    return stream.getvalue()


def unpack(packed: bytes, kind: type[T]) -> T:
    """The value, which is to be of a class. Raises TypeError for another."""
    value = pickle.loads(packed)
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} was expected, {type(value).__name__} came")
    return value


def _reducer(kind: type, names: tuple[str, ...]) -> Callable[[Any], _Reduced]:
    of = attrgetter(*names)  # one value by itself for one name
    if len(names) == 1:
        return lambda value: (kind, (of(value),))
    return lambda value: (kind, of(value))


_TABLE = dict(copyreg.dispatch_table)
for _kind in vars(models).values():
    if isinstance(_kind, type) and is_dataclass(_kind) and all(one.init and not one.kw_only for one in fields(_kind)):
        _TABLE[_kind] = _reducer(_kind, tuple(one.name for one in fields(_kind)))
