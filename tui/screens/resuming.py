"""Coming back: the explorer opens where it was left, and where it stands is kept for the next time."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from store.answers import Filter
from store.database import open_reader
from store.database.queries import Reader
from store.errors import StoreError
from tui.adding import Adding
from tui.locale import gettext as _
from tui.screens.dressing import Dressing
from tui.screens.history import LISTS, View
from tui.sessions import Session, opened, settings

_EVERY = 2.0
"""Seconds between looks whether there is something to keep: so much is lost at most when the process is killed."""
_FIRST = 0.3
"""Seconds for which nothing is painted at most, so that the first frame is of where the reader was."""
_LATER = 0.3
"""Seconds after which the way back is asked for: what is looked at first comes before it."""
_VIEWS = 64
"""So many views of the way back are kept, and as many of the way forward."""
_PATIENCE = 3.0
"""Seconds that the corpus and the disk may take at the end."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a reader stands, and the way back and forward from there."""

    view: View
    before: tuple[View, ...]
    after: tuple[View, ...]
    alone: bool
    """Whether a pane is shown alone."""
    whole: bool
    """Whether all of an article's page is shown."""
    settings: tuple[tuple[str, object], ...]


class Resuming(Dressing):
    """The explorer's beginning and its end."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.session: Session | None = None
        """Where it is kept; None where nothing is."""
        self.resumed = False
        """Whether the explorer opened where it was left."""
        self._keeps = False
        """Whether all that was left is back, so that what there is now may take its place."""
        self._stood: Stand | None = None
        self._forms: dict[View, dict[str, Any] | None] = {}
        """Views as they are kept."""
        self._turn, self._last = 0, 0
        self._writing = threading.Lock()

    # -- coming back ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Fill the lists: where the explorer was left, or from the beginning."""
        session = self.session
        self.set_interval(_EVERY, self._keep)
        if session is None or not session.left:
            self._keeps = session is not None
            self.load()
            if session is not None and session.problem:
                self.tell(_("where you were last time cannot be read: it is left out"))
            self.warn()
            return

        def refused(_error: StoreError) -> None:
            self._keeps = True
            self.load()
            self.warn()

        self.hold.begin(_FIRST)
        self.ask("resume", lambda reader: _views(reader, [left.get("now")]), self._resume, refused)
        left = session.left

    def _resume(self, found: list[tuple[View, bool, dict[int, str]]]) -> None:
        left = self.session.left if self.session is not None else {}
        if self._load:
            pass  # a key was quicker
        elif not found:
            self.hold.end()
            self.load()
        else:
            view, _whole, names = found[0]
            self.labels.update(names)
            self._alone, self.reader.whole = left.get("alone") is True, left.get("whole") is True
            self.resumed = True
            way = left.get("before") or left.get("after")
            self.restore(view if way else _from_the_beginning(view))
        self.warn()
        self.set_timer(_LATER, self._ask_way)

    def _ask_way(self) -> None:
        left = self.session.left if self.session is not None else {}
        before, after = (said if isinstance(said := left.get(name), list) else [] for name in ("before", "after"))

        def question(reader: Reader) -> tuple[list[tuple[View, bool, dict[int, str]]], ...]:
            return _views(reader, before[-_VIEWS:]), _views(reader, after[-_VIEWS:])

        def answer(found: tuple[list[tuple[View, bool, dict[int, str]]], ...]) -> None:
            for ways in found:
                for _view, _whole, names in ways:
                    self.labels.update({one: name for one, name in names.items() if one not in self.labels})
            # a place that asks for what is gone would be another place
            before, after = ([view for view, whole, _names in ways if whole] for ways in found)
            self._history.recall(before, after)
            self._keeps = True

        def refused(_error: StoreError) -> None:
            self._keeps = True

        self.ask("way", question, answer, refused)

    def _open_own(self, adding: Adding) -> None:
        """Go from the sample to one's own corpus, where one will come back to."""
        super()._open_own(adding)
        self.session = opened(self.corpus, fresh=True)
        self._keeps = self.session is not None

    # -- keeping -------------------------------------------------------------------------------------------

    def _stand(self) -> Stand:
        before, search = self._history.before, self._before_search
        if search is not None and search.filter != self.filter:
            before = (*before, search)
        return Stand(
            self.view(), before[-_VIEWS:], self._history.after[-_VIEWS:], self._alone, self.reader.whole,
            tuple(sorted(settings().items())),
        )  # fmt: skip

    def _keep(self) -> None:
        """Keep where the reader stands, if that is another place, in a moment without a key."""
        stand = self._stand() if self._keeps and not getattr(self.app, "is_pressed", False) else None
        if stand is not None and stand != self._stood:
            self._turn += 1
            turn = self._turn
            self.ask("keep", lambda reader: self._put(reader, stand, turn), lambda _none: None, lambda _error: None)

    def keep_now(self) -> None:
        """Keep where the reader stands; the explorer ends. Waits three seconds at most."""
        if not self._keeps:
            return
        stand = self._stand()
        if stand == self._stood:
            return
        self._turn += 1
        turn = self._turn

        def last() -> None:
            # whatever goes wrong now, nobody is to read of it in the terminal that was just given back
            with contextlib.suppress(Exception), open_reader(self.corpus) as reader:
                self._put(reader, stand, turn)

        thread = threading.Thread(target=last, daemon=True)
        thread.start()
        thread.join(_PATIENCE)

    def _put(self, reader: Reader, stand: Stand, turn: int) -> None:
        """Write it down, unless something later was; what cannot be written is not kept."""
        from store.database.whereabouts import keys
        from tui.screens.standing import kept_view

        assert self.session is not None
        views = {stand.view, *stand.before, *stand.after}
        forms = {view: form for view, form in self._forms.items() if view in views}
        new = [view for view in views if view not in forms]
        forms.update(keys(reader, lambda keys: {view: kept_view(keys, view) for view in new}))

        def said(most: int) -> dict[str, Any]:
            before, after = ([forms[view] for view in way if forms[view]] for way in (stand.before, stand.after))
            return {
                "now": forms[stand.view], "before": before[len(before) - min(most, len(before)) :],
                "after": after[len(after) - min(most, len(after)) :], "alone": stand.alone, "whole": stand.whole,
            }  # fmt: skip

        with self._writing:
            if turn > self._last and forms[stand.view] is not None:
                self._last, self._forms = turn, forms
                with contextlib.suppress(OSError):
                    self.session.keep(said)
                    self._stood = stand


def _from_the_beginning(view: View) -> View:
    """A view to which no jump led. Whoever has but looked at the top of another list begins with the articles, as ever:
    on a small screen they would else come back to a list that they have not asked for."""
    if view.filter != Filter() or view.pane not in LISTS or view.cursors[LISTS.index(view.pane)].position > 1:
        return view
    return replace(view, pane="articles")


def _views(reader: Reader, kept: list[Any]) -> list[tuple[View, bool, dict[int, str]]]:
    """Views that were kept, whether their filters are whole, and how the entities in these are called."""
    from store.database.whereabouts import ids
    from tui.screens.standing import view_of

    found = []
    for said in kept:
        try:
            one = ids(reader, partial(view_of, said=said))
        except (ValueError, TypeError, RecursionError, OverflowError):  # of whatever making it is
            continue
        if one is not None:
            rows = reader.entities(list(one[0].filter.entities)) if one[0].filter.entities else []
            found.append((*one, {row.id: row.name for row in rows}))
    return found
