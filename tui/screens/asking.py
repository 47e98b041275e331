"""Questions to the store, off the event loop: the latest of each kind counts, an older one is cancelled."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.screen import Screen, ScreenResultType

from store.database import open_reader, open_writer
from store.database.files import UNREADABLE, unreadable
from store.database.queries import Reader
from store.errors import Cancelled, StoreError
from tui import debugging

if TYPE_CHECKING:
    from store.database.writing import Writer

T = TypeVar("T")


def insist_on(corpus: Path) -> None:
    """Raises CorpusError for a corpus that is gone: a writer would make a new one in its place."""
    with open_reader(corpus):
        pass


class _Question(Generic[T]):
    """A question on its way in a thread; it can be dropped at any moment, before its connection is open or after."""

    def __init__(self, question: Callable[[Reader], T], opens: bool = False) -> None:
        self._question, self.opens = question, opens
        self._reader: Reader | None = None
        self._dropped = False
        self._lock = threading.Lock()

    def answer(self, corpus: Path) -> T:
        """Ask over a connection of its own (0.04 ms). Raises StoreError, Cancelled when it was dropped."""
        with open_reader(corpus) as reader:
            with self._lock:
                if self._dropped:
                    raise Cancelled("the question was dropped")
                self._reader = reader
            try:
                return self._question(reader)
            except UNREADABLE as error:  # a damaged row: the rest of the corpus can still be looked at
                raise unreadable(corpus, error) from error
            finally:
                with self._lock:
                    self._reader = None

    def drop(self) -> None:
        """Stop it; what it finds is not wanted any more."""
        with self._lock:
            self._dropped = True
            if self._reader is not None:
                self._reader.stop()


class Asking(Screen[ScreenResultType]):
    """A screen that asks a corpus."""

    def __init__(self, corpus: Path) -> None:
        super().__init__()
        self.corpus = corpus
        self._asked: dict[str, _Question[Any]] = {}
        self._changing = asyncio.Lock()

    def ask(
        self,
        kind: str,
        question: Callable[[Reader], T],
        answer: Callable[[T], None],
        refused: Callable[[StoreError], None] | None = None,
        *,
        opens: bool = False,
    ) -> None:
        """Run `question` in a thread and give its result to `answer` on the event loop.

        A question of the same `kind` that still runs is interrupted and never answered. `opens` says that the answer
        opens a sheet, for which keys wait (`tui.turns`).
        """
        if kind in self._asked:
            self._asked[kind].drop()
        asked = self._asked[kind] = _Question(question, opens)

        async def work() -> None:
            await self._ask(kind, asked, answer, refused or self.refuse)

        # no coroutine is given: one that is replaced before it begins would never be awaited
        begin: Callable[[], object] = work
        self.run_worker(begin, exclusive=True, group=kind)

    @property
    def is_opening(self) -> bool:
        """Whether a question is on its way whose answer opens a sheet: what is typed meanwhile is meant for that."""
        return any(asked.opens for asked in self._asked.values())

    def drop(self, kind: str) -> None:
        """Stop a question of a kind, if one still runs, and let nothing answer it."""
        if kind in self._asked:
            self._asked.pop(kind).drop()
        self.workers.cancel_group(self, kind)

    def drop_all(self) -> None:
        """Stop every question."""
        for kind in list(self._asked):
            self.drop(kind)

    async def _ask(
        self, kind: str, asked: _Question[T], answer: Callable[[T], None], refused: Callable[[StoreError], None]
    ) -> None:
        clock = debugging.Clock()
        try:
            result = await asyncio.to_thread(asked.answer, self.corpus)
        except Cancelled:
            debugging.note("dropped", kind=kind, ms=clock.ms)
            return
        except StoreError as error:
            debugging.note("refused", kind=kind, ms=clock.ms)
            debugging.trouble("because", error)
            refused(error)
        else:
            debugging.note("answered", kind=kind, ms=clock.ms)
            answer(result)
        finally:
            asked.opens = False

    def edit(
        self,
        edit: Callable[[Writer], T],
        done: Callable[[T], None],
        failed: Callable[[StoreError], None] | None = None,
    ) -> None:
        """Run an edit with a writer of its own in a thread, and `done` with what came of it on the event loop, or
        `failed` with why nothing did, instead of `refuse`."""

        def job() -> T:
            insist_on(self.corpus)
            with open_writer(self.corpus) as writer:
                try:
                    return edit(writer)
                except UNREADABLE as error:
                    raise unreadable(self.corpus, error) from error

        self.change(job, done, failed)

    def change(
        self,
        change: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[StoreError], None] | None = None,
    ) -> None:
        """Run something that writes in a thread, and `done` with its result on the event loop, or `failed` as `edit`.

        One after another, in the order in which they were asked for: an undo must find the edit before it.
        """
        self.run_worker(self._change(change, done, failed or self.refuse), group="change")

    def after_changes(self, then: Callable[[], None]) -> None:
        """Do something when all that was asked to be changed is: what closes a screen would end what still waits."""

        async def wait() -> None:
            async with self._changing:
                pass
            then()

        begin: Callable[[], object] = wait
        self.run_worker(begin, group="after changes")

    async def _change(
        self, change: Callable[[], T], done: Callable[[T], None], failed: Callable[[StoreError], None]
    ) -> None:
        async with self._changing:
            clock = debugging.Clock()
            try:
                result = await asyncio.to_thread(change)
            except StoreError as error:
                debugging.trouble("unchanged", error)
                failed(error)
            except OSError as error:
                failed(StoreError(error.strerror or type(error).__name__, str(error.filename or "")))
            else:
                debugging.note("changed", ms=clock.ms)
                done(result)

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        raise NotImplementedError
