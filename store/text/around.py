"""What stands around an article on its page: kept in the text, and nothing that names and dates are looked for in.

A page of the web has ten times as many headlines of other articles as paragraphs of its own; texts that people pasted
have few, and are read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.models import BY_A_PERSON, MARKED, Block, BlockKind

AROUND: frozenset[BlockKind] = frozenset(("boilerplate", "related"))


def is_page(blocks: Iterable[Block]) -> bool:
    """Whether a reader said what stands around the article: the text is all of a page."""
    return any(block.kind in AROUND and block.rule.startswith(MARKED) for block in blocks)


def blanked(text: str, blocks: Sequence[Block]) -> str:
    """The text of a document for what looks for names and dates in it: of a page, all that stands around the article is
    blank, a space for each code point, so that offsets stay; of any text what a person says stands around it."""
    page = is_page(blocks)
    pieces: list[str] = []
    at = 0
    for block in blocks:
        if block.kind in AROUND and (page or block.rule.startswith(BY_A_PERSON)):
            pieces += (text[at : block.start], " " * (block.end - block.start))
            at = block.end
    return "".join((*pieces, text[at:])) if pieces else text
