"""The reader: one article with its names and dates marked, and a cursor that goes from mark to mark."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.models import Article, BlockKind
from tui.keys import bindings
from tui.locale import gettext as _
from tui.panes.marks import Mark, Marks
from tui.panes.page import Page, PageLine
from tui.widgets.paint import StyledSpan, padded, strip, text_cells

_WIDEST = 96
"""Cells; longer lines are hard to read."""
_SLICE = 200
"""Lines laid out at a time while the reader is idle."""
_QUIET: frozenset[BlockKind] = frozenset(("boilerplate", "related", "keywords", "source", "caption"))


class ReaderPane(ScrollView, can_focus=True):
    """Shows an `Article`; knows no store."""

    ALLOW_SELECT = False  # Textual's own selection counts cells, not code points
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title", "reader--meta", "reader--quiet", "reader--heading", "reader--sentence", "reader--hit",
        "reader--cursor", "reader--selection", "reader--per", "reader--org", "reader--loc", "reader--misc",
        "reader--date",
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
        & > .reader--selection { background: $primary; color: $text; }
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

    class Selected(Message):
        """A stretch of text was selected with the mouse."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: Article | None = None
        self.empty_text = ""
        self._marks = Marks()
        self._selection: tuple[int, int] | None = None
        self._sentence: tuple[int, int] | None = None
        self._hits: list[tuple[int, int]] = []
        self._page: Page | None = None
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
        self._selection = None
        self._marks = Marks(article)
        if entity_id is not None:
            self._marks.at = self._marks.of_entity(entity_id)
        self._lay_out()
        self.scroll_to(y=0, animate=False)
        if span is not None:
            self._bring(span[0])
        elif self.mark is not None:
            self._bring(self.mark.start)
        elif self._hits:
            self._bring(self._hits[0][0])
        self.post_message(self.Marked(self.mark))

    @property
    def mark(self) -> Mark | None:
        """The name or date under the cursor."""
        return self._marks.current

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
        self._page = Page(self.article, _facts(self.article), self._measure()[0])
        self._page.ensure(self.size.height * 2)
        self._grow()
        self.refresh()

    def _grow(self) -> None:
        page = self._page
        if page is None:
            return
        self.virtual_size = Size(self._room, len(page.lines))
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
        y = self._page.line_of(offset)
        self.virtual_size = Size(self._room, len(self._page.lines))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= y < top + height - 1:
            self.scroll_to(y=max(0, y - height // 3), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        reading = self._first_visible()
        self._lay_out()
        if reading is not None and self._page is not None and self.scroll_offset.y > 0:
            self.scroll_to(y=self._page.line_of(reading), animate=False)

    def _first_visible(self) -> int | None:
        if self._page is None:
            return None
        for line in self._page.lines[self.scroll_offset.y :]:
            if line is not None and line.origin is not None:
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
            return strip(text_cells(text, room, self._style("reader--meta")), room, self.rich_style)
        at = self.scroll_offset.y + y
        cached = self._strips.get(at)
        if cached is None:
            cached = self._strips[at] = self._draw(at, page, room)
        return cached

    def _draw(self, at: int, page: Page, room: int) -> Strip:
        page.ensure(at + 1)
        line = page.lines[at] if at < len(page.lines) else None
        if line is None:
            return Strip.blank(room, self.rich_style)
        width, margin = self._measure()
        spans = [] if line.origin is None else self._spans(line.start, line.origin + line.line.end, line.origin)
        painted = padded(line.line, width, self._line_style(line), spans)
        return strip([Segment(" " * margin, self.rich_style), *painted], room, self.rich_style)

    def _line_style(self, line: PageLine) -> Style:
        if line.kind == "fact":
            return self._style("reader--meta")
        if line.kind == "title":
            return self._style("reader--title")
        if line.kind in _QUIET:
            return self._style("reader--quiet")
        return self._style("reader--heading") if line.kind == "heading" else self.rich_style

    def _spans(self, start: int, end: int, origin: int) -> list[StyledSpan]:
        """Styles of what lies in `[start, end)` of the text, in the coordinates of the paragraph at `origin`."""
        spans: list[StyledSpan] = []
        if self._sentence is not None:
            spans.append((self._sentence[0] - origin, self._sentence[1] - origin, self._style("reader--sentence")))
        for mark in self._marks.between(start, end):
            spans.append((mark.start - origin, mark.end - origin, self._style(f"reader--{mark.kind}")))
        for hit_start, hit_end in self._hits:
            if hit_start < end and hit_end > start:
                spans.append((hit_start - origin, hit_end - origin, self._style("reader--hit")))
        if self.mark is not None:
            spans.append((self.mark.start - origin, self.mark.end - origin, self._style("reader--cursor")))
        if self._selection is not None:
            first, last = sorted(self._selection)
            spans.append((first - origin, last - origin, self._style("reader--selection")))
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
            self.virtual_size = Size(self._room, len(self._page.lines))
        self.scroll_to(y=max(0, self.virtual_size.height - self.size.height), animate=False)

    def action_mark(self, by: int) -> None:
        self._set_mark(self._marks.step(by, self._reading()))

    def action_same(self, by: int) -> None:
        self._set_mark(self._marks.step_same(by, self._reading()))

    def _reading(self) -> int:
        """Offset of the first code point in sight."""
        return (self._first_visible() or 0) if self.scroll_offset.y else 0

    def _set_mark(self, at: int | None) -> None:
        self._marks.at = at
        self._redraw()
        if self.mark is not None:
            self._bring(self.mark.start)
        self.post_message(self.Marked(self.mark))

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def action_open(self) -> None:
        if self.mark is not None:
            self.post_message(self.Opened(self.mark))

    def offset_at(self, event: events.MouseEvent) -> int | None:
        """The code point painted under the mouse; None beside the text."""
        place = event.get_content_offset(self)
        if place is None:
            return None
        x, y = place
        width, margin = self._measure()
        at = self.scroll_offset.y + y
        if self._page is None or not 0 <= at < len(self._page.lines):
            return None
        line = self._page.lines[at]
        if line is None or line.origin is None:
            return None
        column = x - margin - (width - line.line.width if line.line.base else 0)
        return line.origin + line.line.offset_at(column)

    @property
    def selected(self) -> str:
        """The text selected with the mouse, as it stands in the source; empty without a selection."""
        if self._selection is None or self.article is None:
            return ""
        first, last = sorted(self._selection)
        return self.article.document.text[first:last]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self.offset_at(event)
        if event.button == 1 and offset is not None:
            self._selection = (offset, offset)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._selection is None or self.app.mouse_captured is not self:
            return
        offset = self.offset_at(event)
        if offset is not None and offset != self._selection[1]:
            self._selection = (self._selection[0], offset)
            self._redraw()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self.app.mouse_captured is self:
            self.release_mouse()
        if self.selected:
            self.post_message(self.Selected(self.selected))
        elif self._selection is not None:
            self._selection = None
            self._redraw()

    def on_click(self, event: events.Click) -> None:
        offset = self.offset_at(event)
        at = self._marks.at_offset(offset) if offset is not None and not self.selected else None
        if at is not None:
            self._set_mark(at)
            if event.chain > 1:
                self.action_open()


def _facts(article: Article) -> list[str]:
    """What is said of an article between its title and its text."""
    published, title = article.row.published, article.cleaned.title
    when = published.value.replace("T", " ") if published.value else _("undated")
    facts = [f"{when} ({_(published.basis)})" if published.value else when]
    if article.cleaned.outlet:
        facts.append(article.cleaned.outlet)
    facts.append(article.document.source.path.rsplit("/", 1)[-1])
    if title is None or title.basis == "first sentence":
        facts.append(_("no title of its own: the first sentence serves"))
    return facts
