"""Driving the explorer in tests: press keys, wait until every question to the store is answered."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.timer import Timer

from store.answers import ArticleRow, EntityRow, EventRow
from tui import sessions
from tui.app import Khabar
from tui.config import Appearance, appearance
from tui.keys import move
from tui.locale import use
from tui.screens.explorer import Explorer
from tui.screens.history import LISTS
from tui.settings.applying import Begun
from tui.widgets.rows import Rows

_MOST = 30.0
"""Seconds after which what has not come will not."""
_AT_REST = 12
"""How often in a row nothing is to come: what one message leaves to the next is not seen in between."""
_SOON = 0.2
"""Seconds; what waits for longer is no part of what a key does."""


def _character(key: str) -> str | None:
    """What a key called so types: Textual's names are those of Unicode but for a few."""
    name = REPLACED_KEYS.get(key, key)
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return None


def _soon(node: MessagePump) -> bool:
    """Whether a node waits for a moment before it goes on."""
    return any(timer._repeat == 0 and timer._interval <= _SOON and _runs(timer) for timer in node._timers)


def _runs(timer: Timer) -> bool:
    return timer._task is not None and not timer._task.done()


class Driver:
    """An explorer under test."""

    def __init__(self, app: Khabar, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each when the one before has had its effect."""
        for key in keys:
            await self.send(key)

    async def send(self, *keys: str) -> None:
        """Press keys as fast as a terminal sends what is typed or held down, and wait for what comes of all of them."""
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
            self.app.post_message(events.Key(name, key if len(key) == 1 else _character(key)))

    async def settle(self) -> None:
        """Wait until nothing is asked of the store any more and what was answered is drawn.

        What is to come is looked at, not the clock: Textual's pilot waits for a moment without work, and takes one
        in which the machine did something else for that.
        """
        async with asyncio.timeout(_MOST):
            at_rest = 0
            while at_rest < _AT_REST:
                await self.pilot.pause(0)
                if self.app.turns.is_busy or any(not worker.is_finished for worker in self.app.workers) or self._due():
                    await asyncio.sleep(0.002)
                else:
                    at_rest += 1
                    continue
                at_rest = 0

    def _due(self) -> bool:
        """Whether something is still to be drawn, or to follow what was."""
        screen, explorer = self.app.screen, self.explorer
        if not screen.is_mounted or screen._compositor.size != self.app.size or self.app.animator._animations:
            return True
        to_draw = screen._layout_required, screen._scroll_required, screen._repaint_required, screen._recompose_required
        if any(to_draw) or screen._dirty_widgets or screen._callbacks or explorer.steps:
            return True
        lists = [*(explorer.rows(name) for name in LISTS), *screen.query(Rows)]
        return any(rows.due for rows in lists) or any(map(_soon, (self.app, *screen.walk_children())))

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
    corpus: Path,
    size: tuple[int, int] = (120, 40),
    *,
    session: bool = False,
    fresh: bool = False,
    first: bool = False,
    keys: Mapping[str, str] | None = None,
) -> AsyncIterator[Driver]:
    """An explorer on a corpus, at rest; with a `session`, where it was left, unless that is to be `fresh`. With `keys`
    actions have others than they come with, by their ids, until all keys are moved back."""
    use("en")
    for setting, value in asdict(Appearance()).items():
        setattr(appearance, setting, value)
    kept = sessions.opened(corpus, fresh=fresh) if session else None
    if kept is not None:
        kept.apply_settings()
    begun = Begun(keymap=tuple(move(keys or {}).items()))
    app = Khabar(corpus, session=kept, first=first, begun=begun)
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        assert set(LISTS) <= {widget.id for widget in driver.explorer.query("*")}
        yield driver


@contextmanager
def away(corpus: Path) -> Iterator[None]:
    """Within it there is no such corpus, as when its disk is taken out."""
    elsewhere = corpus.rename(corpus.with_name("away.db"))
    yield
    elsewhere.rename(corpus)
