"""Textual's driver with what it lacks: it switches a terminal's own reordering off and on again, and outlasts one that
goes away.

A terminal that goes away (the window is closed, the connection drops) refuses what is written, and the system has its
programs continue (SIGCONT) as it tells them to end (SIGHUP). Textual's thread that writes ends by the first, after
which whatever paints waits for it for ever; and by the second the driver starts once more.
"""

from __future__ import annotations

import errno
import io
import os
from typing import TYPE_CHECKING

from tui.terminal import Decision, is_gone, refresh_tmux

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

_GONE = {errno.EIO, errno.ENXIO, errno.EPIPE}
"""What writing to a terminal that went away ends in."""


class Outlasting(io.TextIOWrapper):
    """A terminal to write to; when it has gone away, what is written is lost without an error."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        super().__init__(file.buffer, file.encoding, file.errors)

    def write(self, text: str, /) -> int:
        """Raises OSError for whatever else goes wrong."""
        try:
            return super().write(text)
        except OSError as error:
            _insist_it_is_gone(error)
            return len(text)

    def flush(self) -> None:
        """Raises OSError for whatever else goes wrong."""
        try:
            super().flush()
        except OSError as error:
            _insist_it_is_gone(error)

    def close(self) -> None:
        """It is not ours to close."""


def _insist_it_is_gone(error: OSError) -> None:
    if error.errno not in _GONE:
        raise error


def driver(decision: Decision) -> type[Driver] | None:
    """Textual's driver for this system. None where Textual is to choose: it has no such signals there.

    Every way to leave the screen (quit, a crash, Ctrl-Z, SIGTERM, SIGHUP) goes through the driver. The sequence that
    switches reordering off is sent before the alternate screen is opened: VTE heeds `CSI 8 l` in rows made later only.
    """
    if os.name != "posix":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class OutlastingDriver(LinuxDriver):
        """Leaves the terminal as it was found."""

        _on = False

        def __init__(
            self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
            if self._file is not None:
                self._file = Outlasting(self._file)

        def start_application_mode(self) -> None:
            self._on = True
            self._send(decision.off)
            if decision.repaint:
                refresh_tmux()
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual gives it no types

        def stop_application_mode(self) -> None:
            super().stop_application_mode()
            if self._on:
                self._on = False
                if decision.off:
                    self.write(decision.on)
                    self.flush()

        def resume_application_mode(self) -> None:
            """After Ctrl-Z; whoever was stopped without being told so begins anew, with one thread that reads."""
            if is_gone():
                return
            if self._on:
                self.suspend_application_mode()
            super().resume_application_mode()

        def _send(self, text: str) -> None:
            # before the application mode there is no thread that writes
            if self._file is not None and text:
                self._file.write(text)
                self._file.flush()

    return OutlastingDriver
