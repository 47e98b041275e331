"""The explorer as a Textual application."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import ClassVar

from rich.console import RenderableType
from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode

from tui import permitted, remembered, sessions, terminal, themes
from tui.driver import driver
from tui.keys import over_all
from tui.locale import gettext as _
from tui.locale import language as spoken
from tui.locale import preferred, use
from tui.logged import Logged, note_terminal
from tui.screens.asking import Asking
from tui.screens.explorer import Explorer
from tui.screens.sheets import Sheet
from tui.screens.speaking import mirror, speak, takes_text
from tui.sessions import Session
from tui.settings.applying import Begun, apply
from tui.settings.force import InForce
from tui.turns import Turns, Typed
from tui.widgets.modes_filter import FILTERS, MergeFilter

_LOOK = 1.0
"""Seconds between looks whether the terminal is still there; without one, Textual's input thread would spin."""

_TURN = 0.001
"""Seconds for which a thread that computes may keep the event loop from its turn (Python's own are 5 ms)."""

_THRESHOLDS = 5000, 100, 1000
"""When Python looks for garbage by itself: among young objects only, which takes a millisecond or two."""
_TIDY, _RESTED = 1.0, 0.5
"""Seconds between looks whether there is time to look for garbage among all, and without a key for there to be."""

_EVERYWHERE = "switch_language", "help", "command_palette"
"""What is done by keys over every overlay too."""


class Khabar(Logged):
    """One explorer over one corpus."""

    TITLE = "khabar"
    CSS_PATH: ClassVar[Path] = Path(__file__).with_name("themes.tcss")
    BINDINGS: ClassVar = [
        over_all("window.language", "switch_language"),
        over_all("window.help", "help"),
        over_all("window.commands", "command_palette"),
    ]

    def __init__(
        self,
        corpus: Path,
        *,
        sample: bool = False,
        decision: terminal.Decision | None = None,
        session: Session | None = None,
        first: bool = False,
        begun: Begun = Begun(),  # noqa: B008  frozen
    ) -> None:
        super().__init__(driver_class=driver(decision) if decision else None)
        self._begun = begun
        self.corpus, self._sample, self._decision = corpus, sample, decision
        self._session, self._first = session, first
        self.explorer: Explorer | None = None
        self.turns = Turns(self, self._take)
        self._types = False
        """Whether the key that is pressed is a character."""
        self._input_at: float | None = monotonic()
        """When the last key or click came, None when garbage was looked for since."""
        self._filters.append(MergeFilter())
        if decision is not None and decision.mode in FILTERS:
            self._filters.append(FILTERS[decision.mode]())
            self.add_class("-reordered")
        for theme in themes.themes():
            self.register_theme(theme)
        themes.wear(self, begun.theme)
        if begun.keymap:
            self.set_keymap(dict(begun.keymap))
        self.animation_level = "none"  # a scroll that glides costs ten times the bytes over SSH

    @property
    def takes_copies(self) -> bool:
        """Whether the terminal is known to put on its clipboard what is sent to it."""
        return self._decision is None or self._decision.clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """Put text on the clipboard of the terminal by OSC 52, through tmux and screen as well."""
        super().copy_to_clipboard(text)
        if self._driver is not None and self._decision is not None and self._decision.through:
            self._driver.write(self._decision.pass_on(terminal.clipboard_sequence(text)))

    def on_mount(self) -> None:
        sys.setswitchinterval(_TURN)
        gc.set_threshold(*_THRESHOLDS)
        self.set_interval(_TIDY, self._tidy)
        self._leave_on_signals()
        if self._decision is not None:
            self.set_interval(_LOOK, self._leave_if_alone)
        mirror(self)
        self.explorer = Explorer(self.corpus, sample=self._sample, begun=self._begun)
        self.explorer.session, self.explorer.is_first = self._session, self._first
        self.push_screen(self.explorer)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            self._input_at = monotonic()
        if isinstance(event, Typed) and not event.is_forwarded:
            await self.turns.take(event)
        else:
            await super().on_event(event)

    async def _take(self, typed: Typed) -> None:
        self._types = isinstance(typed, events.Key) and typed.is_printable
        await super().on_event(typed)

    def _tidy(self) -> None:
        """Look for garbage while nobody presses a key: it takes up to 50 ms, which a key would have to wait for."""
        if self._input_at is not None and monotonic() - self._input_at > _RESTED:
            self._input_at = None
            gc.collect()
            if not gc.get_freeze_count():
                gc.freeze()  # modules and styles: there to stay, and not to be gone through again

    def _leave_on_signals(self) -> None:
        """End in order, the terminal given back, when told to end or when the terminal goes away."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and threading.current_thread() is threading.main_thread():
                loop.add_signal_handler(number, self.exit, 128 + number)

    def _leave_if_alone(self) -> None:
        if terminal.is_gone():
            self.exit(128 + 1)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As Textual does; what may not be done here is answered with the reason."""
        _target, name, _parameters = self._parse_action(action, default_namespace or self, namespaces)
        refused = permitted.refusal(name)
        if refused is None:
            done = await super().run_action(action, default_namespace, namespaces)
            if self.explorer is not None and isinstance(action, str):
                self.explorer.hear(action)
            return done
        if isinstance(self.screen, Asking):
            self.screen.refuse(refused)
        return True

    @property
    def is_pressed(self) -> bool:
        """Whether somebody is at the keys: one came a moment ago."""
        return self._input_at is not None and monotonic() - self._input_at <= _RESTED

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End; where the reader stands is kept for the next time."""
        self._keep_place()
        super().exit(result, return_code, message)

    def panic(self, *renderables: RenderableType) -> None:
        """As Textual does; so it ends, too, where reading from a terminal that goes away fails before the signal."""
        self._keep_place()
        super().panic(*renderables)

    def _keep_place(self) -> None:
        if self.explorer is not None and self.explorer.is_mounted:
            self.explorer.keep_now()

    def action_command_palette(self) -> None:
        """Every action that can be done where one is, and the others with where that is."""
        from tui.screens.offers import Offer, answering, dresses, elsewhere
        from tui.screens.palette import Palette

        if isinstance(self.screen, Palette):
            self.screen.dismiss(None)
            return
        answer = [offer for offer in answering(self.screen) if not offer.is_typing]
        dressing = dresses(self.explorer) if self.explorer is not None else []
        offers = [one for one in [*answer, *dressing, *elsewhere(answer)] if one.id != "window.commands"]

        def chosen(offer: Offer | None) -> None:
            if offer is not None:
                self.call_later(self.run_action, offer.action, offer.node)

        self.push_screen(Palette(offers), chosen)

    def action_help(self) -> None:
        """Help of an overlay; what is to be read, help itself for one, is closed by the same key."""
        from tui.screens.helping import help_sheet

        if isinstance(self.screen, Sheet):
            self.screen.dismiss()
        else:
            self.push_screen(help_sheet(self.screen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where one types, a character is typed. Help and the language have keys of the explorer's own, and answer here
        over it."""
        if action not in _EVERYWHERE:
            return super().check_action(action, parameters)
        is_typed = self._types and takes_text(self.focused)
        return not is_typed and (action == "command_palette" or self.screen.is_modal)

    def action_switch_language(self) -> None:
        speak(self, "en" if spoken() == "ar" else "ar")

    async def action_quit(self) -> None:
        self.exit(0)


