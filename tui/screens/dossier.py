"""The dossier of an entity, of two together, or of an outlet: a screen of sections whose every line leads somewhere.

What is known at once is shown at once; the other sections say that they are still to come and are filled in one by
one, each by a question of its own.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import Filter
from store.database.queries import Reader
from store.dossiers import Subject
from store.errors import StoreError
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import in_words
from tui.panes.dossier import DossierRows, Line
from tui.panes.entities import types_in_words
from tui.screens.article_list import ArticlesSheet
from tui.screens.asking import Asking
from tui.screens.copying import copy
from tui.screens.dossier_lists import Chosen, Spelled
from tui.screens.dossier_parts import Goal, Part, Section, parts_of
from tui.screens.history import Place, Spot
from tui.screens.lists import Mentions, Statements
from tui.screens.mentions import Left, MentionsSheet
from tui.screens.sheets import SHEET_CSS, classed
from tui.screens.statements import StatementsSheet
from tui.widgets.hold import Hold
from tui.widgets.label import Label
from tui.widgets.listing import Listing
from tui.widgets.listing import Part as Run
from tui.widgets.rows import Rows

_EACH = 1 << 20
"""Keys of a section's lines begin at a multiple of this."""


class Stood(NamedTuple):
    """Where a dossier was left: about whom, those it was come to from, and where the cursor stood in each."""

    trail: tuple[tuple[Subject, Spot], ...]
    """The last is the one that was in sight."""


class Gone(NamedTuple):
    """What a dossier leads to: articles under a filter or a place in one; and how it was left."""

    goal: Filter | Place
    stood: Stood
    labels: dict[int, str]
    """Names of entities, for the words of the filter."""


