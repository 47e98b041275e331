"""JSON Lines: one object a line, each a document; a bad line never stops the rest.

Fields: "text" (required), "title", "published" (ISO 8601, or as in tables), "outlet", "url", "id", and what else is
said of the article ("author", "keywords", …). Other common names for them are taken where their value fits (see
`records`); unknown fields are left alone. A line may be a hit of a search engine, which holds the record (`wrapped`).
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator, Mapping

from store.errors import InputError
from store.models import Document, Source
from store.readers import records, wrapped
from store.readers.encoding import decode
from store.readers.records import kind_of
from store.readers.source import ByteSource

NAME, VERSION = "jsonl", "2"
LINE_LIMIT = 4 << 20
"""Most bytes of one line."""


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """A document or an error for each line that is not blank, in order."""
    some = False
    try:
        for number, line in enumerate(_lines(in_utf8(source)), 1):
            where = f"{source.name}:{number}"
            if line is None:
                some = True
                yield InputError(f"has more than {LINE_LIMIT >> 20} MB on one line", where, "split the record")
            elif line.strip():
                some = True
                yield record(line, where, source.columns)
    except UnicodeDecodeError:
        yield InputError("ends in the middle of a character", source.name, "the file is cut short; fetch it again")
        return
    if not some:
        yield InputError("is empty", source.name, "check where it came from")


def record(line: bytes, where: str, columns: Mapping[str, str] = {}) -> Document | InputError:
    """The document of one line ("feed.jsonl:12" is its `where`), or what is wrong with it."""
    line = line.strip()
    try:
        decoded, encoding = decode(line, where)
        fields = wrapped.record(parse(decoded, where))
        if not isinstance(fields, dict):
            raise InputError(
                f"is {kind_of(fields)}, not an object", where, 'write {"text": "…"} with the article on one line'
            )
        digest = hashlib.sha256(line).hexdigest()
        return records.document(fields, Source(where, NAME, VERSION, encoding), digest, columns)
    except InputError as error:
        return error


def parse(text: str, where: str) -> object:
    """The value that JSON stands for. Raises InputError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        raise InputError(f"is not valid JSON ({error.msg} at {place})", where, "mend or remove the line") from None
    except (ValueError, RecursionError):
        raise InputError("is not JSON that can be read (too deep or too long)", where, "mend the line") from None


def in_utf8(source: ByteSource) -> Iterator[bytes]:
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
