"""Entities and events that are made one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import EventRow
from store.errors import StoreError
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.panes.timeline import BIN
from tui.screens import changes
from tui.screens.carrying import Carrying
from tui.screens.filling import on_a_row

if TYPE_CHECKING:
    from tui.screens.merge_sheet import Answer

# Sheets are imported when they are asked for: not for the first frame.


class Merging(Carrying):
    """The explorer's merges, and what all corrections have in common."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._merging: tuple[int, str] | None = None
        self._joining: EventRow | None = None

    def changed(self, said: str) -> None:
        """A correction was made: show what is now, and say what was done."""
        self.revision = self.news = None
        self.load(self.view())
        self.tell(said)

    def correct(
        self,
        job: Callable[[], None],
        said: str,
        *,
        unmark: str | None = None,
        failed: Callable[[StoreError], None] | None = None,
    ) -> None:
        """Make a correction in a thread, then say what was done; the marks of the list that it was for go. Where it
        could not be made, `failed` is told why as well."""

        def done(_done: None) -> None:
            if unmark is not None:
                self.unmark(unmark)
            self.changed(said)

        def refused(error: StoreError) -> None:
            self.refuse(error)
            if failed is not None:
                failed(error)

        self.change(job, done, refused)

    def cancel_pending(self) -> bool:
        """Leave a merge that was begun; False if there was none."""
        pending = self._merging is not None or self._joining is not None
        self._merging = self._joining = None
        if pending:
            self.tell(_("nothing was merged"))
        return pending

    def standing(self) -> str:
        """What is said while there is nothing new: a merge that was begun, else the filter."""
        if self._joining is not None:
            return with_keys(
                _(
                    "merge the event of {day} with: go to the other event and press {correct_merge}, "
                    "{explore_clear} leaves it"
                ),
                day=self._joining.value,
            )
        if self._merging is None:
            return super().standing()
        name = self._merging[1]
        return with_keys(
            _("merge {name} into: go to the other name and press {correct_merge}, {explore_clear} leaves it"), name=name
        )

    def _join(self, event: EventRow) -> None:
        """Begin to make two events one, or do it."""
        self._merging = None
        if self._joining is None or self._joining.id == event.id:
            self._joining = event
            self.tell_status()
        else:
            ids, self._joining = (self._joining.id, event.id), None
            self.edit(
                lambda writer: writer.merge_events(ids),
                lambda _done: self.changed(with_keys(_("one event now; {correct_undo} takes it back"))),
            )

    @on_a_row
    def action_merge(self) -> None:
        """Make all that is marked one; else ask with what: of an entity what may be the same comes first."""
        subject = self.subject()
        marked = self.marked("timeline") or self.marked("entities")
        if marked:
            self._merge_marked(marked)
            return
        if isinstance(subject, EventRow):
            self._join(subject)
            return
        entity = self.entity_in_hand()
        if entity is None:
            self.tell(_("put the cursor on a name first"))
        elif self._merging is None or self._merging[0] == entity[0]:
            self._offer(entity)
        else:
            one, self._merging = self._merging, None
            self._merge(one, entity)

    def _merge(self, gone: tuple[int, str], kept: tuple[int, str]) -> None:
        said = with_keys(_("{old} is {name} now; {correct_undo} takes it back"), old=gone[1], name=kept[1])
        self.correct(lambda: changes.merge(self.corpus, [(kept[0], [gone[0]])]), said)

    def _offer(self, entity: tuple[int, str]) -> None:
        """Show what may be the same as an entity; what is chosen there is made one with it, as the one of more
        articles."""
        from tui.screens.merge_sheet import MergeSheet

        def answered(answer: Answer | None) -> None:
            if answer is None:
                return
            if answer.other is None:
                self._merging, self._joining = entity, None
                self.tell_status()
                return
            other = answer.other.id, answer.other.name
            self._merge(*((other, entity) if answer.larger else (entity, other)))

        self._merging = self._joining = None
        self.app.push_screen(MergeSheet(self.corpus, entity), answered)

    def _merge_marked(self, marked: list[int]) -> None:
        """Make marked entities or events one, an entity as the one under the cursor."""
        pane, current = self.pane, self.rows(self.pane).current_id
        into = current if current is not None and (pane == "entities" or current < BIN) else marked[0]
        ids = list(dict.fromkeys([into, *marked]))
        if len(ids) < 2:
            self.tell(_("mark another row, or put the cursor on it"))
            return
        self._merging = self._joining = None
        if pane == "timeline":
            said = with_keys(_("one event now; {correct_undo} takes it back"))
            self.correct(lambda: changes.merge_events(self.corpus, ids), said, unmark=pane)
            return
        name = self.labels.get(into, "…")
        said = with_keys(
            ngettext(
                "{n} entity is {name} now; {correct_undo} takes it back",
                "{n} entities are {name} now; {correct_undo} takes it back",
                len(ids) - 1,
            ),
            n=len(ids) - 1,
            name=name,
        )
        self.correct(lambda: changes.merge(self.corpus, [(into, ids[1:])]), said, unmark=pane)

    def action_suggested(self) -> None:
        """Pairs of the corpus that may be one."""
        from tui.screens.suggested import SuggestedSheet

        def closed(made: int | None) -> None:
            if made:
                self.changed(
                    with_keys(
                        ngettext(
                            "{n} correction; {correct_undo} takes the last back",
                            "{n} corrections; {correct_undo} takes the last back",
                            made,
                        ),
                        n=made,
                    )
                )

        self.app.push_screen(SuggestedSheet(self.corpus), closed)
