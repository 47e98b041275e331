"""A record, of JSON or of a table, as a document: which field is what, and what else it says of the article.

The names that fields have are `data/columns.tsv`. A field under its usual name ("text", "published") or one that a
person named (`columns`) must fit; one under another name is taken where its value fits, and else left alone. A date
that cannot be read, or may be two days, is left to what the source says, and loses no article. Values may be wrapped as
databases dump them (`wrapped`).
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Container, Iterator, Mapping
from importlib import resources

from store.errors import InputError
from store.models import SAID, Document, Said, Source
from store.readers import moments, wrapped
from store.readers.controls import tame, tame_line
from store.readers.text import checked
from store.text.fold import fold

FIELDS = ("text", "title", "published", "outlet", "url", "id")
"""What a document has fields for; everything else is said of it (`store.models.SAID`)."""
_MOST = 200
"""At most so many values of one field, and so many characters of each of them (five times so many)."""
_LONGEST_NAME = 60
_TEXT = 200
"""Characters above which a string may be an article's text."""
_NOTHING = frozenset(("none", "null", "nat", "nan"))
"""What programs write for a date that isn't there, in lower case."""
_NAMED = ("author", "section", "site")
"""What is said by names."""
_DATED = ("jsonl", "json", "table", "feed")
"""Readers of formats that have a place of its own for the date of publication."""
_BETWEEN = re.compile(r"[,،;؛|\n]")
# The address of a page: with a path of its own.
_PAGE = re.compile(r"\s*https?://[^\s/]+/[^\s]+\s*", re.IGNORECASE)
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
        raise without_text(where, kind, record, named) if "text" not in columns else without_text(where, kind)
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
        url=tame_line(_string(record, named, columns, "url", where) or _address(record, named, columns) or "") or None,
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


def without_text(
    where: str, kind: str, record: Mapping[str, object] = {}, named: Mapping[str, list[str]] = {}
) -> InputError:
    """What to say of a record that has none."""
    if _names_page(record, named):
        return InputError("has a title and no text", where, "fetch its page and add that")
    remedy = 'put the article into "text"'
    if record:
        remedy = f'put the article into "text", or add it with --map text=FIELD; it has {_there(record)}'
    return InputError(f'has no "text" {kind}', where, remedy)


def names_page(record: object) -> bool:
    """Whether a record has the title and the address of an article, and no text: that of an index."""
    if not isinstance(record, dict):
        return False
    named: dict[str, list[str]] = {}
    for name in record:
        if (what := field(name)) in ("text", "title", "url"):
            named.setdefault(what, []).append(name)
    return not _given(record, named, "text") and _names_page(record, named)


def _names_page(record: Mapping[str, object], named: Mapping[str, list[str]]) -> bool:
    return _given(record, named, "title") and _given(record, named, "url") and not _some_text(record)


def _some_text(record: Mapping[str, object]) -> bool:
    """Whether a field that is not known may hold a text."""
    return any(isinstance(value, str) and len(value) > _TEXT and not field(name) for name, value in record.items())


def _there(record: Mapping[str, object]) -> str:
    """The names of a record's fields, some of them where they are many."""
    names = (tame_line(name[:_LONGEST_NAME]) for name in list(record)[:20])
    return (", ".join(names) + (", …" if len(record) > 20 else "")) or "none"


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
            raise InputError(f'has no {kind} "{tame_line(name)}"', where, f"it has {_there(record)}")
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
    spare = None  # where no field has a text
    for name in named.get(what, ()):
        value = wrapped.plain(record[name])
        if value is None or value != value:  # NaN stands for nothing where Python wrote it
            continue
        usual = name in (what, columns.get(what))
        if isinstance(value, str):
            if what == "text" and not value.strip():
                spare = value if spare is None else spare
            elif what == "outlet" and not usual and _is_address(value) and not _given(record, named, "url"):
                continue  # it is the article's own (`_address`)
            else:
                return _without_tags(name, value) if what == "text" else value
        elif what == "outlet" and isinstance(value, dict) and isinstance(value.get("name"), str):
            return str(value["name"])
        elif (pieces := _pieces(value, what, usual=usual)) is not None:
            if usual:
                return pieces
            spare = pieces if spare is None or not spare.strip() else spare
        elif usual:
            raise InputError(f'"{tame_line(name)}" is {kind_of(value)}, not a string', where, "write it in quotes")
    return spare


