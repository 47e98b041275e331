"""Two texts whose paragraphs stand opposite each other, by what they have in common: for showing a comparison."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from store.text.comparing import Piece, Span


class Facing(NamedTuple):
    """Paragraphs that face each other: mostly one and one, several where one text has in one what the other parts;
    none on a side where there is nothing like it."""

    a: tuple[Span, ...]
    b: tuple[Span, ...]


def facing(pieces: Sequence[Piece], a: Sequence[Span], b: Sequence[Span]) -> list[Facing]:
    """The paragraphs of both texts in the order of both, each once: side by side those that share most.

    `a` and `b` are the spans of the paragraphs in order; each piece begins within one of either.
    """
    found: list[Facing] = []
    done_a = done_b = 0
    for first, last in _groups(_links(pieces, a, b)):
        found += [Facing((span,), ()) for span in a[done_a : first[0]]]
        found += [Facing((), (span,)) for span in b[done_b : first[1]]]
        done_a, done_b = last[0] + 1, last[1] + 1
        found.append(Facing(tuple(a[first[0] : done_a]), tuple(b[first[1] : done_b])))
    found += [Facing((span,), ()) for span in a[done_a:]]
    found += [Facing((), (span,)) for span in b[done_b:]]
    return found


def _links(pieces: Sequence[Piece], a: Sequence[Span], b: Sequence[Span]) -> list[tuple[int, int]]:
    """Paragraphs of which one shares more with the other than with any, in the order of both."""
    starts_a, starts_b = [span[0] for span in a], [span[0] for span in b]
    by_a: dict[int, Counter[int]] = defaultdict(Counter)
    by_b: dict[int, Counter[int]] = defaultdict(Counter)
    for piece in pieces:
        if piece.kind in ("same", "minor"):
            here, there = bisect_right(starts_a, piece.a[0]) - 1, bisect_right(starts_b, piece.b[0]) - 1
            by_a[here][there] += piece.a[1] - piece.a[0]
            by_b[there][here] += piece.a[1] - piece.a[0]
    links = {(here, max(of, key=lambda at: (of[at], -at))) for here, of in by_a.items()}
    links |= {(max(of, key=lambda at: (of[at], -at)), there) for there, of in by_b.items()}
    kept: list[tuple[int, int]] = []
    for link in sorted(links):
        if not kept or link[1] >= kept[-1][1]:
            kept.append(link)
    return kept


def _groups(links: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Links with a paragraph in common, as the first and the last of each."""
    groups: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for link in links:
        if groups and (link[0] == groups[-1][1][0] or link[1] == groups[-1][1][1]):
            groups[-1] = groups[-1][0], link
        else:
            groups.append((link, link))
    return groups
