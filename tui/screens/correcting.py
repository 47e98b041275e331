"""Keys by which people correct the machine and keep things."""

from __future__ import annotations

from pathlib import Path

from store.answers import ArticleRow, EntityRow, EventRow
from store.database import open_reader, open_writer
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.panes.marks import Mark
from tui.panes.reader import ReaderPane
from tui.screens.copying import copy
from tui.screens.filling import on_a_row
from tui.screens.history import Place
from tui.screens.loading import Loading
from tui.screens.sentences import SentencesSheet, Wanted
from tui.screens.sheets import Question, is_day, western


class Correcting(Loading):
    """The explorer's edits and copies."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._merging: tuple[int, str] | None = None
        self._joining: EventRow | None = None

    # -- corrections ---------------------------------------------------------------------------------------

    def _changed(self, said: str) -> None:
        self.revision = None
        self.load(self.view())
        self.tell(said)

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
            said = _("merge the event of {day} with: go to the other event and press m, Esc leaves it")
            return said.format(day=self._joining.value)
        if self._merging is None:
            return super().standing()
        name = self._merging[1]
        return _("merge {name} into: go to the other name and press m, Esc leaves it").format(name=name)

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
                lambda _done: self._changed(_("one event now; u takes it back")),
            )

    @on_a_row
    def action_sentences(self) -> None:
        """The sentences that name the entity under the cursor, to go to one; or those of the event, to take some out of
        it too. An article is taken out of the story that it was taken for a copy of."""
        event, entity = self.subject(), self.entity_in_hand()
        if isinstance(event, ArticleRow) and event.copies:
            self.edit(
                lambda writer: writer.split_copy(event.id),
                lambda _done: self._changed(_("no copy of the others now; u takes it back")),
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
                said = ngettext(
                    "{n} sentence is an event of its own now; u takes it back",
                    "{n} sentences are an event of their own now; u takes it back", len(places),
                ).format(n=len(places))  # fmt: skip
                self.edit(lambda writer: writer.split_event(event.id, places), lambda _done: self._changed(said))

        def show(articles: list[ArticleRow]) -> None:
            self.app.push_screen(SentencesSheet(event, articles), wanted)

        self.ask("sentences", lambda reader: reader.articles(event.articles), show)

    @on_a_row
    def action_merge(self) -> None:
        subject = self.subject()
        if isinstance(subject, EventRow):
            self._join(subject)
            return
        entity = self.entity_in_hand()
        if entity is None:
            self.tell(_("put the cursor on a name first"))
        elif self._merging is None or self._merging[0] == entity[0]:
            self._merging, self._joining = entity, None
            self.tell_status()
        else:
            (gone, old), (kept, name) = self._merging, entity
            self._merging = None
            said = _("{old} is {name} now; u takes it back").format(old=old, name=name)
            self.edit(lambda writer: writer.merge_entities([gone], kept), lambda _done: self._changed(said))

    @on_a_row
    def action_rename(self) -> None:
        entity = self.entity_in_hand()
        if entity is None:
            self.tell(_("put the cursor on a name first"))
            return

        def renamed(name: str | None) -> None:
            if name and name != entity[1]:
                said = _("renamed to {name}; u takes it back").format(name=name)
                self.edit(lambda writer: writer.rename_entity(entity[0], name), lambda _done: self._changed(said))

        self.app.push_screen(Question(_("New name"), entity[1]), renamed)

    @on_a_row
    def action_hide(self) -> None:
        entity = self.entity_in_hand()
        if entity is None:
            self.tell(_("put the cursor on a name first"))
            return
        said = _("{name} is hidden; u takes it back").format(name=entity[1])
        self.edit(lambda writer: writer.hide_entity(entity[0]), lambda _done: self._changed(said))

    @on_a_row
    def action_redate(self) -> None:
        article = self.article_in_hand()
        if article is None:
            self.tell(_("put the cursor on an article first"))
            return

        def dated(day: str | None) -> None:
            if day and not is_day(day):
                self.tell(_("a date looks like 2021, 2021-12 or 2021-12-09"), problem=True)
            elif day:
                day = western(day)
                said = _("dated {day}; u takes it back").format(day=day)
                self.change(lambda: _redate(self.corpus, article, day), lambda _done: self._changed(said))

        shown = self.reader.article
        row = shown.row if shown and shown.row.id == article else self.rows("articles").row(article)
        now = row.published.value if isinstance(row, ArticleRow) else None
        self.app.push_screen(Question(_("Date of publication (2021-12-14)"), (now or "")[:10]), dated)

    def action_undo(self) -> None:
        def undone(what: str | None) -> None:
            self._changed(_("taken back: {what}").format(what=what) if what else _("nothing to take back"))

        self.change(lambda: _undo(self.corpus), undone)

    @on_a_row
    def action_bookmark(self) -> None:
        article = self.article_in_hand()
        if article is None:
            self.tell(_("put the cursor on an article first"))
            return

        def toggle() -> bool:
            with open_reader(self.corpus) as reader:
                on = not reader.article(article).row.bookmarked
            with open_writer(self.corpus) as writer:
                writer.bookmark(article, on)
            return on

        self.change(toggle, lambda on: self._changed(_("bookmarked") if on else _("bookmark removed")))

    # -- taking along --------------------------------------------------------------------------------------

    def _text_in_hand(self) -> str:
        """Logical text of what stands under the cursor."""
        subject = self.subject()
        if isinstance(subject, Mark):
            reader = self.query_one(ReaderPane)
            span, article = reader.sentence, reader.article
            return article.document.text[span[0] : span[1]] if span and article else ""
        if isinstance(subject, ArticleRow):
            return " — ".join(part for part in (subject.title, subject.published.value, subject.outlet) if part)
        if isinstance(subject, EntityRow):
            return subject.name
        if isinstance(subject, EventRow):
            return "\n".join(f"{subject.value}: {sentence.text}" for sentence in subject.sentences)
        article_shown = self.query_one(ReaderPane).article
        return article_shown.document.text if self.pane == "reader" and article_shown else ""

    @on_a_row
    def action_copy(self) -> None:
        self.copy(self.query_one(ReaderPane).selected if self.pane == "reader" else "")

    def copy(self, text: str) -> None:
        """Put logical text on the clipboard; without any, that of what stands under the cursor."""
        text = text or self._text_in_hand()
        if text:
            copy(self, text, self.tell)
        else:
            self.tell(_("there is nothing here to copy"))

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


# What reads and analyses texts is imported when a correction needs it: to start takes long enough without.


def _redate(corpus: Path, article: int, day: str | None) -> None:
    from store.ingest import redate

    redate(corpus, article, day)


def _undo(corpus: Path) -> str | None:
    from store.ingest import undo

    return undo(corpus)
