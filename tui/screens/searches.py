"""The saved searches: how many articles each finds, how many of them are new, and what to do with it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import ArticleOrder, Filter, SavedSearch
from store.database.queries import Reader
from store.errors import StoreError
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words
from tui.screens.asking import Asking
from tui.screens.copying import from_home
from tui.screens.sheets import SHEET_CSS, Question, classed
from tui.screens.writing_here import write_here
from tui.widgets.label import Label
from tui.widgets.listing import Listing
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from store.database.writing import Writer

Words = Callable[[Filter, dict[int, str]], str]
"""A filter in words, with the names of some entities."""


class Left(NamedTuple):
    """What is to be looked at, and whether only what is new in it."""

    search: SavedSearch
    new: bool


@dataclass(frozen=True, slots=True)
class _Row:
    search: SavedSearch
    words: str
    counts: tuple[int, int] | None = None
    problem: str = ""


class SearchRows(Rows[_Row]):
    """Two lines each: the name with the numbers, and the filter in words."""

    row_height: ClassVar[int] = 2

    def draw(self, row: _Row, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        numbers = "…"
        if row.counts is not None:
            whole, new = row.counts
            numbers = ngettext("{n} article", "{n} articles", whole).format(n=f"{whole:,}")
            numbers = f"+{new:,} · {numbers}" if new else numbers
        if row.problem:
            return [text_cells(row.search.name, width, style), text_cells(row.problem, width, dim)]
        first = two_sides(numbers, row.search.name, width, style)
        looked = _("looked at {when}").format(when=row.search.looked[:16].replace("T", " "))
        return [first, two_sides(looked, row.words, width, dim)]


class SearchesSheet(Asking[Left | None], ModalScreen[Left | None]):
    """The list; dismissed with the search to look at."""

    CSS = (
        SHEET_CSS
        + """
    SearchesSheet { align: center middle; background: $background; }
    SearchesSheet .sheet { width: 100%; max-width: 130; height: 100%; max-height: 100%; }
    SearchesSheet Rows { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("searches")

    def __init__(self, corpus: Path, current: Filter, order: ArticleOrder, words: Words) -> None:
        super().__init__(corpus)
        self._current, self._order, self._words = replace(current, added_after=None), order, words
        self.rows = SearchRows(id="searches")
        self.title_line, self._note = Label(), Label()
        self._found: list[_Row] = []
        self._going: str | None = None
        """The search that the next d deletes."""
        self._open = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(Label(_("now: {filter}").format(filter=self._words(self._current, {}))), "sheet-note")
            yield classed(self._note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self._open = True
        self.rows.focus()
        self.title_line.say(_("Saved searches"), _("Esc closes"))
        self.rows.empty_text = with_keys(
            _("no search is saved yet\n{searches_save} saves the present one under a name")
        )
        self._say("")
        self._fill()

    def on_unmount(self) -> None:
        self.drop_all()

    # -- what is asked -------------------------------------------------------------------------------------

    def _fill(self, keep: str | None = None) -> None:
        def question(reader: Reader) -> tuple[Sequence[SavedSearch], dict[int, str]]:
            found = reader.saved_searches()
            asked = {entity for one in found for entity in one.filter.entities}
            return found, {row.id: row.name for row in reader.entities(sorted(asked))}

        def show(answer: tuple[Sequence[SavedSearch], dict[int, str]]) -> None:
            found, names = answer
            self._found = [_Row(one, self._words(one.filter, names), problem=one.lost) for one in found]
            at = next((at for at, row in enumerate(self._found) if row.search.name == keep), None)
            self.rows.show(Listing.of(array("q", range(len(self._found)))), at, whole=dict(enumerate(self._found)))
            self._count(0)

        self.ask("list", question, show)

    def _count(self, at: int) -> None:
        """Count one after another: what is known is shown at once."""
        if not self._open or at >= len(self._found):
            return
        row = self._found[at]

        def counted(counts: tuple[int, int]) -> None:
            self._put(at, replace(row, counts=counts))

        def refused(error: StoreError) -> None:
            self._put(at, replace(row, problem=in_words(error)))

        self.ask("counts", lambda reader: reader.search_counts(row.search), counted, refused)

    def _put(self, at: int, row: _Row) -> None:
        if self._open and at < len(self._found):
            self._found[at] = row
            self.rows.furnish(dict(enumerate(self._found)))
            self._count(at + 1)

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self.rows.fail(in_words(error))
        self._say(in_words(error))

    def _say(self, text: str) -> None:
        """Say something in the place of the keys, until the next move."""
        self._note.say(
            text
            or with_keys(
                _(
                    "{list_open} opens · {searches_new} only what is new · {searches_save} saves the present one · "
                    "{searches_rename} rename · {searches_delete} delete · {searches_export} file"
                )
            )
        )

    # -- keys ----------------------------------------------------------------------------------------------

    @property
    def _row(self) -> _Row | None:
        return self.rows.current_row

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self._going = None
            self._say("")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._look(new=False)

    def action_new(self) -> None:
        self._look(new=True)

    def _look(self, *, new: bool) -> None:
        row = self._row
        if row is None:
            return
        if row.problem:
            self._say(row.problem)
        else:
            self._close(Left(row.search, new))

    def _do(self, change: Callable[[Writer], object], keep: str | None, said: str) -> None:
        def done(_done: object) -> None:
            self._fill(keep)
            self._say(said)

        self.edit(change, done)

    def action_save(self) -> None:
        """Keep what the explorer shows under a name."""
        f, order = self._current, self._order

        def named(name: str | None) -> None:
            if name:
                self._do(
                    lambda writer: writer.save_search(name, f, order), name, _("saved as {name}").format(name=name)
                )

        self.app.push_screen(Question(_("Name of the search")), named)

    def action_rename(self) -> None:
        row = self._row
        if row is None:
            return
        old = row.search.name

        def named(name: str | None) -> None:
            if name and name != old:
                self._do(lambda writer: writer.rename_search(old, name), name, _("renamed"))

        self.app.push_screen(Question(_("Name of the search"), old), named)

    def action_delete(self) -> None:
        """Forget a search, when it is said twice."""
        row = self._row
        if row is None:
            return
        name = row.search.name
        if self._going != name:
            self._going = name
            self._say(with_keys(_("{searches_delete} again forgets {name}"), name=name))
            return
        self._going = None
        self._do(lambda writer: writer.delete_search(name), None, _("forgotten"))

    def action_export(self) -> None:
        """Write all of them into a file where khabar was started, from which they can be taken in elsewhere."""
        self.change(lambda: write_here(self.corpus, "searches", "jsonl"), lambda path: self._say(from_home(path)))

    def action_close(self) -> None:
        self._close(None)

    def _close(self, left: Left | None) -> None:
        self._open = False
        self.drop_all()
        self.dismiss(left)
