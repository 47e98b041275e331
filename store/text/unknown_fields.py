"""Words before a colon that look like fields of a query and are none: they are searched for as text, which is told."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from store.errors import QueryError
from store.text.fields import nearest_field
from store.text.lexing import lex

# A word with a colon, and whether something stands right behind; neither a time (12:30) nor an address (http://x).
_FIELD = re.compile(r"(?P<name>[^\W\d_]{3,}):(?!//)(?P<value>\S)?")


class UnknownField(NamedTuple):
    """What was written as a field, where (code points), and the name of the field that may be meant."""

    written: str
    position: int
    nearest: str | None


@lru_cache(maxsize=64)
def unknown_fields(query: str) -> tuple[UnknownField, ...]:
    """What looks like a field in a query and is none, in its order; nothing for a query that cannot be understood.

    Two of three are needed: a field is near, the word is in Latin letters, and its value stands right behind the colon.
    So Arabic headlines are left alone (`عاجل:غزة`, `مصادر: غزة`).
    """
    try:
        words = [token.position for token in lex(query) if token.kind == "term"]
    except QueryError:
        return ()
    found = []
    for position in words:
        match = _FIELD.match(query, position)
        if match is None:
            continue
        written, nearest = match["name"], nearest_field(match["name"])
        if sum(map(bool, (nearest, written.isascii(), match["value"]))) >= 2:
            found.append(UnknownField(written, position, nearest))
    return tuple(found)
