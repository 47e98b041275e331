"""Sheets for adding: which files and folders, and what comes of them."""

from __future__ import annotations

import os
from collections import Counter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.summary import FORMATS
from tui.adding import Adding
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import N_, ngettext
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import sentence
from tui.paths import understood
from tui.screens.path_sheet import PathSheet
from tui.screens.sheets import SHEET_CSS, classed
from tui.unread_dates import unread_dates
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.path_input import PathInput
from tui.widgets.prose import Entry, Prose

_CSS = (
    SHEET_CSS
    + """
AddSheet, ProgressSheet { align: center middle; }
AddSheet PathInput { background: $boost; margin-bottom: 1; }
"""
)
_OUTLETS = 12
"""At most so many outlets are told apart."""

_LAST = 20
"""So many reasons are shown while there may be more: all are laid out anew each time."""

# What readers read and what is left out, as `store` has it, in the person's language.
_KINDS = (
    N_("plain text"), N_("JSON Lines"), N_("JSON"), N_("web pages"), N_("news feeds"), N_("tables"), N_("PDF"),
    N_("Word documents"), N_("pictures"), N_("sound and video"), N_("styles and scripts"), N_("fonts"), N_("programs"),
    N_("databases"), N_("system files"), N_("files of saved pages"), N_("records that are no pages"),
    N_("messages without a text"),
)  # fmt: skip


class AddSheet(PathSheet[list[str] | None]):
    """Paths of files and folders, one after another; dismissed with all of them, or with None."""

    CSS = _CSS

    def __init__(self, note: str = "") -> None:
        super().__init__()
        self._note = note
        self._paths: list[str] = []
        self._names: tuple[str, ...] = ()
        self._problem = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(_("Add files or folders"), _("Esc leaves it")), "sheet-title")
            yield PathInput(id="path")
            yield classed(Label(id="hint"), "sheet-note")
            yield Prose([])

    def on_mount(self) -> None:
        self.query_one(PathInput).focus()
        self._tell()

    def _tell(self) -> None:
        """Show what is to be added, what may be typed, and what is wrong."""
        typed = self.query_one(PathInput).value
        hint = _("Tab completes, Enter takes it")
        if not typed and self._paths:
            hint = _("Enter begins; or type another path")
        elif not typed:
            hint = _("type or paste a path, or drop files here; Tab shows what there is")
        self.query_one("#hint", Label).say(hint)
        entries = [Entry("text", self._problem)] if self._problem else []
        if self._names:
            entries.append(Entry("text", "  ".join(self._names)))
        if self._paths:
            entries.append(Entry("heading", _("To be added")))
            entries.extend(Entry("text", path) for path in self._paths)
        if self._note and not entries:
            entries.append(Entry("text", self._note))
        self.query_one(Prose).show(entries)

    def offer(self, names: tuple[str, ...]) -> None:
        self._names, self._problem = names, ""
        self._tell()

    def on_path_input_dropped(self, event: PathInput.Dropped) -> None:
        def look() -> list[str]:
            paths = understood(event.text)
            return paths if all(map(os.path.exists, paths)) else []

        def answer(paths: list[str]) -> None:
            if paths:
                self._take(paths)
            else:
                self.query_one(PathInput).take(event.text)

        self.ask_disk(look, answer)

    def on_path_input_emptied(self) -> None:
        if self._paths:
            self._paths.pop()
            self._tell()

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        self._names, self._problem = (), ""
        self._tell()

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        if not event.value.strip():
            if self._paths:
                self.dismiss(self._paths)
            return

        def look() -> tuple[list[str], str | None]:
            paths = understood(event.value)
            return paths, next((path for path in paths if not os.path.exists(path)), None)  # noqa: PTH110  of one too long Path raises

        def answer(found: tuple[list[str], str | None]) -> None:
            paths, missing = found
            if missing is None:
                self._take(paths)
            else:
                self._problem = _("there is no {path}").format(path=missing)
                self._tell()

        self.ask_disk(look, answer)

    def _take(self, paths: list[str]) -> None:
        self._paths.extend(path for path in paths if path not in self._paths)
        self._names, self._problem = (), ""
        with self.prevent(ArabicInput.Changed):
            self.query_one(PathInput).value = ""
        self._tell()

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        self.dismiss(None)


