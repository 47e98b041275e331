"""JSON that is not one object a line: an array of records, an object with one such array, or one record."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace

from store.errors import InputError
from store.models import Document, Source
from store.readers import jsonl, records
from store.readers.encoding import decode
from store.readers.records import kind_of
from store.readers.source import ByteSource

NAME, VERSION = "json", "1"
LIMIT = 64 << 20
"""Most bytes of one document: it is read as a whole."""

_TO_JSONL = 'write one JSON object with a "text" field on each line and name the file .jsonl'


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """A document or an error for each record ("news.json:12" is the twelfth), in order."""
    data = source.read(LIMIT)
    if data is None:
        yield InputError(f"is larger than {LIMIT >> 20} MB, too much for one JSON document", source.name, _TO_JSONL)
        return
    try:
        decoded, encoding = decode(data, source.name)
        found = _value(decoded)
        if found is None:
            # One object a line after all, or broken: the lines say which.
            yield from jsonl.read(replace(source, head=b"", stream=io.BytesIO(data)))
            return
        several = _records(found, source.name)
    except InputError as error:
        yield error
        return
    if several is None:
        yield _document(found, data.strip(), Source(source.name, NAME, VERSION, encoding), source)
        return
    if not several:
        yield InputError("is an empty list", source.name, "check where it came from")
    for number, record in enumerate(several, 1):
        yield _document(record, None, Source(f"{source.name}:{number}", NAME, VERSION, encoding), source)


def _value(text: str) -> object:
    """The value of the whole text; None where it is not one value."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _records(found: object, where: str) -> list[object] | None:
    """The records of a document; None where it is one itself."""
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        raise InputError(f"is {kind_of(found)}, not a list of articles", where, _TO_JSONL)
    lists = {name: value for name, value in found.items() if isinstance(value, list) and _objects(value)}
    # An article may have lists of its own: of its authors, of its pictures.
    if any(records.field(name) == "text" and isinstance(value, str) for name, value in found.items()) or not lists:
        return None
    if len(lists) > 1:
        raise InputError(f"has {len(lists)} lists of objects, of which one must be chosen", where, _TO_JSONL)
    return next(iter(lists.values()))


def _objects(values: list[object]) -> bool:
    return bool(values) and all(isinstance(value, dict) for value in values)


def _document(record: object, own: bytes | None, where: Source, source: ByteSource) -> Document | InputError:
    """The document of a record; `own` are its bytes, where it has some of its own."""
    try:
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
