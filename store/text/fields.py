"""The fields of a query (`outlet:…`, `date:2021-07..2021-12`): their names and what may be said of each."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast

from store.errors import QueryError
from store.models import MentionType
from store.text.fold import fold
from store.text.nodes import Dated, Fact, Named, Saying, Typed
from store.text.tokens import WORD

FieldName = Literal[
    "title", "outlet", "entity", "author", "section", "keyword", "language", "type", "date", "tag", "note", "has"
]

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NEAR = 0.75
"""How alike (`difflib`, 0 to 1) a word and a field's name are to be taken for each other: a slip in four letters."""
_RANGE = re.compile(r"\.\.+|…")


def field_name(written: str) -> FieldName | None:
    """The field that a word before a colon names, in English or Arabic; None when it is just a word."""
    return cast(FieldName | None, _names("field").get(fold(written)))


def nearest_field(written: str) -> str | None:
    """What a field is called, in the script of `written`, which is no field but may be meant for this one: it is
    misspelt, or another word for it. None when none is near.

    >>> nearest_field("entty"), nearest_field("soruce"), nearest_field("مصدار"), nearest_field("قال")
    ('entity', 'outlet', 'مصدر', None)
    """
    from difflib import get_close_matches  # not needed to understand a query

    known = {**_names("guess"), **_names("field")}
    close = get_close_matches(fold(written).strip(), known, 1, _NEAR)
    if not close:
        return None
    field = known[close[0]]
    if written.isascii():
        return field
    return next(
        name
        for what, thing, names in _rows()
        if (what, thing) == ("field", field)
        for name in names.split()
        if not name.isascii()
    )


def language_code(written: str) -> str:
    """The code of a language by its name, in English or Arabic; what has no name here is taken for a code.

    >>> language_code("الفارسية"), language_code("FA")
    ('fa', 'fa')
    """
    return _names("language").get(fold(written).strip(), written.strip().lower())


def fact(field: FieldName, value: str, query: str, position: int) -> Fact:
    """What a field asks for. `position` is where its value stands. Raises QueryError when it cannot be that."""
    if field == "type":
        kind = _names("type").get(fold(value).strip())
        if kind is None:
            raise QueryError(f"{value!r} is no type", query, "write PER, ORG, LOC or MISC", position)
        return Typed(cast(MentionType, kind))
    if field == "date":
        return _dated(fold(value).strip(), query, position)
    if field not in ("outlet", "entity") and not WORD.search(fold(value)):
        raise QueryError(f"{field}: needs a word after it", query, "write one of its words", position)
    if field == "language":
        return Saying(field, language_code(value), position)
    if field == "has":
        kind = _names("has").get(fold(value).strip())
        if kind is None:
            raise QueryError(f"{value!r} is nothing to have", query, "write bookmark, tag or note", position)
        return Saying(field, kind, position)
    if field in ("author", "section", "keyword", "tag", "note"):
        return Saying(field, value.strip(), position)
    return Named("entity" if field == "entity" else "outlet", value.strip(), position)


def _dated(value: str, query: str, position: int) -> Dated:
    match = _RANGE.search(value)
    first, last = (value[: match.start()], value[match.end() :]) if match else (value, value)
    if not first and not last:
        raise QueryError("a range needs a date on one side at least", query, "write 2021-07..2021-12", position)
    days: list[str | None] = []
    for at, written in ((position, first), (position + len(value) - len(last), last)):
        days.append(_end(written, query, at, last=len(days) == 1) if written else None)
    since, until = days
    if since and until and since > until:
        raise QueryError(f"{first} is later than {last}", query, "write the earlier date first", position)
    return Dated(since, until)


def _end(written: str, query: str, position: int, *, last: bool) -> str:
    """The first or last day of a day, month or year."""
    if match := _DAY.fullmatch(written):
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            found = date(year or 0, month or (12 if last else 1), day or 1)
        except ValueError:
            pass
        else:
            if last and not day:
                found = found.replace(day=monthrange(found.year, found.month)[1])
            return found.isoformat()
    raise QueryError(f"{written!r} is no date", query, "write it as 2021, 2021-12 or 2021-12-09", position)


@lru_cache(maxsize=5)
def _names(of: str) -> dict[str, str]:
    rows = _rows()
    return {fold(name).strip(): thing for what, thing, names in rows if what == of for name in names.split()}


@lru_cache(maxsize=1)
def _rows() -> list[list[str]]:
    lines = files("store.text").joinpath("data/fields.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
