"""Pairs of the whole corpus that may be one: merged or kept apart, one by one or all that are marked."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from store.answers import Suggestion
from store.errors import StoreError
from tui.hinting import key_of, with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import sentence
from tui.screens import changes
from tui.screens.offering import Offering, PairRows, ids_of
from tui.screens.sheets import classed
from tui.widgets.rows import Rows

_FIRST = 300
"""So many entities of the corpus are asked about at first: their pairs are shown while the others are looked for."""
_PAIRS = 500


class SuggestedSheet(Offering[int]):
    """Pairs of the corpus that may be one; dismissed with the number of corrections that were made."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("merges", "log", "offered")

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus)
        self.rows = PairRows(id="pairs")
        self.pairs: list[Suggestion] = []
        self._gone: set[int] = set()
        """Entities that were merged into others here, until all is asked for anew."""
        self._apart: set[tuple[int, int]] = set()
        """Pairs that were kept apart here."""
        self._under_way = 0
        """Changes that are shown already and not made yet."""
        self._changes = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self.note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self.say()
        self.rows.focus()
        self._ask_anew()

    def _ask_anew(self) -> None:
        self._count(None)

        def rest(found: list[Suggestion]) -> None:
            self._arrive(found)
            self.ask("suggestions", lambda reader: reader.suggestions(most=_PAIRS), self._arrive_all)

        self.ask("suggestions", lambda reader: reader.suggestions(most=_PAIRS, looked_at=_FIRST), rest)

    def _arrive(self, found: list[Suggestion]) -> None:
        pairs = [one for one in found if not {*ids_of(one)} & self._gone and ids_of(one) not in self._apart]
        self._show(pairs)

    def _arrive_all(self, found: list[Suggestion]) -> None:
        self._arrive(found)
        self._count(len(self.pairs))

    def _show(self, pairs: list[Suggestion]) -> None:
        """Other pairs; the one under the cursor stays under it, and those that are marked stay marked."""
        rows, before = self.rows, self.rows.current_row
        marked = {ids_of(self.pairs[at]) for at in rows.ticked if at < len(self.pairs)}
        place = rows.cursor
        self.pairs = pairs
        rows.ticked = {at: None for at, one in enumerate(pairs) if ids_of(one) in marked}
        rows.empty_text = _("nothing is suggested")
        rows.show(array("q", range(len(pairs))), whole=dict(enumerate(pairs)))
        at = next((at for at, one in enumerate(pairs) if before is not None and ids_of(one) == ids_of(before)), place)
        if pairs:
            rows.select(min(at, len(pairs) - 1))

    def _count(self, count: int | None) -> None:
        title = _("Suggested merges")
        if count is not None:
            title = ngettext("{n} suggested merge", "{n} suggested merges", count).format(n=count)
        self.title_line.say(title, _("Esc closes"))

    def keys_in_words(self) -> str:
        """What can be done here."""
        return with_keys(
            _(
                "{list_open} merges · {merges_apart} not the same · {merges_sentences} sentences · {list_mark} "
                "marks · {log_undo} undoes"
            )
        )

    # -- keys ----------------------------------------------------------------------------------------------

    def _wanted(self) -> list[Suggestion]:
        """The pairs that are marked, else the one under the cursor."""
        marked = [self.pairs[at] for at in sorted(self.rows.ticked) if at < len(self.pairs)]
        row = self.rows.current_row
        return marked or ([row] if row is not None else [])

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        groups = changes.groups_of(self._wanted())
        if not groups:
            return
        gone = [other for _into, others in groups for other in others]
        if len(gone) == 1:
            only = self._wanted()[0]
            said = with_keys(
                _("{old} is {name} now; {correct_undo} takes it back"),
                old=only.other.name,
                name=only.into.name,
                correct_undo=key_of("log.undo"),
            )
        else:
            said = with_keys(
                ngettext(
                    "{n} entity was merged; {log_undo} takes it back",
                    "{n} entities were merged; {log_undo} takes it back",
                    len(gone),
                ),
                n=len(gone),
            )

        # what is merged goes at once: the next key is for the next pair
        self._gone.update(gone)
        left = [one for one in self.pairs if not {one.into.id, one.other.id} & self._gone]
        self._settle(left, said)
        self.change(lambda: changes.merge(self.corpus, groups), self._done)

    def action_apart(self) -> None:
        """Never suggest these again."""
        wanted = self._wanted()
        if not wanted:
            return
        pairs = [ids_of(one) for one in wanted]
        said = with_keys(
            ngettext(
                "{n} pair will not be suggested again; {log_undo} takes it back",
                "{n} pairs will not be suggested again; {log_undo} takes it back",
                len(pairs),
            ),
            n=len(pairs),
        )

        self._apart.update(pairs)
        self._settle([one for one in self.pairs if ids_of(one) not in self._apart], said)
        self.change(lambda: changes.keep_apart(self.corpus, pairs), self._done)

    def _done(self, _done: None) -> None:
        self._under_way = max(0, self._under_way - 1)

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong, and show again what was taken for done."""
        super().refuse(error)
        if self._under_way:
            self._under_way = 0
            self._forget()
            self._ask_anew()

    def _forget(self) -> None:
        self._gone.clear()
        self._apart.clear()

    def _settle(self, left: list[Suggestion], said: str) -> None:
        self._under_way += 1
        self._changes += 1
        self.rows.ticked = {}
        self._show(left)
        self._count(len(left))
        self.say(said)

    def action_sentences(self) -> None:
        row = self.rows.current_row
        if row is not None:
            self.show_sentences((row.into, row.other), row)

    def action_undo(self) -> None:
        self.change(
            lambda: changes.undo(self.corpus),
            lambda what: self._went_back(what, _("taken back: {what}"), _("nothing to take back")),
        )

    def action_redo(self) -> None:
        self.change(
            lambda: changes.redo(self.corpus),
            lambda what: self._went_back(what, _("done again: {what}"), _("nothing to do again")),
        )

    def _went_back(self, what: str | None, said: str, nothing: str) -> None:
        if what is not None:
            self._changes += 1
            self._forget()
            self._ask_anew()
        self.say(said.format(what=sentence(what)) if what is not None else nothing)

    def action_search(self) -> None:
        self.say(with_keys(_("{correct_merge} on a name searches for another")))

    def action_in_lists(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        self.drop_all()
        self.after_changes(self._leave)

    def _leave(self) -> None:
        self.dismiss(self._changes)
