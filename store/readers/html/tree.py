"""Bytes of a page as a tree: its encoding, and the limits a page from anywhere is read within."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import TYPE_CHECKING

from store.errors import InputError
from store.readers.controls import tame
from store.readers.encoding import decode
from store.readers.plausible import weigh

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LIMIT = 24 << 20
"""Most bytes of one page; a browser that saves a page as one file puts its pictures into it."""
TEXT_LIMIT = 4 << 20
"""Most code points of a page without its pictures, scripts and styles."""
ELEMENTS = 100_000
"""Most elements of a page."""

_DECLARED_IN = 4096
_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
# Browsers read these as the windows table that has them.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_TAG = re.compile("<[^<>]*>")
_HIGH_LINE = re.compile("[\x80-\xff][^\n]*")
_NAMES = {"cp1256": "windows-1256", "cp1252": "windows-1252", "iso8859-6": "iso-8859-6"}
_ARABIC = ("cp1256", "iso8859-6")
_SAMPLE = 2000
"""Lines by which an encoding is told."""
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_DAMAGED = 0.9
"""Share of the bytes above ASCII that form UTF-8 above which a page is UTF-8 with a few damaged places."""
_LEAST = -4.0
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

_DATA = re.compile(r"\bdata:[\w/+.;=-]{0,80},[A-Za-z0-9+/=%\s]{64,}")
_BULK = re.compile(r"<(?:(script|style|svg|template)\b|!--)", re.IGNORECASE)
_ENDS = {
    "--": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "svg", "template")},
}
_PROLOGUE = re.compile(r"^\s*<\?xml\b[^>]*>")
_SAVED = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{4,2000})\s*-->")
_DRESS = re.compile(r"</?(?:font|b|i|u|em|strong|span|big|small|center|tt|nobr)\b[^<>]*>", re.IGNORECASE)
_BOXES = re.compile(r"</?(?:div|section|table|tbody|tr|td|ul|ol|li|dl|dd|dt|blockquote|form)\b[^<>]*>", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:-]{0,30}")
_TAG_LIMIT = 8000
"""Most code points of a tag; of a longer one the attributes are left out."""


def decoded(data: bytes, where: str, charset: str | None = None) -> tuple[str, str]:
    """The characters of a page and the name of their encoding; raises InputError naming `where`.

    What proves itself (a byte order mark, UTF-8) goes before what the page or its server (`charset`) declares, that
    before what its letters look like. A few damaged places become U+FFFD: a page is more than its article.
    """
    if data.startswith(_MARKS):
        return decode(data, where)
    if b"\0" in data[:1024]:
        try:
            return decode(data, where)
        except InputError:
            data = data.replace(b"\0", b"")
    try:
        return _utf8(data, where)
    except UnicodeDecodeError:
        pass
    high = sum(map(len, _HIGH.findall(data)))
    if sum(map(len, _UTF8_SEQUENCE.findall(data))) >= _DAMAGED * high:
        return data.decode("utf-8", "replace"), "utf-8"
    for name in _declared(data, charset):
        text = data.decode(name, "replace")
        total, pairs = weigh(_sample(data).decode(name, "replace"))
        arabic = codecs.lookup(name).name in _ARABIC
        if not arabic or total >= _LEAST * pairs - 10:
            return text, _NAMES.get(name, name)
    # What stands in tags and scripts says nothing about the article's letters.
    _, name = decode(_sample(data), where)
    return data.decode(name, "replace"), name


def _utf8(data: bytes, where: str) -> tuple[str, str]:
    text = data.decode("utf-8")
    if not text.isascii():
        decode(_sample(data), where)  # raises where it was decoded wrongly before it was saved
    return text, "utf-8"


def _sample(data: bytes) -> bytes:
    """Lines of a page outside of tags and scripts that have bytes above ASCII."""
    lines = _HIGH_LINE.finditer(_TAG.sub("\n", _without_bulk(data.decode("latin-1"))))
    return "\n".join(match[0] for match in islice(lines, _SAMPLE)).encode("latin-1")


def _without_bulk(text: str) -> str:
    """`text` without comments, scripts (but for JSON-LD), styles and drawings; one that never ends stays."""
    pieces: list[str] = []
    endless: set[str] = set()
    at = 0
    while (match := _BULK.search(text, at)) is not None:
        name = (match[1] or "--").lower()
        keep = name == "script" and "ld+json" in text[match.end() : match.end() + 200].partition(">")[0].lower()
        end = None
        if name not in endless and not keep:
            end = _ENDS[name].search(text, match.end())
            if end is None:
                endless.add(name)
        if end is None:
            pieces.append(text[at : match.end()])
            at = match.end()
        else:
            pieces += (text[at : match.start()], " ")
            at = end.end()
    return "".join((*pieces, text[at:]))


def _declared(data: bytes, charset: str | None) -> list[str]:
    """Codecs that a page and its server name, other than UTF-8 and UTF-16, which it would have shown to be."""
    head = data[:_DECLARED_IN]
    found = [match[1] for pattern in (_XML, _META) if (match := pattern.search(head))]
    names = []
    for label in [charset or "", *(name.decode("ascii", "replace") for name in found)]:
        try:
            name = codecs.lookup(label.strip()).name
            "".encode(name)
        except (LookupError, ValueError):
            continue
        name = _WIDER.get(name, name)
        if not name.startswith(("utf", "idna", "punycode", "raw", "unicode")) and name not in names:
            names.append(name)
    return names


def _with_short_tags(text: str) -> str:
    """`text` with the attributes of tags beyond `_TAG_LIMIT` left out: the parser compares each with all others."""
    pieces: list[str] = []
    kept = at = 0
    while (start := text.find("<", at)) >= 0:
        end = text.find(">", start)
        end = len(text) if end < 0 else end
        if end - start > _TAG_LIMIT:
            name = _TAG_NAME.match(text, start)
            pieces += (text[kept:start], name[0] if name else " ")
            kept = end
        at = end
    return "".join((*pieces, text[kept:]))


def saved_from(text: str) -> str | None:
    """The address a browser wrote into a page when it saved it."""
    match = _SAVED.search(text, 0, _DECLARED_IN)
    return match[1] if match else None


def parse(text: str, where: str) -> HtmlElement:
    """The tree of a page; raises InputError naming `where` for a page too large or without any element.

    Pictures, scripts and styles within the page are taken out first, but for JSON-LD.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    text = _PROLOGUE.sub("", tame(text)[0])
    if len(text) > 1 << 16:
        text = _without_bulk(_DATA.sub("data:,", text))
    if len(text) > TEXT_LIMIT:
        raise InputError("is a page too large to be an article", where, "save the article alone and add that")
    text = _with_short_tags(text)
    for again in (_DRESS, _BOXES, None):
        parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        try:
            tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            raise InputError("is an empty page", where, "check where it came from") from None
        if again is None or not any("depth" in str(error.message).lower() for error in parser.error_log):
            break
        # Tags that are never closed nest ever deeper, and what is too deep is lost.
        text = again.sub("" if again is _DRESS else "<br>", text)
    if sum(1 for _ in tree.iter()) > ELEMENTS:
        raise InputError("is a page too large to be an article", where, "save the article alone and add that")
    return tree
