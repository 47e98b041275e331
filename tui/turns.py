"""Keys in turn: each is taken when all that came of the one before it is done.

Over a slow link many keys come at once, and so does what a terminal pastes without brackets. Textual hands each to
what has the focus when it comes; what an earlier one of them opens has not got it by then, and what was to be typed
there would be taken for commands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.message_pump import MessagePump
from textual.timer import Timer

from tui.screens.asking import Asking
from tui.screens.speaking import takes_text

if TYPE_CHECKING:
    from textual.app import App

_LONGEST = 1.0
"""Seconds after which the next key is taken, whatever has become of the one before it."""
_LOOK = 0.01
"""Seconds between looks whether a sheet that is on its way has come."""
_WAYS = 3
"""Ways up that a key has: its own, that of what its action posts, that of what follows (a sheet closes, the focus
goes elsewhere)."""
_STEPS = frozenset(("move", "page", "first", "last", "mark", "same", "mark_row"))
"""Actions that open nothing and leave the focus where it is: many of them at once are one picture."""

Typed = events.Key | events.Paste


class Turns:
    """Holds keys, and what is pasted, until their turn; `forward` hands one on as Textual does."""

    def __init__(self, app: App[int], forward: Callable[[Typed], Awaitable[None]]) -> None:
        self._app, self._forward = app, forward
        self._waiting: deque[Typed] = deque()
        self._turn = 0
        """The number of the key that is under way."""
        self._timer: Timer | None = None
        """Ends the turn in any case; None while no key is under way."""

    @property
    def is_busy(self) -> bool:
        """Whether something of a key is still to come."""
        return self._timer is not None

    async def take(self, typed: Typed) -> None:
        """Hand a key on, now or when it is its turn."""
        if self.is_busy:
            self._waiting.append(typed)
        else:
            await self._begin(typed)

    async def _begin(self, typed: Typed) -> None:
        if self._is_step(typed):
            await self._forward(typed)
            return
        self._turn += 1
        turn = self._turn
        self._timer = self._app.set_timer(_LONGEST, partial(self._end, turn))
        first: MessagePump = self._app.focused or self._app.screen
        await self._forward(typed)
        self._climb(first, turn, _WAYS)

    def _climb(self, at: MessagePump | None, turn: int, ways: int) -> None:
        """Wait until `at` has seen what went up to it, then all above it, and so on for so many ways.

        A key goes up from what has the focus to the application, where keys are bound to actions; what these post goes
        the same way. What is asked to be done later goes one step behind them.
        """
        while at is not None and at is not self._app and not at.call_later(self._climb, at._parent, turn, ways):
            at = at._parent  # closed by the key itself
        if at is None or at is self._app:
            self._app.call_later(self._arrived, turn, ways - 1)

    async def _arrived(self, turn: int, ways: int) -> None:
        """Go up again, from what has the focus now; in the end wait for a sheet that is on its way."""
        if turn != self._turn:
            return
        if ways:
            self._climb(self._app.focused or self._app.screen, turn, ways)
        elif isinstance(screen := self._app.screen, Asking) and screen.is_opening:
            self._app.set_timer(_LOOK, partial(self._arrived, turn, 1))
        else:
            await self._end(turn)

    def _is_step(self, typed: Typed) -> bool:
        """Whether what is typed next can be handed on at once: a step in a list, a letter in a line of text."""
        if not isinstance(typed, events.Key):
            return False
        if takes_text(self._app.focused) and typed.is_printable:
            return True
        for _node, bindings in self._app.screen._modal_binding_chain:
            for binding in bindings.key_to_bindings.get(typed.key, ()):
                return binding.action.partition("(")[0] in _STEPS
        return False

    async def _end(self, turn: int) -> None:
        if turn != self._turn or self._timer is None:
            return
        self._timer.stop()
        self._timer = None
        await self._next()

    async def _next(self) -> None:
        while self._waiting and not self.is_busy:
            await self._begin(self._waiting.popleft())