class ProgressSheet(ModalScreen[str | None]):
    """How far adding is, and what came of it; dismissed with "more" when more is to be added."""

    CSS = _CSS
    BINDINGS: ClassVar[list[BindingType]] = bindings("adding")

    def __init__(self, adding: Adding, place: str) -> None:
        super().__init__()
        self._adding, self._place = adding, place

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(id="adding-title"), "sheet-title")
            yield classed(Label(id="adding-keys"), "sheet-note")
            yield Label(id="adding-counts")
            yield classed(Label(id="adding-last"), "sheet-note")
            yield Prose([])

    def on_mount(self) -> None:
        self.query_one(Prose).focus()
        self.tell()

    def tell(self) -> None:
        """Show how far it is."""
        # A path is read from left to right, also within Arabic: it stands in a left-to-right isolate.
        now = self._adding
        if now.running:
            title, keys = (
                _("Adding to {place}"),
                with_keys(_("Esc hides, {adding_end} ends it, {adding_more} adds more")),
            )
        elif now.cancelled:
            title, keys = (
                _("Ended; what was added to {place} stays"),
                with_keys(_("Esc closes, {adding_more} adds more")),
            )
        else:
            title, keys = _("Added to {place}"), with_keys(_("Esc closes, {adding_more} adds more"))
        self.query_one("#adding-title", Label).say(title.format(place=f"\u2066{self._place}\u2069"))
        self.query_one("#adding-keys", Label).say(keys)
        self.query_one("#adding-counts", Label).say(_all_counts(now))
        self.query_one("#adding-last", Label).say(now.last if now.running else "")
        self.query_one(Prose).show(_entries(now))

    def action_hide(self) -> None:
        self.dismiss(None)

    def action_more(self) -> None:
        self.dismiss("more")

    def action_end(self) -> None:
        if self._adding.running:
            self._adding.cancel()


def counts(adding: Adding) -> str:
    """How much was added and how much was not, in words."""
    parts = [_("{n} added").format(n=f"{adding.added:,}")]
    if known := adding.summary.known:
        parts.append(_("{n} there already").format(n=f"{known:,}"))
    if adding.rejected:
        parts.append(_("{n} rejected").format(n=f"{adding.rejected:,}"))
    return joined(" · ", parts)


def _all_counts(adding: Adding) -> str:
    left = adding.summary.left.total()
    said = ngettext("{n} file left out", "{n} files left out", left).format(n=f"{left:,}") if left else ""
    return joined(" · ", filter(None, (counts(adding), said)))


def _entries(adding: Adding) -> list[Entry]:
    """What came of it: why it could not go on, what was rejected, and in the end what was taken."""
    entries = [Entry("text", sentence(fault)) for fault in adding.faults]
    summary = adding.summary
    if not adding.running and summary.added:
        formats = Counter({_(FORMATS.get(reader, reader)): count for reader, count in summary.formats.items()})
        outlets = [*summary.top_outlets(_OUTLETS)]
        if rest := summary.added - summary.outlets[None] - sum(count for _name, count in outlets):
            outlets.append((_("other outlets"), rest))
        if unknown := summary.outlets[None]:
            outlets.append((_("no outlet known"), unknown))
        periods = [*summary.periods()]
        if undated := summary.months[None]:
            periods.append((_("undated"), undated))
        for heading, rows in (
            (_("By format"), formats.most_common()),
            (_("By outlet"), outlets),
            (_("By time of publication"), periods),
        ):
            entries.append(Entry("heading", heading))
            entries.extend(Entry("pair", name, f"{count:,}") for name, count in rows)
    if not adding.running and summary.first_unread is not None:
        entries.append(Entry("heading", _("Dates that could not be read")))
        entries.append(Entry("text", unread_dates(summary.unread, *summary.first_unread)))
    if not adding.running and summary.left:
        entries.append(Entry("heading", _("Left out")))
        entries.extend(Entry("pair", _(kind), f"{count:,}") for kind, count in summary.left.most_common())
    if adding.refused:
        entries.append(Entry("heading", _("Rejected")))
        reasons = adding.refused[-_LAST:] if adding.running else adding.refused
        entries.extend(Entry("text", sentence(reason)) for reason in reasons)
        if (more := adding.rejected - len(reasons)) > 0:
            entries.append(Entry("text", ngettext("and {n} more", "and {n} more", more).format(n=f"{more:,}")))
    return entries
