"""The explorer as a Textual application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.theme import Theme

from tui import terminal
from tui.arabic import base_direction, layout_line
from tui.keys import KEYS, shown
from tui.locale import gettext as _
from tui.locale import preferred, use
from tui.screens.explorer import Explorer

_THEME = Theme(
    name="khabar",
    primary="#3b82c4",
    secondary="#c792ea",
    accent="#7fdbca",
    warning="#ffcb6b",
    error="#ff6b6b",
    success="#9ece6a",
    foreground="#d6deeb",
    background="#0b1622",
    surface="#12202f",
    panel="#1b2c3f",
    dark=True,
)


class Commands(Provider):
    """Every action of the table of keys, in the language spoken."""

    def _actions(self) -> list[tuple[str, str]]:
        def label(text: str) -> str:
            return layout_line(text, base=base_direction(text)).visual()

        groups = ("go", "explore", "correct", "window")
        chosen = [key for key in KEYS if key.group in groups and "palette" not in key.action]
        return [(f"{label(_(key.label))}  ({shown(key.keys)})", key.action) for key in chosen]

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        for label, action in self._actions():
            yield DiscoveryHit(label, partial(self._run, action))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for label, action in self._actions():
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, matcher.highlight(label), partial(self._run, action))

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)


class Khabar(App[int]):
    """One explorer over one corpus."""

    TITLE = "khabar"
    COMMANDS: ClassVar = {Commands}

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__()
        self.corpus, self._sample = corpus, sample
        self.register_theme(_THEME)
        self.theme = "khabar"

    def on_mount(self) -> None:
        self.push_screen(Explorer(self.corpus, sample=self._sample))

    async def action_quit(self) -> None:
        self.exit(0)


def run(corpus: Path, *, sample: bool = False, language: str | None = None) -> int:
    """Open the explorer on a corpus and stay until it is left; the exit code."""
    use(language or preferred())
    decision = terminal.find_out()
    terminal.switch(decision, off=True)
    try:
        app = Khabar(corpus, sample=sample)
        code = app.run()
    finally:
        terminal.switch(decision, off=False)
    return app.return_code or code or 0
