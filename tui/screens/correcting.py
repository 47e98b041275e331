"""Keys by which people correct the machine and keep things. With rows marked, what is done is done with all of
them."""

from __future__ import annotations

from store.answers import ArticleRow, EntityRow, EventRow
from store.errors import StoreError
from store.text.iso_dates import date_given
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words, sentence
from tui.panes.marks import Mark
from tui.screens import changes
from tui.screens.filling import on_a_row
from tui.screens.history import Place
from tui.screens.merging import Merging
from tui.screens.sentences import SentencesSheet, Wanted
from tui.screens.sheets import Question


class Correcting(Merging):
    """The explorer's edits."""

    # -- corrections ---------------------------------------------------------------------------------------

    @on_a_row
    def action_sentences(self) -> None:
        """The sentences that name the entity under the cursor, to go to one; or those of the event, to take some out of
        it too. An article is taken out of the story that it was taken for a copy of."""
        event, entity = self.subject(), self.entity_in_hand()
        if isinstance(event, ArticleRow) and event.copies:
            self.edit(
                lambda writer: writer.split_copy(event.id),
                lambda _done: self.changed(with_keys(_("no copy of the others now; {correct_undo} takes it back"))),
            )
            return
        if entity is not None:
            self.mentions_of(*entity)
            return
        if not isinstance(event, EventRow):
            self.tell(_("put the cursor on a name or an event first"))
            return

        def wanted(answer: Wanted | None) -> None:
            if answer is None:
                return
            if not answer.split:
                (sentence,) = answer.sentences
                self.open_article(Place(sentence.article, (sentence.start, sentence.end)))
            elif len(answer.sentences) == len(event.sentences):
                self.tell(_("leave at least one sentence in the event"), problem=True)
            else:
                places = [(sentence.article, sentence.start) for sentence in answer.sentences]
                said = with_keys(
                    ngettext(
                        "{n} sentence is an event of its own now; {correct_undo} takes it back",
                        "{n} sentences are an event of their own now; {correct_undo} takes it back",
                        len(places),
                    ),
                    n=len(places),
                )
                self.edit(lambda writer: writer.split_event(event.id, places), lambda _done: self.changed(said))

        def show(articles: list[ArticleRow]) -> None:
            self.app.push_screen(SentencesSheet(event, articles), wanted)

        self.ask("sentences", lambda reader: reader.articles(event.articles), show, opens=True)

    @on_a_row
    def action_rename(self) -> None:
        entity = self.entity_in_hand()
        if entity is None:
            self.tell(_("put the cursor on a name first"))
            return

        def ask(typed: str, why: str = "") -> None:
            def renamed(name: str | None) -> None:
                if not name or name == entity[1]:
                    return

                def failed(error: StoreError) -> None:
                    self.refuse(error)
                    ask(name, in_words(error))

                said = with_keys(_("renamed to {name}; {correct_undo} takes it back"), name=name)
                self.edit(
                    lambda writer: writer.rename_entity(entity[0], name), lambda _done: self.changed(said), failed
                )

            self.app.push_screen(Question(_("New name"), typed, why=why), renamed)

        ask(entity[1])

    @on_a_row
    def action_hide(self) -> None:
        marked, entity = self.marked("entities"), self.entity_in_hand()
        if marked:
            said = with_keys(
                ngettext(
                    "{n} entity is hidden; {correct_undo} takes it back",
                    "{n} entities are hidden; {correct_undo} takes it back",
                    len(marked),
                ),
                n=len(marked),
            )
            self.correct(lambda: changes.hide(self.corpus, marked), said, unmark="entities")
        elif entity is None:
            self.tell(_("put the cursor on a name first"))
        else:
            said = with_keys(_("{name} is hidden; {correct_undo} takes it back"), name=entity[1])
            self.correct(lambda: changes.hide(self.corpus, [entity[0]]), said)

    @on_a_row
    def action_redate(self) -> None:
        marked, article = self.marked_articles(), self.article_in_hand()
        if article is None and not marked:
            self.tell(_("put the cursor on an article first"))
            return
        wanted = marked or [article] if article is not None else marked
        pane = self.pane if marked else None

        def as_found(taken: int) -> None:
            if not taken:
                self.tell(_("no date here was given by a person"))
                return
            if pane is not None:
                self.unmark(pane)
            said = ngettext(
                "the date that was found stands again; {correct_redo} gives back the other",
                "the dates that were found of {n} articles stand again; {correct_redo} gives back the others",
                taken,
            )
            self.changed(with_keys(said, n=taken))

        def dated(question: Question, written: str | None) -> None:
            if written is None:
                return
            day = date_given(written)
            if written and not question.touched:
                # Enter alone makes no date given that was inferred, nor that of the first row that of others
                self.tell(_("nothing changed; a date that is typed anew counts as given"))
            elif not written:
                self.change(lambda: changes.date_as_found(self.corpus, wanted), as_found)
            elif day is not None:
                said = with_keys(_("dated {day}; {correct_undo} takes it back"), day=day)
                if len(wanted) > 1:
                    said = ngettext(
                        "{n} article dated {day}; {correct_undo} takes it back",
                        "{n} articles dated {day}; {correct_undo} takes it back",
                        len(wanted),
                    )
                    said = with_keys(said, n=len(wanted), day=day)
                self.correct(
                    lambda: changes.redate(self.corpus, wanted, day),
                    said,
                    unmark=pane,
                    failed=lambda error: ask(written, in_words(error)),
                )

        def ask(typed: str, why: str = "") -> None:
            empty = _("Left empty: as it was found, not as a person said.")
            question = Question(_("Published on (2021-12-14)"), typed, empty, _no_date, why)
            self.app.push_screen(question, lambda written: dated(question, written))

        shown = self.reader.article
        first = wanted[0]
        row = shown.row if shown and shown.row.id == first else self.rows("articles").row(first)
        now = row.published.value if isinstance(row, ArticleRow) else None
        ask((now or "")[:10])

    def action_undo(self) -> None:
        def undone(what: str | None) -> None:
            self.changed(_("taken back: {what}").format(what=sentence(what)) if what else _("nothing to take back"))

        self.change(lambda: changes.undo(self.corpus), undone)

    def action_redo(self) -> None:
        def redone(what: str | None) -> None:
            self.changed(_("done again: {what}").format(what=sentence(what)) if what else _("nothing to do again"))

        self.change(lambda: changes.redo(self.corpus), redone)

    # -- why -----------------------------------------------------------------------------------------------

    @on_a_row
    def action_why(self) -> None:
        subject, article = self.subject(), self.article_in_hand()
        if isinstance(subject, Mark):
            self.why_mark(subject)
        elif isinstance(subject, EntityRow):
            self.why_entity(subject)
        elif isinstance(subject, EventRow):
            self.why_event(subject)
        elif article is not None:
            self.why_article(article)
        else:
            self.tell(_("put the cursor on something first"))


def _no_date(typed: str) -> str:
    """Why what was typed is no date; empty for one."""
    return "" if date_given(typed) is not None else _("a date looks like 2021, 2021-12 or 2021-12-09")
