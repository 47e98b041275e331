"""Texts as the corpus keeps them: with one byte for a letter where the Arabic code page has them all, then deflated.

A third of the UTF-8. The view `texts` gives them back as they were, by a function that every connection of khabar has.
"""

from __future__ import annotations

import sqlite3
import zlib
from functools import lru_cache

_CODES = {b"a": "cp1256", b"u": "utf-8"}
"""The first byte of what is packed, and the encoding it stands for."""
_LEVEL = 1
"""Higher ones save a hundredth more and take a third more time."""


def pack(text: str) -> bytes:
    """A text in few bytes. Raises UnicodeEncodeError for a lone surrogate."""
    try:
        return b"a" + zlib.compress(text.encode("cp1256"), _LEVEL)
    except UnicodeEncodeError:
        return b"u" + zlib.compress(text.encode("utf-8"), _LEVEL)


def read(packed: bytes | str) -> str:
    """The text; one that is not packed as it is. Raises zlib.error or ValueError for anything damaged."""
    if isinstance(packed, str):
        return packed
    return zlib.decompress(packed[1:]).decode(_CODES.get(packed[:1], "ascii"))


unpack = lru_cache(8)(read)
"""As `read`; the last few are remembered: sentences of one text are often asked for one after the other."""


def teach(connection: sqlite3.Connection) -> None:
    """Lets a connection read and write texts in SQL."""
    connection.create_function("packed", 1, pack, deterministic=True)
    connection.create_function("unpacked", 1, unpack, deterministic=True)