def _without_tags(name: str, value: str) -> str:
    """What a field holds that may be HTML; "text" stays as it is, as its offsets are those of the record."""
    marked = wrapped.is_html(_key(name)) or (name != "text" and wrapped.has_tags(value))
    return wrapped.as_text(value) if marked else value


def _pieces(value: object, what: str, *, usual: bool) -> str | None:
    """What a list of strings holds: of a text its paragraphs, of all else its only one. None for what is no such list;
    a text under its usual name is one string, or the runs of a message."""
    if what == "text":
        return wrapped.joined(value, runs_only=usual)
    only = value[0] if isinstance(value, list) and len(value) == 1 else None
    return only if isinstance(only, str) else "" if value == [] else None


def _address(record: Mapping[str, object], named: Mapping[str, list[str]], columns: Mapping[str, str]) -> str | None:
    """The address of a page that stands where the outlet may, as trafilatura has it ("source")."""
    if "url" in columns:
        return None
    others = (name for name in named.get("outlet", ()) if name not in ("outlet", columns.get("outlet")))
    return next((value for name in others if isinstance(value := record[name], str) and _is_address(value)), None)


def _is_address(value: str) -> bool:
    """Whether `value` is the address of a page, not of a site."""
    return _PAGE.fullmatch(value) is not None


def _given(record: Mapping[str, object], named: Mapping[str, list[str]], what: str) -> bool:
    return any(record[name] for name in named.get(what, ()))


def _published(
    record: Mapping[str, object],
    named: Mapping[str, list[str]],
    dated: Container[object],
    order: moments.Order | None,
) -> str | None:
    """The date of publication; `dated` are the fields that hold nothing else."""
    for name in named.get("published", ()):
        value, certain = _date(record[name]), name in dated or wrapped.is_moment(record[name])
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            continue
        # A field of another name may hold something else that looks like a date.
        found = wrapped.moment(record[name]) or (moments.read(value, order) if certain else moments.exact(value))
        if found is not None:
            return found
    return None


def _date(value: object) -> object:
    """What a field of a date holds, unwrapped and out of a list of one."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str | int | float):
        value = value[0]
    return wrapped.plain(value)


def _identity(record: Mapping[str, object], named: Mapping[str, list[str]], where: str) -> str | None:
    for name in named.get("id", ()):
        value = wrapped.plain(record[name])
        if isinstance(value, float):
            value = str(value).removesuffix(".0") if math.isfinite(value) else None
        if not isinstance(value, str | int | None) or isinstance(value, bool):
            if name != "id":
                continue
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
        certain = name in dated or wrapped.is_moment(value)
        if what in ("published", "updated"):
            value = _date(value)
            if isinstance(value, str) and value.strip().lower() in _NOTHING:
                continue
        whole = what == "published" and certain and isinstance(value, bool | list | dict)
        for one in [_as_json(value)] if whole else _values(value, what):
            line = tame_line(one)[: 5 * _MOST]
            if line and not (what == "published" and line == published):
                seen[line] = None
        for line in list(seen)[:_MOST]:
            yield Said(what, line, f"{kind} {tame_line(name)}")


def _values(value: object, what: str) -> Iterator[str]:
    """The strings of a value: of a list each, of an object its name, of keywords what stands between commas. The number
    of an author, a section or a site is no name."""
    value = wrapped.plain(value)
    for one in value if isinstance(value, list) else [value]:
        one = wrapped.plain(one)
        if isinstance(one, dict):
            one = one.get("name")
        if isinstance(one, str):
            yield from _BETWEEN.split(one) if what == "keyword" else [one]
        elif isinstance(one, int | float) and not isinstance(one, bool) and what not in _NAMED:
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
