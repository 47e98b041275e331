"""A pane with an article laid out in it: what is looked at first, the rest in slices while the event loop is idle."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Literal

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.annotations import Annotation
from store.answers import Article
from store.models import SEARCHED, Contradiction
from store.text.around import AROUND, is_page
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.panes.annotated import lines_of
from tui.panes.copies import copies_label
from tui.panes.page import Page

_WIDEST = 96
"""Cells; longer lines are hard to read."""
_SLICE = 100
"""Lines laid out at a time while the pane is idle."""


class Paging(ScrollView, can_focus=True):
    """Lays an article out and scrolls in it; a place that is not laid out yet is gone to when it is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: Article | None = None
        self.contradictions: Sequence[Contradiction] = ()
        """Where the article contradicts itself about a date."""
        self.annotations: Sequence[Annotation] = ()
        """What people put on the article and its sentences."""
        self.whole = False
        """Whether all of an article's page is shown, with the rules that tell what its lines are."""
        self._page: Page | None = None
        self._strips: dict[int, Strip] = {}
        self._anchor: tuple[int | None, int, int] | None = None
        """Where it was scrolled to last, whatever the size since: the first code point in sight, the line, the width
        at which it is that line. None at the top."""
        self._resizing = False
        """Whether it is gone to where it stood before the size changed."""
        self._goal: tuple[int, bool] | None = None
        """Offset to go to, and whether to the top of the pane; None when it was reached or is not wanted any more."""

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
            self.virtual_size = Size(self._room, 0)
            self.refresh()
            return
        facts = _facts(self.article, self.contradictions)
        alone = not self.whole and is_page(self.article.cleaned.blocks)
        if alone and (left_out := sum(block.kind in AROUND for block in self.article.cleaned.blocks)):
            said = ngettext(
                "{n} line of the page left out ({reader_whole} shows it)",
                "{n} lines of the page left out ({reader_whole} shows them)",
                left_out,
            )
            facts.append(with_keys(said, n=left_out))
        around: Literal["hidden", "shown", "told"] = "told" if self.whole else "hidden" if alone else "shown"
        self._page = Page(self.article, facts, self._measure()[0], around, lines_of(self.annotations))
        self._page.ensure(self.size.height * 2)
        self._grow()
        if not self._page.complete:
            self.run_worker(self._continue(self._page), group="layout")
        self.refresh()

    def _grow(self) -> None:
        page = self._page
        if page is None:
            return
        self.virtual_size = Size(self._room, len(page.lines))
        self._go_on()

    async def _continue(self, page: Page) -> None:
        while page is self._page and not page.complete:
            await asyncio.sleep(0)  # keys come first
            page.ensure(len(page.lines) + _SLICE)
            if page is self._page:
                self._grow()

    def bring(self, offset: int, *, to_top: bool = False, resized: bool = False) -> None:
        """Scroll so that the line with `offset` is in sight with some lines of context above, or is the first line."""
        self._goal, self._resizing = (offset, to_top), resized
        if self._page is not None:
            self._page.line_of(offset, _SLICE)
            self.virtual_size = Size(self._room, len(self._page.lines))
        self._go_on()

    def _go_on(self) -> None:
        """Go where the pane is to go, if that is laid out by now."""
        if self._goal is None or self._page is None:
            return
        offset, to_top = self._goal
        y = self._page.line_of(offset, 0)
        below = len(self._page.lines) - self.size.height
        if y is None or (y > below and not self._page.complete):
            return  # not laid out yet, or not enough of what follows it
        self._goal = None
        top, height = self.scroll_offset.y, self.size.height
        if to_top:
            self.scroll_to(y=y, animate=False, immediate=True, force=True)
        elif not top <= y < top + height - 1:
            self.scroll_to(y=max(0, y - height // 3), animate=False, immediate=True, force=True)
        if not self._resizing:
            self._drop_anchor()
        self._resizing = False

    def _drop_anchor(self) -> None:
        """This is where it is looked at: another size is to change that as little as it can."""
        y = self.scroll_offset.y
        self._anchor = (self.first_visible, y, self._measure()[0]) if y > 0 else None

    def on_resize(self, event: events.Resize) -> None:
        """As it stood, exactly where the width is the same again, else from the same word on."""
        anchor = self._anchor if self._goal is None or self._resizing else None
        self._lay_out()
        if anchor is None or self._page is None:
            return
        offset, y, width = anchor
        if width == self._measure()[0]:
            self._goal, self._resizing = None, False
            self._page.ensure(y + self.size.height)
            self.virtual_size = Size(self._room, len(self._page.lines))
            self.scroll_to(y=y, animate=False, immediate=True, force=True)
        elif offset is not None:
            self.bring(offset, to_top=True, resized=True)

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel goes where it goes."""
        self.call_after_refresh(self._drop_anchor)

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """As downwards."""
        self.call_after_refresh(self._drop_anchor)

    @property
    def first_visible(self) -> int | None:
        """Offset of the first code point of the text that is in sight."""
        if self._page is None:
            return None
        for line in self._page.lines[self.scroll_offset.y :]:
            if line is not None and line.origin is not None:
                return line.start
        return None

    # -- keys ----------------------------------------------------------------------------------------------

    def _scroll(self, y: int) -> None:
        self._goal = None
        self.scroll_to(y=y, animate=False, immediate=True, force=True)
        self._drop_anchor()

    def action_move(self, by: int) -> None:
        self._scroll(self.scroll_offset.y + by)

    def action_page(self, by: int) -> None:
        self._scroll(self.scroll_offset.y + by * max(1, self.size.height - 2))

    def action_first(self) -> None:
        self._scroll(0)

    def action_whole(self) -> None:
        """Show all of the page with the rules that tell what its lines are, or the article as before."""
        top = self.first_visible if self.scroll_offset.y else None
        self.whole = not self.whole
        self._lay_out()
        if top is not None:
            self.bring(top, to_top=True)

    def action_last(self) -> None:
        if self.article is not None:
            self.bring(len(self.article.document.text))


def _facts(article: Article, contradictions: Sequence[Contradiction]) -> list[str]:
    """What is said of an article between its title and its text."""
    published, title = article.row.published, article.cleaned.title
    when = published.value.replace("T", " ") if published.value else _("undated")
    facts = [f"{when} ({_(published.basis)})" if published.value else when]
    if article.cleaned.outlet:
        facts.append(article.cleaned.outlet)
    if authors := dict.fromkeys(said.value for said in article.document.said if said.name == "author"):
        facts.append("، ".join(authors))
    facts.append(article.document.source.path.rsplit("/", 1)[-1])
    if article.cleaned.language not in SEARCHED:
        said = _("language: {code}; names and dates are looked for in Arabic only")
        facts.append(said.format(code=article.cleaned.language))
    if article.row.copies:
        facts.append(with_keys(_("{copies} ({explore_copies} lists them)"), copies=copies_label(article.row)))
    if title is None or title.basis == "first sentence":
        facts.append(_("no title of its own: the first sentence serves"))
    if contradictions:
        facts.append(with_keys(_("the page contradicts itself about a date ({explore_why} tells)")))
    return facts
