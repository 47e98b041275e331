"""What stands around an article on its page: kept in the text, and nothing that names, dates or languages are found in.

A page of the web has ten times as many headlines of other articles as paragraphs of its own; texts that people pasted
have few, and are read as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.models import PAGE_READERS, Block, BlockKind, Document

AROUND: frozenset[BlockKind] = frozenset(("boilerplate", "related"))


def blanked(document: Document, blocks: Sequence[Block]) -> str:
    """The text of a document for what looks for names and dates in it: of a page, all that stands around the article is
    blank, a space for each code point, so that offsets stay."""
    text = document.text
    if document.source.reader not in PAGE_READERS:
        return text
    pieces: list[str] = []
    at = 0
    for block in sorted(blocks, key=lambda block: block.start):
        if block.kind in AROUND and block.start >= at:
            pieces += (text[at : block.start], " " * (block.end - block.start))
            at = block.end
    return "".join((*pieces, text[at:]))


def restored(document: Document, blocks: Sequence[Block]) -> Document:
    """A stored document with its marks, to be read again: what its page gave away is kept in its blocks alone."""
    if document.source.reader not in PAGE_READERS or document.marks:
        return document
    return replace(document, marks=tuple(block for block in blocks if block.kind not in ("body", "dateline")))
