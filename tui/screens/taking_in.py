"""Adding files and folders from the explorer, in the background and in sight."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import Filter
from store.errors import StoreError
from tui import background, corpora, permitted
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import sentence
from tui.screens.copying import from_home
from tui.screens.history import History, Place
from tui.screens.remembering import Memory
from tui.screens.searching import Searching

if TYPE_CHECKING:
    from tui.adding import Adding
    from tui.screens.add_sheets import ProgressSheet

# What adding takes is imported when something is added: not for the first frame.

_EVERY = 0.25
"""Seconds between two pictures of the progress."""


class TakingIn(Searching):
    """The explorer's way to add."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self._history = History()
        self.adding: Adding | None = None
        """What is being added, and then what came of it until somebody has seen it."""

    def _look_again(self) -> None:
        """Look at what other processes have done to the corpus."""
        raise NotImplementedError

    def standing(self) -> str:
        """What is said while there is nothing new: of the sample, how to begin with what is one's own."""
        if self._sample and self.adding is None and self.filter == Filter() and super().standing() == _("all articles"):
            return with_keys(_("these are sample articles: {correct_add} adds your own files and folders"))
        return super().standing()

    def _news_in_words(self) -> str:
        now = self.adding
        if now is None:
            return super()._news_in_words()
        from tui.screens.add_sheets import counts

        said = _("adding: {counts}") if now.running else _("done: {counts}, {correct_add} shows more")
        return joined(" · ", filter(None, (with_keys(said, counts=counts(now)), super()._news_in_words())))

    def action_add(self) -> None:
        if self.adding is not None:
            self._show_progress()
        else:
            self._ask_what()

    def _target(self) -> Path:
        """The corpus to add to: the one that is open, or the person's own instead of the sample."""
        return corpora.for_writing(None) if self._sample else self.corpus

    def _ask_what(self) -> None:
        from tui.screens.add_sheets import AddSheet

        note = _("They go into your own corpus, {path}.").format(path=from_home(self._target())) if self._sample else ""
        self.app.push_screen(AddSheet(note), self._begin)

    def _begin(self, paths: list[str] | None) -> None:
        if not paths or not permitted.beyond_the_corpus():
            return
        from tui.adding import Adding

        running = self.adding is not None and self.adding.running
        adding = self.adding if self.adding is not None and running else Adding(self._target())
        try:
            adding.begin(paths)
        except OSError as error:
            self.refuse(StoreError(f"adding cannot be begun ({error.strerror})", str(error.filename or "")))
            return
        self.adding = adding
        if not running:
            begin: Callable[[], object] = self._follow_adding
            self.run_worker(begin, group="adding")
        self._show_progress()

    def _show_progress(self) -> None:
        if self.adding is None:
            return
        from tui.screens.add_sheets import ProgressSheet

        shown = self.adding

        def left(answer: str | None) -> None:
            if not shown.running and self.adding is shown:
                self.adding = None  # it has been seen
            self.tell_again()
            if answer is not None:
                self._ask_what()

        self.app.push_screen(ProgressSheet(shown, from_home(shown.corpus)), left)

    async def _follow_adding(self) -> None:
        """Tell how far it is until it has ended."""
        adding = self.adding
        while adding is not None and adding.running:
            if await asyncio.to_thread(adding.read):
                self._tell_progress(adding)
            if adding.running:
                await asyncio.sleep(_EVERY)
        if adding is not None:
            self._added(adding)

    def _sheet(self) -> ProgressSheet | None:
        from tui.screens.add_sheets import ProgressSheet

        return self.app.screen if isinstance(self.app.screen, ProgressSheet) else None

    def _tell_progress(self, adding: Adding) -> None:
        if (sheet := self._sheet()) is not None:
            sheet.tell()
            if self._sample and adding.added:
                self._open_own(adding)
        self.tell_again()

    def _added(self, adding: Adding) -> None:
        """It has ended: show what is new, at once where nothing else is being looked at."""
        if adding.cancelled and adding.added and background.wanted():
            background.refine(adding.corpus)  # what ends by itself does that itself
        if adding.faults and self._sheet() is None:
            self.tell(sentence(adding.faults[-1]), problem=True)
        if self._sample and adding.added:
            self._open_own(adding)
        elif self._sheet() is not None and adding.corpus == self.corpus:
            self.load(self.view())
        else:
            self._look_again()
        self.tell_again()

    def _open_own(self, adding: Adding) -> None:
        """Go from the sample to the corpus that now has articles of one's own."""
        self.settle_search()
        self.corpus, self._sample = adding.corpus, False
        self._history, self._memory = History(), Memory()
        self.filter, self.place, self.labels = Filter(), Place(), {}
        self.overview, self.revision, self.news = None, None, None
        self.reader.show_nothing()
        self.name_things()
        self.load()
