"""Which lines of a page are its article, and what the others are.

trafilatura decides; where its answer misses lines that stand among those it kept, or where a page's own JSON-LD has
the article, that counts too. Every other line gets a kind and the rule that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.clean.captions import credit
from store.clean.heads import is_byline, is_date_line, is_relative_time
from store.clean.page import Line
from store.models import Block, BlockKind
from store.readers.html.align import kept_lines
from store.readers.html.lines import Region, Row
from store.readers.html.strays import Stray, cards, strays
from store.readers.html.titles import squashed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LINKS, _SOME_LINKS = 0.8, 0.5
"""Shares of a line that stand in links from which on it is nothing but links, and from which on it is hardly prose."""
_PROSE = 8
"""Least words of a line that can only be a paragraph, where its element says nothing."""
_NESTED = 8
"""Most tables within one another that are read as such."""
_KINDS: dict[str, BlockKind] = {"related": "related", "other articles": "related", "tags": "keywords"}
_NEVER = frozenset(("cookie notice", "comments", "overlay", "subscription", "advertisement", "button"))
"""Regions that hold no line of an article, whoever kept it."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_SIGNED = frozenset(("كتب", "كتبت", "بقلم", "by"))
_OUTSIDE = "outside the article (trafilatura)"


@dataclass(slots=True)
class Found:
    """The lines of the article, and what all others are."""

    kept: set[int]
    marks: list[Block]
    by: str
    """Who found the article: `trafilatura`, `JSON-LD`, `density`; empty where nobody did."""


