"""A sheet in which a path is typed: Tab completes it, and the disk is asked off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.screen import ModalScreen, ScreenResultType

from tui.paths import Completion, completed
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.path_input import PathInput

T = TypeVar("T")


class PathSheet(ModalScreen[ScreenResultType]):
    """A sheet with one `PathInput`. Subclasses show the names among which Tab leaves the choice."""

    def offer(self, names: tuple[str, ...]) -> None:
        """Show the names that a completed line may go on with."""
        raise NotImplementedError

    def ask_disk(self, question: Callable[[], T], answer: Callable[[T], None]) -> None:
        """Ask what may take its time off the event loop; a newer question takes the place of an older one."""

        async def work() -> None:
            answer(await asyncio.to_thread(question))

        begin: Callable[[], object] = work
        self.run_worker(begin, exclusive=True, group="disk")

    def on_path_input_asked(self) -> None:
        typed = self.query_one(PathInput).value

        def answer(found: Completion) -> None:
            line = self.query_one(PathInput)
            if line.value == typed:
                with self.prevent(ArabicInput.Changed):
                    line.value = found.line
                self.offer(found.names)

        self.ask_disk(lambda: completed(typed), answer)
