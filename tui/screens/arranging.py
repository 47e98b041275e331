"""Where the panes stand: three lists and the reader, one list and the reader, or one pane with tabs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from store import read_only
from tui import permitted
from tui.config import Panes, panes
from tui.hinting import with_keys
from tui.keys import BY_ID, hints, hints_while_typing
from tui.locale import gettext as _
from tui.locale import language
from tui.panes.articles import ArticlesPane
from tui.panes.entities import EntitiesPane
from tui.panes.reader import ReaderPane
from tui.panes.search import SearchPane
from tui.panes.timeline import TimelinePane
from tui.screens.asking import Asking
from tui.screens.history import LISTS, PANES
from tui.widgets.density import Density
from tui.widgets.label import Chips, Label
from tui.widgets.paint import visual
from tui.widgets.rows import Rows

_WIDE, _TWO, _HUGE, _TALL = 120, 100, 180, 30
"""Columns from which there is room for all panes, for two, for two columns of lists; rows for all panes."""


class Arranging(Asking[None]):
    """The explorer's layout."""

    CSS_PATH: ClassVar[str] = "explorer.tcss"
    AUTO_FOCUS: ClassVar[str] = "#articles"
    # Textual paints the whole screen anew when the focus moves; the two panes it moves between do so themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus)
        self.pane = "articles"
        self.list = "articles"
        """The list that was used last."""
        self._sample = sample
        self._alone = False

    def compose(self) -> ComposeResult:
        yield Chips(id="tabs")
        yield SearchPane(id="search")
        with Container(id="body"):
            with Vertical(id="lists"):
                yield ArticlesPane(id="articles")
                yield EntitiesPane(id="entities")
                with Vertical(id="timeline-frame"):
                    yield Density(id="density")
                    yield TimelinePane(id="timeline")
            yield ReaderPane(id="reader")
        yield Label(id="status")
        yield Chips(id="keys")

    def on_resize(self, event: events.Resize) -> None:
        self.place_panes()

    def place_panes(self) -> None:
        """Give the panes their places for the size of the screen."""
        width, height = self.app.size
        alone = self._alone or panes.layout == "one"
        wide = width >= _WIDE and height >= _TALL and not alone and panes.layout == "auto"
        two = not wide and width >= _TWO and not alone
        self.set_class(wide, "-wide")
        self.set_class(wide and width >= _HUGE, "-huge")
        self.set_class(two, "-two")
        self.set_class(not wide and not two, "-tabs")
        self._mirror()
        for name in PANES:
            seen = name == self.pane or (two and (name == self.list or name == "reader"))
            # where all are in sight none is marked: a change of class would paint everything anew
            self.frame(name).set_class(seen and not wide, "-active")
        self.query_one("#lists").set_class((self.pane != "reader" or two) and not wide, "-active")
        if panes != Panes():
            self._share_out(one=not wide and not two, huge=wide and width >= _HUGE)
        self._tell_tabs()

    def _share_out(self, *, one: bool, huge: bool) -> None:
        """Give the lists the shares that the settings want."""
        lists = self.query_one("#lists")
        lists.styles.width = None if one or panes.lists is None else f"{panes.lists}%"
        # in two columns the articles have one for themselves
        lists.styles.grid_rows = f"{panes.entities}fr {panes.timeline}fr" if huge else None
        for name in LISTS:
            self.frame(name).styles.height = None if huge else f"{getattr(panes, name)}fr"

    def _mirror(self) -> None:
        """Put the lists at the side where the interface's language begins to read, the reader at the other."""
        mirrored = language() == "ar"
        body, lists = self.query_one("#body"), self.query_one("#lists")
        last = "lists" if mirrored else "reader"
        if body.children[-1].id != last:
            body.move_child(self.query_one(f"#{last}"), after=-1)
        # of two columns of lists the articles are the outer one
        first = "entities" if mirrored and self.has_class("-huge") else "articles"
        if lists.children[0].id != first:
            lists.move_child(self.query_one(f"#{first}"), before=0)

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """Textual works out the styles of both panes here, before they know of it, and again when they do (1 ms each);
        only the frame around the timeline is not told by itself."""
        frame = self.frame("timeline")
        if frame in (one.parent for one in (focused, blurred) if one is not None):
            self.app.stylesheet.update_nodes((frame,))

    @property
    def reader(self) -> ReaderPane:
        """The reader."""
        return self.query_one(ReaderPane)

    def rows(self, name: str) -> Rows[Any]:
        """One of the three lists by its name."""
        return self.query_one(f"#{name}", Rows)

    def frame(self, name: str) -> Widget:
        """What a pane's border is around: the timeline's holds its density line too."""
        return self.query_one("#timeline-frame" if name == "timeline" else f"#{name}")

    def go_to_pane(self, name: str) -> None:
        """Bring a pane into sight and give it the keys."""
        self.pane = name
        if name in LISTS:
            self.list = name
        self.place_panes()
        self.query_one(f"#{name}").focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        # the one that has the keys by now: messages come late
        name = self.focused.id if self.focused is not None else None
        if name in PANES and name != self.pane:
            self.pane = name
            if name in LISTS:
                self.list = name
            self._tell_tabs()

    def name_things(self) -> None:
        """Say everything in the language spoken now."""
        titles = {
            "articles": _("articles"),
            "entities": _("entities"),
            "timeline": _("timeline"),
            "reader": _("reader"),
        }
        if self.is_mounted:
            self.place_panes()
        for name in PANES:
            self.frame(name).border_title = visual(" ".join(filter(None, (BY_ID[f"go.{name}"].first, titles[name]))))
        self.reader.empty_text = with_keys(_("{list_open} on an article opens it here"))
        self.tell_keys()
        self._tell_tabs()

    def tell_keys(self) -> None:
        """Say in the bottom line what keys do; while a search is typed, when most are letters, those that are none."""
        if self.query_one(SearchPane).is_open:
            said = [(key, _(does)) for key, does in hints_while_typing()]
        else:
            # what is refused here is not offered
            said = [(key.first, _(key.hint)) for key in hints() if permitted.refusal(key.action) is None]
        self.query_one("#keys", Chips).say([(key, does, False) for key, does in said])

    def zoom_pane(self) -> None:
        """Show the pane that has the keys alone, or all again."""
        self._alone = not self._alone
        self.place_panes()

    def _tell_tabs(self) -> None:
        titles = (_("articles"), _("entities"), _("timeline"), _("reader"))
        chips = [
            (BY_ID[f"go.{name}"].first, title, name == self.pane) for name, title in zip(PANES, titles, strict=True)
        ]
        label = _("sample corpus") if self._sample else self.corpus.name
        # before the name, which may be long
        sign = [(_("[read only]"), "", False)] if read_only.is_on() else []
        self.query_one("#tabs", Chips).say([("خبر", "khabar", False), *chips, *sign, ("·", label, False)])
