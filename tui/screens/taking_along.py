"""Exports of what is in sight: in the background, whole or not at all, and they can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.timer import Timer

from store.answers import Filter
from store.database.queries import Reader
from store.errors import StoreError
from tui import permitted
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import language, ngettext
from tui.locale.said import joined
from tui.screens.annotating import Annotating
from tui.screens.copying import from_home
from tui.screens.history import LISTS

if TYPE_CHECKING:
    from tui.screens.export_sheets import Choice, Target

# What exports take is imported when something is exported: not for the first frame.

_EVERY = 0.5
"""Seconds between two looks at how far it is."""
_ROWS = frozenset({"csv", "jsonl"})


class TakingAlong(Annotating):
    """The explorer's exports."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._written: list[int] | None = None
        """How many pieces of an export that runs are written; None while none runs."""
        self._watching: Timer | None = None
        self.compared: tuple[int, ...] = ()
        """The names whose trends were looked at last."""

    def on_unmount(self) -> None:
        self.drop("export")  # else the program would wait for it

    def action_export(self) -> None:
        if self._written is not None:
            self._stop_export()
        else:
            pane = self.list if self.pane == "reader" else self.pane
            self.take_along((self.marked(pane) if pane in LISTS else None) or None)

    def take_along(self, only: Sequence[int] | None = None) -> None:
        """Ask what is to be exported and where to; of the list in hand `only` these rows, if any are given."""
        from tui.screens.export_sheets import ExportSheet, offered

        pane = self.list if self.pane == "reader" else self.pane
        groups = offered(pane, self.asked, self.entity_in_hand(), self.compared, only=only is not None)
        narrowed = self._filter_in_words() if self.filter != Filter() else _("all articles")

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._ask_where(choice, only)

        self.app.push_screen(ExportSheet(groups, narrowed), chosen)

    def _ask_where(self, choice: Choice, only: Sequence[int] | None) -> None:
        from tui.screens.export_sheets import TargetSheet

        if choice.form == "png":
            from store.export import png

            try:
                png.check()
            except StoreError as error:
                self.refuse(error)
                return
        name = f"khabar-{choice.what}-{datetime.now():%Y%m%d-%H%M%S}.{choice.form}"

        def where(target: Target | None) -> None:
            if target is not None:
                self._export(choice, target, only)

        self.app.push_screen(TargetSheet(choice, name), where)

    def _export(self, choice: Choice, target: Target, only: Sequence[int] | None) -> None:
        spoken = language()
        written = self._written = [0]
        ids = None if only is None else tuple(only)

        def told(pieces: int, _size: int) -> None:
            written[0] = pieces

        def question(reader: Reader) -> int:
            from store.export import export, png
            from store.export.options import Options
            from store.export.writing import write

            permitted.check_files()
            drawn = choice.form == "png"
            options = Options(only=ids, of=choice.of, language="ar" if spoken == "ar" else "en", plain=drawn)
            try:
                pieces = export(reader, choice.what, "svg" if drawn else choice.form, choice.f, options=options)
                found = [png.png(pieces)] if drawn else pieces
                return write(target.path, found, keep=self.corpus, over=target.over, told=told)
            except OSError as error:
                raise StoreError(error.strerror or type(error).__name__, str(error.filename or target.path)) from error

        def done(pieces: int) -> None:
            self._export_ended()
            # the line of column names is no row
            rows = pieces - (choice.form == "csv")
            said = _("written to {path}")
            if choice.form in _ROWS:
                said = ngettext("{n} row in {path}", "{n} rows in {path}", rows)
            self.tell(said.format(n=f"{rows:,}", path=from_home(target.path)))

        def refused(error: StoreError) -> None:
            self._export_ended()
            self.refuse(error)

        self._watching = self.set_interval(_EVERY, self.tell_again)
        self.ask("export", question, done, refused)
        self.tell_again()

    def _stop_export(self) -> None:
        self.drop("export")
        self._export_ended()
        self.tell(_("the export was stopped; nothing is left of it"))

    def _export_ended(self) -> None:
        self._written = None
        if self._watching is not None:
            self._watching.stop()
            self._watching = None

    def _news_in_words(self) -> str:
        said = ""
        if self._written is not None:
            said = with_keys(_("exporting: {n}, {correct_export} stops it"), n=f"{self._written[0]:,}")
        return joined(" · ", filter(None, (said, super()._news_in_words())))
