"""JSON that is not one object a line: a list of records, an object with one (`containers`), or one record."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from store.errors import InputError
from store.models import Document, Source
from store.readers import containers, json_pieces, jsonl, records, wrapped
from store.readers.containers import Container
from store.readers.controls import tame_line
from store.readers.encoding import decode
from store.readers.leaving import MESSAGES, LeftOut
from store.readers.records import kind_of
from store.readers.source import ByteSource

NAME, VERSION = "json", "1"
LIMIT = 64 << 20
"""Most bytes of a document that is read as a whole."""

_NAME = 1000
"""Most characters of an outlet's name that is said once for many records."""

_FIRST = 20
"""Lines looked at to tell whether each is a record."""
_SOME = re.compile(r"\S")
_TO_JSONL = 'write one JSON object with a "text" field on each line and name the file .jsonl'


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """A document or an error for each record ("news.json:12" is the twelfth), in order."""
    pieces: list[bytes] = []
    size = 0
    for chunk in source.chunks():
        pieces.append(chunk)
        size += len(chunk)
        if size > LIMIT:
            yield from _large(replace(source, head=b"".join(pieces)))
            return
    data = b"".join(pieces)
    try:
        decoded, encoding = decode(data, source.name)
        found = _value(decoded)
        if found is None and decoded.strip() and not _lines(decoded):
            found = _sequence(decoded) or jsonl.parse(decoded, source.name)
        if found is None:
            # One object a line after all: the lines say what is wrong with one of them.
            yield from jsonl.read(replace(source, head=b"", stream=io.BytesIO(data)))
            return
        several = containers.find(found, source.name, source.columns.get("text"))
    except InputError as error:
        yield error
        return
    if several is None:
        yield _document(found, data.strip(), Source(source.name, NAME, VERSION, encoding), source)
        return
    if "text" not in source.columns and any(container.is_index() for container in several):
        yield InputError("is a list of pages without their texts", source.name, "fetch the pages and add them")
        return
    some = False
    for item in _documents(several, source, encoding):
        some = True
        yield item
    if not some:
        yield InputError("is an empty list", source.name, "check where it came from")


def _large(source: ByteSource) -> Iterator[Document | InputError]:
    """What there is in a document that is read piece by piece."""
    try:
        several = json_pieces.find(jsonl.in_utf8(source), source.name, source.columns.get("text"))
        some = False
        for item in _documents(several, source, "utf-8"):
            some = True
            yield item
        if not some:
            yield InputError("holds no list of articles", source.name, _TO_JSONL)
    except InputError as error:
        yield error
    except UnicodeDecodeError:
        yield InputError("ends in the middle of a character", source.name, "the file is cut short; fetch it again")


def _documents(several: Iterable[Container], source: ByteSource, encoding: str) -> Iterator[Document | InputError]:
    number = 0
    for container in several:
        for record in container.records:
            number += 1
            where = Source(f"{source.name}:{number}", NAME, VERSION, encoding)
            if container.leaves(record):
                yield LeftOut(MESSAGES, where.path)
                continue
            item = _document(record, None, where, source)
            yield _of(container.outlet, item) if container.outlet and isinstance(item, Document) else item


def _of(outlet: str, item: Document) -> Document:
    """A document whose container says who published it; that the same wrote it says nothing then."""
    name = tame_line(outlet[:_NAME]) or None
    said = tuple(one for one in item.said if one.name != "author" or one.value != name)
    return replace(item, outlet=item.outlet or name, said=said)


def _value(text: str) -> object:
    """The value of the whole text; None where it is not one value."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _lines(text: str) -> bool:
    """Whether one of the first lines is a whole object."""
    start = 0
    for _ in range(_FIRST):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else None].strip()
        if line.startswith("{") and isinstance(_value(line), dict):
            return True
        if end < 0:
            break
        start = end + 1
    return False


def _sequence(text: str) -> list[object] | None:
    """The values of a text that has one after another, each on lines of its own (`mongoexport --pretty`); None where
    it has something else."""
    decoder, at, values = json.JSONDecoder(), 0, list[object]()
    while begins := _SOME.search(text, at):
        try:
            value, at = decoder.raw_decode(text, begins.start())
        except (ValueError, RecursionError):
            return None
        values.append(value)
    return values


def _document(record: object, own: bytes | None, where: Source, source: ByteSource) -> Document | InputError:
    """The document of a record; `own` are its bytes, where it has some of its own."""
    try:
        record = wrapped.record(record)
        if not isinstance(record, dict):
            raise InputError(f"is {kind_of(record)}, not an object", where.path, _TO_JSONL)
        if own is None:
            canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            own = canonical.encode("utf-8", "surrogatepass")
        return records.document(record, where, hashlib.sha256(own).hexdigest(), source.columns)
    except InputError as error:
        return error
    except RecursionError:
        return InputError("is nested too deeply", where.path, "mend it")
