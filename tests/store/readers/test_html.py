"""Pages of the web as documents: text, marks, what they say of themselves, and what holds for any bytes."""

from __future__ import annotations

import hashlib
import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clean import clean
from store.errors import InputError
from store.models import Document, Said
from store.readers import read, read_bytes
from store.readers.html import page
from store.readers.html.align import kept_lines
from store.readers.html.times import moment

_CASES = Path(__file__).parents[2] / "cases"
_DATA = Path(os.environ.get("KHABAR_DATA") or Path(__file__).parents[4] / "shared" / "data")
_PAGES: dict[str, dict[str, Any]] = json.loads((_CASES / "pages.json").read_text("utf-8"))
_PARAGRAPHS = (
    "أعلن رئيس الوزراء استقالته مساء اليوم في كلمة متلفزة أمام البرلمان في العاصمة.",
    "وقال إن الحكومة ستواصل تصريف الأعمال حتى تشكيل حكومة جديدة خلال شهر.",
    "ورحبت أحزاب المعارضة بالقرار ودعت إلى انتخابات مبكرة في أقرب وقت ممكن.",
)
_BODY = "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS)


def _document(
    data: bytes | str, url: str | None = None, said: tuple[Said, ...] = (), charset: str | None = None
) -> Document:
    (found,) = page(data.encode() if isinstance(data, str) else data, "a.html", url, said, charset)
    assert isinstance(found, Document), found
    return found


def _kept(document: Document) -> list[str]:
    blocks = clean(document).blocks
    return [document.text[block.start : block.end] for block in blocks if block.kind in ("body", "heading")]


@pytest.mark.parametrize("name", _PAGES)
def test_pages(name: str) -> None:
    expected = _PAGES[name]
    data = (_CASES / "pages" / f"{name}.html").read_text("utf-8").encode(expected.get("encoding", "utf-8"))
    (found,) = read_bytes(data, f"{name}.html")
    if "says" in expected:
        assert isinstance(found, InputError)
        assert (found.what, bool(found.remedy)) == (expected["says"], True)
        return
    assert isinstance(found, Document)
    assert found.digest == hashlib.sha256(data).hexdigest()
    assert (found.source.reader, found.source.encoding) == ("html", expected["encoding"])
    assert (found.title, found.published, found.url) == (expected["title"], expected["published"], expected["url"])
    assert found.published_basis == ("metadata" if found.published else "unknown")
    assert [[said.name, said.value, said.origin] for said in found.said] == expected["said"]
    cleaned = clean(found)
    assert cleaned.outlet == expected["outlet"]
    lines = [[block.kind, block.rule, found.text[block.start : block.end][:32]] for block in cleaned.blocks]
    assert lines == expected["lines"]


@pytest.mark.parametrize("declared", ["", '<meta charset="{}">', '<?xml version="1.0" encoding="{}"?>'])
@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-8", "utf-16"])
def test_encodings(declared: str, encoding: str) -> None:
    source = f"{declared.format(encoding)}<html><body>{_BODY}</body></html>"
    document = _document(source.encode(encoding))
    assert document.text.split("\n") == list(_PARAGRAPHS)
    assert document.source.encoding == encoding


@pytest.mark.skipif(not (_DATA / "encodings").is_dir(), reason="the encoded pages are not here (KHABAR_DATA)")
@pytest.mark.parametrize(("name", "encoding"), [("ISO-8859-6", "iso-8859-6"), ("windows-1256", "windows-1256")])
def test_real_pages_that_declare_no_encoding(name: str, encoding: str) -> None:
    (found,) = read(_DATA / "encodings" / f"_chromium_{name}_with_no_encoding_specified.html")
    assert isinstance(found, Document)
    assert found.source.encoding == encoding
    assert found.text.startswith("أعلنت كتائب")


def test_a_declared_encoding_is_no_proof() -> None:
    wrong = f'<meta charset="windows-1256">{_BODY}'.encode()
    assert _document(wrong).source.encoding == "utf-8"
    wrong = f'<meta charset="utf-8">{_BODY}'.encode("windows-1256")
    assert _document(wrong).source.encoding == "windows-1256"
    assert _document(f"<html>{_BODY}</html>".encode("windows-1256"), charset="windows-1256").text == "\n".join(
        _PARAGRAPHS
    )
    french = (
        "<p>Le président a annoncé hier soir sa démission dans une allocution télévisée à la nation entière.</p>" * 3
    )
    assert "présid" in _document(f'<meta charset="iso-8859-1">{french}'.encode("cp1252")).text


def test_a_few_damaged_places_cost_no_page() -> None:
    data = f"<html><body>{_BODY}</body></html>".encode()
    document = _document(data.replace("البرلمان".encode(), b"\xd8\x28", 1))
    assert document.text.count("\N{REPLACEMENT CHARACTER}") == 1
    assert _document(data[: len(data) - len(b"</p></body></html>") - 3]).text.startswith(_PARAGRAPHS[0])
    assert isinstance(next(page("Ø§Ù„Ø¹Ø±Ø¨ÙŠØ© Ø®Ø¨Ø± Ø¹Ø§Ø¬Ù„".join(("<p>", "</p>")).encode(), "a")), InputError)


def test_what_nobody_sees_is_no_text() -> None:
    hidden = (
        "<script>var a = 1</script><style>p{}</style><noscript>لا</noscript><template>لا</template><!-- لا -->"
        "<div hidden>لا</div><p style='display:none'>لا</p><svg><text>لا</text></svg><textarea>لا</textarea>"
    )
    assert _document(f"<body style='visibility:hidden'>{hidden}{_BODY}{hidden}").text == "\n".join(_PARAGRAPHS)


