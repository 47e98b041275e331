"""JSON Lines: one object a line, each a document; a bad line never stops the rest.

Fields: "text" (required), "title", "published" (ISO 8601), "outlet", "url", "id". Other common names for
them are taken where their value fits; unknown fields are left alone.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator

from store.errors import InputError
from store.models import Document, Source
from store.readers.controls import tame, tame_line
from store.readers.encoding import decode
from store.readers.fields import EARLIEST, LATEST, iso_date
from store.readers.source import ByteSource
from store.readers.text import checked

NAME, VERSION = "jsonl", "1"
LINE_LIMIT = 4 << 20
"""Most bytes of one line."""

_OTHER_NAMES = {
    "text": ("content", "body"),
    "title": ("headline",),
    "published": ("date", "published_at"),
    "outlet": ("source", "publisher"),
    "url": ("link",),
}


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """A document or an error for each line that is not blank, in order."""
    some = False
    try:
        for number, line in enumerate(_lines(_utf8(source)), 1):
            where = f"{source.name}:{number}"
            if line is None:
                some = True
                yield InputError(f"has more than {LINE_LIMIT >> 20} MB on one line", where, "split the record")
            elif line.strip():
                some = True
                yield record(line, where)
    except UnicodeDecodeError:
        yield InputError("ends in the middle of a character", source.name, "the file is cut short; fetch it again")
        return
    if not some:
        yield InputError("is empty", source.name, "check where it came from")


def record(line: bytes, where: str) -> Document | InputError:
    """The document of one line ("feed.jsonl:12" is its `where`), or what is wrong with it."""
    line = line.strip()
    try:
        decoded, encoding = decode(line, where)
        try:
            fields = json.loads(decoded)
        except json.JSONDecodeError as error:
            raise InputError(
                f"is not valid JSON ({error.msg} at column {error.colno})", where, "mend or remove the line"
            ) from None
        except (ValueError, RecursionError):
            raise InputError("is not JSON that can be read (too deep or too long)", where, "mend the line") from None
        if not isinstance(fields, dict):
            raise InputError(
                f"is {_kind(fields)}, not an object", where, 'write {"text": "…"} with the article on one line'
            )
        return _document(fields, Source(where, NAME, VERSION, encoding), hashlib.sha256(line).hexdigest())
    except InputError as error:
        return error


def _document(fields: dict[str, object], source: Source, digest: str) -> Document:
    where = source.path
    raw = _string(fields, "text", where)
    if raw is None:
        raise InputError('has no "text" field', where, 'put the article into "text"')
    text, replaced = tame(raw)
    try:
        checked(text, replaced, where)
    except InputError as error:
        raise InputError(f'"text" {error.what}', where, error.remedy) from None
    published = _published(fields, where)
    identity = fields.get("id")
    if not isinstance(identity, str | int | None) or isinstance(identity, bool):
        raise InputError(f'"id" is {_kind(identity)}, not a string', where, "write it in quotes")
    return Document(
        text=text,
        source=source,
        digest=digest,
        id=None if identity is None else tame_line(str(identity)) or None,
        title=tame_line(_string(fields, "title", where) or "") or None,
        published=published,
        published_basis="metadata" if published else "unknown",
        outlet=tame_line(_string(fields, "outlet", where) or "") or None,
        url=tame_line(_string(fields, "url", where) or "") or None,
        replaced=replaced,
    )


def _string(fields: dict[str, object], name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is None:
        others = (fields.get(other) for other in _OTHER_NAMES.get(name, ()))
        return next((other for other in others if isinstance(other, str)), None)
    if not isinstance(value, str):
        raise InputError(f'"{name}" is {_kind(value)}, not a string', where, "write it in quotes")
    return value


def _published(fields: dict[str, object], where: str) -> str | None:
    value = _string(fields, "published", where)
    if value is None or not value.strip():
        return None
    published = iso_date(value)
    if published is None and fields.get("published") is not None:
        shown = value if len(value) <= 40 else value[:39] + "…"
        raise InputError(
            f'"published" is no date: "{shown}"',
            where,
            f"write it like 2021-12-14 or 2021-12-14T06:17 (years {EARLIEST} to {LATEST}), or leave it out",
        )
    return published


def _kind(value: object) -> str:
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


def _utf8(source: ByteSource) -> Iterator[bytes]:
    """The source in pieces without byte order mark; UTF-16, as Windows shells write it, becomes UTF-8."""
    chunks = source.chunks()
    head = next(chunks, b"")
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            decoder = codecs.getincrementaldecoder(encoding)("strict")
            yield decoder.decode(head[len(mark) :]).encode("utf-8")
            for chunk in chunks:
                yield decoder.decode(chunk).encode("utf-8")
            decoder.decode(b"", final=True)
            return
    yield head.removeprefix(codecs.BOM_UTF8)
    yield from chunks


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes | None]:
    """Lines without their ends; None stands for a line longer than LINE_LIMIT, which is skipped, not kept."""
    pieces: list[bytes] = []
    size = 0
    for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            size += end - start
            yield b"".join((*pieces, chunk[start:end])) if size <= LINE_LIMIT else None
            pieces, size, start = [], 0, end + 1
        size += len(chunk) - start
        if size <= LINE_LIMIT:
            pieces.append(chunk[start:])
        else:
            pieces = []
    if size:
        yield b"".join(pieces) if size <= LINE_LIMIT else None
