"""A list over the explorer, as long as it may be, each of whose rows is a place in an article that is gone to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.database.queries import Reader
from store.errors import StoreError
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale.told import in_words
from tui.screens.asking import Asking
from tui.screens.copying import copy
from tui.screens.history import Place, Spot
from tui.screens.lists import Found, Wanted
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.hold import Hold
from tui.widgets.label import Label
from tui.widgets.rows import Rows

R = TypeVar("R", bound=Rows[Any])


def whole_screen(name: str) -> str:
    """The CSS of a sheet of this name that takes all of the screen: Textual wants it of each."""
    return (
        f"{SHEET_CSS}{name} {{ align: center middle; background: $background; }}\n"
        f"{name} .sheet {{ width: 100%; max-width: 130; height: 100%; max-height: 100%; }}\n"
        f"{name} Rows {{ height: 1fr; background: $surface; }}\n"
    )


class Left(NamedTuple):
    """How the list was left: what is to be gone to, if anything, and where its cursor stood."""

    place: Place | None
    spot: Spot


class Gone:
    """What stands for a row that is there no more."""


class PlacesSheet(Asking[Left], ModalScreen[Left], Generic[R]):
    """The first page is asked for at once, then how many there are, then all; closing it stops what is still asked.

    Subclasses say what its rows are asked by, where they lead, and how it is called.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("places")

    def __init__(self, corpus: Path, rows: R, narrowed: str, spot: Spot) -> None:
        """`narrowed` is the filter in words, empty where it lets all through; `spot` where the cursor is to stand."""
        super().__init__(corpus)
        self._narrowed, self._spot = narrowed, spot
        # kept, not looked for: a key or an answer may come before they are shown, or when they no longer are
        self.rows = rows
        self.title_line, self._within, self._note = Label(), Label(), Label()
        self._opening: int | None = None
        """The row that is to be gone to when it comes."""
        self._hold = Hold(self)
        self._open = False
        """Whether the list is there to be filled."""
        self._answer: Found | StoreError | None = None
        """Its first page, or why there is none."""

    # -- what subclasses say -------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """What is listed."""
        raise NotImplementedError

    @property
    def nothing(self) -> str:
        """What is said where there is no row."""
        raise NotImplementedError

    @property
    def keys_in_words(self) -> str:
        """What the keys do."""
        raise NotImplementedError

    def called(self, count: int | None) -> str:
        """How the list is called, with how many rows there are as far as it is known."""
        raise NotImplementedError

    def narrowed(self) -> str:
        """What it is narrowed to, in words; empty where it is not."""
        return self._narrowed

    def asked_for(self, reader: Reader, ids: Sequence[int]) -> Iterable[Any]:
        """Rows by their ids; those that are there no more are left out."""
        raise NotImplementedError

    def place(self, row: object) -> Place | None:
        """Where a row leads; None where it is none."""
        raise NotImplementedError

    def words(self, row: object) -> str | None:
        """What is copied of a row."""
        raise NotImplementedError

    # -- how it opens --------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        # asked while the screen is made; before its first layout the list has no size yet
        height = self.app.size.height // self.rows.row_height
        wanted, arrive = self.wanted, self._arrive
        self.ask("first", lambda reader: wanted.first(reader, self._spot, height), arrive, arrive)
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self._within, "sheet-note")
            yield classed(self._note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self._hold.begin()
        self._count(None)
        self._say_within()
        self._say("")
        self.rows.focus()
        self._open = True
        if self._answer is not None:
            self._arrive(self._answer)

    def on_unmount(self) -> None:
        self.drop_all()
        self._hold.end()

    # -- what is asked -------------------------------------------------------------------------------------

    def ask_anew(self) -> None:
        """List what is wanted by now, from its beginning."""
        for kind in ("first", "later", "rows"):
            self.drop(kind)
        self._spot, self._opening, self._answer = Spot(), None, None
        self._count(None)
        self._say_within()
        self._say("")
        height = self.app.size.height // self.rows.row_height
        wanted = self.wanted
        self.ask("first", lambda reader: wanted.first(reader, Spot(), height), self._arrive, self._arrive)

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
        rows.empty_text = self.nothing
        rows.show(found.listing, found.keep, found.at, self._spot.line, found.rows)
        self._hold.end()
        self._count(found.count)
        if not found.whole:
            self.call_after_refresh(self._complete)

    def _complete(self) -> None:
        if self._open:
            self.ask("later", self.wanted.count, self._counted)

    def _counted(self, count: int | None) -> None:
        self._count(count)
        rows, wanted = self.rows, self.wanted

        def question(reader: Reader) -> Found:
            return wanted.whole(reader, Spot(rows.current_id, *rows.spot))

        self.ask("later", question, self._extend)

    def _extend(self, found: Found) -> None:
        self.rows.extend(found.listing, found.at)
        self._count(found.count)

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()
        ids, edition = event.ids, event.edition

        def supply(found: Mapping[int, Any]) -> None:
            self.rows.supply({id_: Gone() for id_ in ids} | dict(found), edition)
            self._go()

        def refused(error: StoreError) -> None:
            self.rows.missed()
            self.refuse(error)

        if self._open:
            self.ask("rows", lambda reader: {row.id: row for row in self.asked_for(reader, ids)}, supply, refused)

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self._hold.end()
        self.rows.fail(in_words(error))
        self._say(in_words(error))

    # -- what is said --------------------------------------------------------------------------------------

    def _count(self, count: int | None) -> None:
        self.title_line.say(self.called(count), _("Esc closes"))

    def _say_within(self) -> None:
        narrowed = self.narrowed()
        self._within.display = bool(narrowed)
        self._within.say(_("within: {filter}").format(filter=narrowed) if narrowed else "")

    def _say(self, text: str) -> None:
        """Say something in the place of the keys, until the next move."""
        self._note.say(text or self.keys_in_words)

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
        """Go to the place that was chosen, if its row is there."""
        place = self.place(self.rows.row(self._opening)) if self._opening is not None else None
        if place is not None:
            self._close(place)

    def action_copy(self) -> None:
        words = self.words(self.rows.current_row)
        if words is not None:
            copy(self, words, self._say)

    def action_close(self) -> None:
        self._close(None)

    def _close(self, place: Place | None) -> None:
        self._open = False
        self.drop_all()
        self.dismiss(Left(place, Spot(self.rows.current_id, *self.rows.spot)))