def test_control_characters_never_come_through() -> None:
    document = _document(f"<title>\x1b[2J عنوان</title><p>&#27;[31m{_PARAGRAPHS[0]}\x9b\x07</p>{_BODY}")
    assert not any(
        (char < " " and char != "\n") or "\x7f" <= char <= "\x9f" for char in document.text + str(document.title)
    )
    assert document.replaced


def test_words_that_stand_apart_on_the_page_stand_apart_in_the_text() -> None:
    text = _document(f"<div><a>سياسة</a><a>رياضة</a></div>{_BODY}<p>م<b>حم</b>د<br>علي</p><pre>أ\nب</pre>").text
    assert text.split("\n") == ["سياسة رياضة", *_PARAGRAPHS, "محمد", "علي", "أ", "ب"]


def test_what_is_known_from_elsewhere_goes_first() -> None:
    said = (Said("published", "2020-01-02T03:04:05Z", "WARC-Date"),)
    document = _document(f"<html lang=ar><body>{_BODY}", url="https://news.example/a", said=said)
    assert document.said == (*said, Said("language", "ar", "html lang"))
    assert (document.url, document.published) == ("https://news.example/a", None)
    home = '<link rel="canonical" href="https://news.example/"><meta property="og:url" content="/b">'
    assert _document(home + _BODY, url="https://news.example/a").url == "https://news.example/b"


_NESTED = '{"a":' * 900 + "1" + "}" * 900


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 3000 + _BODY,
        "<font><b>" * 5000 + _BODY,
        "<table><tr><td>" * 300 + _BODY,
        "<style " * 50_000 + ">" + "</style>" + _BODY,
        "<" * 100_000 + _BODY,
        f"<div {' '.join(f'a{number}=b' for number in range(50_000))}>{_BODY}",
        f'<img src="data:image/png;base64,{"A" * 5_000_000}">{_BODY}',
        f'<script type="application/ld+json">{"[" * 50_000}</script>{_BODY}',
        f'<script type="application/ld+json">{_NESTED}</script>{_BODY}',
    ],
    ids=["boxes", "fonts", "tables", "a tag without end", "signs", "attributes", "a picture", "lists", "objects"],
)
def test_hostile_pages_are_read(source: str) -> None:
    assert _document(source).text.endswith(_PARAGRAPHS[-1])


def test_pages_beyond_the_limits_are_refused() -> None:
    for source in (_BODY * 30_000, "<i>أ</i>" * 100_001, "<p>" + "كلمة " * 1_000_000):
        (error,) = page(source.encode(), "a.html")
        assert isinstance(error, InputError)
        assert "too large" in error.what


_TOKENS = """\
<p>
</p>
<div>
</div>
<table>
<td>
<a>
</a>
<h1>
<nav>
</nav>
<li>
<br>
عنوان الخبر
12 مايو 2024
اقرأ أيضا:
<title>عنوان الخبر
</title>
<div class=related>
&#0;
<script type='application/ld+json'>
</script>
{"@type":"NewsArticle","headline":"عنوان الخبر"}
<!--
<time datetime='2024-05-12'>
</time>
<figcaption>
<meta name=date content=2024-05-12>
<
>
\x1b
\u2028
"""
_PARTS = st.sampled_from([*_PARAGRAPHS, *_TOKENS.split("\n")])


@given(st.lists(st.one_of(_PARTS, st.text(max_size=6)), max_size=30).map("".join))
def test_any_page_keeps_the_laws(source: str) -> None:
    for found in page(source.encode("utf-8", "surrogatepass"), "a.html"):
        if isinstance(found, InputError):
            assert found.where == "a.html"
            assert "\n" not in str(found)
            continue
        text, lines, at = found.text, set(), 0
        for line in text.split("\n"):
            assert line == line.strip()
            lines.add((at, at + len(line)))
            at += len(line) + 1
        assert all((mark.start, mark.end) in lines and mark.rule for mark in found.marks)
        assert all(one.end <= other.start for one, other in pairwise(found.marks))
        assert all(said.value and "\n" not in said.value and "\x1b" not in said.value for said in found.said)
        marked = {(mark.start, mark.end): mark.kind for mark in found.marks}
        blocks = {(block.start, block.end): block.kind for block in clean(found).blocks}
        assert all(blocks[span] == kind for span, kind in marked.items())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_an_error(data: bytes) -> None:
    found = list(page(b"<html>" + data, "a.html"))
    assert len(found) == 1


def test_lines_are_found_for_paragraphs_in_their_order() -> None:
    lines = [
        "عنوان",
        "رئيسية",
        "عنوان",
        "الفقرة الأولى هنا.",
        "اقرأ أيضا: خبر",
        "والفقرة الثانية",
        "تتمتها هنا",
        "عنوان",
    ]
    assert kept_lines(lines, ["عنوان", "«الفقرة الأولى» هنا", "والفقرة الثانية تتمتها هنا"]) == {2, 3, 5, 6}
    assert kept_lines(lines, []) == set()
    assert kept_lines([], ["عنوان"]) == set()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-06-03T03:01+0400", "2020-06-03T03:01"),
        ("Tue, 17 Mar 2020 17:27:41 GMT", "2020-03-17T17:27"),
        ("17 March 2020 5:30 PM", "2020-03-17T17:30"),
        ("٢٠٢٠/١٢/٠١ 02:00", "2020-12-01T02:00"),
        ("24/08/2020", "2020-08-24"),
        ("20200603T0301Z", "2020-06-03T03:01"),
        ("03/04/2020", None),
        ("2020-13-45", None),
        ("1399/02/21", None),
        ("1584465600", None),
    ],
)
def test_times(written: str, read: str | None) -> None:
    assert moment(written) == read
