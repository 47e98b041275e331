"""The reader: one article with its names and dates marked, and a cursor that goes from mark to mark."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.models import Article, BlockKind, DateMention, StoredMention
from tui.arabic import layout_paragraph
from tui.keys import bindings
from tui.locale import gettext as _
from tui.panes.page import Page, PageLine
from tui.widgets.paint import StyledSpan, padded, strip, text_cells

_WIDEST = 96
"""Cells; longer lines are hard to read."""
_SLICE = 200
"""Lines laid out at a time while the reader is idle."""
_QUIET: frozenset[BlockKind] = frozenset(("boilerplate", "related", "keywords", "source", "caption"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A name or a date in the text under the reader's cursor."""

    start: int
    end: int
    value: StoredMention | DateMention

    @property
    def entity_id(self) -> int | None:
        return self.value.entity_id if isinstance(self.value, StoredMention) else None


class ReaderPane(ScrollView, can_focus=True):
    """Shows an `Article`; knows no store."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title", "reader--meta", "reader--quiet", "reader--heading", "reader--sentence", "reader--hit",
        "reader--cursor", "reader--per", "reader--org", "reader--loc", "reader--misc", "reader--date",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings("reader")
    DEFAULT_CSS = """
    ReaderPane {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .reader--title { text-style: bold; color: $text; }
        & > .reader--meta { color: $text-muted; }
        & > .reader--quiet { color: $text-muted; }
        & > .reader--heading { text-style: bold; }
        & > .reader--sentence { background: $primary-muted; }
        & > .reader--hit { background: $warning; color: $background; }
        & > .reader--cursor { text-style: reverse bold; }
        & > .reader--per { color: $warning; text-style: underline; }
        & > .reader--org { color: $accent; text-style: underline; }
        & > .reader--loc { color: $success; text-style: underline; }
        & > .reader--misc { color: $secondary; text-style: underline; }
        & > .reader--date { color: $primary-lighten-3; text-style: bold underline; }
    }
    """

    class Marked(Message):
        """The cursor came to stand on another mark, or on none."""

        def __init__(self, mark: Mark | None) -> None:
            super().__init__()
            self.mark = mark

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ReaderPane.Marked)

    class Opened(Message):
        """Enter on a mark."""

        def __init__(self, mark: Mark) -> None:
            super().__init__()
            self.mark = mark

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: Article | None = None
        self.empty_text = ""
        self.tashkeel = True
        self._marks: list[Mark] = []
        self._at: int | None = None
        self._sentence: tuple[int, int] | None = None
        self._hits: list[tuple[int, int]] = []
        self._page: Page | None = None
        self._head: list[list[Segment]] = []
        self._strips: dict[int, Strip] = {}

    # -- what it shows -------------------------------------------------------------------------------------

    def show(
        self,
        article: Article,
        span: tuple[int, int] | None = None,
        hits: list[tuple[int, int]] | None = None,
        entity_id: int | None = None,
    ) -> None:
        """Show an article from its top, or at a sentence, or at the first mention of an entity, or at the first hit."""
        self.article, self._sentence, self._hits = article, span, hits or []
        self._marks = sorted(
            [
                *(Mark(one.mention.start, one.mention.end, one) for one in article.mentions),
                *(Mark(date.start, date.end, date) for date in article.dates),
            ],
            key=lambda mark: (mark.start, -mark.end),
        )
        self._at = None
        if entity_id is not None:
            self._at = next((at for at, mark in enumerate(self._marks) if mark.entity_id == entity_id), None)
        self._lay_out()
        self.scroll_to(y=0, animate=False)
        if span is not None:
            self._bring(span[0])
        elif self._at is not None:
            self._bring(self._marks[self._at].start)
        elif self._hits:
            self._bring(self._hits[0][0])
        self.post_message(self.Marked(self.mark))

    @property
    def mark(self) -> Mark | None:
        """The name or date under the cursor."""
        return self._marks[self._at] if self._at is not None else None

    @property
    def sentence(self) -> tuple[int, int] | None:
        """The span of the sentence that was jumped to, else of the one around the mark under the cursor."""
        if self.article is None:
            return None
        if self.mark is not None:
            for one in self.article.sentences:
                if one.start <= self.mark.start < one.end:
                    return one.start, one.end
        return self._sentence

    def forget(self) -> None:
        """Draw everything anew (another language, other settings)."""
        self._lay_out()

    # -- layout --------------------------------------------------------------------------------------------

    @property
    def _room(self) -> int:
        return max(4, self.scrollable_content_region.width)

    def _measure(self) -> tuple[int, int]:
        """Width of the text and the blank columns left of it."""
        width = min(self._room - 2, _WIDEST)
        return width, max(1, (self._room - width) // 2)

    def _lay_out(self) -> None:
        self._strips.clear()
        if self.article is None or self._room < 8:
            self._page = None
            self.refresh()
            return
        width, _margin = self._measure()
        self._page = Page(self.article, width, tashkeel=self.tashkeel)
        self._head = self._make_head(self.article, width)
        self._page.ensure(self.size.height * 2)
        self._grow()
        self.refresh()

    def _make_head(self, article: Article, width: int) -> list[list[Segment]]:
        bold, dim = self._style("reader--title"), self._style("reader--meta")
        head: list[list[Segment]] = []
        title = article.cleaned.title
        if title is not None and title.basis != "first sentence":
            origin = title.start or 0
            for line in layout_paragraph(title.text.replace("\n", " "), width, tashkeel=self.tashkeel):
                spans = self._spans(origin + line.start, origin + line.end, origin) if title.start is not None else []
                head.append(padded(line, width, bold, spans))
        published = article.row.published
        when = published.value.replace("T", " ") if published.value else _("undated")
        facts = [f"{when} ({_(published.basis)})" if published.value else when]
        if article.cleaned.outlet:
            facts.append(article.cleaned.outlet)
        facts.append(article.document.source.path.rsplit("/", 1)[-1])
        if title is None or title.basis == "first sentence":
            facts.append(_("no title of its own: the first sentence serves"))
        head.extend(text_cells(fact, width, dim) for fact in facts)
        head.append([Segment(" " * width, dim)])
        return head

    def _grow(self) -> None:
        page = self._page
        if page is None:
            return
        self.virtual_size = Size(self._room, len(self._head) + len(page.lines))
        if not page.complete:
            self.call_later(self._continue, page)

    def _continue(self, page: Page) -> None:
        if page is self._page:
            page.ensure(len(page.lines) + _SLICE)
            self._grow()

    def _bring(self, offset: int) -> None:
        """Scroll so that the line with `offset` is in sight, with some lines of context above."""
        if self._page is None:
            return
        title = self.article.cleaned.title if self.article else None
        in_head = title is not None and title.basis != "first sentence" and title.start is not None
        if in_head and title is not None and (title.start or 0) <= offset < (title.end or 0):
            self.scroll_to(y=0, animate=False)
            return
        y = len(self._head) + self._page.line_of(offset)
        self.virtual_size = Size(self._room, len(self._head) + len(self._page.lines))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= y < top + height - 1:
            self.scroll_to(y=max(0, y - height // 3), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        reading = self._first_visible()
        self._lay_out()
        if reading is not None and self._page is not None and self.scroll_offset.y > 0:
            self.scroll_to(y=len(self._head) + self._page.line_of(reading), animate=False)

    def _first_visible(self) -> int | None:
        if self._page is None:
            return None
        for line in self._page.lines[max(0, self.scroll_offset.y - len(self._head)) :]:
            if line is not None:
                return line.start
        return None

    # -- drawing -------------------------------------------------------------------------------------------

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component)

    def render_line(self, y: int) -> Strip:
        room = self._room
        page = self._page
        if page is None:
            lines = self.empty_text.split("\n")
            text = lines[y - 1] if 0 < y <= len(lines) else ""
            return strip(text_cells(text, room, self._style("reader--meta")), room)
        at = self.scroll_offset.y + y
        cached = self._strips.get(at)
        if cached is None:
            cached = self._strips[at] = self._draw(at, page, room)
        return cached

    def _draw(self, at: int, page: Page, room: int) -> Strip:
        width, margin = self._measure()
        left = Segment(" " * margin, self.rich_style)
        if at < len(self._head):
            return strip([left, *self._head[at]], room)
        page.ensure(at - len(self._head) + 1)
        line = page.lines[at - len(self._head)] if at - len(self._head) < len(page.lines) else None
        if line is None:
            return Strip.blank(room, self.rich_style)
        return strip([left, *self._draw_line(line, width)], room)

    def _draw_line(self, line: PageLine, width: int) -> list[Segment]:
        style = self.rich_style
        if line.kind in _QUIET:
            style = self._style("reader--quiet")
        elif line.kind in ("heading", "title"):
            style = self._style("reader--heading")
        return padded(line.line, width, style, self._spans(line.start, line.end, line.origin))

    def _spans(self, start: int, end: int, origin: int) -> list[StyledSpan]:
        """Styles of what lies in `[start, end)` of the text, in the coordinates of the paragraph at `origin`."""
        spans: list[StyledSpan] = []
        if self._sentence is not None:
            spans.append((self._sentence[0] - origin, self._sentence[1] - origin, self._style("reader--sentence")))
        first = max(0, bisect_left(self._marks, start, key=lambda mark: mark.start) - 3)
        for at in range(first, len(self._marks)):
            mark = self._marks[at]
            if mark.start >= end:
                break
            if mark.end > start:
                kind = mark.value.mention.type.lower() if isinstance(mark.value, StoredMention) else "date"
                spans.append((mark.start - origin, mark.end - origin, self._style(f"reader--{kind}")))
        for hit_start, hit_end in self._hits:
            if hit_start < end and hit_end > start:
                spans.append((hit_start - origin, hit_end - origin, self._style("reader--hit")))
        if self.mark is not None:
            spans.append((self.mark.start - origin, self.mark.end - origin, self._style("reader--cursor")))
        return spans

    # -- keys and mouse ------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def action_page(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by * max(1, self.size.height - 2), animate=False)

    def action_first(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        if self._page is not None:
            self._page.line_of(len(self.article.document.text) if self.article else 0)
            self.virtual_size = Size(self._room, len(self._head) + len(self._page.lines))
        self.scroll_to(y=max(0, self.virtual_size.height - self.size.height), animate=False)

    def action_mark(self, by: int) -> None:
        """The next or previous name or date; from nowhere, the first one in sight."""
        if not self._marks:
            return
        if self._at is None:
            reading = self._first_visible() if self.scroll_offset.y else 0
            at = bisect_left(self._marks, reading or 0, key=lambda mark: mark.start)
            self._set_mark(min(at, len(self._marks) - 1) if by > 0 else max(0, at - 1))
        else:
            self._set_mark((self._at + by) % len(self._marks))

    def action_same(self, by: int) -> None:
        """The next or previous mention of the entity under the cursor, around the end."""
        if self.mark is None or self.mark.entity_id is None or self._at is None:
            self.action_mark(by)
            return
        count = len(self._marks)
        for step in range(1, count + 1):
            at = (self._at + by * step) % count
            if self._marks[at].entity_id == self.mark.entity_id:
                self._set_mark(at)
                return

    def _set_mark(self, at: int | None) -> None:
        self._at = at
        self._strips.clear()
        if self.article is not None:
            self._head = self._make_head(self.article, self._measure()[0])
        if self.mark is not None:
            self._bring(self.mark.start)
        self.refresh()
        self.post_message(self.Marked(self.mark))

    def action_open(self) -> None:
        if self.mark is not None:
            self.post_message(self.Opened(self.mark))

    def on_click(self, event: events.Click) -> None:
        if self._page is None:
            return
        _width, margin = self._measure()
        at = self.scroll_offset.y + event.y - len(self._head)
        line = self._page.lines[at] if 0 <= at < len(self._page.lines) else None
        if line is None:
            return
        width = self._measure()[0]
        column = event.x - margin - (width - line.line.width if line.line.base else 0)
        if 0 <= column < line.line.width:
            offset = line.origin + line.line.offset_at(column)
            for index, mark in enumerate(self._marks):
                if mark.start <= offset < mark.end:
                    self._set_mark(index)
                    if event.chain > 1:
                        self.action_open()
                    return
