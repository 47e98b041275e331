"""The title: given from outside, a line of the text, or else the first sentence."""

from __future__ import annotations

import re

from store.clean.given import title_said
from store.clean.page import Line, Page
from store.models import Block, Document, Title
from store.text.sentences import split

_OUTLET_TAIL = re.compile(r"\s+[-–—|:]+\s+[^-–—|]{2,40}$")

_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف])(?=\w{3})")
_FEW, _COMPARED = 4, 3


def bare(line: Line) -> str:
    """A line's normal form without the outlet a browser's title ends with ("Title - Outlet")."""
    match = _OUTLET_TAIL.search(line.text[-60:]) if line.size >= 5 else None
    if not match:
        return line.normal
    return Line(0, 0, line.text[: len(line.text) - (match.end() - match.start())]).normal


def mark_given(page: Page, document: Document) -> None:
    """Mark the lines that are the title the document came with."""
    if not document.title:
        return
    title = Line(0, len(document.title), document.title).normal
    if not title:
        return
    first, last = page.body()
    for index, line in page.open():
        if line.size <= 60 and (line.normal == title or bare(line) == title):
            if index <= max(first, 0) or last < 0:
                page.mark(index, "title", "title given")
            elif index > last:
                page.mark(index, "boilerplate", "repeated title")


def mark_line(page: Page, document: Document) -> None:
    """Without a title from outside, mark the headline above the first paragraph, and where it is repeated.

    A line that stands there twice is it; else the first of three words or more; else the longest. Above that many
    candidates (a ticker, a menu) the one that shares most words with the first paragraphs. Lines before it are
    headings (a kicker, a section).
    """
    if document.title or any(label.kind == "title" for label in document.labels):
        return
    first, last = page.body()
    open_lines = list(page.open())
    if last < 0:
        # No paragraph at all: the first line may be a headline when something follows it.
        above = open_lines[:1] if len(open_lines) > 1 else []
    else:
        above = [(index, line) for index, line in open_lines if index < first]
    above = [(index, line) for index, line in above if line.is_headline]
    if not above:
        return
    counts: dict[str, int] = {}
    for _, line in above:
        counts[bare(line)] = counts.get(bare(line), 0) + 1
    repeated = [(i, line) for i, line in above if counts[bare(line)] > 1 and line.size >= 3]
    # The copy without an outlet behind it is the title itself.
    chosen = next(
        (pair for pair in repeated if bare(pair[1]) == pair[1].normal),
        _likeliest(page, above, first),
    )
    title = chosen[1].normal
    page.mark(chosen[0], "title", "headline")
    for index, line in page.open():
        if line.size <= 60 and (line.normal == title or bare(line) == title):
            if index < first or last < 0:
                page.mark(index, "title", "repeated title")
            elif index > last:
                page.mark(index, "boilerplate", "repeated title")
    for index, _ in above:
        if index < chosen[0]:
            page.mark(index, "heading", "kicker")


def _likeliest(page: Page, above: list[tuple[int, Line]], first: int) -> tuple[int, Line]:
    long = [pair for pair in above if pair[1].size >= 3]
    if len(above) <= _FEW or not long:
        return long[0] if long else max(above, key=lambda pair: pair[1].size)
    paragraphs = [line for line in page.lines[first:] if line.is_prose][:_COMPARED]
    told = {_stem(word) for line in paragraphs for word in line.words}
    return max(long, key=lambda pair: sum(_stem(word) in told for word in pair[1].words) / (pair[1].size + 2))


def _stem(word: str) -> str:
    """A word without the article and the particles written with it."""
    return _PREFIX.sub("", word)


def find(text: str, blocks: tuple[Block, ...], document: Document) -> Title | None:
    """The title and where it stands; a line before a sentence, and never boilerplate."""
    if (block := title_said(document, blocks)) is not None:
        return Title(text[block.start : block.end], block.start, block.end, "line")
    lines = [block for block in blocks if block.kind == "title"]
    chosen = next((block for block in lines if block.rule != "repeated title"), lines[0] if lines else None)
    if document.title:
        title = Line(0, 0, document.title).normal
        exact = next((b for b in lines if Line(b.start, b.end, text[b.start : b.end]).normal == title), None)
        return Title(document.title, exact.start if exact else None, exact.end if exact else None, "metadata")
    if chosen:
        return Title(text[chosen.start : chosen.end], chosen.start, chosen.end, "line")
    for kind in ("body", "heading", "caption"):
        for block in blocks:
            if block.kind == kind:
                for sentence in split(text, [block]):
                    if any(char.isalpha() for char in text[sentence.start : sentence.end]):
                        start, end = sentence.start, sentence.end
                        return Title(text[start:end], start, end, "first sentence")
    return None
