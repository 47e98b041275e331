"""The explorer painting into a terminal in memory: when the frame was written that shows what a key asked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pyte
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.widget import Widget

from tui.app import Khabar
from tui.locale import use
from tui.screens.explorer import Explorer

_QUIET = 0.06
"""Seconds without a frame and without a question to the store after which a key has had its whole effect."""


class _Stamped(HeadlessDriver):
    """A driver without a terminal that keeps every frame and when it was written."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.frames: list[tuple[float, str]] = []

    @property
    def is_headless(self) -> bool:
        # otherwise Textual would not make the bytes of a frame
        return False

    def write(self, data: str) -> None:
        self.frames.append((time.perf_counter(), data))

    def type(self, keys: str) -> float:
        """Take what a terminal sends, in a thread as the driver of a terminal does; the moment at which it came."""
        begun = time.perf_counter()
        parser = XTermParser(False)
        # then the end, by which an escape alone is known to be no sequence without waiting for more of it
        for sent in (keys, ""):
            for message in parser.feed(sent):
                self.process_message(message)
        return begun


class Painted:
    """An explorer whose frames are kept."""

    def __init__(self, app: Khabar) -> None:
        self.app = app
        width, height = app.size
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self._screen)

    @property
    def explorer(self) -> Explorer:
        return cast(Explorer, self.app.screen_stack[1])

    @property
    def _driver(self) -> _Stamped:
        return cast(_Stamped, self.app._driver)

    async def settle(self, quiet: float = _QUIET) -> None:
        """Wait until no question is under way and nothing has been painted for a while; take in what was painted."""
        await self._rest(quiet)
        for _when, data in self._take():
            self._stream.feed(data)

    async def press(self, keys: str, quiet: float = _QUIET) -> None:
        """Press keys and wait for all that comes of them."""
        await self.send(keys)
        await self.settle(quiet)

    async def send(self, keys: str) -> float:
        """Press keys, as bytes of a terminal; the moment at which they came."""
        return await asyncio.to_thread(self._driver.type, keys)

    async def time(self, keys: str, place: Callable[[], Widget], quiet: float = _QUIET) -> float | None:
        """Milliseconds from a key to the frame from which on a widget shows what it shows at last (its scrollbar and
        border left out); None where it shows nothing new."""
        begun = await self.send(keys)
        await self._rest(quiet)
        region = place().scrollable_content_region
        before, shown = self._cells(region), []
        for when, data in self._take():
            self._stream.feed(data)
            shown.append((when, self._cells(region)))
        if not shown or shown[-1][1] == before:
            return None
        found = shown[-1][0]
        for when, cells in reversed(shown):
            if cells != shown[-1][1]:
                break
            found = when
        return 1000 * (found - begun)

    async def frames(self, keys: str, place: Callable[[], Widget]) -> list[str]:
        """What a widget shows in each frame that comes of some keys, cells from left to right."""
        await self.send(keys)
        await self._rest(_QUIET)
        region, shown = place().scrollable_content_region, []
        for _when, data in self._take():
            self._stream.feed(data)
            shown.append("\n".join("".join(char.data for char in row) for row in self._cells(region)))
        return shown

    def text(self) -> str:
        """What is shown, cells from left to right."""
        return "\n".join(self._screen.display)

    def _cells(self, region: Region) -> list[tuple[Any, ...]]:
        buffer = self._screen.buffer
        return [tuple(buffer[y][x] for x in range(region.x, region.right)) for y in range(region.y, region.bottom)]

    def _take(self) -> list[tuple[float, str]]:
        frames, self._driver.frames = self._driver.frames, []
        return frames

    async def _rest(self, quiet: float) -> None:
        since = time.perf_counter()
        while time.perf_counter() - since < quiet:
            await asyncio.sleep(quiet / 4)
            if any(not worker.is_finished for worker in self.app.workers):
                since = time.perf_counter()
            elif self._driver.frames:
                since = max(since, self._driver.frames[-1][0])


@asynccontextmanager
async def painted(corpus: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Painted]:
    """An explorer on a corpus that paints as into a terminal, at rest."""
    use("en")
    app = Khabar(corpus)
    app.driver_class = _Stamped
    running = asyncio.create_task(app.run_async(size=size))
    while len(app.screen_stack if app.is_running else ()) < 2:
        await asyncio.sleep(0.01)
        if running.done():
            await running
    khabar = Painted(app)
    try:
        await khabar.settle()
        yield khabar
    finally:
        app.exit()
        await running
