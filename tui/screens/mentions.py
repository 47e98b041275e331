"""Every place where an entity is named: a list over the explorer, as long as it may be, from which each is gone to.

A row is a mention, as in any concordance: a sentence that names somebody twice stands there twice, each time with
another of the two lit. So the list has as many rows as the list of entities says that there are mentions, which is
known at once, and `Enter` knows which of the two is meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import MentionRow
from store.database.queries import Reader
from store.errors import StoreError
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.screens.asking import Asking
from tui.screens.copying import copy
from tui.screens.history import Place, Spot
from tui.screens.lists import Found, Naming
from tui.screens.sentences import told_by
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.hold import Hold
from tui.widgets.label import Label
from tui.widgets.listing import Listing
from tui.widgets.paint import text_around, text_cells
from tui.widgets.rows import Rows


class Left(NamedTuple):
    """How the list was left: what is to be gone to, if anything, and where its cursor stood."""

    place: Place | None
    spot: Spot


class _Gone:
    """What stands for a mention that is there no more."""


class MentionRows(Rows[MentionRow | _Gone]):
    """Two lines each: who says it when, and the sentence with the name lit, cut so that it is in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"mentions--name"}
    DEFAULT_CSS = """
    MentionRows > .mentions--name { background: $warning; color: $background; }
    """
    row_height: ClassVar[int] = 2

    def draw(self, row: MentionRow | _Gone, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if isinstance(row, _Gone):
            return [text_cells(_("this mention is there no more"), width, dim), text_cells("", width, dim)]
        first = row.sentence.start
        lit = self._style("mentions--name")
        span = row.start - first, row.end - first
        return [told_by(row.article, width, dim), text_around(row.sentence.text, span, width, style, lit)]


class MentionsSheet(Asking[Left], ModalScreen[Left]):
    """The mentions of an entity in the articles of a filter.

    The first page is asked for at once, then how many there are, then all; closing it stops what is still asked.
    """

    CSS = (
        SHEET_CSS
        + """
    MentionsSheet { background: $background; }
    MentionsSheet .sheet { width: 100%; max-width: 100%; height: 100%; max-height: 100%; }
    MentionsSheet Rows { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q,ض,s,س", "close", show=False, id="mentions.close"),
        Binding("y,غ", "copy", show=False, id="mentions.copy"),
    ]

    def __init__(self, corpus: Path, wanted: Naming, name: str, narrowed: str, spot: Spot) -> None:
        """`narrowed` is the filter in words, empty where it lets all through; `spot` where the cursor is to stand."""
        super().__init__(corpus)
        self._wanted, self._named, self._narrowed, self._spot = wanted, name, narrowed, spot
        # kept, not looked for: a key or an answer may come before they are shown, or when they no longer are
        self.rows = MentionRows(id="mentions")
        self.title_line, self._note = Label(), Label()
        self._opening: int | None = None
        """The mention that is to be gone to when its row comes."""
        self._hold = Hold(self)
        self._open = False
        """Whether the list is there to be filled."""
        self._answer: Found | StoreError | None = None
        """Its first page, or why there is none."""

    def compose(self) -> ComposeResult:
        # asked while the screen is made; before its first layout the list has no size yet
        height = self.app.size.height // MentionRows.row_height
        arrive = self._arrive
        self.ask("first", lambda reader: self._wanted.first(reader, self._spot, height), arrive, arrive)
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            if self._narrowed:
                yield classed(Label(_("within: {filter}").format(filter=self._narrowed)), "sheet-note")
            yield classed(self._note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self._hold.begin()
        self._count(None)
        self._say("")
        self.rows.focus()
        self._open = True
        if self._answer is not None:
            self._arrive(self._answer)

    def on_unmount(self) -> None:
        self.drop_all()
        self._hold.end()

    # -- what is asked -------------------------------------------------------------------------------------

    def _arrive(self, answer: Found | StoreError) -> None:
        self._answer = answer
        if not self._open:
            return
        if isinstance(answer, Found):
            self._show(answer)
        else:
            self.refuse(answer)

    def _show(self, found: Found) -> None:
        rows = self.rows
        rows.empty_text = _("no sentence of these articles names it")
        rows.show(found.listing, found.keep, found.at, self._spot.line, found.rows)
        self._hold.end()
        self._count(found.count)
        if not found.whole:
            self.call_after_refresh(self._complete)

    def _complete(self) -> None:
        if self._open:
            self.ask("later", self._wanted.count, self._counted)

    def _counted(self, count: int | None) -> None:
        self._count(count)
        rows = self.rows

        def question(reader: Reader) -> Found:
            return self._wanted.whole(reader, Spot(rows.current_id, *rows.spot))

        self.ask("later", question, self._extend)

    def _extend(self, found: Found) -> None:
        self.rows.extend(found.listing, found.at)
        self._count(found.count)

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()
        ids, edition = event.ids, event.edition

        def supply(found: list[MentionRow]) -> None:
            rows: dict[int, MentionRow | _Gone] = {id_: _Gone() for id_ in ids}
            rows.update((row.id, row) for row in found)
            self.rows.supply(rows, edition)
            self._go()

        def refused(error: StoreError) -> None:
            self.rows.missed()
            self.refuse(error)

        if self._open:
            self.ask("rows", lambda reader: reader.mention_rows(self._wanted.entity, ids), supply, refused)

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self._hold.end()
        if not self.rows.ids:
            self.rows.empty_text = str(error)
            self.rows.show(Listing())
        self._say(str(error))

    # -- what is said --------------------------------------------------------------------------------------

    def _count(self, count: int | None) -> None:
        """Say in the title how many there are, as far as it is known."""
        if count is None:
            title = _("mentions of {name}").format(name=self._named)
        else:
            title = ngettext("{n} mention of {name}", "{n} mentions of {name}", count)
            title = title.format(n=f"{count:,}", name=self._named)
        self.title_line.say(title, _("Esc closes"))

    def _say(self, text: str) -> None:
        """Say something in the place of the keys, until the next move."""
        self._note.say(text or _("Enter goes there · y copies"))

    # -- keys ----------------------------------------------------------------------------------------------

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._opening = event.id
        self._go()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self._opening = None
            self._say("")

    def _go(self) -> None:
        """Go to the mention that was chosen, if its row is there."""
        row = self.rows.row(self._opening) if self._opening is not None else None
        if isinstance(row, MentionRow):
            sentence = row.sentence
            self._close(Place(row.article.id, (sentence.start, sentence.end), self._wanted.entity, row.start))

    def action_copy(self) -> None:
        row = self.rows.current_row
        if isinstance(row, MentionRow):
            copy(self, row.sentence.text, self._say)

    def action_close(self) -> None:
        self._close(None)

    def _close(self, place: Place | None) -> None:
        self._open = False
        self.drop_all()
        self.dismiss(Left(place, Spot(self.rows.current_id, *self.rows.spot)))
