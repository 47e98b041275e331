"""Painting held back for a moment, so that a key whose answer comes soon needs one frame, not a blank one before it."""

from __future__ import annotations

from contextlib import ExitStack

from textual.widget import Widget

_PATIENCE = 0.03
"""Seconds for which painting waits at most."""


class Hold:
    """Nothing on the screen is painted from `begin` to `end`, or for so long as nobody notices."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._held: ExitStack | None = None

    def begin(self, patience: float = _PATIENCE) -> None:
        """Paint nothing until `end`, for so many seconds at most."""
        if self._held is None:
            self._held = ExitStack()
            self._held.enter_context(self._widget.app.batch_update())
            self._widget.set_timer(patience, self.end)

    def end(self) -> None:
        """Paint what there is."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
            # the one in sight: the widget's own may be gone; at the end of all there is none
            for screen in self._widget.app.screen_stack[-1:]:
                screen.check_idle()
