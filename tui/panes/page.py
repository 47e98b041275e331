"""An article laid out for a width, from the top and only as far as it is looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from store.models import Article, BlockKind
from tui.arabic import Line, layout_paragraph

_TIGHT: frozenset[BlockKind] = frozenset(("boilerplate", "related", "keywords"))
"""Kinds of which one follows the other without a blank line: the page's furniture takes as little room as it can."""
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A painted line: `origin` is the offset in the article's text of the paragraph the line was cut from."""

    line: Line
    origin: int
    kind: BlockKind

    @property
    def start(self) -> int:
        """Offset in the article's text of the line's first code point."""
        return self.origin + self.line.start

    @property
    def end(self) -> int:
        """Offset in the article's text after the line's last code point."""
        return self.origin + self.line.end


class Page:
    """The lines of an article's text at a width; blank lines between paragraphs are None.

    The title's block is left out: whoever shows the page shows the title above it.
    """

    def __init__(self, article: Article, width: int, *, tashkeel: bool = True) -> None:
        self.width = width
        self.lines: list[PageLine | None] = []
        self.complete = False
        self._text = article.document.text
        self._tashkeel = tashkeel
        self._starts: list[int] = []
        self._lines_at: list[int] = []
        self._last: BlockKind | None = None
        self._work = self._lay_out(article)

    def ensure(self, count: int) -> None:
        """Lay out until there are `count` lines or the article ends."""
        while len(self.lines) < count and not self.complete:
            self._step()

    def line_of(self, offset: int) -> int:
        """The index of the line that shows the code point at `offset`; lays out as far as that."""
        while not self.complete and (not self._starts or self._starts[-1] <= offset):
            self._step()
        at = bisect_right(self._starts, offset) - 1
        return self._lines_at[at] if at >= 0 else 0

    def _step(self) -> None:
        try:
            lines = next(self._work)
        except StopIteration:
            self.complete = True
            return
        if self.lines and not (lines[0].kind in _TIGHT and self._last in _TIGHT):
            self.lines.append(None)
        self._last = lines[0].kind
        for line in lines:
            self._starts.append(line.start)
            self._lines_at.append(len(self.lines))
            self.lines.append(line)

    def _lay_out(self, article: Article) -> Iterator[list[PageLine]]:
        title = article.cleaned.title
        for block in article.cleaned.blocks:
            if title is not None and (block.start, block.end) == (title.start, title.end):
                continue
            for paragraph in _LINE.finditer(self._text, block.start, block.end):
                text = paragraph.group()
                if not text.strip():
                    continue
                laid = layout_paragraph(text, self.width, tashkeel=self._tashkeel)
                yield [PageLine(line, paragraph.start(), block.kind) for line in laid]
