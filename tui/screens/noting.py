"""Bookmarks, tags and notes on all rows that are marked, at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.annotations import Annotation, Target, folded
from store.database.queries import Reader
from store.errors import StoreError
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words
from tui.screens.mending import Mending

if TYPE_CHECKING:
    from store.database.writing import Writer

# The sheets are imported when they are opened: not for the first frame.

_MANY = 20
"""More than so many are bookmarked when it is said twice: of tags and notes a sheet says on how many they are to be."""
_LOOKED_AT = 1_000
"""What is on more than so many is not looked at beforehand."""


class Noting(Mending):
    """What is put on all that is marked."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._sure: list[Target] = []
        """What the next b bookmarks."""

    def marked_targets(self) -> list[Target]:
        """What is marked in the list that has the keys, in the order in which it was marked."""
        if self.pane == "timeline":
            events = [Target("event", id_) for id_ in self.marked("timeline")]
            return [*events, *(Target("article", id_) for id_ in self.marked_articles())]
        if self.pane == "entities":
            return [Target("entity", id_) for id_ in self.marked("entities")]
        return [Target("article", id_) for id_ in self.marked("articles")]

    def bookmark_all(self, marked: Sequence[Target]) -> None:
        """Bookmark all, or where all are bookmarked take the bookmarks away; many when it is said twice."""
        targets, pane = list(marked), self.pane
        if len(targets) > _MANY and targets != self._sure:
            self._sure = targets
            said = ngettext(
                "{correct_bookmark} again is for {n} marked row",
                "{correct_bookmark} again is for all {n} marked rows",
                len(targets),
            )
            self.tell(with_keys(said, n=f"{len(targets):,}"))
            return
        self._sure = []

        def done(on: bool) -> None:
            self.unmark(pane)
            self.changed(_on_all(_("bookmarked") if on else _("bookmark removed"), len(targets)))

        self.edit(lambda writer: writer.toggle_all(targets, "bookmark"), done)

    def tag_all(self, marked: Sequence[Target]) -> None:
        """Ask for tags to put on all, or where all have one to take it off all."""
        targets, pane = list(marked), self.pane

        def ask(known: list[tuple[str, int]], shared: tuple[str, ...], typed: str = "", why: str = "") -> None:
            from tui.screens.annotation_sheets import TagSheet

            def written(answer: tuple[Target, tuple[str, ...]] | None) -> None:
                if answer is None:
                    return
                tags = answer[1]

                def put(writer: Writer) -> list[tuple[str, bool]]:
                    with writer.transaction():
                        return [(tag, writer.toggle_all(targets, "tag", tag)) for tag in tags]

                def failed(error: StoreError) -> None:
                    self.refuse(error)
                    ask(known, shared, ", ".join(tags), in_words(error))

                self.edit(put, done, failed)

            self.app.push_screen(TagSheet([(targets[0], "", shared)], known, _rows(len(targets)), typed, why), written)

        def done(there: list[tuple[str, bool]]) -> None:
            self.unmark(pane)
            self.changed(_on_all(" · ".join(tagged(*one) for one in there), len(targets)))

        def question(reader: Reader) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
            there = map(reader.annotations_on, targets if len(targets) <= _LOOKED_AT else ())
            return reader.tags(), _shared(list(there))

        self.ask("annotations", question, lambda answer: ask(*answer), opens=True)

    def note_all(self, marked: Sequence[Target]) -> None:
        """Ask for a note to put on each."""
        from tui.screens.annotation_sheets import NoteSheet

        targets, pane = list(marked), self.pane

        def done(_uids: list[str]) -> None:
            self.unmark(pane)
            self.changed(_on_all(_("note kept"), len(targets)))

        def failed(text: str, error: StoreError) -> None:
            self.refuse(error)
            sheet = NoteSheet([(targets[0], "", None)], _rows(len(targets)), text, in_words(error))
            self.app.push_screen(sheet, written)

        def written(answer: tuple[Target, Annotation | None, str] | None) -> None:
            if answer is not None and answer[2]:
                text = answer[2]
                self.edit(lambda writer: writer.annotate_all(targets, "note", text), done, partial(failed, text))

        self.app.push_screen(NoteSheet([(targets[0], "", None)], _rows(len(targets))), written)


def tagged(tag: str, there: bool) -> str:
    """Says that a tag was put on or taken off."""
    said = _("tagged #{tag}") if there else _("#{tag} taken off")
    return said.format(tag=tag)


def _rows(count: int) -> str:
    return ngettext("{n} marked row", "all {n} marked rows", count).format(n=f"{count:,}")


def _on_all(said: str, count: int) -> str:
    return f"{said} · {_rows(count)}"


def _shared(there: Sequence[Sequence[Annotation]]) -> tuple[str, ...]:
    """The tags that all have, as the first has them."""
    each = [{folded(one.text): one.text for one in told if one.kind == "tag"} for told in there]
    return tuple(text for words, text in each[0].items() if all(words in other for other in each)) if each else ()
