"""The log of corrections: who, when, what; each can be undone and done again from here."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import Edit
from store.database.queries import Reader
from store.errors import StoreError
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import N_, language, ngettext
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import in_words as error_in_words
from tui.locale.told import sentence
from tui.panes.entities import SINGULAR
from tui.screens import changes
from tui.screens.asking import Asking
from tui.screens.mending import KINDS
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.label import Label
from tui.widgets.paint import one_line, padded, two_sides
from tui.widgets.rows import Rows

# What was done, in words; {about} are names or how many there are, {value} what was said of them.
ACTIONS = {
    "rename": N_("{about} is shown as {value}"),
    "retype": N_("{about} is of the kind {value}"),
    "hide": N_("{about} is hidden"),
    "unhide": N_("{about} is shown again"),
    "merge": N_("{about} is {value}"),
    "split": N_("{about} is no longer the same"),
    "split-articles": N_("another is meant in some articles"),
    "keep-apart": N_("not the same: {about}"),
    "redate": N_("an article is dated {value}"),
    "outlet": N_("an article is of {value}"),
    "relabel": N_("a line of a page is: {value}"),
    "merge-events": N_("dated sentences are one event"),
    "split-events": N_("dated sentences were taken out of an event"),
    "split-copy": N_("an article is no copy of others"),
}


def in_words(edit: Edit, names: Mapping[str, str] | None = None) -> str:
    """What a correction says, in the interface's language; `names` are those of keys, where they are known."""
    known = names or {}
    about = "، ".join(known.get(key) or _plain(key) for key in edit.about)
    value = "—" if edit.value is None else known.get(edit.value) or _plain(edit.value)
    if edit.action in ("retype", "relabel"):
        value = next((_(name) for kind, name in (*SINGULAR.items(), *KINDS.items()) if kind == value), value)
    said = _(ACTIONS.get(edit.action, N_("{about}: {value}"))).format(about=about, value=value)
    return joined(" · ", filter(None, (said, edit.article[1] if edit.article is not None else "")))


def _plain(key: str) -> str:
    """The name in a key."""
    return key.split("\t")[-1].partition(" ~")[0]


def _when(moment: str) -> str:
    """A moment of the log as the clock here has it, to the minute."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment[:16]


class LogRows(Rows[Edit]):
    """Two lines each: when and by whom, with a sign before what was undone; and what."""

    row_height: ClassVar[int] = 2

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.names: Mapping[str, str] = {}
        """How names are written, by their keys."""

    def draw(self, row: Edit, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        right_to_left = int(language() == "ar")
        sides = [" · ".join(filter(None, (_when(row.made), row.who))), ""]
        if row.undone:
            by = row.undone_by if row.undone_by != row.who else ""
            sides[1] = "✗ " + " · ".join(filter(None, (_("undone {when}").format(when=_when(row.undone)), by)))
        left, right = reversed(sides) if right_to_left else sides
        told = padded(one_line(in_words(row, self.names), width, right_to_left), width, dim if row.undone else style)
        return [two_sides(left, right, width, dim, base=0), told]


class LogSheet(Asking[int], ModalScreen[int]):
    """The newest first; dismissed with how often something was undone or done again."""

    CSS = (
        SHEET_CSS
        + """
    LogSheet { background: $background; align: center middle; }
    LogSheet .sheet { width: 100%; max-width: 130; height: 100%; max-height: 100%; }
    LogSheet Rows { height: 1fr; background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("log", "corrections")

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus)
        self.rows = LogRows(id="log")
        self.title_line, self._note = Label(), Label()
        self._changes = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self._note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self.title_line.say(_("Corrections"), _("Esc closes"))
        self._say()
        self.rows.empty_text = _("nothing was corrected yet")
        self.rows.focus()
        self._read()

    def on_unmount(self) -> None:
        self.drop_all()

    def _read(self) -> None:
        def question(reader: Reader) -> tuple[list[Edit], dict[str, str]]:
            edits = reader.edits()
            keys = {key for edit in edits for key in (*edit.about, edit.value or "") if "\t" in key}
            return edits, reader.written(sorted(keys))

        self.ask("log", question, self._show)

    def _show(self, answer: tuple[list[Edit], dict[str, str]]) -> None:
        edits, self.rows.names = answer
        standing = sum(edit.undone is None for edit in edits)
        title = ngettext("{n} correction", "{n} corrections", standing).format(n=standing)
        self.title_line.say(title, _("Esc closes"))
        newest = {edit.id: edit for edit in reversed(edits)}
        self.rows.show(array("q", newest), self.rows.current_id, whole=newest)

    def _say(self, text: str = "") -> None:
        self._note.say(text or with_keys(_("{log_undo} undoes the one under the cursor · {log_redo} does it again")))

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self.rows.fail(error_in_words(error))
        self._say(error_in_words(error))

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self._say()

    def action_undo(self) -> None:
        """Take back the one under the cursor, with what was said together with it."""
        row = self.rows.current_row
        if row is None or row.undone:
            self._say(with_keys(_("this was undone before; {log_redo} does it again")) if row else "")
            return
        self.change(lambda: changes.undo(self.corpus, row.id), lambda what: self._done(_("taken back: {what}"), what))

    def action_redo(self) -> None:
        row = self.rows.current_row
        if row is None or not row.undone:
            self._say(with_keys(_("this stands; {log_undo} undoes it")) if row else "")
            return
        self.change(lambda: changes.redo(self.corpus, row.id), lambda what: self._done(_("done again: {what}"), what))

    def _done(self, said: str, what: str | None) -> None:
        self._changes += 1
        self._read()
        self._say(said.format(what=sentence(what or "")))

    def action_close(self) -> None:
        self.drop_all()
        self.after_changes(self._leave)

    def _leave(self) -> None:
        self.dismiss(self._changes)
