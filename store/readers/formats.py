"""What kind of bytes these are: by content first, then by the suffix of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.readers.table import heading

UNPACK = "unpack it and add what is inside"
TO_TEXT = "save its text as plain text (UTF-8) and add that"
TO_JSONL = 'write one JSON object with a "text" field on each line and name the file .jsonl'

_SKIPPED = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*")
_HTML = re.compile(
    rb"(?><!--.*?-->\s*)*+<(?:!doctype\s+html|(?:html|head|body|title|meta|script|style|div|span|article|section|main"
    rb"|header|nav|table|p|h[1-6]|ul|a)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
# Headers of a message that holds a page with its pictures, in any order, folded or not.
_MHTML = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+)*?Content-Type:\s*multipart/related", re.IGNORECASE)
_JSON_LINE = re.compile(rb'\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*$)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of content: its key in the table of readers, what to call it, what to do while no reader takes it."""

    key: str
    noun: str
    remedy: str


TEXT = Format("text", "plain text", "")
JSONL = Format("jsonl", "JSON Lines", "")
JSON = Format("json", "a JSON document", TO_JSONL)
HTML = Format("html", "an HTML page", "")
FEED = Format("feed", "a news feed", TO_TEXT)
XML = Format("xml", "XML, but no news feed", TO_TEXT)
SITEMAP = Format("sitemap", "a sitemap", "it names pages and holds none: fetch the pages and add them")
NEWSML = Format("newsml", "a NewsML or NITF document", TO_TEXT)
OPML = Format("opml", "a list of feeds", "fetch the feeds and add them")
PDF = Format("pdf", "a PDF document", TO_TEXT)
DOCX = Format("docx", "a Word document", TO_TEXT)
TABLE = Format("table", "a table", TO_JSONL)
OFFICE = Format("office", "an Office document of an older kind", TO_TEXT)
ZIP = Format("zip", "a ZIP archive", UNPACK)
TAR = Format("tar", "a tar archive", UNPACK)
PACKED = Format("packed", "a compressed file", UNPACK)
MHTML = Format("mhtml", "a page saved as one file", TO_TEXT)
WARC = Format("warc", "a web archive", "")
ARCHIVE = Format("archive", "a compressed file or an archive", UNPACK)
PICTURE = Format("picture", "a picture", "add the text that belongs to it")
MEDIA = Format("media", "sound or video", "add the text that belongs to it")
DATABASE = Format("database", "a database", "export its texts as JSON Lines; a corpus is opened with -c")
COLUMNS = Format("columns", "a table in columns (Parquet or Arrow)", "save it as JSON Lines or CSV")
PROGRAM = Format("program", "a program", "leave it out")

# First bytes, from the formats' own specifications.
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", OFFICE),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"WARC/", WARC),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"\x1f\x8b", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ\0", PACKED),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"\x89PNG\r\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF87a", PICTURE),
    (b"GIF89a", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", MEDIA),
    (b"ID3", MEDIA),
    (b"OggS", MEDIA),
    (b"\x1aE\xdf\xa3", MEDIA),
    (b"\0\0\0\x18ftyp", MEDIA),
    (b"\0\0\0\x1cftyp", MEDIA),
    (b"\0\0\0\x20ftyp", MEDIA),
    (b"SQLite format 3\0", DATABASE),
    (b"PAR1", COLUMNS),
    (b"ARROW1", COLUMNS),
    (b"\x7fELF", PROGRAM),
    (b"MZ\x90\0", PROGRAM),
)
_SUFFIXES = {
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".ldjson": JSONL,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".tab": TABLE,
}
_MAYBE_TABLES = ("", ".txt", ".dat")
# What may stand before the element that an XML document is: declarations, comments, instructions, a document type.
_ROOT = re.compile(
    rb"(?><\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*+<([A-Za-z_][\w.:-]*)",
    re.DOTALL | re.IGNORECASE,
)
_ROOTS = {
    **dict.fromkeys((b"rss", b"feed", b"rdf"), FEED),
    **dict.fromkeys((b"urlset", b"sitemapindex"), SITEMAP),
    **dict.fromkeys((b"newsitem", b"newsmessage", b"newsml", b"packageitem", b"nitf"), NEWSML),
    b"opml": OPML,
    b"html": HTML,
    b"svg": PICTURE,
}


def detect(head: bytes, suffix: str) -> Format:
    """The format of content that begins with `head` in a file whose lower-case suffix is `suffix`; else plain text."""
    for signature, form in _SIGNATURES:
        if head.startswith(signature):
            return form
    if head[257:262] == b"ustar" or (suffix == ".tar" and b"\0" in head[:512]):
        return TAR
    if _MHTML.match(head[:4000]):
        return MHTML
    # UTF-16 shows its ASCII characters once the zero bytes are gone.
    start = _SKIPPED.sub(b"", head, count=1).replace(b"\0", b"")
    if start.startswith(b"<"):
        if _HTML.match(start):
            return HTML
        root = _ROOT.match(start)
        if root and (element := _ROOTS.get(root[1].rpartition(b":")[2].lower())):
            return element
        if start.startswith(b"<?xml") or (root and suffix == ".xml"):
            return HTML if re.search(rb"<html[\s>]", start, re.IGNORECASE) else XML
        if suffix in (".html", ".htm", ".xhtml"):
            return HTML
    if start.startswith(b"{"):
        first, _, rest = start.partition(b"\n")
        first = first.strip()
        whole = suffix == ".json" and not rest.strip()
        lines = first.endswith(b"}") or not rest or suffix in _SUFFIXES
        if _JSON_LINE.match(first) and lines and not whole:
            return JSONL
        if suffix in (*_SUFFIXES, ".json") or re.match(rb'\{\s*"[^"\n]{1,100}"\s*:', start):
            return JSON
    if start.startswith(b"["):
        if suffix == ".json" or (suffix in _SUFFIXES and re.match(rb"\[\s*(\{|$)", start)):
            return JSON
        if re.match(rb'\[\s*\{\s*"', start):
            return JSON
    if suffix in _MAYBE_TABLES and heading(start[:20_000].decode("utf-8", "ignore")):
        return TABLE
    return _SUFFIXES.get(suffix, TEXT)
