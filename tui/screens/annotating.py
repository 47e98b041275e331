"""Keys by which people put bookmarks, tags and notes on what they read, and come back to them; saved searches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.annotations import Annotation, Target
from store.answers import ArticleRow, EventRow, Filter, SavedSearch
from store.database.queries import Reader
from store.errors import StoreError
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale.told import in_words
from tui.panes.articles import ArticlesPane
from tui.panes.marks import Mark
from tui.screens.filling import on_a_row
from tui.screens.history import Place, View, Zoom
from tui.screens.noting import Noting, tagged
from tui.when import event_date

if TYPE_CHECKING:
    from store.database.writing import Writer


# The sheets are imported when they are opened: not for the first frame.


class Annotating(Noting):
    """The explorer's annotations and saved searches."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._fresh: dict[Filter, int] = {}
        """What had been added when somebody looked at a saved search before this time."""

    def go(self, new: Filter, pane: str, *, label: tuple[int, str] | None = None, zoom: Zoom | None = None) -> None:
        """Jump to what a filter leaves, in a pane; the way back is kept."""
        raise NotImplementedError

    def load(self, view: View | None = None, day: str = "", *, recall: bool = False) -> None:
        """Fill the lists; articles that are new to a saved search are marked in it."""
        self.query_one(ArticlesPane).fresh_after = self._fresh.get(self.filter)
        super().load(view, day, recall=recall)

    # -- what is in hand -----------------------------------------------------------------------------------

    def targets(self) -> list[tuple[Target, str]]:
        """What under the cursor can be annotated, each with what it says, what is meant first: in the reader the
        sentence around the name or date under the cursor, or that was gone to, then that name, then the article."""
        subject, article = self.subject(), self.article_in_hand()
        found: list[tuple[Target, str]] = []
        if self.pane == "reader" and article is not None:
            shown, span = self.reader.article, self.reader.sentence
            if shown is not None and shown.row.id == article and span is not None:
                found.append((Target("sentence", article, *span), shown.document.text[span[0] : span[1]]))
            if isinstance(subject, Mark) and (entity := self.entity_in_hand()) is not None:
                found.append((Target("entity", entity[0]), entity[1]))
            title = shown.row.title if shown is not None else ""
            return [*found, (Target("article", article), title)]
        if self.pane == "entities" and (entity := self.entity_in_hand()) is not None:
            return [(Target("entity", entity[0]), entity[1])]
        if isinstance(subject, EventRow):
            told = subject.sentences[0].text if subject.sentences else ""
            return [(Target("event", subject.id), f"{event_date(subject)} {told}")]
        if article is not None:
            return [(Target("article", article), subject.title if isinstance(subject, ArticleRow) else "")]
        return []

    def _nothing_in_hand(self) -> None:
        self.tell(_("put the cursor on an article, a name or an event first"))

    # -- putting on and taking off -------------------------------------------------------------------------

    @on_a_row
    def action_bookmark(self) -> None:
        """Bookmark what is under the cursor, or all that is marked; what is bookmarked is so no more."""
        found, marked = self.targets(), self.marked_targets()
        if marked:
            self.bookmark_all(marked)
            return
        if not found:
            self._nothing_in_hand()
            return
        target = found[0][0]
        sentence = target.on == "sentence"
        on = (
            with_keys(_("sentence bookmarked; on the list {correct_bookmark} bookmarks the article"))
            if sentence
            else _("bookmarked")
        )
        self.edit(
            lambda writer: writer.toggle_bookmark(target),
            lambda there: self.changed(on if there else _("bookmark removed")),
        )

    @on_a_row
    def action_tag(self) -> None:
        """Tags of what is under the cursor, or of all that is marked: type one to put it on, or to take it off; several
        with commas."""
        found, marked = self.targets(), self.marked_targets()
        if marked:
            self.tag_all(marked)
            return
        if not found:
            self._nothing_in_hand()
            return

        def show(answer: tuple[list[tuple[str, int]], list[list[Annotation]]]) -> None:
            known, there = answer
            on = [(*each, tuple(one.text for one in told if one.kind == "tag")) for each, told in
                  zip(found, there, strict=True)]  # fmt: skip
            self._ask_tags(on, known)

        def question(reader: Reader) -> tuple[list[tuple[str, int]], list[list[Annotation]]]:
            return reader.tags(), [reader.annotations_on(target) for target, _said in found]

        self.ask("annotations", question, show, opens=True)

    def _ask_tags(
        self,
        on: list[tuple[Target, str, tuple[str, ...]]],
        known: list[tuple[str, int]],
        typed: str = "",
        why: str = "",
    ) -> None:
        """Ask for tags; again with what was `typed` where they could not be written, and `why`."""
        from tui.screens.annotation_sheets import TagSheet

        def written(answer: tuple[Target, tuple[str, ...]] | None) -> None:
            if answer is None:
                return
            target, tags = answer

            def put(writer: Writer) -> list[tuple[str, bool]]:
                with writer.transaction():
                    return [(tag, writer.toggle_tag(target, tag)) for tag in tags]

            def failed(error: StoreError) -> None:
                self.refuse(error)
                meant_first = sorted(on, key=lambda one: one[0] != target)
                self._ask_tags(meant_first, known, ", ".join(tags), in_words(error))

            self.edit(put, lambda done: self.changed(" · ".join(tagged(*one) for one in done)), failed)

        self.app.push_screen(TagSheet(on, known, typed=typed, why=why), written)

    @on_a_row
    def action_note(self) -> None:
        """Write a note on what is under the cursor, or change the last one that is there; on all that is marked a note
        each."""
        found, marked = self.targets(), self.marked_targets()
        if marked:
            self.note_all(marked)
            return
        if not found:
            self._nothing_in_hand()
            return

        def show(there: list[list[Annotation]]) -> None:
            from tui.screens.annotation_sheets import NoteSheet

            notes = [[one for one in told if one.kind == "note"] for told in there]
            on = [(*each, told[-1] if told else None) for each, told in zip(found, notes, strict=True)]
            self.app.push_screen(NoteSheet(on), self._note_written)

        self.ask(
            "annotations",
            lambda reader: [reader.annotations_on(target) for target, _said in found],
            show,
            opens=True,
        )

    def _note_written(self, answer: tuple[Target, Annotation | None, str] | None) -> None:
        if answer is not None:
            self._write(*answer)

    def _write(self, target: Target, note: Annotation | None, text: str) -> None:
        def failed(error: StoreError) -> None:
            from tui.screens.annotation_sheets import NoteSheet

            # what was written is not lost: the disk may have room again, another program be done
            self.refuse(error)
            self.app.push_screen(NoteSheet([(target, "", note)], typed=text, why=in_words(error)), self._note_written)

        if note is None:
            if text:
                self.edit(
                    lambda writer: writer.annotate(target, "note", text),
                    lambda _uid: self.changed(_("note kept")),
                    failed,
                )
        elif text:
            uid = note.uid
            self.edit(
                lambda writer: writer.change_annotation(uid, text),
                lambda _done: self.changed(_("note changed")),
                failed,
            )
        else:
            uid = note.uid
            self.edit(lambda writer: writer.remove_annotations([uid]), lambda _done: self.changed(_("note removed")))

    # -- coming back ---------------------------------------------------------------------------------------

    def action_annotations(self) -> None:
        """All bookmarks, tags and notes, to go to one, change it or take it away."""
        from tui.screens.annotation_list import AnnotationsSheet, Left

        def left(answer: Left | None) -> None:
            if answer is None:
                return
            if answer.changed:
                self.revision = None
                self.load(self.view())
            if answer.one is not None:
                self._go_to(answer.one)

        self.app.push_screen(AnnotationsSheet(self.corpus), left)

    def _go_to(self, one: Annotation) -> None:
        """Go to what an annotation is on."""
        target = one.target
        if target is None:
            return
        if target.on == "entity":
            self.go(Filter(entities=(target.id,)), "articles", label=(target.id, one.quote))
        elif target.on == "event":
            self.go(Filter(event=target.id), "timeline", zoom="event")
        elif target.start is not None and target.end is not None:
            self.open_article(Place(target.id, (target.start, target.end)))
        else:
            self.open_article(Place(target.id))

    def action_searches(self) -> None:
        """The searches that have a name: to see what is new in each, to save the present one."""
        from tui.screens.searches import Left, SearchesSheet

        def left(answer: Left | None) -> None:
            if answer is not None:
                self._look(answer.search, answer.new)

        def words(f: Filter, names: dict[int, str]) -> str:
            self.labels.update(names)
            return self.filter_in_words(f)

        self.app.push_screen(SearchesSheet(self.corpus, self.filter, self.ranking, words), left)

    def _look(self, search: SavedSearch, new: bool) -> None:
        """Show a saved search, all of it or what is new; it counts as looked at."""

        def looked(seen: int | None) -> None:
            seen = search.seen if seen is None else seen
            f = replace(search.filter, added_after=seen) if new else search.filter
            self._fresh[f] = seen
            self.revision = None  # what was added since must not be missing from a list that is remembered
            self.go(f, "articles")
            if f.query and search.order != self.ranking:
                self.ranking = "relevance"
                self.load()

        self.edit(lambda writer: writer.look_at_search(search.name), looked)
