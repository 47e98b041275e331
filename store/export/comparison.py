"""Two texts and what differs between them, as one text with signs, and as an object for other programs.

The signs are those of a word diff: `[-only in the first-]`, `{+only in the second+}`; and `[≈as the first writes it|as
the second does≈]`, `{~what stands elsewhere in the first~}`. The text is in logical order, as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from store.answers import Article
from store.export.markup import READ
from store.export.plain import lines
from store.models import Block
from store.text.comparing import Comparison, Piece, compare
from store.text.tokens import WORD

_LINE = re.compile(r"[^\n]+")
LONGEST = 4_000
"""Code points of a paragraph, after which it is cut at white space."""
COMPARED = (*READ, "title")
"""Blocks of an article that are compared; of the rest copies differ by whoever prints them."""


def compared(article: Article, *, whole: bool = False) -> Sequence[Block]:
    """The blocks of an article that are compared; with `whole` all of its lines, each at most LONGEST."""
    text = article.document.text
    if whole:
        found = [Block(*line.span(), "body", "line") for line in _LINE.finditer(text) if not line[0].isspace()]
    else:
        found = [block for block in article.cleaned.blocks if block.kind in COMPARED]
    return [piece for block in found for piece in _cut(text, block)]


def _cut(text: str, block: Block) -> Iterator[Block]:
    """A block in pieces that can be laid out at once: a page without line ends may be one of megabytes."""
    start = block.start
    while block.end - start > LONGEST:
        end = next((at for at in range(start + LONGEST, start + LONGEST // 2, -1) if text[at].isspace()), 0)
        if not end:
            break  # one word
        yield replace(block, start=start, end=end)
        start = end
    yield replace(block, start=start)


def between(one: Article, other: Article, *, whole: bool = False) -> Comparison:
    """What differs between two articles."""
    return compare(one.document.text, other.document.text, compared(one, whole=whole), compared(other, whole=whole))


def unified(found: Comparison, a: str, b: str) -> Iterator[str]:
    """Both texts as one, in pieces, with signs at what differs; nothing in it is a control character but line ends."""
    here = there = None
    for number, piece in enumerate(found.pieces):
        # what stands between words is that of the second text, where it has any
        if piece.kind == "gone":
            yield _gap(a, here, piece.a[0]) if number else ""
        else:
            yield _gap(b, there, piece.b[0]) if number else ""
            there = piece.b[1]
        if piece.kind in ("same", "minor", "gone"):
            here = piece.a[1]
        yield lines(_signed(piece, a, b))
    yield "\n"


def _signed(piece: Piece, a: str, b: str) -> str:
    mine, others = a[slice(*piece.a)], b[slice(*piece.b)]
    match piece.kind:
        case "gone":
            return f"[-{mine}-]"
        case "come":
            return f"{{+{others}+}}"
        case "minor":
            return f"[≈{mine}|{others}≈]"
        case "moved":
            return f"{{~{others}~}}"
        case "same":
            return others


def _gap(text: str, last: int | None, start: int) -> str:
    """What stands before a piece: as in the text, a line end where words that are not compared lie between."""
    if last is None:
        return "\n"
    between_them = text[last:start] if last <= start else ""
    if WORD.search(between_them):
        return "\n"
    return lines(between_them) or " "


def record(found: Comparison, one: Article, other: Article) -> dict[str, Any]:
    """The object of `khabar compare --json`: words by kind, and pieces with their spans in both texts."""
    return {
        "a": one.row.id,
        "b": other.row.id,
        "words": found.counts,
        "pieces": [{"kind": piece.kind, "a": list(piece.a), "b": list(piece.b)} for piece in found.pieces],
    }
