"""The text of a PDF: page by page, columns from the right, wrapped lines joined. Runs in `worker`.

Pages with Arabic are taken in pypdf's layout mode: there glyphs stand where they are drawn, from left to right, and
`visual` brings lines into logical order. In its plain mode pypdf turns Arabic by itself, word by word, and wrongly.
"""

from __future__ import annotations

import io
import logging
import re
from itertools import groupby
from typing import TYPE_CHECKING

from store.errors import InputError
from store.readers import moments, visual
from store.readers.plausible import arabic_letters
from store.readers.worker import Read

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

PAGES = 3000
"""Most pages of one document."""

_TO_TEXT = "save its text as plain text (UTF-8) and add that"
_JUNK = re.compile(
    r"^(?:microsoft word - |untitled|slide \d|print|document\d*$)|\.(?:docx?|pdf|indd|qxd|pptx?|html?)$", re.I
)
_STRAY = re.compile("(?:^|(?<=\\s))[\u064b-\u0652]+")
"""Vowel marks that begin a word: they are drawn apart from their letters, and which they belong to is not known."""
_LOOKED_AT = 3
_GUTTER = 4
"""Columns of text have at least so many blanks between them."""


def read(data: bytes) -> Read:
    """What a document holds. Raises InputError without a place, and whatever pypdf makes of a broken one."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _opened(reader):
        raise InputError("is encrypted", "", "save it without its password and add that")
    if len(reader.pages) > PAGES:
        raise InputError(f"has more than {PAGES:,} pages", "", "split it, or " + _TO_TEXT)
    # A document with Arabic has it at once; to look at every page twice would take twice as long.
    plain = [str(page.extract_text() or "") for page in reader.pages[:_LOOKED_AT]]
    arabic = any(arabic_letters(visual.letters(text[:20_000])) for text in plain)
    pages = []
    for number, page in enumerate(reader.pages):
        lines = (
            _laid_out(page) if arabic else (plain[number] if number < len(plain) else page.extract_text()).split("\n")
        )
        pages.append([line.replace("\0", "") for line in lines])
    lines = [line for page in pages for line in page]
    if not any(line.strip() for line in lines):
        raise InputError("has no text, only pictures of it", "", "run OCR over it first")
    turned = visual.is_visual(lines)
    forms = any(map(visual.has_forms, lines))
    text = "\n\n".join(filter(None, (_joined(page, turned) for page in pages)))
    encoding = ", ".join([*(["visual order"] if turned else []), *(["joining forms"] if forms else [])])
    title, said = _metadata(reader)
    return Read(text, title, None, said, encoding or None)


def _opened(reader: PdfReader) -> bool:
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _laid_out(page: PageObject) -> list[str]:
    """The lines of a page, columns one after the other, an empty one between paragraphs where that can be seen."""
    try:
        laid_out = str(page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=True))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return str(page.extract_text() or "").split("\n")  # in no order that is known
    return _by_columns([line.rstrip() for line in laid_out.split("\n")])


def _by_columns(lines: list[str]) -> list[str]:
    """Lines of a page with columns beside each other: the right one first; what goes across stays where it is."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    begins, ends = gutter
    found: list[str] = []
    for beside, group in groupby(lines, key=lambda line: not line[begins:ends].strip()):
        block = list(group)
        if beside:
            found += [*_by_columns([line[ends:].rstrip() for line in block]), ""]
            found += [*_by_columns([line[:begins].rstrip() for line in block]), ""]
        else:
            found += block
    return found


def _gutter(lines: list[str]) -> tuple[int, int] | None:
    """Where blanks part a page from top to bottom, if most lines have text on both sides of them."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 8:
        return None
    width = max(map(len, filled))
    if width > 2000:
        return None
    used = [0] * (width + 1)
    for line in filled:
        for at, char in enumerate(line):
            used[at] += not char.isspace()
    allowed = len(filled) // 10
    best: tuple[int, int] | None = None
    begins = None
    for at, count in enumerate([*used[:-1], len(filled)]):
        if count <= allowed:
            begins = at if begins is None else begins
        elif begins is not None:
            both = sum(bool(line[:begins].strip()) and bool(line[at:].strip()) for line in filled)
            wide = at - begins >= _GUTTER and both > len(filled) * 0.6
            if wide and (best is None or at - begins > best[1] - best[0]):
                best = begins, at
            begins = None
    return best


def _joined(lines: list[str], turned: bool) -> str:
    """Lines as paragraphs: what was wrapped goes on the same line again."""
    ordered = []
    for line in lines:
        line = visual.logical(line) if turned else line
        ordered.append(" ".join(_STRAY.sub("", visual.letters(line)).split()))
    full = 0.75 * max(map(len, ordered), default=0)
    paragraphs: list[str] = []
    goes_on = False
    for line in ordered:
        if not line:
            goes_on = False
        elif goes_on:
            paragraphs[-1] += f" {line}"
            goes_on = len(line) >= full
        else:
            paragraphs.append(line)
            goes_on = len(line) >= full
    return "\n".join(paragraphs)


def _metadata(reader: PdfReader) -> tuple[str | None, tuple[tuple[str, str, str], ...]]:
    """A title that looks like one, and what the document says of itself: when it was made is no date of publication."""
    try:
        known = {str(name): str(value) for name, value in (reader.metadata or {}).items()}
    except Exception:  # what is broken there is no reason to lose the text
        return None, ()
    title = visual.letters(known.get("/Title", "").strip())
    said = [
        ("author", known.get("/Author", ""), "PDF Author"),
        ("description", known.get("/Subject", ""), "PDF Subject"),
    ]
    said += [("keyword", word, "PDF Keywords") for word in re.split("[,;،؛]", known.get("/Keywords", ""))[:100]]
    for name, key in (("published", "/CreationDate"), ("updated", "/ModDate")):
        if value := moments.pdf(known.get(key, "")):
            said.append((name, value, f"PDF {key[1:]}"))
    good = " " in title and not _JUNK.search(title)
    return title if good else None, tuple(
        (name, value.strip(), origin) for name, value, origin in said if value.strip()
    )
