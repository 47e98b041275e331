"""The reader: one article with its names and dates marked, and a cursor that goes from mark to mark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from store.annotations import Annotation
from store.answers import Article
from store.models import BlockKind, Contradiction
from tui.keys import bindings
from tui.locale import gettext as _
from tui.panes.marks import Mark, Marks
from tui.panes.page import Page, PageLine
from tui.panes.paging import Paging
from tui.widgets.paint import StyledSpan, padded, strip, text_cells, turned, visual

_QUIET: frozenset[BlockKind] = frozenset(("boilerplate", "related", "keywords", "source", "caption"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How far an article was read: offsets of the first code point in sight and of the mark under the cursor."""

    top: int | None = None
    mark: int | None = None


class ReaderPane(Paging, can_focus=True):
    """Shows an `Article`; knows no store."""

    ALLOW_SELECT = False  # Textual's own selection counts cells, not code points
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title", "reader--meta", "reader--quiet", "reader--heading", "reader--sentence", "reader--hit",
        "reader--cursor", "reader--selection", "reader--per", "reader--org", "reader--loc", "reader--misc",
        "reader--date", "reader--annotated", "reader--note", "reader--bar",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings("prose", "reader")
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
        & > .reader--annotated { background: $boost; }
        & > .reader--note { color: $accent; text-style: italic; }
        & > .reader--hit { background: $warning; color: $background; }
        & > .reader--cursor { background: $block-cursor-background; color: $block-cursor-foreground;
                              text-style: bold underline; }
        & > .reader--selection { background: $input-selection-background; color: $input-selection-foreground; }
        & > .reader--per { color: $warning; text-style: underline; }
        & > .reader--org { color: $accent; text-style: bold underline; }
        & > .reader--loc { color: $success; text-style: italic underline; }
        & > .reader--misc { color: $secondary; text-style: italic; }
        & > .reader--date { color: $primary-lighten-3; text-style: bold; }
        & > .reader--bar { color: $accent; text-style: bold; }
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
        """Enter on a mark, or where there is none under the cursor."""

    class Selected(Message):
        """A stretch of text was selected with the mouse."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.empty_text = ""
        self._marks = Marks()
        self._selection: tuple[int, int] | None = None
        self._sentence: tuple[int, int] | None = None
        self._hits: list[tuple[int, int]] = []
        self._paper = Style.null()
        """The plain style of what is being drawn."""

    # -- what it shows -------------------------------------------------------------------------------------

    def show(
        self,
        article: Article,
        span: tuple[int, int] | None = None,
        hits: list[tuple[int, int]] | None = None,
        entity_id: int | None = None,
        reading: Reading | None = None,
        contradictions: Sequence[Contradiction] = (),
        mark: int | None = None,
        annotations: Sequence[Annotation] = (),
    ) -> None:
        """Show an article from its top, or at a name or date (`mark` is where it begins), or at a sentence, or at the
        first mention of an entity, or at the first hit.

        `reading` goes before all of these: there it was left. `hits` are in order and do not overlap.
        `contradictions` are those of the article with itself.
        """
        self.article, self._sentence, self._hits = article, span, hits or []
        self.contradictions, self.annotations = contradictions, annotations
        self._selection = None
        self._marks = Marks(article)
        if mark is not None:
            self._marks.at = self._marks.starting_at(mark)
        elif entity_id is not None:
            self._marks.at = self._marks.of_entity(entity_id)
        if reading is not None:
            self._marks.at = self._marks.starting_at(reading.mark)
        self._goal, self._anchor, self._resizing = None, None, False
        self.border_subtitle = visual(names_of(article))
        self._lay_out()
        self.scroll_to(y=0, animate=False, immediate=True)
        if reading is not None:
            if reading.top is not None:
                self.bring(reading.top, to_top=True)
        elif span is not None:
            self.bring(span[0] if mark is None else mark)
        elif self.mark is not None:
            self.bring(self.mark.start)
        elif self._hits:
            self.bring(self._hits[0][0])
        if self.mark is not None and reading is None:
            self.post_message(self.Marked(self.mark))

    def show_nothing(self) -> None:
        """Show no article."""
        self.article, self._marks, self._goal, self.contradictions = None, Marks(), None, ()
        self.annotations = ()
        self.border_subtitle = ""
        self._sentence, self._selection, self._hits = None, None, []
        self._lay_out()

    @property
    def reading(self) -> Reading:
        """How far the article is read, for `show` to go back to."""
        top = self.first_visible if self.scroll_offset.y else None
        return Reading(top, self.mark.start if self.mark else None)

    @property
    def mark(self) -> Mark | None:
        """The name or date under the cursor."""
        return self._marks.current

    @property
    def under_cursor(self) -> int | None:
        """An offset in the line of the page that is meant: of the mark under the cursor while it is in sight, else of
        the first line in sight."""
        first, mark = self.first_visible, self.mark
        if mark is not None and self._page is not None:
            line = self._page.line_of(mark.start, 0)
            if line is not None and 0 <= line - self.scroll_offset.y < self.size.height:
                return mark.start
        return first

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

    def redraw(self) -> None:
        """Lay out and draw everything anew (another language, other settings)."""
        top = self.first_visible if self.scroll_offset.y else None
        self._lay_out()
        if top is not None and self._goal is None:
            self.bring(top, to_top=True)

    # -- drawing -------------------------------------------------------------------------------------------

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component)

    def render_lines(self, crop: Region) -> list[Strip]:
        self._paper = self.rich_style  # worked out from all that is around the reader, and the same for all lines
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        room = self._room
        page = self._page
        if page is None:
            lines = self.empty_text.split("\n")
            text = lines[y - 1] if 0 < y <= len(lines) else ""
            return strip(text_cells(text, room, self._style("reader--meta")), room, self._paper)
        at = self.scroll_offset.y + y
        cached = self._strips.get(at)
        if cached is None:
            cached = self._strips[at] = self._draw(at, page, room)
        return cached

    def _draw(self, at: int, page: Page, room: int) -> Strip:
        page.ensure(at + 1)
        line = page.lines[at] if at < len(page.lines) else None
        if line is None:
            return Strip.blank(room, self._paper)
        width, margin = self._measure()
        spans = [] if line.origin is None else self._spans(line.start, line.origin + line.line.end, line.origin)
        painted = padded(line.line, width, self._line_style(line), spans)
        if not self._of_sentence(line):
            return strip([Segment(" " * margin, self._paper), *painted], room, self._paper)
        bar = self._paper + self._style("reader--bar")
        if line.line.base:
            return strip([Segment(" " * margin, self._paper), *painted, Segment("▐", bar)], room, self._paper)
        return strip([Segment(" " * (margin - 1), self._paper), Segment("▌", bar), *painted], room, self._paper)

    def _of_sentence(self, line: PageLine) -> bool:
        """Whether a line has something of the sentence that was jumped to: a bar stands before it."""
        if self._sentence is None or line.origin is None:
            return False
        return line.start < self._sentence[1] and line.origin + line.line.end > self._sentence[0]

    def _line_style(self, line: PageLine) -> Style:
        if line.kind in ("fact", "rule"):
            return self._style("reader--meta")
        if line.kind == "note":
            return self._style("reader--note")
        if line.kind == "title":
            return self._style("reader--title")
        if line.kind in _QUIET:
            return self._style("reader--quiet")
        return self._style("reader--heading") if line.kind == "heading" else self._paper

    def _spans(self, start: int, end: int, origin: int) -> list[StyledSpan]:
        """Styles of what lies in `[start, end)` of the text, in the coordinates of the paragraph at `origin`."""
        spans: list[StyledSpan] = []
        for one in self.annotations:
            target = one.target
            if target is not None and target.start is not None and target.end is not None:
                spans.append((target.start - origin, target.end - origin, self._style("reader--annotated")))
        if self._sentence is not None:
            spans.append((self._sentence[0] - origin, self._sentence[1] - origin, self._style("reader--sentence")))
        for mark in self._marks.between(start, end):
            spans.append((mark.start - origin, mark.end - origin, self._style(f"reader--{mark.kind}")))
        for at in range(bisect_left(self._hits, start, key=lambda hit: hit[1]), len(self._hits)):
            hit_start, hit_end = self._hits[at]
            if hit_start >= end:
                break
            spans.append((hit_start - origin, hit_end - origin, turned(self._style("reader--hit"))))
        if self.mark is not None:
            spans.append((self.mark.start - origin, self.mark.end - origin, turned(self._style("reader--cursor"))))
        if self._selection is not None:
            first, last = sorted(self._selection)
            spans.append((first - origin, last - origin, turned(self._style("reader--selection"))))
        return spans

    # -- keys and mouse ------------------------------------------------------------------------------------

    def action_mark(self, by: int) -> None:
        self._set_mark(self._marks.step(by, self.reading.top or 0))

    def action_same(self, by: int) -> None:
        self._set_mark(self._marks.step_same(by, self.reading.top or 0))

    def _set_mark(self, at: int | None) -> None:
        self._marks.at = at
        self._redraw()
        if self.mark is not None:
            self.bring(self.mark.start)
        self.post_message(self.Marked(self.mark))

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def action_open(self) -> None:
        self.post_message(self.Opened())

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


def names_of(article: Article) -> str:
    """Which pass an article's names come from, in words."""
    if article.waiting:
        return _("names: fast pass, accurate one to come")
    return _("names: accurate pass") if article.recogniser == "accurate" else _("names: fast pass")