def run(
    corpus: Path,
    *,
    sample: bool = False,
    language: str | None = None,
    bidi: terminal.Mode | None = None,
    fresh: bool = False,
    settings: InForce | None = None,
) -> int:
    """Open the explorer on a corpus and stay until it is left; the exit code.

    `language` and `bidi`, how Arabic is to be sent to the terminal, count before the settings; where neither says how,
    the terminal is asked what it is. It opens where it was left the last time, unless that is to be `fresh`.
    """
    terminal.insist_on_utf8()
    settings = settings or InForce()
    use(language or preferred())
    sent = settings.or_else("bidi").value
    bidi = bidi or next((mode for mode in terminal.MODES if mode == sent), None)
    decision = terminal.find_out(bidi)
    chosen = remembered.mode_of(decision.name) if bidi is None else None
    if chosen is not None:
        decision = terminal.in_mode(decision, chosen)
    begun = apply(settings, tashkeel=decision.tashkeel)
    terminal.settle_colours(decision)
    session = sessions.opened(corpus, sample=sample, fresh=fresh)
    if session is not None:
        session.apply_settings()
    note_terminal(decision, spoken())
    first = not (session is not None and session.left) and sessions.is_first()
    few = themes.has_few()
    begun = replace(begun, theme=themes.fitting(begun.theme, few=few), few=few)
    app = Khabar(corpus, sample=sample, decision=decision, session=session, first=first, begun=begun)
    app.run(mouse=bool(settings.or_else("mouse").value))
    _say_what_goes_on(app, bidi)
    return app.return_value if app.return_value is not None else app.return_code or 0


def _say_what_goes_on(app: Khabar, bidi: terminal.Mode | None) -> None:
    """What was being added when the explorer was left is still being added: it is a process of its own."""
    adding = app.explorer.adding if app.explorer is not None else None
    if adding is None:
        return
    adding.read()
    if adding.running:
        from tui.printing import Printer
        from tui.screens.add_sheets import counts

        with contextlib.suppress(OSError), Printer(bidi) as printer:
            printer.line(_("khabar goes on adding in the background; so far: {counts}").format(counts=counts(adding)))
