"""Sentences of a text, each inside one block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.models import Block, Sentence

# An end of sentence: stops, then closing quotes or brackets, then white space or the end of the block.
# A stop after a single letter ("د. أحمد", "U.S."), after the number of a list item, or between digits ends nothing.
# It begins with the stop, and looks back over it, as what begins with a set of characters is found many times faster.
_END = re.compile(
    r"""[.!?؟…۔](?:(?<![.\s][^\W\d].)(?<!^\w.)(?<!\n\w.)(?<![.!?؟…۔].)[.!?؟…۔]*+["'”’″»)\]}]*+(?=\s|$)"""
    r"""|(?<=\w\w\.)(?=["“«]))"""
)
_LINE = re.compile(r"[^\n]+")

LONGEST = 5000
"""Most code points of a sentence, twice what the longest of 100,000 sentences of news has; a table without stops is cut
at white space, so that what is compared within a sentence stays bounded."""


def split(text: str, blocks: Sequence[Block] = ()) -> list[Sentence]:
    """Sentences in reading order, without surrounding white space; without blocks each line is one.

    A line end always ends a sentence: pasted pages keep a paragraph on a line. None is longer than `LONGEST`.
    """
    regions = [(block.start, block.end) for block in blocks] or [(0, len(text))]
    found: list[Sentence] = []
    for region_start, region_end in regions:
        for line in _LINE.finditer(text, region_start, region_end):
            start, line_end = line.span()
            for stop in _END.finditer(text, start, line_end):
                _append(found, text, start, stop.end())
                start = stop.end()
            _append(found, text, start, line_end)
    return found


def _append(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = next(
            (at for at in range(start + LONGEST, start + LONGEST // 2, -1) if text[at].isspace()), start + LONGEST
        )
        _append(found, text, start, cut)
        start = cut
        while text[start].isspace():
            start += 1
    if start < end:
        found.append(Sentence(start, end))
