"""What the explorer tells the log of `--debug`: keys by what they do, screens, questions, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.screen import Screen

from tui import debugging
from tui.fitting import Fitting
from tui.terminal import Decision


class Logged(Fitting[int]):
    """An application that keeps the log, if one is kept."""

    def on_mount(self) -> None:
        if debugging.is_on():
            self.screen_change_signal.subscribe(self, _changed)

    def on_resize(self, event: events.Resize) -> None:
        debugging.note("resized", columns=event.size.width, rows=event.size.height)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        if debugging.is_on():
            # its parameters may be a name that was clicked on
            _target, name, _parameters = self._parse_action(action, default_namespace or self, namespaces)
            debugging.note("action", name=name, screen=type(self.screen).__name__)
        return await super().run_action(action, default_namespace, namespaces)

    def _handle_exception(self, error: Exception) -> None:
        debugging.trouble("crashed", error)
        super()._handle_exception(error)


def _changed(screen: Screen[object]) -> None:
    debugging.note("screen", name=type(screen).__name__)


def note_terminal(decision: Decision, language: str) -> None:
    """Keep how it was decided to paint."""
    debugging.note(
        "terminal", name=decision.name, mode=decision.mode, why=decision.why, through=decision.through or None,
        vowels=decision.tashkeel, clipboard=decision.clipboard, language=language,
    )  # fmt: skip
