"""Lines that an extractor keeps of a page and that are no part of the article: teasers of others, comments, what stands
above the title. Told by where they stand, as many pages name nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from store.models import BlockKind
from store.readers.html.lines import Row, headings_of
from store.text.fold import fold

_LINKS = 0.8
_WORD = re.compile(r"[^\W\d_]+")
_PROSE = 5
"""Least words of a line that may be a teaser or a comment."""
_ENOUGH = 30
"""Words below the title from which on what stands above it is none of the article."""
_LIST, _HEADING = 5, 30
"""How many links make a list; code points of a heading of comments."""
_SEVERAL = 3
"""How many boxes alike make a list."""

Stray = tuple[BlockKind, str]
_TEASER: Stray = ("related", "a headline with its teaser, one of several")
_ABOVE: Stray = ("boilerplate", "above the title")
_BEYOND: Stray = ("boilerplate", "below a list of links after the article")
_COMMENTS: Stray = ("boilerplate", "below a heading of comments")
_ALIKE: Stray = ("boilerplate", "one of several boxes alike below the article")


def strays(rows: Sequence[Row], kept: set[int], head: int | None) -> dict[int, Stray]:
    """Which of the lines that were kept are none of the article, and what they are; `head` is the title's line."""
    found: dict[int, Stray] = {}
    sizes = Counter[int]()
    for at in kept:
        sizes[rows[at].box] += len(rows[at].text.split())
    teasers = cards(rows) - {box for box, size in sizes.most_common(1) if 2 * size > sizes.total()}
    if len(teasers) >= _SEVERAL:
        found |= {at: _TEASER for at in kept if rows[at].box in teasers}
    if head is not None:
        below = sum(len(rows[at].text.split()) for at in kept if at > head and at not in found)
        if below >= _ENOUGH:
            found |= {at: _ABOVE for at in kept if at < head and at not in found}
    found |= _beyond(rows, kept - found.keys())
    return found | dict.fromkeys(_alike(rows, kept - found.keys()), _ALIKE)


def _beyond(rows: Sequence[Row], kept: set[int]) -> dict[int, Stray]:
    """Lines outside of the box that has most of the article, below it and below a list of links or a heading of
    comments."""
    sizes = Counter[int]()
    for at in kept:
        sizes[rows[at].box] += len(rows[at].text.split())
    main, size = max(sizes.items(), key=lambda pair: pair[1], default=(0, 0))
    if 3 * size < sizes.total():
        return {}
    last = max((at for at in kept if rows[at].box == main), default=len(rows))
    found: dict[int, Stray] = {}
    links, comments = 0, False
    for at in range(last + 1, len(rows)):
        row = rows[at]
        links += _density(row) >= _LINKS
        if len(row.text) <= _HEADING:
            comments = comments or not headings_of("comments").isdisjoint(_WORD.findall(fold(row.text)))
        if at in kept and (comments or links >= _LIST):
            found[at] = _COMMENTS if comments else _BEYOND
    return found


def cards(rows: Sequence[Row]) -> set[int]:
    """Boxes that hold a headline which is a link, and one or two lines more that are none."""
    members: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        members[row.box].append(row)
    found = set()
    for box, lines in members.items():
        if len(lines) > 5:
            continue
        linked = [row for row in lines if _density(row) >= _LINKS and len(row.text.split()) >= 2]
        told = [row for row in lines if _density(row) < _LINKS and len(row.text.split()) >= _PROSE]
        if linked and 1 <= len(told) <= 2:
            found.add(box)
    return found


def _alike(rows: Sequence[Row], kept: set[int]) -> set[int]:
    """Lines below the box that has most of the article, in boxes of their own of which several are alike."""
    sizes = Counter[int]()
    lines = Counter[int]()
    for at in kept:
        sizes[rows[at].box] += len(rows[at].text.split())
        lines[rows[at].box] += 1
    main, size = max(sizes.items(), key=lambda pair: pair[1], default=(0, 0))
    if lines[main] < 2 or 3 * size < sizes.total():
        return set()
    last = max(at for at in kept if rows[at].box == main)
    path = rows[last].path
    alone = [at for at in sorted(kept) if at > last and lines[rows[at].box] == 1 and rows[at].path != path]
    paths = Counter(rows[at].path for at in alone)
    return {at for at in alone if paths[rows[at].path] >= _SEVERAL}


def _density(row: Row) -> float:
    return row.linked / max(1, len(row.text.replace(" ", "")))
