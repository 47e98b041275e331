"""Pages that a browser saved into one file."""

from __future__ import annotations

import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import Document
from store.readers import mhtml
from tests.store.readers.making import TEXT, errors, found

PAGE = f"<html><head><title>عنوان الخبر</title></head><body><article><p>{TEXT * 4}</p></article></body></html>"


def saved(page: str = PAGE, charset: str = "utf-8", kind: str = "text/html") -> bytes:
    """As Chromium saves a page."""
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/1\r\n"
        b"Subject: =?utf-8?Q?x?=\r\nDate: Tue, 14 Dec 2021 06:17:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\n'
        b"Content-Type: %s; charset=%s\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://example.org/news/1\r\n\r\n%s\r\n------B\r\nContent-Type: image/png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n------B--\r\n"
        % (kind.encode(), charset.encode(), quopri.encodestring(page.encode(charset)))
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
@pytest.mark.parametrize("name", ["a.mhtml", "page"])
def test_the_page_in_it_is_read(charset: str, name: str) -> None:
    (item,) = found(saved(charset=charset), name)
    if isinstance(item, Document):
        assert TEXT in item.text
        assert item.url == "https://example.org/news/1"
        assert item.source.path == name
    else:
        assert "is an HTML page" in str(item)


def test_what_holds_no_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert errors(found(saved(kind="text/css"), "a.mht"))[0].startswith("a.mht: is a saved page without a page")
    monkeypatch.setattr(mhtml, "LIMIT", 100)
    assert "is larger than" in errors(found(saved(), "a.mht"))[0]
    (item,) = found(f"عنوان: {TEXT}\nContent-Type: مقال\n".encode(), "a.txt")
    assert isinstance(item, Document)
    assert item.source.reader == "text"


@given(st.integers(0, 1 << 16), st.binary(max_size=6))
@settings(max_examples=60)
def test_whatever_happens_to_it_nothing_is_raised(at: int, instead: bytes) -> None:
    data = saved()
    at %= len(data)
    errors(found(data[:at] + instead + data[at + len(instead) :], "a.mht"))
