"""Dossiers from the explorer, and the way back to one from where it led."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import ArticleRow, EntityRow
from store.dossiers import Subject
from tui.locale import gettext as _
from tui.screens.filling import on_a_row
from tui.screens.history import Place, Spot, View
from tui.screens.taking_in import TakingIn

if TYPE_CHECKING:
    from tui.screens.dossier import Gone, Stood

# What a dossier takes is imported when one is opened: not for the first frame.

_KEPT = 50
"""So many views that a dossier was left from are known."""


class Consulting(TakingIn):
    """The explorer's dossiers."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._left: list[tuple[View, Stood]] = []
        """Dossiers that led somewhere, each with the view it lay over."""

    @on_a_row
    def action_dossier(self) -> None:
        """The dossier of the name under the cursor; of an article that of its outlet."""
        entity = self.entity_in_hand()
        if entity is not None:
            self.ask("dossier", lambda reader: reader.entity(entity[0]), self._consult_entity)
            return
        subject = self.subject()
        shown = self.reader.article
        row = shown.row if self.pane == "reader" and shown is not None else subject
        if isinstance(row, ArticleRow) and row.outlet:
            self._consult(Subject(outlet=row.outlet))
        elif isinstance(row, ArticleRow):
            self.tell(_("the outlet of this article is not known"))
        else:
            self.tell(_("put the cursor on a name or an article first"))

    def _consult_entity(self, row: EntityRow) -> None:
        self._consult(Subject((row,)))

    def _consult(self, about: Subject) -> None:
        from tui.screens.dossier import Stood

        self.consult(Stood(((about, Spot()),)))

    def consult(self, stood: Stood) -> None:
        """Show a dossier, its cursor where it stood; what it leads to is gone to."""
        from tui.screens.dossier import DossierSheet, Stood

        def answered(answer: Gone | Stood | None) -> None:
            if answer is None:
                return
            if isinstance(answer, Stood):
                self.consult(answer)
                return
            self._left = [*self._left[1 - _KEPT :], (self.view(), answer.stood)]
            if isinstance(answer.goal, Place):
                self.open_article(answer.goal)
            else:
                for about, _spot in answer.stood.trail:
                    self.labels.update((row.id, row.name) for row in about.entities)
                self.go(answer.goal, "articles")

        self.app.push_screen(DossierSheet(self.corpus, stood), answered)

    def consult_again(self, view: View) -> None:
        """Show the dossier that lay over a view when it was left, if one did."""
        if self._left and self._left[-1][0] == view:
            self.consult(self._left.pop()[1])
