"""Waiting for the corpus: that it is still asked, how to stop it, and what is shown where no answer came."""

from __future__ import annotations

from pathlib import Path

from textual.timer import Timer

from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.screens.explaining import Explaining
from tui.screens.history import LISTS
from tui.widgets.hold import Hold
from tui.widgets.listing import Listing

_SLOW = 0.4
"""Seconds after which it is said that the corpus is still being asked."""
QUESTIONS = (*LISTS, "later", "readings", "ranking", "density", "overview")
"""Kinds of questions that belong to one jump."""


class Waiting(Explaining):
    """The explorer while its lists are to come."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.hold = Hold(self)
        self._coming: set[str] = set()
        """Lists that this jump has not filled yet."""
        self._slow: Timer | None = None
        """Rings when an answer takes long."""
        self._slowly = ""
        """What was said about that."""
        self._meanwhile = ""
        """What was said before that of what the jump was for; it is said again when all is there."""

    def forget_list(self, name: str) -> None:
        """Nothing is shown in a list any more."""
        raise NotImplementedError

    def forget_jump(self) -> None:
        """What was still to be done for this jump is not wanted any more."""
        raise NotImplementedError

    def begin_waiting(self) -> None:
        """All lists are to come: say so when it takes longer than people take for no time at all."""
        self._coming, self.failed, self.stopped, self._slowly = set(LISTS), None, False, ""
        if self._slow is not None:
            self._slow.stop()
        self._slow = self.set_timer(_SLOW, self._say_slow)

    def has_come(self, name: str) -> None:
        """A list is there."""
        self._coming.discard(name)
        if not self._coming and self._slowly:
            if self._notice == self._slowly:  # what was said since stays
                self.tell(self._meanwhile)
            self._slowly = ""

    def _say_slow(self) -> None:
        if self._coming and not self.is_problem:
            self._slowly = with_keys(_("{filter}: looking… {explore_clear} stops it"), filter=self._filter_in_words())
            self._meanwhile = self._notice
            self.tell(self._slowly)

    def stop_asking(self) -> bool:
        """Stop what is asked for the lists, if their first pages are not all there; False where they are."""
        if not self._coming:
            return False
        for kind in QUESTIONS:
            self.drop(kind)
        self.forget_jump()
        self.stopped = True
        self._give_up()
        self.tell(with_keys(_("stopped; {explore_reload} asks again")))
        return True

    def fail(self, why: str) -> None:
        """The corpus could not answer: what was shown before stays, a list that shows nothing says why."""
        self.failed = why
        self._give_up()

    def _give_up(self) -> None:
        """Lists that no answer will come for say so."""
        without = {name for name in LISTS if not self.rows(name).ids or (self.stopped and name in self._coming)}
        self._coming = set()
        self.hold.end()
        self.say_empty()
        for name in without:
            self.rows(name).show(Listing())
            self.forget_list(name)
