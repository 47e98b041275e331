"""What kind of bytes these are: by content first, then by the suffix of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNPACK = "unpack it and add what is inside"
TO_TEXT = "save its text as plain text (UTF-8) and add that"
TO_JSONL = 'write one JSON object with a "text" field on each line and name the file .jsonl'

_SKIPPED = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*")
_HTML = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|title|meta|script|style|div|span|article|section|main"
    rb"|header|nav|table|p|h[1-6]|ul|a)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_JSON_LINE = re.compile(rb'\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*$)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of content: its key in the table of readers, what to call it, what to do while no reader takes it."""

    key: str
    noun: str
    remedy: str


TEXT = Format("text", "plain text", "")
JSONL = Format("jsonl", "JSON Lines", "")
JSON = Format("json", "a JSON document, not one object a line", TO_JSONL)
HTML = Format("html", "an HTML page", "")
XML = Format("xml", "XML or a news feed", TO_TEXT)
PDF = Format("pdf", "a PDF document", TO_TEXT)
TABLE = Format("table", "a table", TO_JSONL)
OFFICE = Format("office", "an Office document or a ZIP archive", TO_TEXT)
ARCHIVE = Format("archive", "a compressed file or an archive", UNPACK)
PICTURE = Format("picture", "a picture", "add the text that belongs to it")
MEDIA = Format("media", "sound or video", "add the text that belongs to it")
DATABASE = Format("database", "a database", "export its texts as JSON Lines; a corpus is opened with -c")
PROGRAM = Format("program", "a program", "leave it out")

# First bytes, from the formats' own specifications.
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", OFFICE),
    (b"PK\x03\x04", OFFICE),
    (b"PK\x05\x06", OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
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
    (b"PAR1", DATABASE),
    (b"\x7fELF", PROGRAM),
    (b"MZ\x90\0", PROGRAM),
)
_SUFFIXES = {
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".ldjson": JSONL,
    ".csv": TABLE,
    ".tsv": TABLE,
}


def detect(head: bytes, suffix: str) -> Format:
    """The format of content that begins with `head` in a file whose lower-case suffix is `suffix`; else plain text."""
    for signature, form in _SIGNATURES:
        if head.startswith(signature):
            return form
    if head[257:262] == b"ustar":
        return ARCHIVE
    # UTF-16 shows its ASCII characters once the zero bytes are gone.
    start = _SKIPPED.sub(b"", head, count=1).replace(b"\0", b"")
    if start.startswith(b"<"):
        if _HTML.match(start):
            return HTML
        if re.match(rb"<(?:\?xml|rss|feed|rdf:RDF|urlset)\b", start):
            return HTML if re.search(rb"<html[\s>]", start, re.IGNORECASE) else XML
        if suffix in (".html", ".htm", ".xhtml"):
            return HTML
    if start.startswith(b"{"):
        first = start.partition(b"\n")[0].strip()
        if _JSON_LINE.match(first) and (first.endswith(b"}") or b"\n" not in start or suffix in _SUFFIXES):
            return JSONL
        if first == b"{" and (suffix in _SUFFIXES or suffix == ".json"):
            return JSON
    if start.startswith(b"[") and (suffix == ".json" or (suffix in _SUFFIXES and re.match(rb"\[\s*(\{|$)", start))):
        return JSON
    return _SUFFIXES.get(suffix, TEXT)
