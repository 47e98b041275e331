"""Annotations as they leave a corpus, and as they come into another: JSON Lines, one object each.

What comes in is not trusted: a line is an annotation that this corpus could have made, or it is refused with what is
wrong with it. Unique ids make sure that none is taken in twice.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, cast

from store.annotations import KINDS, LONGEST_QUOTE, ON, Annotation, Key, Kind, On, cleaned, quoted
from store.errors import InputError
from store.export import taken
from store.export.markup import markdown

if TYPE_CHECKING:
    from store.database.queries import Reader

_PAGE = 200
COLUMNS = ("uid", "kind", "on", "text", "quote", "title", "digest", "start", "end", "name", "who", "made", "changed")
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
    groups: dict[str | None, array[int]] = {}
    for one, _ in several:  # texts are read again when their turn comes: they would be held for all else
        groups.setdefault(_group(one), array("q")).append(one.id)
    ordered = array("q", chain.from_iterable(groups.values()))
    groups.clear()
    for _, told in groupby(these(reader, ordered), lambda told: _group(told[0])):
        (first, title), *_ = together = list(told)
        yield f"## {markdown(title or first.quote)}\n\n"
        for one, _ in together:
            where = f"«{markdown(one.quote)}»" if one.key.on in ("sentence", "event") else ""
            said = markdown(one.text.replace("\n", " / ")) if one.kind == "note" else markdown(f"#{one.text}")
            parts = [SIGNS[one.kind] if one.kind != "tag" else "", where, said if one.kind != "bookmark" else ""]
            by = markdown(" · ".join(filter(None, (one.who, one.made[:10]))))
            yield f"- {' '.join(filter(None, parts))} ({by})\n"
        yield "\n"


def _group(one: Annotation) -> str | None:
    """The document or the name that an annotation is on."""
    return one.key.digest if one.key.digest is not None else one.key.name


def read(lines: Iterable[bytes], name: str) -> Iterator[Annotation | InputError]:
    """The annotations of a file of JSON Lines; what is none is told in its place."""
    return taken.objects(lines, name, "annotation", _read)


def _read(found: dict[str, Any]) -> Annotation:
    kind, on = cast(Kind, taken.one_of(found, "kind", KINDS)), cast(On, taken.one_of(found, "on", ON))
    key = Key(on)
    if on == "entity":
        key = replace(key, name=taken.name(taken.text(found, "name", taken.LONGEST_NAME)))
    else:
        key = replace(key, digest=taken.matching(found, "digest", taken.DIGEST))
    if on in ("sentence", "event"):
        key = replace(key, start=taken.offset(found, "start"))
    if on == "sentence":
        key = replace(key, end=taken.offset(found, "end"))
        if (key.end or 0) <= (key.start or 0):
            raise ValueError("end is not after start")
    changed = found.get("changed")
    return Annotation(
        id=0,
        uid=taken.matching(found, "uid", taken.UID),
        kind=kind,
        key=key,
        text=cleaned(kind, taken.text(found, "text", taken.LONGEST_LINE)),
        quote=quoted(taken.text(found, "quote", taken.LONGEST_LINE))[:LONGEST_QUOTE],
        who=quoted(taken.text(found, "who", 200)),
        made=taken.moment(found, "made"),
        changed=None if changed is None else taken.moment(found, "changed"),
    )
