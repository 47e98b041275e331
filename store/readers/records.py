"""A record, of JSON or of a table, as a document: which field is what, and what else it says of the article.

The names that fields have are `data/columns.tsv`. A field under its usual name ("text", "published") or one that a
person named (`columns`) must fit; one under another name is taken where its value fits, and else left alone. A date
that cannot be read, or may be two days, is left to what the source says, and loses no article.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Container, Iterator, Mapping
from importlib import resources

from store.errors import InputError
from store.models import SAID, Document, Said, Source
from store.readers import moments
from store.readers.controls import tame, tame_line
from store.readers.text import checked
from store.text.fold import fold
from store.text.iso_dates import iso_date

FIELDS = ("text", "title", "published", "outlet", "url", "id")
"""What a document has fields for; everything else is said of it (`store.models.SAID`)."""
_MOST = 200
"""At most so many values of one field, and so many characters of each of them (five times so many)."""
_LONGEST_NAME = 60
_DATED = ("jsonl", "json", "table", "feed")
"""Readers of formats that have a place of its own for the date of publication."""
_BETWEEN = re.compile(r"[,،;؛|\n]")
_LEFT_OUT = re.compile(r"[\s_\-.:]+")


def field(name: str) -> str | None:
    """What a column or field of that name holds (one of FIELDS or SAID); None for what is not known."""
    return _names().get(_key(name))


def document(
    record: Mapping[str, object],
    source: Source,
    digest: str,
    columns: Mapping[str, str] = {},
    *,
    kind: str = "field",
    order: moments.Order | None = None,
) -> Document:
    """The document of a record. `columns` says which of its fields holds what (`{"text": "body"}`; "" for none);
    `kind` is what a field is called, `order` that of its dates. Raises InputError for what is wrong, with its place."""
    where = source.path
    named = _named(record, columns, where, kind)
    raw = _string(record, named, columns, "text", where)
    if raw is None:
        raise without_text(where, kind)
    text, replaced = tame(raw)
    try:
        checked(text, replaced, where)
    except InputError as error:
        raise InputError(f'"{_called(columns, "text")}" {error.what}', where, error.remedy) from None
    dated = {"published", columns.get("published")} if kind == "field" else set(named.get("published", ()))
    published = _published(record, named, dated, order)
    return Document(
        text=text,
        source=source,
        digest=digest,
        id=_identity(record, named, where),
        title=tame_line(_string(record, named, columns, "title", where) or "") or None,
        published=published,
        published_basis="metadata" if published else "unknown",
        outlet=tame_line(_string(record, named, columns, "outlet", where) or "") or None,
        url=tame_line(_string(record, named, columns, "url", where) or "") or None,
        replaced=replaced,
        said=tuple(_said(record, named, dated, kind, published)),
    )


def unread_date(document: Document) -> str | None:
    """What a source gives for the date of publication where it cannot be read; it stays in what the source says, and
    the text dates the article instead. None where it is read, or none is given."""
    if document.published is not None or document.source.reader not in _DATED:
        return None
    # An item of a feed that has no date of publication is of the day it was changed last.
    names = ("published", "updated") if document.source.reader == "feed" else ("published",)
    return next((said.value for name in names for said in document.said if said.name == name), None)


def without_text(where: str, kind: str) -> InputError:
    """What to say of a record that has none."""
    return InputError(f'has no "text" {kind}', where, 'put the article into "text"')


def _named(record: Mapping[str, object], columns: Mapping[str, str], where: str, kind: str) -> dict[str, list[str]]:
    """The fields of a record that may hold each thing, the likeliest first."""
    named: dict[str, list[str]] = {}
    for name in record:
        if what := field(name):
            named.setdefault(what, []).append(name)
    ranks = _ranks()
    for what, names in named.items():
        names.sort(key=lambda name: (name != what, ranks[_key(name)]))
    for what, name in columns.items():
        if name and name not in record:
            there = ", ".join(map(tame_line, list(record)[:20])) + (", …" if len(record) > 20 else "")
            raise InputError(f'has no {kind} "{tame_line(name)}"', where, f"it has {there or 'none'}")
        for others in named.values():
            if name in others:
                others.remove(name)
        named[what] = [name] if name else []
    return named


def _called(columns: Mapping[str, str], what: str) -> str:
    return tame_line(columns.get(what) or what)


def _string(
    record: Mapping[str, object], named: Mapping[str, list[str]], columns: Mapping[str, str], what: str, where: str
) -> str | None:
    for name in named.get(what, ()):
        value = record[name]
        if value is None:
            continue
        if isinstance(value, str):
            return value
        if what == "outlet" and isinstance(value, dict) and isinstance(value.get("name"), str):
            return str(value["name"])
        if name in (what, columns.get(what)):
            raise InputError(f'"{tame_line(name)}" is {kind_of(value)}, not a string', where, "write it in quotes")
    return None


def _published(
    record: Mapping[str, object],
    named: Mapping[str, list[str]],
    dated: Container[object],
    order: moments.Order | None,
) -> str | None:
    """The date of publication; `dated` are the fields that hold nothing else."""
    for name in named.get("published", ()):
        value = record[name]
        if name in dated and isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            continue
        # A field of another name may hold something else that looks like a date.
        found = moments.read(value, order) if name in dated else iso_date(value) or moments.mail(value)
        if found is not None:
            return found
    return None


def _identity(record: Mapping[str, object], named: Mapping[str, list[str]], where: str) -> str | None:
    for name in named.get("id", ()):
        value = record[name]
        if not isinstance(value, str | int | None) or isinstance(value, bool):
            raise InputError(f'"{tame_line(name)}" is {kind_of(value)}, not a string', where, "write it in quotes")
        return None if value is None else tame_line(str(value)) or None
    return None


def _said(
    record: Mapping[str, object],
    named: Mapping[str, list[str]],
    dated: Container[object],
    kind: str,
    published: str | None,
) -> Iterator[Said]:
    """What else a record says of the article, in its own order."""
    holds = {name: what for what, names in named.items() if what in SAID for name in names}
    for name, value in record.items():
        what = holds.get(name)
        if what is None:
            continue
        seen: dict[str, None] = {}
        whole = what == "published" and name in dated and isinstance(value, bool | list | dict)
        for one in [_as_json(value)] if whole else _values(value, apart=what == "keyword"):
            line = tame_line(one)[: 5 * _MOST]
            if line and not (what == "published" and line == published):
                seen[line] = None
        for line in list(seen)[:_MOST]:
            yield Said(what, line, f"{kind} {tame_line(name)}")


def _values(value: object, *, apart: bool) -> Iterator[str]:
    """The strings of a value: of a list each, of an object its name; `apart` parts a string at its commas."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name")
        if isinstance(one, str):
            yield from _BETWEEN.split(one) if apart else [one]
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield str(one)


def _as_json(value: object) -> str:
    """A value as JSON writes it, to be shown for a date that it is not."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return kind_of(value)


def kind_of(value: object) -> str:
    """What a value of JSON is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
    return "an object"


def _key(name: str) -> str:
    # No name that is known is so long, and no long one is to be remembered.
    return _short_key(name) if len(name) <= _LONGEST_NAME else name


@functools.lru_cache(maxsize=2048)
def _short_key(name: str) -> str:
    return _LEFT_OUT.sub("", fold(name))


@functools.cache
def _names() -> dict[str, str]:
    """What each name of a field holds."""
    text = (resources.files(__package__) / "data" / "columns.tsv").read_text("utf-8")
    rows = (row.split("\t") for row in text.splitlines() if not row.startswith("#"))
    return {_key(name): what for what, names in rows for name in names.split()}


@functools.cache
def _ranks() -> dict[str, int]:
    """The place of each name in the table."""
    return {name: rank for rank, name in enumerate(_names())}
