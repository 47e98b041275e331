"""Web archives: each page that was answered, and nothing else."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from store.errors import InputError
from store.models import Document
from store.readers import warc
from store.readers.leaving import LeftOut
from tests.store.readers.making import TEXT, documents, errors, found, said, zipped
from tests.store.readers.test_feeds import ITEM, rss

PLAIN = TEXT.encode()


def crawl(
    *answers: tuple[str, str, bytes],
    status: str = "200 OK",
    headers: tuple[tuple[str, str], ...] = (),
    packed: bool = True,
) -> bytes:
    """A web archive of answers: address, content type, payload."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, kind, payload in answers:
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        dated = {"WARC-Date": "2021-12-14T06:17:00Z"}
        writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b"GET / HTTP/1.1\r\n\r\n")))
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(payload), http_headers=http, warc_headers_dict=dated
            )
        )
    return out.getvalue()


def kept(items: list[Document | InputError]) -> list[Document | InputError]:
    """All but what was left out."""
    return [item for item in items if not isinstance(item, LeftOut)]


@pytest.mark.parametrize("packed", [True, False])
def test_answers_are_read_by_what_they_are(packed: bool) -> None:
    data = crawl(
        ("https://example.org/a.txt", "text/plain; charset=utf-8", PLAIN),
        ("https://example.org/feed", "application/rss+xml", rss(ITEM)),
        ("https://example.org/logo.png", "image/png", b"\x89PNG"),
        ("https://example.org/site.css", "text/css", b"a{}"),
        ("https://example.org/robots.txt", "text/plain", b"User-agent: *"),
        ("https://example.org/empty", "text/plain", b""),
        packed=packed,
    )
    items = found(data, "crawl.warc.gz" if packed else "crawl.warc")
    plain, item = documents(kept(items))
    assert (plain.text, plain.url) == (TEXT, "https://example.org/a.txt")
    assert said(plain, "fetched") == [("2021-12-14T06:17:00Z", "WARC-Date")]
    assert plain.source.path.endswith(":https://example.org/a.txt")
    assert plain.source.reader == "text"
    assert (item.url, item.source.reader) == ("https://example.org/a", "feed")
    left = [item for item in items if isinstance(item, LeftOut)]
    assert len(left) == 1 + 6 + 4
    assert {item.kind for item in left} == {"records that are no pages"}


def test_pages_go_to_the_reader_of_pages() -> None:
    page = f"<html><head><title>عنوان</title></head><body><article><p>{TEXT * 5}</p></article></body></html>".encode()
    (item,) = kept(found(crawl(("https://example.org/أخبار", "text/html", page)), "crawl.warc.gz"))
    if isinstance(item, Document):
        assert TEXT in item.text
        assert item.url == "https://example.org/أخبار"
        assert ("2021-12-14T06:17:00Z", "WARC-Date") in said(item, "fetched")
    else:
        assert "HTML" in str(item)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip", bytes),
        ("identity", bytes),
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_answers_that_were_packed(encoding: str, pack: Callable[[bytes], bytes], chunked: bool) -> None:
    payload = pack(PLAIN)
    headers = [("Content-Encoding", encoding)]
    if chunked:
        payload = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (payload[:9], payload[9:])) + b"0\r\n\r\n"
        headers.append(("Transfer-Encoding", "chunked"))
    data = crawl(("https://example.org/a", "text/plain", payload), headers=tuple(headers))
    (item,) = documents(kept(found(data, "crawl.warc.gz")))
    assert item.text == TEXT


def test_answers_that_cannot_be_unpacked_or_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ("https://example.org/a", "text/plain", b"\x0b\x02\x80abc\x03")
    (error,) = errors(kept(found(crawl(one, headers=(("Content-Encoding", "br"),)), "c.warc.gz")))
    assert "is packed in a way that is not read here (br)" in error
    monkeypatch.setattr(warc, "LIMIT", 1 << 16)
    for payload, headers in (
        (b"x " * (1 << 16), ()),
        (gzip.compress(b"x " * (1 << 20)), (("Content-Encoding", "gzip"),)),
        (zlib.compress(b"x " * (1 << 20)), (("Content-Encoding", "deflate"),)),
    ):
        data = crawl(("https://example.org/a", "text/plain", payload), headers=headers)
        assert "has more than 0 MB" in errors(kept(found(data, "c.warc.gz")))[0]


def test_what_was_not_answered_well_is_left_out() -> None:
    for status in ("404 Not Found", "301 Moved", "206 Partial Content"):
        data = crawl(("https://example.org/a", "text/plain", PLAIN), status=status)
        assert kept(found(data, "c.warc.gz")) == []


def test_wacz_is_its_records() -> None:
    inner = crawl(("https://example.org/a.txt", "text/plain", PLAIN))
    data = zipped(
        {
            "archive/data.warc.gz": inner,
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "x", "text": "not again"}\n',
            "indexes/index.cdx.gz": gzip.compress(b"x"),
            "datapackage.json": b"{}",
        }
    )
    (item,) = documents(kept(found(data, "crawl.wacz")))
    assert item.source.path == "crawl.wacz/archive/data.warc.gz:https://example.org/a.txt"


def test_the_same_payload_is_the_same_document() -> None:
    first, second = documents(
        kept(
            found(crawl(("http://a.org/1", "text/plain", PLAIN), ("http://b.org/2", "text/plain", PLAIN)), "c.warc.gz")
        )
    )
    assert first.digest == second.digest


def test_archives_that_are_cut_or_hostile(capfd: pytest.CaptureFixture[str]) -> None:
    data = crawl(*((f"https://example.org/{n}", "text/plain", PLAIN * 9 + b"%d" % n) for n in range(5)), packed=False)
    items = kept(found(data[:-700], "c.warc"))
    assert len([item for item in items if isinstance(item, Document)]) >= 4
    items = found(data.replace(b"Content-Length: ", b"Content-Length: 9"), "c.warc")
    errors(items)
    endless = b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X-Long: " + b"x" * (3 << 20)
    (error,) = errors(found(endless, "c.warc"))
    assert "has a header of more than 1 MB" in error
    escape = crawl(("https://example.org/\x1b[2J", "text/plain", PLAIN), packed=False)
    for item in found(escape, "c.warc"):
        assert "\x1b" not in (item.source.path if isinstance(item, Document) else item.where)
    assert capfd.readouterr() == ("", "")


@given(st.integers(0, 1 << 16), st.binary(max_size=6), st.booleans(), st.booleans())
@settings(max_examples=150)
def test_whatever_happens_to_a_crawl_nothing_is_raised(at: int, instead: bytes, cut: bool, packed: bool) -> None:
    data = crawl(("https://a.org/a", "text/plain", PLAIN), ("https://a.org/f", "text/xml", rss(ITEM)), packed=packed)
    at %= len(data)
    errors(found(data[:at] + instead + (b"" if cut else data[at + len(instead) :]), "c.warc"))
