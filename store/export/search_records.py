"""Saved searches as they leave a corpus, and as they come into another: JSON Lines, one object each.

What comes in is not trusted: a line is a search that this khabar could have saved, or it is refused with what is wrong
with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING, Any, cast, get_args

from store.annotations import quoted
from store.answers import ArticleOrder, Filter, KeptSearch, Sought
from store.errors import InputError
from store.export import taken
from store.export.plain import dumps
from store.models import MentionType, Modality, Precision

if TYPE_CHECKING:
    from store.database.queries import Reader

COLUMNS = ("name", "filter", "order", "made")
MOST = 1000
"""So many searches are taken in of a file, and so many things one asks for at once."""
_EVENT = 9
"""Most digits of the offset of an event."""


def every(reader: Reader, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """All saved searches by name, as objects of JSON. When they were looked at is this corpus's own."""
    for one in islice(reader.kept_searches(), limit):
        yield {"name": one.name, "filter": dict(one.filter), "order": one.order, "made": one.made}


def row(record: dict[str, Any]) -> list[list[object]]:
    """The same as a row of a table."""
    return [[record["name"], dumps(record["filter"]), record["order"], record["made"]]]


def read(lines: Iterable[bytes], name: str) -> Iterator[KeptSearch | InputError]:
    """The searches of a file of JSON Lines; what is none is told in its place."""
    for number, found in enumerate(taken.objects(lines, name, "saved search", _read)):
        if number == MOST:
            yield InputError(f"has more than {MOST:,} lines", name, "the rest was left out")
            return
        yield found


def _read(found: dict[str, Any]) -> KeptSearch:
    from store.database.searches import named

    asked = found.get("filter")
    if not isinstance(asked, dict):
        raise ValueError("filter is no object")
    names = {each.name for each in fields(Filter)} - {"added_after"}
    for name in asked:
        if name not in names:
            raise ValueError("filter has a field that is none")
    return KeptSearch(
        named(taken.text(found, "name", taken.LONGEST_NAME)),
        {name: _field(name, asked[name]) for name in asked},
        cast(ArticleOrder, taken.one_of(found, "order", get_args(ArticleOrder))),
        taken.moment(found, "made"),
    )


def _field(name: str, value: object) -> object:
    """What a field of a filter says, checked."""
    if name in _MAKE:
        if not isinstance(value, str):
            raise ValueError(f"{name} is no text")
        return _MAKE[name](value)
    if name == "entities":
        return [taken.name(_text(one)) for one in _several(name, value)]
    if name == "said":
        return [_saying(one) for one in _several(name, value)]
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false")
    return value


def _several(name: str, value: object) -> list[object]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        raise ValueError(f"{name} is no list, or too long")
    return value


def _saying(value: object) -> list[str]:
    if not isinstance(value, list) or len(value) != 2 or value[0] not in get_args(Sought):
        raise ValueError("said is no list of pairs")
    return [str(value[0]), _text(value[1])]


def _text(value: object) -> str:
    if not isinstance(value, str) or not quoted(value) or len(value) > taken.LONGEST_NAME:
        raise ValueError("what is asked for is no text, or too long")
    # tabs part what a key of a name says
    return "\t".join(map(quoted, value.split("\t")))


def _query(value: str) -> str:
    from store.text.query import parse

    value = _text(value)
    parse(value)
    return value


def _day(value: str) -> str:
    from store.database.moments import first_day

    first_day(value)
    return value.strip()


def _digest(value: str) -> str:
    if not taken.DIGEST.fullmatch(value):
        raise ValueError("is asked for by no digest")
    return value


def _sentence(value: str) -> str:
    digest, at, offset = value.partition("@")
    if not (at and offset.isascii() and offset.isdecimal() and len(offset) <= _EVENT):
        raise ValueError("event is no dated sentence")
    return f"{_digest(digest)}@{offset}"


def _one_of(*known: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"a field of filter is none of {', '.join(known)}")
        return value

    return check


_MAKE: dict[str, Callable[[str], str]] = {
    "query": _query,
    "outlet": _text,
    "since": _day,
    "until": _day,
    "article": _digest,
    "story": _digest,
    "event": _sentence,
    "type": _one_of(*get_args(MentionType)),
    "precision": _one_of(*get_args(Precision)),
    "modality": _one_of(*get_args(Modality)),
}
"""How each field that is a text is checked."""
