"""Driving the explorer in tests: press keys, wait until every question to the store is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from store.answers import ArticleRow, EntityRow, EventRow
from tui import sessions
from tui.app import Khabar
from tui.config import Appearance, appearance
from tui.locale import use
from tui.screens.explorer import Explorer
from tui.screens.history import LISTS
from tui.widgets.rows import Rows

_MOST = 30.0
"""Seconds after which what has not come will not."""


class Driver:
    """An explorer under test."""

    def __init__(self, app: Khabar, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each when the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def send(self, *keys: str) -> None:
        """Press keys as fast as a terminal sends what is typed or held down, and wait for what comes of all of them.

        Textual's pilot waits some 0.1 s for each.
        """
        self._post(*keys)
        await self.settle()

    async def until(self, holds: Callable[[], bool], *keys: str) -> None:
        """Press keys and wait for no more than what is to come of them. Raises TimeoutError where it does not."""
        self._post(*keys)
        async with asyncio.timeout(_MOST):
            while not holds():
                await self.pilot.pause(0)

    def _post(self, *keys: str) -> None:
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(events.Key(name, key_to_character(name)))

    async def settle(self) -> None:
        """Wait until nothing is asked of the store any more and what was answered is drawn."""
        while True:
            await self.pilot.pause()
            # what follows a frame that is not painted yet, and the rows beyond those in sight
            lists = [*(self.explorer.rows(name) for name in LISTS), *self.app.screen.query(Rows)]
            if self.explorer.steps or any(rows.due for rows in lists):
                await asyncio.sleep(0.005)
                continue
            working = [worker for worker in self.app.workers if not worker.is_finished]
            if not working:
                break
            await self.app.workers.wait_for_complete(working)
        await self.pilot.pause()

    @property
    def explorer(self) -> Explorer:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, Explorer)
        return screen

    def ids(self, pane: str) -> list[int]:
        """Ids of a list, headers left out."""
        return [key for key in self.explorer.rows(pane).ids if key >= 0]

    def row(self, pane: str) -> ArticleRow | EntityRow | EventRow | None:
        """The row under a list's cursor."""
        row: ArticleRow | EntityRow | EventRow | None = self.explorer.rows(pane).current_row
        return row

    def status(self) -> str:
        """The status line as it was said, in logical order."""
        return self.explorer.said

    def shown(self) -> str:
        """What is painted, row by row."""
        width, height = self.app.size
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in lines[:height]) if width else ""

    def put_cursor_on(self, pane: str, name: str) -> None:
        """Put the cursor of a list on the row with a name or title."""
        rows = self.explorer.rows(pane)
        for key in rows.ids:
            row = rows.row(key)
            if row is not None and name in (getattr(row, "name", None), getattr(row, "title", None)):
                assert rows.select(key)
                return
        raise AssertionError(f"{name} is not in {pane}")


@asynccontextmanager
async def explorer(
    corpus: Path, size: tuple[int, int] = (120, 40), *, session: bool = False, fresh: bool = False, first: bool = False
) -> AsyncIterator[Driver]:
    """An explorer on a corpus, at rest; with a `session`, where it was left, unless that is to be `fresh`."""
    use("en")
    for setting, value in asdict(Appearance()).items():
        setattr(appearance, setting, value)
    kept = sessions.opened(corpus, fresh=fresh) if session else None
    if kept is not None:
        kept.apply_settings()
    app = Khabar(corpus, session=kept, first=first)
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        assert set(LISTS) <= {widget.id for widget in driver.explorer.query("*")}
        yield driver
