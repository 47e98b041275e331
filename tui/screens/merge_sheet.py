"""What may be the same as an entity, with the reasons; or any other, by a search."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from store.answers import EntityRow, Suggestion
from store.database.queries import Reader
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.screens import changes
from tui.screens.offering import Offering, Other, OtherRows
from tui.screens.sheets import classed
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.rows import Rows

_FOUND = 40
"""So many entities of a name are shown."""


class Answer(NamedTuple):
    """What is to be done: merge with an entity, or choose it in the lists (None)."""

    other: EntityRow | None
    larger: bool = True
    """Whether the entity that was in hand has more articles than the other."""


class MergeSheet(Offering[Answer | None]):
    """What may be the same as an entity; or, by a search, any other."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("merges", "offered")

    def __init__(self, corpus: Path, entity: tuple[int, str]) -> None:
        super().__init__(corpus)
        self._entity, self._named = entity
        self.rows = OtherRows(id="others")
        self.line = ArabicInput(id="search-name")
        self._suggested: list[Other] = []
        self._own: EntityRow | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self.note, "sheet-note")
            yield self.line
            yield self.rows

    def on_mount(self) -> None:
        self.title_line.say(_("What is the same as {name}").format(name=self._named), _("Esc closes"))
        self.say()
        self.rows.focus()

        def question(reader: Reader) -> tuple[EntityRow, list[Suggestion]]:
            return reader.entity(self._entity), reader.suggestions(self._entity, 30)

        self.ask("suggestions", question, self._arrive)

    def _arrive(self, answer: tuple[EntityRow, list[Suggestion]]) -> None:
        self._own = own = answer[0]
        self._suggested = [Other(one.other if one.into.id == own.id else one.into, one) for one in answer[1]]
        if not self.line.value.strip():
            self._show(self._suggested, with_keys(_("nothing is suggested; {merges_search} searches for a name")))

    def _show(self, others: Sequence[Other], nothing: str) -> None:
        self.rows.empty_text = nothing
        self.rows.show(array("q", range(len(others))), whole=dict(enumerate(others)))

    def keys_in_words(self) -> str:
        """What can be done here."""
        return with_keys(
            _(
                "{list_open} merges · {merges_search} searches · {merges_apart} not the same · "
                "{merges_sentences} sentences · {merges_lists} in the lists"
            )
        )

    # -- keys ----------------------------------------------------------------------------------------------

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if (row := self.rows.row(event.id)) is not None:
            own = self._own
            self._close(Answer(row.entity, own is None or own.articles >= row.entity.articles))

    def action_search(self) -> None:
        """Type a name."""
        self.line.add_class("-open")
        self.line.focus()

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        event.stop()
        name = self.line.value.strip()
        if not name:
            self.drop("names")
            self._show(self._suggested, with_keys(_("nothing is suggested; {merges_search} searches for a name")))
            return

        def show(found: list[EntityRow]) -> None:
            others = [Other(row) for row in found if row.id != self._entity]
            self._show(others[:_FOUND], _("no entity is called {name}").format(name=name))

        self.ask("names", lambda reader: reader.find_entities(name), show)

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        event.stop()
        self.rows.focus()

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        event.stop()
        self.line.value = ""
        self.line.remove_class("-open")
        self.rows.focus()
        self._show(self._suggested, with_keys(_("nothing is suggested; {merges_search} searches for a name")))

    def action_apart(self) -> None:
        """Never suggest the one under the cursor again."""
        row = self.rows.current_row
        if row is None:
            return
        other = row.entity

        def done(_done: None) -> None:
            self._suggested = [one for one in self._suggested if one.entity.id != other.id]
            self.line.value = ""
            self.line.remove_class("-open")
            self._show(self._suggested, with_keys(_("nothing is suggested; {merges_search} searches for a name")))
            self.say(with_keys(_("{name} will not be suggested again; {correct_undo} takes it back"), name=other.name))

        self.change(lambda: changes.keep_apart(self.corpus, [(self._entity, other.id)]), done)

    def action_sentences(self) -> None:
        row = self.rows.current_row
        if row is not None and self._own is not None:
            self.show_sentences((self._own, row.entity), row.suggestion)

    def action_in_lists(self) -> None:
        self._close(Answer(None))

    def action_close(self) -> None:
        self._close(None)

    def _close(self, answer: Answer | None) -> None:
        self.drop_all()
        self.after_changes(lambda: self._leave(answer))

    def _leave(self, answer: Answer | None) -> None:
        self.dismiss(answer)
