"""A terminal that is too small for anything: one line says so, and all stays as it was until there is room again."""

from __future__ import annotations

from rich.console import RenderableType
from rich.segment import Segment
from textual import events
from textual.app import App, ReturnType
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from tui.arabic import base_direction, layout_line
from tui.hinting import with_keys
from tui.locale import gettext as _

LEAST = Size(30, 8)
"""Columns and rows below which nothing can be read."""
_LEAVING = frozenset(("q", "ض", "ctrl+q", "ctrl+c"))
"""Keys that quit all the same."""


class Fitting(App[ReturnType]):
    """An application whose screens never see a size that they cannot be laid out in."""

    cramped: Size | None = None
    """The size of a terminal that is too small; None for one in which all is shown."""

    async def on_event(self, event: events.Event) -> None:
        """As Textual does. Where there is no room, nothing is laid out anew and keys do nothing but quit."""
        if isinstance(event, events.Resize) and self._size is not None:
            if event.size.width < LEAST.width or event.size.height < LEAST.height:
                self.cramped = event.size
                self._say_so()
                return
            if self.cramped is not None:
                self.cramped = None
                if event.size == self._size:  # Textual has nothing to do
                    self.screen.refresh()
        elif self.cramped is not None and isinstance(event, events.InputEvent | events.Paste):
            if isinstance(event, events.Key) and event.key in _LEAVING:
                self.exit(return_code=0)
            return
        await super().on_event(event)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if self.cramped is None:
            super()._display(screen, renderable)
        else:
            self.post_display_hook()

    @property
    def too_small(self) -> str:
        """What is said, in logical order."""
        return with_keys(
            _("khabar needs {size}; {window_quit} quits"), size=f"\u2066{LEAST.width}×{LEAST.height}\u2069"
        )

    def _say_so(self) -> None:
        """Write the one line, past all screens."""
        size, driver = self.cramped, self._driver
        if size is None or driver is None or self.is_headless:
            return
        line = layout_line(self.too_small, base=base_direction(self.too_small), width=max(1, size.width))
        painted = Strip([Segment(line.visual())])
        for each in self._filters:
            painted = painted.apply_filter(each, self.screen.background_colors[1])
        column = 1 + (size.width - line.width if line.base else 0)
        driver.write(f"\x1b[0m\x1b[2J\x1b[1;{max(1, column)}H{painted.text}")
        driver.flush()
