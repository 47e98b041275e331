"""Captions: a line under a picture, told by the credit at its end."""

from __future__ import annotations

import re

from store.clean.lexicon import outlets
from store.clean.page import Page, normal

_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{1,60})[)\]]\s*\.?$")
_SIGN = re.compile(r"(?:\s[-–—/|©]|©)\s*((?:via\s+|عبر\s+)?[^-–—/|©()\n]{1,40})$", re.IGNORECASE)
_START = re.compile(
    r"(?:©|\(c\)|صورة\s*:|الصورة\s*:|تصوير\s*:|صور\s*:|photo\s*:|photo by\b|image\s*:|crédit photo)", re.IGNORECASE
)
_ARCHIVE = re.compile(r"(?:صورة (?:أرشيفية|ارشيفية|تعبيرية|رمزية|توضيحية|متداولة|من الأرشيف)|أرشيفية\)?$)")
_LONGEST, _AGENCY_LONGEST, _AGENCY_PARAGRAPHS = 45, 32, 3


def credit(text: str) -> str | None:
    """Who a line credits at its end: "photo" (only pictures are credited so), "agency", or None.

    >>> credit("جندي في بغداد (غيتي)")
    'photo'
    """
    for pattern in (_BRACKETS, _SIGN):
        match = pattern.search(text[-70:])
        if not match:
            continue
        kinds = []
        for part in re.split(r"[-–—/،,|+]|\s(?:via|عبر)\s", match[1]):
            name = normal(part)
            if name:
                name = name.removeprefix("via ").removeprefix("عبر ").removesuffix(" via")
                outlet = outlets().get(name)
                kinds.append(outlet.kind if outlet else None)
        if "photo" in kinds:
            return "photo"
        if kinds and all(kind == "agency" or (kind == "outlet" and pattern is _BRACKETS) for kind in kinds):
            via = re.match(r"\s*(?:via|عبر)\s", match[1], re.IGNORECASE)
            return "photo" if via else "agency"
    return None


def mark_captions(page: Page) -> None:
    """Mark captions. A paragraph may end with its agency, too: then only the first ones count, and never the last."""
    first, last = page.body()
    paragraphs = 0
    for index, line in page.open():
        if line.size > _LONGEST:
            paragraphs += line.is_prose
            continue
        found = credit(line.text)
        alone = index == first == last
        if found == "photo" and not alone:
            page.mark(index, "caption", "photo credit")
        elif found == "agency" and index != last and line.size <= _AGENCY_LONGEST and paragraphs < _AGENCY_PARAGRAPHS:
            page.mark(index, "caption", "agency credit")
        elif _START.match(line.text) or (line.size <= 30 and _ARCHIVE.search(line.text)):
            if not alone:
                page.mark(index, "caption", "photo credit")
        else:
            paragraphs += line.is_prose