class DossierSheet(Asking[Gone | Stood | None], ModalScreen[Gone | Stood | None]):
    """A dossier over the explorer; dismissed with where it leads, another dossier that is to be shown, or None."""

    CSS = (
        SHEET_CSS
        + """
    DossierSheet { align: center middle; background: $background; }
    DossierSheet .sheet { width: 100%; max-width: 130; height: 100%; max-height: 100%; }
    DossierSheet Rows { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("dossier")

    def __init__(self, corpus: Path, stood: Stood) -> None:
        """`stood` is whom it is about, last of those that led there, and where its cursor is to stand."""
        super().__init__(corpus)
        self._trail = stood.trail[:-1]
        self.about, self._spot = stood.trail[-1]
        self._keep = self._spot.id
        """The line that the cursor is to stand on when it is there, unless it is moved before."""
        self._parts = parts_of(self.about)
        self._sections: dict[str, list[Section]] = {}
        self.rows = DossierRows(id="dossier")
        self._title, self._note = Label(), Label()
        self._hold = Hold(self)
        self._waiting: list[Part] = []
        self._open = False
        self._first: dict[str, Any] | StoreError | None = None
        """What is known at once, or why it is not."""

    def compose(self) -> ComposeResult:
        soon = [part for part in self._parts if part.soon]
        self.ask("first", lambda reader: {part.name: part.ask(reader, self.about) for part in soon}, self._begin,
                 self._begin)  # fmt: skip
        with Vertical(classes="sheet"):
            yield classed(self._title, "sheet-title")
            yield classed(self._note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self._hold.begin()
        self._say("")
        self.rows.focus()
        self._open = True
        if self._first is not None:
            self._begin(self._first)

    def on_unmount(self) -> None:
        self.drop_all()
        self._hold.end()

    # -- what is asked -------------------------------------------------------------------------------------

    def _begin(self, found: dict[str, Any] | StoreError) -> None:
        self._first = found
        if not self._open:
            return
        if isinstance(found, StoreError):
            self.refuse(found)
            return
        self._waiting = [part for part in self._parts if part.name not in found]
        for part in self._parts:
            if part.name in found:
                self._sections[part.name] = list(part.show(found[part.name], self.about))
        self._show()
        self._hold.end()
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        """Ask for the next section that is still to come."""
        if not self._open or not self._waiting:
            return
        part = self._waiting[0]

        def question(reader: Reader) -> object:
            return part.ask(reader, self.about)

        def come(found: object) -> None:
            self._come(part, list(part.show(found, self.about)))

        self.ask("part", question, come, lambda error: self._come(part, [("", [Line(text=in_words(error))])]))

    def _come(self, part: Part, sections: list[Section]) -> None:
        if not self._open:
            return
        self._waiting.remove(part)
        self._sections[part.name] = sections
        self._show()
        self.call_after_refresh(self._go_on)

    def _show(self) -> None:
        """Put the sections that are there below one another; the cursor stays on its line."""
        runs: list[Run] = []
        lines: dict[int, Line] = {}
        for number, part in enumerate(self._parts):
            waits = [("", [Line("…", _("still to come"))])] if part in self._waiting else []
            for at, (heading, shown) in enumerate(self._sections.get(part.name, waits)):
                base = number * _EACH + at * 1000
                runs.append(Run(array("q", range(len(shown))), heading, base))
                lines.update((base + place, line) for place, line in enumerate(shown))
        listing = Listing(runs)
        rows = self.rows
        # its line may be of a section that is still to come
        arrived = self._keep is not None and listing.find(self._keep) is not None
        if arrived or not rows.ids:
            rows.show(listing, self._keep if arrived else None, None, self._spot.line if arrived else None, whole=lines)
            self._keep = None if arrived else self._keep
        else:
            rows.furnish(lines)
            rows.extend(listing)
        self._tell_title()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self._hold.end()
        self.rows.fail(in_words(error))
        self._say(in_words(error))

    # -- what is said --------------------------------------------------------------------------------------

    def _tell_title(self) -> None:
        about = self.about
        what = types_in_words(row.type for row in about.entities) if about.entities else _("outlet")
        self._title.say(joined(" · ", (about.name, what)), _("Esc closes"))

    def _say(self, text: str) -> None:
        self._tell_title()
        self._note.say(
            text
            or with_keys(
                _(
                    "{list_open} goes there · {dossier_articles} its articles · {dossier_dossier} its dossier · "
                    "{dossier_copy} copies"
                )
            )
        )

    # -- keys ----------------------------------------------------------------------------------------------

    @property
    def stood(self) -> Stood:
        """How it is left, if it is now."""
        return Stood((*self._trail, (self.about, Spot(self.rows.current_id, *self.rows.spot))))

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self._keep = None
            self._say("")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        row = self.rows.row(event.id)
        if row is not None and row.goal is not None:
            self._go(row.goal)  # type: ignore[arg-type]  # a pane does not know what it leads to

    def _go(self, goal: Goal) -> None:
        if isinstance(goal, Filter | Place):
            self._leave_for(goal)
        elif isinstance(goal, Subject):
            self._open_over(goal)
        elif isinstance(goal, Mentions | Spelled | Chosen):
            self._list(goal)
        elif isinstance(goal, Statements):
            self.app.push_screen(StatementsSheet(self.corpus, goal, self.about.name, "", Spot()), self._listed)
        else:
            self.app.push_screen(ArticlesSheet(self.corpus, goal, self.about.name), self._chosen)

    def _list(self, wanted: Mentions | Spelled | Chosen) -> None:
        name = next((row.name for row in self.about.entities if row.id == wanted.entity), self.about.name)
        narrowed = wanted.form if isinstance(wanted, Spelled) else ""
        self.app.push_screen(MentionsSheet(self.corpus, wanted, name, narrowed, Spot()), self._listed)

    def _listed(self, answer: Left | None) -> None:
        if answer is not None and answer.place is not None:
            self._leave_for(answer.place)

    def _chosen(self, place: Place | None) -> None:
        if place is not None:
            self._leave_for(place)

    def _leave_for(self, goal: Filter | Place) -> None:
        labels = {row.id: row.name for row in self.about.entities}
        row = self.rows.current_row
        if isinstance(goal, Filter) and row is not None:
            # one more than those it is about is that of the line
            labels.update((id_, row.text) for id_ in goal.entities if id_ not in labels)
        self._close(Gone(goal, self.stood, labels))

    def _open_over(self, about: Subject) -> None:
        """Another dossier in the place of this one, which it leads back to."""
        self._close(Stood((*self.stood.trail, (about, Spot()))))

    def action_articles(self) -> None:
        """The articles of what stands under the cursor, else of the dossier."""
        row = self.rows.current_row
        goal = row.goal if row is not None else None
        self._go(goal.filter if isinstance(goal, Subject) else goal if isinstance(goal, Filter) else self.about.filter)

    def action_dossier(self) -> None:
        """The dossier of the companion under the cursor by itself."""
        row = self.rows.current_row
        goal = row.goal if row is not None else None
        if isinstance(goal, Subject):
            self._open_over(Subject(goal.entities[-1:]))
        elif isinstance(goal, Filter) and goal.outlet is not None and self.about.outlet is None:
            self._open_over(Subject(outlet=goal.outlet))

    def action_copy(self) -> None:
        row = self.rows.current_row
        if row is not None:
            copy(self, row.text, self._say)

    def action_back(self) -> None:
        self._close(Stood(self._trail) if self._trail else None)

    def action_leave(self) -> None:
        self._close(None)

    def _close(self, answer: Gone | Stood | None) -> None:
        self._open = False
        self.drop_all()
        self.dismiss(answer)
