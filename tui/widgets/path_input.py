"""A line of input for paths: Tab completes, what is pasted or dropped may be several."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.arabic_input import ArabicInput


class PathInput(ArabicInput):
    """An `ArabicInput` that posts besides: `Asked` (Tab), `Dropped` (a paste), `Emptied` (Backspace, nothing left)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, id="path.complete")]
    DEFAULT_CSS = "PathInput { height: 1; }"

    class Asked(Message):
        """The line is to be completed."""

    class Emptied(Message):
        """Something is to be deleted where there is nothing."""

    class Dropped(Message):
        """A paste, as it came, with what a line cannot show; the line was empty."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        if not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Dropped(event.text))

    def take(self, text: str) -> None:
        """Insert what was pasted."""
        self._insert(text)

    def action_complete(self) -> None:
        self.post_message(self.Asked())

    def action_delete_before(self) -> None:
        if self.value:
            super().action_delete_before()
        else:
            self.post_message(self.Emptied())
