"""Dossiers and comparisons from the explorer, and the way back to a dossier from where it led."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import ArticleRow, EntityRow, EventRow, Filter
from store.database.queries import Reader
from store.dossiers import Subject
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.screens.filling import on_a_row
from tui.screens.history import Place, Spot, View
from tui.screens.taking_in import TakingIn

if TYPE_CHECKING:
    from tui.screens.dossier import Gone, Stood
    from tui.screens.lists import Statements
    from tui.screens.placed import Left

# What a dossier takes is imported when one is opened: not for the first frame.

_KEPT = 50
"""So many views that a dossier was left from are known."""


class Consulting(TakingIn):
    """The explorer's dossiers."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._left: list[tuple[View, Stood]] = []
        """Dossiers that led somewhere, each with the view it lay over."""
        self._comparing: tuple[int, str] | None = None
        """The article that another is to be compared with."""
        self._statements: tuple[Statements, Statements, Spot] | None = None
        """The statements that were asked for last, as they were narrowed there, and where the cursor stood."""

    def cancel_pending(self) -> bool:
        """Leave a comparison, or a merge, that was begun; False if there was none."""
        if self._comparing is None:
            return super().cancel_pending()
        self._comparing = None
        self.tell(_("nothing is compared"))
        return True

    def standing(self) -> str:
        """What is said while there is nothing new: of a comparison that was begun, how it goes on."""
        if self._comparing is None:
            return super().standing()
        return with_keys(
            _("compare «{title}» with: go to the other article and press {explore_compare}, {explore_clear} leaves it"),
            title=self._comparing[1],
        )

    @on_a_row
    def action_compare(self) -> None:
        """What differs between two articles: those that are marked, or the one under the cursor and its only copy, or
        the one gone to next."""
        if len(marked := self.marked_articles()) == 2:
            self._comparing = None
            self._compare(min(marked), max(marked))
            return
        article = self.article_in_hand()
        if article is None:
            self.tell(_("put the cursor on an article first"))
            return
        begun = self._comparing
        if begun is not None and begun[0] != article:
            self._comparing = None
            self.tell_status()
            self._compare(begun[0], article)
            return

        def found(answer: tuple[list[ArticleRow], array[int]]) -> None:
            rows, story = answer
            others = [each for each in story if each != article]
            if len(others) == 1 and begun is None:
                # the older one first: what has come stands in the newer
                self._compare(story[1], story[0])
            elif rows:
                self._comparing = article, rows[0].title
                self.tell_status()

        def question(reader: Reader) -> tuple[list[ArticleRow], array[int]]:
            return reader.articles([article]), reader.article_ids(Filter(story=article))

        self.ask("compare", question, found, opens=True)

    def _compare(self, one: int, other: int) -> None:
        from tui.screens.comparing import ComparingSheet

        def opened(place: Place | None) -> None:
            if place is not None:
                self.open_article(place)

        self.app.push_screen(ComparingSheet(self.corpus, one, other), opened)

    @on_a_row
    def action_statements(self) -> None:
        """What the entity under the cursor says, or without one anybody, in the articles under the present filter, in
        those that tell the event under the cursor, or in the article in the reader; what is chosen is opened. Where the
        same is asked for again, it stands as it was left."""
        from store.spoken import Wanted
        from tui.screens.lists import Statements
        from tui.screens.statements import StatementsSheet

        entity = self.entity_in_hand()
        within = self.asked if entity is not None else self._spoken_within()
        asked = Statements(Wanted(entity[0] if entity is not None else None), within)
        wanted, spot = asked, Spot()
        if self._statements is not None and self._statements[0] == asked:
            wanted, spot = self._statements[1:]

        def noted(listed: Statements) -> None:
            self._statements = asked, listed, Spot()

        def left(answer: Left | None) -> None:
            if answer is None:
                return
            if self._statements is not None:
                self._statements = *self._statements[:2], answer.spot
            if answer.place is not None:
                self.open_article(answer.place)

        name = entity[1] if entity is not None else ""
        narrowed = self.filter_in_words(within) if within != Filter() else ""
        self.app.push_screen(StatementsSheet(self.corpus, wanted, name, narrowed, spot, noted), left)

    def _spoken_within(self) -> Filter:
        """In which articles it is listed who said what, where no name is under the cursor."""
        subject = self.subject()
        if isinstance(subject, EventRow):
            return Filter(event=subject.id)
        if self.pane == "reader" and self.place.article is not None:
            return Filter(article=self.place.article, copies=True)
        return self.asked

    @on_a_row
    def action_dossier(self) -> None:
        """The dossier of the name under the cursor, or of the two that are marked; of an article that of its outlet."""
        marked, entity = self.marked("entities"), self.entity_in_hand()
        if len(marked) > 2:
            said = ngettext(
                "a dossier is of one name or of two; {n} is marked",
                "a dossier is of one name or of two; {n} are marked",
                len(marked),
            )
            self.tell(said.format(n=f"{len(marked):,}"))
            return
        if len(marked) == 2:
            self.ask("dossier", lambda reader: reader.entities(marked), self._consult_pair, opens=True)
            return
        if entity is not None:
            self.ask("dossier", lambda reader: reader.entity(entity[0]), self._consult_entity, opens=True)
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

    def _consult_pair(self, rows: list[EntityRow]) -> None:
        if len(rows) == 2:
            self._consult(Subject(tuple(rows)))

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
                self.labels.update(answer.labels)
                self.go(answer.goal, "articles")

        self.app.push_screen(DossierSheet(self.corpus, stood), answered)

    def consult_again(self, view: View) -> None:
        """Show the dossier that lay over a view when it was left, if one did."""
        if self._left and self._left[-1][0] == view:
            self.consult(self._left.pop()[1])
