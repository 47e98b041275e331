"""All bookmarks, tags and notes: a list over the explorer, from which each is gone to, changed or taken away."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.annotations import Annotation, Kind, Target
from store.database.queries import Reader
from store.errors import StoreError
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.said import joined
from tui.locale.told import in_words
from tui.panes.annotated import BOOKMARK, NOTE
from tui.screens.annotation_sheets import NoteSheet
from tui.screens.asking import Asking
from tui.screens.copying import copy, from_home
from tui.screens.sheets import SHEET_CSS, Question, classed
from tui.screens.writing_here import write_here
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.listing import Listing
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from store.database.writing import Writer

_KINDS: tuple[Kind | None, ...] = (None, "bookmark", "tag", "note")
_SIGNS: dict[Kind, str] = {"bookmark": BOOKMARK, "tag": "#", "note": NOTE}


class Left(NamedTuple):
    """How the list was left: what is to be gone to, if anything, and whether anything was changed."""

    one: Annotation | None
    changed: bool


class AnnotationRows(Rows[Annotation]):
    """Two lines each: what it says, and what it is on, by whom and when."""

    row_height: ClassVar[int] = 2

    def draw(self, row: Annotation, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        said = {"bookmark": _("bookmark"), "tag": row.text, "note": " ".join(row.text.split())}[row.kind]
        first = f"{_SIGNS[row.kind]}{'' if row.kind == 'tag' else ' '}{said}"
        kind = {"article": _("article"), "sentence": _("sentence"), "entity": _("name"), "event": _("event")}[
            row.key.on
        ]
        gone = _("not in this corpus") if row.target is None else ""
        beside = " · ".join(filter(None, (row.made[:10], row.who, kind, gone)))
        return [text_cells(first, width, style), two_sides(beside, row.quote, width, dim)]


class AnnotationsSheet(Asking[Left], ModalScreen[Left]):
    """What people put on this corpus, newest first; narrowed by kind, tag and words."""

    CSS = (
        SHEET_CSS
        + """
    AnnotationsSheet { align: center middle; background: $background; }
    AnnotationsSheet .sheet { width: 100%; max-width: 130; height: 100%; max-height: 100%; }
    AnnotationsSheet Rows { height: 1fr; background: $surface; }
    AnnotationsSheet ArabicInput { background: $boost; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("annotations")

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus)
        self.rows = AnnotationRows(id="annotations")
        self.title_line, self._note = Label(), Label()
        self._input = ArabicInput(prompt=with_keys(_("{annotations_narrow} narrows: words, or #tag")))
        self._kind: Kind | None = None
        self._removed: list[list[Annotation]] = []
        self._changed = self._open = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self._note, "sheet-note")
            yield self._input
            yield self.rows

    def on_mount(self) -> None:
        self._open = True
        self.rows.focus()
        self._say("")
        self._fill()

    def on_unmount(self) -> None:
        self.drop_all()

    # -- what is asked -------------------------------------------------------------------------------------

    def _fill(self, keep: int | None = None) -> None:
        kind, typed = self._kind, self._input.value.split()
        tag = next((word[1:] for word in typed if word.startswith("#") and len(word) > 1), "").replace("_", " ")
        words = " ".join(word for word in typed if not word.startswith("#"))

        def question(reader: Reader) -> array[int]:
            return reader.annotation_ids(kind, tag, words)

        self.ask("list", question, lambda ids: self._show(ids, keep))

    def _show(self, ids: array[int], keep: int | None) -> None:
        if not self._open:
            return
        narrowed = self._kind is not None or bool(self._input.value.strip())
        self.rows.empty_text = (
            with_keys(_("nothing like this here\n{annotations_narrow} changes the words, {annotations_kind} the kind"))
            if narrowed
            else with_keys(_("nothing yet: {correct_bookmark} bookmarks, {correct_tag} tags, {correct_note} notes"))
        )
        self.rows.show(Listing.of(ids), keep)
        n = len(ids)
        count = ngettext("{n} annotation", "{n} annotations", n).format(n=f"{n:,}")
        kinds = {None: _("all"), "bookmark": _("bookmarks"), "tag": _("tags"), "note": _("notes")}
        self.title_line.say(joined(" · ", (count, kinds[self._kind])), _("Esc closes"))

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()
        ids, edition = event.ids, event.edition

        def supply(found: list[Annotation]) -> None:
            self.rows.supply({one.id: one for one in found}, edition)

        def refused(error: StoreError) -> None:
            self.rows.missed()
            self.refuse(error)

        if self._open:
            self.ask("rows", lambda reader: reader.annotations(ids), supply, refused)

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self.rows.fail(in_words(error))
        self._say(in_words(error))

    def _say(self, text: str) -> None:
        """Say something in the place of the keys, until the next move."""
        self._note.say(
            text
            or with_keys(
                _(
                    "{list_open} goes there · {annotations_narrow} words · {annotations_kind} kind · "
                    "{annotations_change} edit · {annotations_rename} rename · {annotations_remove} delete · "
                    "{annotations_back} back"
                )
            )
        )

    # -- narrowing -----------------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        self._input.focus()

    def action_kind(self) -> None:
        """Bookmarks only, tags only, notes only, all again."""
        self._kind = _KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)]
        self._fill()

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        event.stop()
        self._fill()

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        self.rows.focus()

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        self._input.value = ""
        self.rows.focus()

    # -- keys of a row -------------------------------------------------------------------------------------

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self._say("")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        row = self.rows.current_row
        if row is not None and row.target is None:
            self._say(_("what it is on is not in this corpus"))
        elif row is not None:
            self._close(row)

    def _do(
        self, change: Callable[[Writer], object], said: str, failed: Callable[[StoreError], None] | None = None
    ) -> None:
        """Change something, and show the list as it is then; or say why nothing was changed, and do `failed`."""
        keep = self.rows.current_id

        def done(_done: object) -> None:
            self._changed = True
            self._fill(keep)
            self._say(said)

        def refused(error: StoreError) -> None:
            self.refuse(error)
            if failed is not None:
                failed(error)

        self.edit(change, done, refused)

    def action_change_text(self) -> None:
        """Edit the note, or the one tag, under the cursor."""
        row = self.rows.current_row
        if row is None or row.kind == "bookmark":
            self._say(_("put the cursor on a note or a tag"))
            return
        if row.kind == "tag":
            self._ask_tag(row.uid, row.text)
        else:
            self._ask_note(row)

    # What cannot be written is asked for again as it was typed, with the reason.

    def _ask_tag(self, uid: str, typed: str, why: str = "") -> None:
        def named(text: str | None) -> None:
            if text:
                self._do(
                    lambda writer: writer.change_annotation(uid, text),
                    _("tag changed"),
                    lambda error: self._ask_tag(uid, text, in_words(error)),
                )

        self.app.push_screen(Question(_("Tag"), typed, why=why), named)

    def _ask_note(self, row: Annotation, typed: str | None = None, why: str = "") -> None:
        def written(answer: tuple[object, object, str] | None) -> None:
            if answer is None:
                return
            text = answer[2]
            if text:
                self._do(
                    lambda writer: writer.change_annotation(row.uid, text),
                    _("note changed"),
                    lambda error: self._ask_note(row, text, in_words(error)),
                )
            else:
                self._remove(row.uid)

        on = row.target or Target(row.key.on, 0), row.quote, row
        self.app.push_screen(NoteSheet([on], typed=typed, why=why), written)

    def action_rename(self) -> None:
        """Give a tag another name wherever it is."""
        row = self.rows.current_row
        if row is None or row.kind != "tag":
            self._say(_("put the cursor on a tag"))
            return
        self._ask_name(row.text, row.text)

    def _ask_name(self, tag: str, typed: str, why: str = "") -> None:
        def named(to: str | None) -> None:
            if to and to != tag:
                self._do(
                    lambda writer: writer.rename_tag(tag, to),
                    _("#{tag} is #{to} everywhere").format(tag=tag, to=to),
                    lambda error: self._ask_name(tag, to, in_words(error)),
                )

        self.app.push_screen(Question(_("New name of the tag everywhere"), typed, why=why), named)

    def action_remove(self) -> None:
        row = self.rows.current_row
        if row is not None:
            self._remove(row.uid)

    def _remove(self, uid: str) -> None:
        said = with_keys(_("removed; {annotations_back} brings it back"))
        self._do(lambda writer: self._removed.append(writer.remove_annotations([uid])), said)

    def action_bring_back(self) -> None:
        """Put back what was removed here last."""
        if not self._removed:
            self._say(_("nothing was removed here"))
            return
        several = self._removed.pop()
        self._do(
            lambda writer: writer.keep_annotations(several),
            _("it is there again"),
            lambda _error: self._removed.append(several),
        )

    def action_copy(self) -> None:
        row = self.rows.current_row
        if row is not None:
            copy(self, "\n".join(filter(None, (row.text, row.quote))), self._say)

    def action_export(self) -> None:
        """Write all of them, to read, into a file where khabar was started."""
        self.change(lambda: write_here(self.corpus, "annotations", "md"), lambda path: self._say(from_home(path)))

    def action_close(self) -> None:
        self._close(None)

    def _close(self, one: Annotation | None) -> None:
        def leave() -> None:
            if self.app.screen is self:  # else what could not be written is asked for again, over this
                self._open = False
                self.drop_all()
                self.dismiss(Left(one, self._changed))

        self.after_changes(leave)
