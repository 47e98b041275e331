"""An article laid out for a width, from the top and only as far as it is looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from store.answers import Article
from store.models import MARKED, BlockKind, Title
from store.text.around import AROUND
from tui.arabic import Line, base_direction
from tui.locale import N_
from tui.locale import gettext as _
from tui.locale.told import told as in_words
from tui.widgets.paint import one_line, paragraph

_KINDS = (
    N_("body"), N_("title"), N_("heading"), N_("dateline"), N_("header"), N_("caption"), N_("source"), N_("keywords"),
    N_("related"), N_("boilerplate"),
)  # fmt: skip
_TIGHT: frozenset[str] = frozenset(("boilerplate", "related", "keywords", "fact", "rule", "note"))
"""Kinds of which one follows the other without a blank line: the page's furniture takes as little room as it can."""
_LINE = re.compile(r"[^\n]+")
_LONG = 4000
"""Code points of a paragraph that are laid out at a time; a longer one comes in stretches, cut where a line ends."""

LineKind = BlockKind | Literal["fact", "rule", "note"]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A painted line: `origin` is the offset in the article's text of the paragraph it was cut from.

    None where the line is not of the text: facts about the article, a title that came from outside, the rule that tells
    what the lines below it are, what people put on the lines above it.
    """

    line: Line
    origin: int | None
    kind: LineKind

    @property
    def start(self) -> int:
        """Offset in the article's text of the line's first code point, -1 for a line that is not of the text."""
        return -1 if self.origin is None else self.origin + self.line.start


class Page:
    """The lines of an article at a width: its title, facts about it, its text; None is a blank line.

    `around` says what becomes of the rest of its page: it is left out, shown, or shown below the rules that tell it.
    `notes` are told below the paragraph that holds their offset, or below the facts where they have none.
    """

    def __init__(
        self,
        article: Article,
        facts: Sequence[str],
        width: int,
        around: Literal["hidden", "shown", "told"] = "shown",
        notes: Sequence[tuple[int | None, str]] = (),
    ) -> None:
        self.width = width
        self._around = around
        self.lines: list[PageLine | None] = []
        self.complete = False
        self._article, self._facts, self._notes = article, facts, notes
        self._starts: list[int] = []
        self._lines_at: list[int] = []
        self._last: LineKind | None = None
        # the title stands above the text, out of its order, and is not found by offsets among the other lines
        self._body_at = 1
        self._work = self._lay_out()
        self._amid = False

    def ensure(self, count: int) -> None:
        """Lay out until there are `count` lines or the article ends."""
        while len(self.lines) < count and not self.complete:
            self._step()

    def line_of(self, offset: int, most: int | None = None) -> int | None:
        """The index of the line that shows the code point at `offset`; lays out as far as that.

        With `most`, only about so many lines are laid out for it, and None says that this was not far enough.
        """
        title = self._own_title
        if title is not None and title.start is not None and title.start <= offset < (title.end or 0):
            return 0
        stop = None if most is None else len(self.lines) + most
        while not self.complete and (not self._starts or self._starts[-1] <= offset):
            if stop is not None and len(self.lines) >= stop:
                return None
            self._step()
        at = bisect_right(self._starts, offset) - 1
        return self._lines_at[at] if at >= 0 else 0

    @property
    def _own_title(self) -> Title | None:
        """The title where it is a line of its own, not the first sentence of the text."""
        title = self._article.cleaned.title
        return None if title is None or title.basis == "first sentence" else title

    def _step(self) -> None:
        try:
            lines = next(self._work)
        except StopIteration:
            self.complete = True
            return
        kind = lines[0].kind
        amid, self._amid = self._amid, False
        if (
            self.lines
            and not amid
            and kind not in ("fact", "note")
            and not (kind in _TIGHT and self._last in _TIGHT - {"fact"})
        ):
            self.lines.append(None)
        self._last = kind
        for line in lines:
            if line.origin is not None and len(self.lines) >= self._body_at:
                self._starts.append(line.start)
                self._lines_at.append(len(self.lines))
            self.lines.append(line)

    def _lay_out(self) -> Iterator[list[PageLine]]:
        title = self._own_title
        text = self._article.document.text
        head = None
        if title is not None:
            head = (title.start, title.end)
            laid = paragraph(title.text.replace("\n", " "), self.width)
            self._body_at = len(laid)
            yield [PageLine(line, title.start, "title") for line in laid]
        for fact in self._facts:
            yield [PageLine(one_line(fact, self.width), None, "fact")]
        # what is on a title that stands above its text is told with what is on the article
        above = (head or (None, None))[1] or 0
        below = (head or (None, None))[0] or 0
        yield from self._told([text for at, text in self._notes if at is None or below < at <= above])
        told = ""
        for block in self._article.cleaned.blocks:
            if (block.start, block.end) == head or (self._around == "hidden" and block.kind in AROUND):
                continue
            if self._around == "told" and block.rule != told:
                told = block.rule
                if block.kind != told:
                    yield [
                        PageLine(
                            one_line(f"{_(block.kind)}: {in_words(told.removeprefix(MARKED))}", self.width),
                            None,
                            "rule",
                        )
                    ]
            for found in _LINE.finditer(text, block.start, block.end):
                if found.group().strip():
                    yield from self._stretches(text, found.start(), found.end(), block.kind)
                    inside = (text for at, text in self._notes if at and found.start() < at <= found.end())
                    yield from self._told(inside)

    def _told(self, notes: Iterable[str]) -> Iterator[list[PageLine]]:
        for note in notes:
            yield [PageLine(line, None, "note") for line in paragraph(note, self.width)]

    def _stretches(self, text: str, start: int, end: int, kind: BlockKind) -> Iterator[list[PageLine]]:
        """The lines of one paragraph, of a long one so many at a time as bounded work allows."""
        base = base_direction(text[start:end]) if end - start > _LONG else None
        while end - start > _LONG:
            laid = paragraph(text[start : start + _LONG], self.width, base)
            if len(laid) < 2:
                break
            yield [PageLine(line, start, kind) for line in laid[:-1]]
            start += laid[-1].start  # its words may go on behind the cut
            self._amid = True
        yield [PageLine(line, start, kind) for line in paragraph(text[start:end], self.width, base)]
