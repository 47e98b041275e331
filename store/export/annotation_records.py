"""Annotations as they leave a corpus, and as they come into another: JSON Lines, one object each.

What comes in is not trusted: a line is an annotation that this corpus could have made, or it is refused with what is
wrong with it. Unique ids make sure that none is taken in twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from store.annotations import KINDS, LONGEST_QUOTE, ON, Annotation, Key, Kind, On, cleaned, quoted
from store.errors import InputError, StoreError
from store.export.markup import markdown
from store.models import MentionType

if TYPE_CHECKING:
    from store.database.queries import Reader

_PAGE = 200
COLUMNS = ("uid", "kind", "on", "text", "quote", "title", "digest", "start", "end", "name", "who", "made", "changed")
LONGEST_LINE = 100_000
"""Most bytes of a line that is taken in: several times what the longest note takes."""
_LONGEST_NAME = 1000
_FARTHEST = 1 << 32
_UID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
SIGNS: dict[Kind, str] = {"bookmark": "★", "tag": "#", "note": "✎"}


def every(reader: Reader, limit: int | None = None) -> Iterator[tuple[Annotation, str]]:
    """All annotations, oldest first, each with the title of the article that shows it."""
    return these(reader, reader.annotation_ids()[::-1][:limit])


def these(reader: Reader, ids: Sequence[int]) -> Iterator[tuple[Annotation, str]]:
    """Annotations in the order asked, each with the title of the article that shows it."""
    for at in range(0, len(ids), _PAGE):
        page = reader.annotations(ids[at : at + _PAGE])
        articles = {one.article for one in page if one.article is not None}
        titles = {row.id: row.title for row in reader.articles(sorted(articles))}
        for one in page:
            yield one, titles.get(one.article, "") if one.article is not None else ""


def record(told: tuple[Annotation, str]) -> dict[str, Any]:
    """An annotation as an object of JSON; its title is for whoever reads it, and not taken in again."""
    one, title = told
    key = one.key
    return {
        "uid": one.uid, "kind": one.kind, "on": key.on, "text": one.text, "quote": one.quote, "title": title,
        "digest": key.digest, "start": key.start, "end": key.end, "name": key.name, "who": one.who, "made": one.made,
        "changed": one.changed,
    }  # fmt: skip


def document(reader: Reader, several: Iterable[tuple[Annotation, str]]) -> Iterator[str]:
    """Markdown to read: by article, name or event, in the order in which each was first annotated."""
    groups: dict[tuple[object, ...], list[tuple[Annotation, str]]] = {}
    for one, title in several:
        group = (one.key.digest,) if one.key.digest is not None else (one.key.name,)
        groups.setdefault(group, []).append((one, title))
    for told in groups.values():
        first, title = told[0]
        yield f"## {markdown(title or first.quote)}\n\n"
        for one, _ in told:
            where = f"«{markdown(one.quote)}»" if one.key.on in ("sentence", "event") else ""
            said = markdown(one.text.replace("\n", " / ")) if one.kind == "note" else markdown(f"#{one.text}")
            parts = [SIGNS[one.kind] if one.kind != "tag" else "", where, said if one.kind != "bookmark" else ""]
            by = markdown(" · ".join(filter(None, (one.who, one.made[:10]))))
            yield f"- {' '.join(filter(None, parts))} ({by})\n"
        yield "\n"


def read(lines: Iterable[bytes], name: str) -> Iterator[Annotation | InputError]:
    """The annotations of a file of JSON Lines; what is none is told in its place."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > LONGEST_LINE:
                raise ValueError("the line is too long")
            yield _read(json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8")))
        except StoreError as error:
            yield InputError(error.what, f"{name}:{number}", "it was left out")
        except (ValueError, RecursionError) as error:
            what = str(error) if type(error) is ValueError else "is no JSON"
            yield InputError(f"is no annotation ({what})", f"{name}:{number}", "it was left out")


def bounded(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a stream, none of them kept in memory beyond what is read of it."""
    readline = cast(Any, stream).readline
    while line := readline(LONGEST_LINE + 1):
        yield line
        while not line.endswith(b"\n") and (line := readline(LONGEST_LINE + 1)):
            pass  # the rest of a line that is too long


def _read(found: object) -> Annotation:
    if not isinstance(found, dict):
        raise ValueError("not an object")
    kind, on = cast(Kind, _one_of(found, "kind", KINDS)), cast(On, _one_of(found, "on", ON))
    key = Key(on)
    if on == "entity":
        key = replace(key, name=_name(_text(found, "name", _LONGEST_NAME)))
    else:
        key = replace(key, digest=_matching(found, "digest", _DIGEST))
    if on in ("sentence", "event"):
        key = replace(key, start=_offset(found, "start"))
    if on == "sentence":
        key = replace(key, end=_offset(found, "end"))
        if (key.end or 0) <= (key.start or 0):
            raise ValueError("end is not after start")
    changed = found.get("changed")
    return Annotation(
        id=0,
        uid=_matching(found, "uid", _UID),
        kind=kind,
        key=key,
        text=cleaned(kind, _text(found, "text", LONGEST_LINE)),
        quote=quoted(_text(found, "quote", LONGEST_LINE))[:LONGEST_QUOTE],
        who=quoted(_text(found, "who", 200)),
        made=_moment(found, "made"),
        changed=None if changed is None else _moment(found, "changed"),
    )


def _text(found: dict[str, Any], name: str, most: int) -> str:
    value = found.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(f"{name} is no text, or too long")
    return value


def _one_of(found: dict[str, Any], name: str, choice: tuple[str, ...]) -> str:
    value = _text(found, name, 20)
    if value not in choice:
        raise ValueError(f"{name} is none of {', '.join(choice)}")
    return value


def _matching(found: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = _text(found, name, 100)
    if not pattern.fullmatch(value):
        raise ValueError(f"{name} is none")
    return value


def _offset(found: dict[str, Any], name: Literal["start", "end"]) -> int:
    value = found.get(name)
    if type(value) is not int or not 0 <= value < _FARTHEST:
        raise ValueError(f"{name} is no offset")
    return value


def _name(value: str) -> str:
    kind, *_, plain = parts = value.split("\t")
    if len(parts) != 3 or kind not in get_args(MentionType) or not plain or any(quoted(one) != one for one in parts):
        raise ValueError("name is no key of a name")
    return value


def _moment(found: dict[str, Any], name: str) -> str:
    value = _matching(found, name, _MOMENT)
    try:
        return datetime.fromisoformat(value).astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError as error:
        raise ValueError(f"{name} is none") from error