def extract(tree: HtmlElement) -> list[str]:
    """The paragraphs trafilatura takes for the article; none where it finds none. The tree is changed by it."""
    from trafilatura import bare_extraction

    _flatten_tables(tree)
    try:
        found = bare_extraction(tree, fast=True, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # whatever it makes of a page from anywhere, the page is read without
        return []
    text = getattr(found, "text", None) or ""
    return [line for line in text.split("\n") if line.strip()]


def _flatten_tables(tree: HtmlElement) -> None:
    """Makes boxes of tables within too many others: trafilatura reads each as often as it is nested, squared."""
    depth: dict[HtmlElement, int] = {}
    for table in tree.iter("table"):
        above = next(table.iterancestors("table"), None)
        depth[table] = 1 if above is None else depth[above] + 1
    for table, level in depth.items():
        if level > _NESTED:
            table.tag = "div"


def find(rows: Sequence[Row], paragraphs: Sequence[str], body: str | None, title: str | None) -> Found:
    """The article among the lines of a page.

    `paragraphs` are trafilatura's, `body` is JSON-LD's articleBody, `title` the page's.
    """
    texts = [row.text for row in rows]
    wanted = squashed(title or "")
    titles = [at for at, text in enumerate(texts) if wanted and squashed(text) == wanted]
    kept, by = kept_lines(texts, paragraphs), "trafilatura"
    if body:
        told = kept_lines(texts, body.split("\n"))
        if _words(rows, told) > 20 and not kept:
            by = "JSON-LD"
        kept |= _one_place(rows, told) if told else set()
    kept -= set(titles)
    head = _head(rows, titles, kept)
    kept |= _lead(rows, kept, head, _own_regions(rows, kept))
    found = strays(rows, kept, head)
    kept -= found.keys()
    heading = next((at for at in titles if rows[at].tag == "h1"), -1)
    if _words(rows, {at for at in kept if at > heading}) < _PROSE:
        densest = _densest(rows, cards(rows), heading)
        if densest or _words(rows, kept) < _PROSE:
            kept, by = densest, "density"
    own = _own_regions(rows, kept)
    kept = {at for at in kept if not _outside(rows[at], own)}
    if not kept:
        return Found(set(), [], "")
    head = _head(rows, titles, kept)
    kept |= (_lead(rows, kept, head, own) | _among(rows, kept, own)) - found.keys()
    return Found(kept, _marks(rows, kept, titles, head, own, found), by)


def _words(rows: Sequence[Row], at: set[int]) -> int:
    return sum(len(rows[one].text.split()) for one in at)


def _one_place(rows: Sequence[Row], told: set[int]) -> set[int]:
    """Lines of JSON-LD's text that are prose: a short one may stand anywhere on the page."""
    return {at for at in told if len(rows[at].text.split()) >= _PROSE}


def _density(row: Row) -> float:
    return row.linked / max(1, len(row.text.replace(" ", "")))


def _own_regions(rows: Sequence[Row], kept: set[int]) -> frozenset[Region]:
    """Regions that most of the article lies in: a page whose wrapper is called "sidebar-left" is no sidebar."""
    total = _words(rows, kept)
    sizes: Counter[Region] = Counter()
    for at in kept:
        for region in set(rows[at].regions):
            sizes[region] += len(rows[at].text.split())
    return frozenset(region for region, size in sizes.items() if size > total / 2)


def _region(row: Row, own: frozenset[Region]) -> Region | None:
    """The innermost region of a line that is not the article's own."""
    return next((region for region in reversed(row.regions) if region not in own), None)


def _outside(row: Row, own: frozenset[Region]) -> bool:
    """Whether a line that was kept is none of the article's all the same."""
    region = _region(row, own)
    if region is not None and (region.what in _NEVER or (region.what in _KINDS and _density(row) > _SOME_LINKS)):
        return True
    return _density(row) >= _LINKS and not Line(0, len(row.text), row.text).is_prose


def _among(rows: Sequence[Row], kept: set[int], own: frozenset[Region]) -> set[int]:
    """Lines that stand in the boxes of the article's paragraphs and read like these: between them, or below them in the
    box that has most of it."""
    boxes = Counter(rows[at].box for at in kept)
    main = _main(rows, kept)
    first, last = min(kept), max(kept)
    found = set()
    for at in range(first + 1, len(rows)):
        row = rows[at]
        if (
            at in kept
            or row.box not in boxes
            or (at > last and row.box != main)
            or _density(row) > _SOME_LINKS
            or _region(row, own) is not None
        ):
            continue
        line = Line(0, len(row.text), row.text)
        if line.is_prose or (boxes[row.box] > 1 and (row.tag in _HEADINGS or line.size >= _PROSE)):
            found.add(at)
    return found


def _head(rows: Sequence[Row], titles: Sequence[int], kept: set[int]) -> int | None:
    """The line of the title: a heading of the page before others, else the last one above most of what was kept."""
    main = _main(rows, kept)
    first = min((at for at in kept if rows[at].box == main), default=len(rows))
    above = [at for at in titles if at < first]
    headings = [at for at in titles if rows[at].tag == "h1"]
    above_headings = [at for at in headings if at < first]
    return next(iter(above_headings[-1:] or headings[:1] or above[-1:]), None)


def _main(rows: Sequence[Row], kept: set[int]) -> int:
    """The box that has most of what was kept."""
    boxes: Counter[int] = Counter()
    for at in kept:
        boxes[rows[at].box] += len(rows[at].text.split())
    return max(boxes, key=lambda box: boxes[box], default=-1)


def _lead(rows: Sequence[Row], kept: set[int], head: int | None, own: frozenset[Region]) -> set[int]:
    """Prose between the title and the first line kept: a lead that stands apart from the paragraphs."""
    begin = -1 if head is None else head
    first = min((at for at in kept if at > begin), default=0)
    found = set()
    for at in range(first if head is None else head + 1, first):
        row, line = rows[at], Line(0, len(rows[at].text), rows[at].text)
        region = _region(row, own)
        plain = region is None or (region.what in ("page header", "navigation") and row.tag in ("p", *_HEADINGS))
        told = is_date_line(line) or is_byline(line) or is_relative_time(line) or credit(row.text)
        if line.is_prose and plain and not told and _density(row) < _SOME_LINKS and line.size >= _PROSE:
            found.add(at)
    return found


def _densest(rows: Sequence[Row], teasers: set[int], head: int) -> set[int]:
    """The paragraphs of the box below the title that has most prose, where nothing else finds an article."""
    sizes: Counter[int] = Counter()
    members: dict[int, set[int]] = {}
    for at, row in enumerate(rows):
        line = Line(0, len(row.text), row.text)
        if (
            at < head
            or row.box in teasers
            or _density(row) > _SOME_LINKS
            or any(region.what not in ("aside", "time") for region in row.regions)
        ):
            continue
        if line.is_prose:
            sizes[row.box] += line.size
            members.setdefault(row.box, set()).add(at)
    return members[max(sizes, key=lambda box: sizes[box])] if sizes else set()


def _marks(
    rows: Sequence[Row],
    kept: set[int],
    titles: Sequence[int],
    head: int | None,
    own: frozenset[Region],
    found: dict[int, Stray],
) -> list[Block]:
    first, last = min(kept), max(kept)
    marks: list[Block] = []

    def mark(at: int, kind: BlockKind, rule: str) -> None:
        marks.append(Block(rows[at].start, rows[at].end, kind, rule))

    for at, row in enumerate(rows):
        if at == head:
            mark(at, "title", f"title (<{row.tag}>)")
        elif at in titles:
            mark(at, "title" if head is not None and head < at < first else "boilerplate", "repeated title")
        elif at in kept:
            if row.tag == "figcaption" or any(region.what == "caption" for region in row.regions if region not in own):
                mark(at, "caption", _rule(row, "caption", own))
            elif row.tag in _HEADINGS and not Line(0, 0, row.text).is_prose and at < last:
                mark(at, "heading", f"heading (<{row.tag}>)")
        elif at in found and _region(row, own) is None and _density(row) < _LINKS:
            mark(at, *found[at])
        else:
            mark(at, *_what(row, own, near=_near(at, head, first, last)))
    return marks


def _near(at: int, head: int | None, first: int, last: int) -> bool:
    """Whether a line stands between the title and the end of the article."""
    return (first - 6 if head is None else head) < at < last


def _what(row: Row, own: frozenset[Region], near: bool) -> tuple[BlockKind, str]:
    """What a line outside of the article is."""
    region = _region(row, own)
    line = Line(0, len(row.text), row.text)
    what = region.what if region else ""
    if near and what in ("", "caption", "time", "byline", "aside"):
        if what == "caption" or row.tag == "figcaption":
            return "caption", _rule(row, "caption", own)
        if what in ("time", "byline") and line.size <= 25:
            return "header", _rule(row, what, own)
        if is_date_line(line) or is_relative_time(line):
            return "header", "date line beside the title"
        if is_byline(line) or (2 <= line.size <= 6 and line.words[0] in _SIGNED):
            return "header", "byline beside the title"
        if line.size <= 45 and credit(row.text) and _density(row) < _SOME_LINKS:
            return "caption", "credit beside the article"
    if region is not None:
        return _KINDS.get(what, "boilerplate"), _rule(row, what, own)
    if _density(row) >= _LINKS:
        return "boilerplate", "nothing but links"
    return "boilerplate", _OUTSIDE


def _rule(row: Row, what: str, own: frozenset[Region]) -> str:
    region = next((one for one in reversed(row.regions) if one.what == what and one not in own), None)
    return f"{what} ({region.told if region else f'<{row.tag}>'})"
