"""Lines whose function the source gives away: a page's menu is no paragraph of its article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from store.clean.page import Line, Page
from store.models import MARKED, Block, Document


def by_line(marks: Sequence[Block], lines: Sequence[Line]) -> dict[int, Block]:
    """The mark of each line that one covers as a whole; marks are in order and do not overlap."""
    starts = [mark.start for mark in marks]
    found = {}
    for index, line in enumerate(lines):
        at = bisect_right(starts, line.start) - 1
        if at >= 0 and line.end <= marks[at].end:
            found[index] = marks[at]
    return found


def mark_labels(page: Page, document: Document) -> None:
    """Mark what people say of lines."""
    if document.labels:
        starts = [line.start for line in page.lines]
        for label in document.labels:
            at = bisect_right(starts, label.start) - 1
            if at >= 0 and label.start < page.lines[at].end:
                page.mark(at, label.kind, label.rule)
                page.given.add(at)


def title_said(document: Document, blocks: Sequence[Block]) -> Block | None:
    """The block that people say is the title."""
    said = {(label.kind, label.rule) for label in document.labels if label.kind == "title"}
    return next((block for block in blocks if (block.kind, block.rule) in said), None) if said else None


def mark_lines(page: Page, document: Document) -> None:
    """Mark what the document's source says of its lines."""
    if document.marks:
        for index, mark in by_line(document.marks, page.lines).items():
            page.mark(index, mark.kind, MARKED + mark.rule)
            page.given.add(index)
