"""Web archives (WARC): an article a page that was answered; all other records are left out and counted.

What is packed in gzip, as WARC files are, was unpacked before; WACZ is a ZIP archive of them.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from store.errors import InputError
from store.models import Said
from store.readers.controls import tame_line, tame_path
from store.readers.leaving import RECORDS, LeftOut, by_name
from store.readers.limits import Unpacking
from store.readers.source import ByteSource, Found, Unread, open_source
from store.readers.unpacked import Allowance, Unpacked, unpack


class _Headers(Protocol):
    def get_header(self, name: str) -> str | None: ...
    def get_statuscode(self) -> str: ...


class _Record(Protocol):
    """What is used of warcio's records, which have no types."""

    rec_type: str
    rec_headers: _Headers
    http_headers: _Headers | None
    length: int | None
    raw_stream: BinaryIO


NAME, VERSION = "warc", "1"
LIMIT = 64 << 20
"""Most bytes of one answer."""

_PAGES = ("text/html", "application/xhtml+xml")
_OTHERS = {
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def read(source: ByteSource) -> Iterator[Found]:
    """What is in each answer that is an article, in the order of the archive; "crawl.warc:URL" is where it stands."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    within = source.unpacking or Unpacking(source.name)
    whole = Allowance(Unpacked(source.chunks(), Unpacking(source.name), source.name).stream(), source.name)
    whole.more(0)
    some = False
    try:
        records = ArchiveIterator(whole)
        records.INC_RECORD = ""  # it would write to stderr what it makes of a broken one
        for record in records:
            some = True
            within.member()
            whole.more(int(record.length or 0))
            yield from _record(record, source, within)
            if within.spent:
                return
            left = getattr(record.raw_stream, "limit", 0)
            whole.more(max(int(left or 0), 0))
    except (ArchiveLoadFailed, EOFError) as error:
        raise InputError(f"is damaged ({str(error)[:100]})", source.name, "fetch it again") from None
    if not some:
        raise InputError("is a web archive without records", source.name, "check where it came from")


def _record(record: _Record, source: ByteSource, within: Unpacking) -> Iterator[Found]:
    url = tame_line(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    where = f"{source.name}:{tame_path(url)[:300]}"
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    kind = _content_type(record)
    wanted = record.rec_type in ("response", "resource") and status == "200"
    if not wanted or not (kind in _PAGES or kind in _OTHERS or not kind) or not url.startswith(("http:", "https:")):
        yield LeftOut(RECORDS, where)
        return
    left = by_name(_path(url), lambda _: False)
    # A page may be made by a program, and its address say so.
    if left and not (kind in _PAGES and left in ("programs", "databases")):
        yield LeftOut(RECORDS, where)
        return
    try:
        data = _payload(record)
    except InputError as error:
        yield InputError(error.what, where, error.remedy)
        return
    if data.strip():
        yield from _article(data, kind, _charset(record), where, url, _fetched(record), source, within)
    else:
        yield LeftOut(RECORDS, where)


def _path(url: str) -> PurePosixPath:
    try:
        return PurePosixPath(unquote(urlsplit(url).path).lstrip("/") or "index.html")
    except ValueError:  # as `http://[`
        return PurePosixPath("index.html")


def _payload(record: _Record) -> bytes:
    """What was answered, as it was before it was sent. Raises InputError without a place."""
    from warcio.bufferedreaders import ChunkedDataReader

    too_much = InputError(f"has more than {LIMIT >> 20} MB", "", "unpack it and add what is inside")
    if int(record.length or 0) > LIMIT:
        raise too_much
    headers = record.http_headers
    stream = record.raw_stream
    if headers and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    data = bytes(stream.read(LIMIT))
    packed = (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""
    if packed in ("", "identity") or _HTML.match(data[:4000]):  # many archives keep the header and unpack the page
        return data
    # warcio would unpack it without a limit.
    if packed in ("gzip", "x-gzip"):
        pieces = unpack(iter([data]), data, "") if data.startswith(b"\x1f\x8b") else iter([data])
    elif packed == "deflate":
        pieces = _inflate(data)
    else:
        raise InputError(
            f"is packed in a way that is not read here ({tame_line(packed)[:20]})", "", "crawl it unpacked"
        )
    size, whole = 0, []
    for piece in pieces:
        size += len(piece)
        if size > LIMIT:
            raise too_much
        whole.append(piece)
    return b"".join(whole)


def _inflate(data: bytes) -> Iterator[bytes]:
    """ "deflate" as HTTP means it, or as some servers do: without the header of zlib."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            yield zlib.decompressobj(bits).decompress(data, LIMIT + 1)
            return
        except zlib.error:
            continue
    raise InputError("is damaged", "", "fetch it again")


def _article(
    data: bytes,
    kind: str,
    charset: str | None,
    where: str,
    url: str,
    said: tuple[Said, ...],
    source: ByteSource,
    within: Unpacking,
) -> Iterator[Found]:
    from store.readers import documents

    if kind in _PAGES or (not kind and _HTML.match(data[:4000])):
        yield Unread("html", data, where, url, said, charset)
        return
    if not kind:
        yield LeftOut(RECORDS, where)
        return
    suffix = _OTHERS[kind]
    for found in documents(lambda: open_source(where, suffix, io.BytesIO(data), found=True, unpacking=within), where):
        if not isinstance(found, InputError):
            found = replace(found, url=found.url or url, said=(*found.said, *said))
        yield found


def _content_type(record: _Record) -> str:
    """What the answer says it is, without its parameters, lower case; empty where it doesn't say."""
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _charset(record: _Record) -> str | None:
    headers = record.http_headers
    match = _CHARSET.search(str(headers.get_header("Content-Type") or "")) if headers else None
    return match[1] if match else None


def _fetched(record: _Record) -> tuple[Said, ...]:
    date = tame_line(record.rec_headers.get_header("WARC-Date") or "")
    return (Said("fetched", date, "WARC-Date"),) if date else ()
