"""What terminals do to Arabic, and how each is made to show it right: the only module that knows their quirks.

The explorer paints Arabic shaped and in visual order. Terminals treat that in three ways: most show cells as they
are painted (`visual`); some reorder every row a second time, and of these some can be told not to (`CSI 8 l`, BDSM of
ECMA-48, and sequences of Konsole's and mlterm's own), the others must be given rows that come out right when they are
reordered (`runs`: PuTTY, iTerm2, Terminal.app; `words`: kitty, which turns each word round by itself).

Which terminal it is, it says itself: one round trip of XTVERSION, DECRQM 8 and DA2, fenced by DA1, which every terminal
answers. It has to happen before Textual reads the keyboard, which would take the answers for keys.
"""

from __future__ import annotations

import base64
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from tui.locale import N_

Mode = Literal["visual", "runs", "words"]
MODES: tuple[Mode, ...] = ("visual", "runs", "words")

_QUERY = b"\x1b[>q\x1b[8$p\x1b[>c\x1b[c"
_FENCE = re.compile(rb"\x1b\[\?[\d;]*c")
_ERASE = b"\r\x1b[K"  # Apple's Terminal prints a stray "p" for DECRQM
_PATIENCE = 1.0
"""Seconds to wait for the answers: three round trips of a slow link."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal said of itself."""

    version: str = ""
    """XTVERSION, lower case, such as "vte(7000)" or "konsole 22.12.3"."""
    device: str = ""
    """DA2 parameters, such as "0;136;0" (PuTTY), "24;…" (mlterm), "83;…" (GNU screen)."""
    implicit: int | None = None
    """DECRQM of mode 8: 1 reorders, 2 was told not to, 0 does not know the mode; None without an answer."""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """How to paint on a terminal, what to send before the first row, and what to send to give it back."""

    mode: Mode
    off: str
    on: str
    name: str
    why: str
    tashkeel: bool
    """Whether the terminal draws vowel marks on their letters."""
    clipboard: bool = True
    """Whether the terminal takes copies by OSC 52 as it comes."""
    through: Literal["", "tmux", "screen"] = ""
    """What stands between and passes sequences on."""
    repaint: bool = False
    """Whether tmux has to be told to draw everything anew after `off`."""

    def pass_on(self, sequence: str) -> str:
        """A sequence so that it reaches the terminal outside tmux or screen."""
        return _PASS[self.through](sequence) if sequence else ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One family of terminals: how it is told apart, and what it needs."""

    name: str
    mode: Mode
    why: str
    version: str = ""
    device: str = ""
    env: tuple[tuple[str, str], ...] = ()
    off: str = ""
    on: str = ""
    tashkeel: bool = True
    clipboard: bool = True


_BDSM_OFF, _BDSM_ON = "\x1b[8l", "\x1b[8h"

_OBEYS = N_("reorders, can be told not to")
_TURNS = N_("turns each word round")
_REORDERS_DOCUMENTED = N_("reorders every row (documented)")
_REORDERS = N_("reorders every row")
_SHOWS = N_("shows cells as painted")

# Seen in the terminals themselves but for those marked "documented". The first that fits counts.
_KINDS = (
    _Kind("Konsole", "visual", _OBEYS, version="konsole", env=(("KONSOLE_VERSION", ""),),
          off="\x1b]50;BidiRenderingEnabled=false\x07", on="\x1b]50;BidiRenderingEnabled=true\x07", clipboard=False),
    _Kind("mlterm", "visual", _OBEYS, device="24;", env=(("TERM", "mlterm"), ("MLTERM", "")),
          off="\x1b]5379;use_ctl=false\x07", on="\x1b]5379;use_ctl=true\x07", clipboard=False),
    _Kind("kitty", "words", _TURNS, version="kitty", env=(("KITTY_WINDOW_ID", ""),), tashkeel=False),
    _Kind("PuTTY", "runs", _REORDERS, device="0;136;0", clipboard=False),
    _Kind("iTerm2", "runs", _REORDERS_DOCUMENTED, version="iterm2", env=(("TERM_PROGRAM", "iTerm.app"),)),
    _Kind("Terminal.app", "runs", _REORDERS_DOCUMENTED, env=(("TERM_PROGRAM", "Apple_Terminal"),),
          clipboard=False),
    _Kind("xterm", "visual", _SHOWS, version="xterm(", clipboard=False),
    _Kind("urxvt", "visual", _SHOWS, device="85;", env=(("TERM", "rxvt"),), clipboard=False),
    _Kind("foot", "visual", _SHOWS, version="foot", env=(("TERM", "foot"),), tashkeel=False),
    _Kind("Alacritty", "visual", _SHOWS, env=(("TERM", "alacritty"), ("ALACRITTY_WINDOW_ID", "")),
          tashkeel=False),
    _Kind("st", "visual", _SHOWS, env=(("TERM", "st-256color"), ("TERM", "st")), tashkeel=False),
    _Kind("VTE", "visual", _OBEYS, version="vte", env=(("VTE_VERSION", ""),),
          off=_BDSM_OFF, on=_BDSM_ON, clipboard=False),
    _Kind("Linux console", "visual", _SHOWS, env=(("TERM", "linux"),), clipboard=False),
)  # fmt: skip


def _fits(kind: _Kind, answers: Answers, env: Mapping[str, str]) -> bool:
    if kind.version and answers.version.startswith(kind.version):
        return True
    # mlterm's DA2 is also that of other programs: its environment, or that it does not know mode 8, decides
    if (
        kind.device
        and answers.device.startswith(kind.device)
        and (kind.device != "24;" or answers.implicit in (0, None))
    ):
        return True
    # the environment names the outer terminal only where nothing stands between
    if answers.version or "TMUX" in env or "STY" in env:
        return False
    return any(env.get(name, "").startswith(start) if start else bool(env.get(name)) for name, start in kind.env)


def decide(answers: Answers, env: Mapping[str, str], wished: Mode | None = None) -> Decision:
    """What to do on the terminal that gave `answers`; `wished` is the mode a person asked for, if any."""
    kind = next((kind for kind in _KINDS if _fits(kind, answers, env)), None)
    if kind is None:
        # those that do not know BDSM ignore it
        name = answers.version or env.get("TERM", "") or "unknown"
        kind = _Kind(name, "visual", N_("shows cells as painted, or obeys CSI 8 l"), off=_BDSM_OFF, on=_BDSM_ON)
    off, on, why = kind.off, kind.on, kind.why
    if off == _BDSM_OFF and answers.implicit == 2:
        off, on, why = "", "", N_("was told before not to reorder")
    found = Decision(kind.mode, off, on, kind.name, why, kind.tashkeel, kind.clipboard)
    return found if wished is None else in_mode(found, wished)


def in_mode(decision: Decision, wished: Mode) -> Decision:
    """A decision with the mode a person asked for instead; the terminal is then left to do what it does."""
    if wished == decision.mode:
        return decision
    return replace(decision, mode=wished, off="", on="", why=N_("as asked"))


def parse(reply: bytes) -> Answers:
    """Answers from the bytes a terminal sent back."""
    text = reply.decode("latin-1")
    version = re.search(r"\x1bP>\|([^\x1b]*)\x1b\\", text)
    device = re.search(r"\x1b\[>([\d;]*)c", text)
    implicit = re.search(r"\x1b\[8;(\d)\$y", text)
    return Answers(
        version[1].lower() if version else "",
        device[1] if device else "",
        int(implicit[1]) if implicit else None,
        bool(_FENCE.search(reply)),
    )


def ask(patience: float = _PATIENCE) -> Answers:
    """Ask the terminal of this process what it is; empty answers when there is none or it keeps silent."""
    try:
        import termios
        import tty

        device = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except (ImportError, OSError):
        return Answers()
    try:
        before = termios.tcgetattr(device)
        try:
            tty.setraw(device)
            os.write(device, _QUERY)
            reply = b""
            end = time.monotonic() + patience
            while not _FENCE.search(reply):
                ready, _, _ = select.select([device], [], [], max(0.0, end - time.monotonic()))
                if not ready:
                    break
                reply += os.read(device, 4096)
            os.write(device, _ERASE)
            return parse(reply)
        finally:
            termios.tcsetattr(device, termios.TCSAFLUSH, before)
    except (termios.error, OSError):
        return Answers()
    finally:
        os.close(device)


def _tmux(*arguments: str) -> str:
    try:
        done = subprocess.run(["tmux", *arguments], capture_output=True, text=True, timeout=2, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def refresh_tmux() -> None:
    """Have tmux paint everything once more."""
    _tmux("refresh-client")


def _inside_tmux(text: str) -> str:
    return "\x1bPtmux;" + text.replace("\x1b", "\x1b\x1b") + "\x1b\\" if text else ""


def _inside_screen(text: str) -> str:
    return f"\x1bP{text}\x1b\\" if text else ""


_PASS: dict[str, Callable[[str], str]] = {"": str, "tmux": _inside_tmux, "screen": _inside_screen}


def find_out(wished: Mode | None = None, env: Mapping[str, str] = os.environ) -> Decision:
    """Ask the terminal and decide, through tmux and GNU screen as well."""
    answers = ask()
    if answers.version.startswith("tmux") or "TMUX" in env:
        # tmux answers for itself; what lies outside it, it tells on request, and it lets sequences through if allowed
        outer = Answers(answered=answers.answered)
        if "TMUX" in env and shutil.which("tmux"):
            _tmux("set-option", "-p", "allow-passthrough", "on")
            version, _, term = _tmux("display-message", "-p", "#{client_termtype}\t#{client_termname}").partition("\t")
            outer = Answers(version.lower(), "24;" if term.startswith("mlterm") else "", None, answers.answered)
        found = decide(outer, {**env, "TMUX": env.get("TMUX", "remote")}, wished)
        off = _inside_tmux(found.off)
        if found.off == _BDSM_OFF:
            off += _inside_tmux("\x1b[2J")  # VTE heeds the mode in rows made later only
        on, name = _inside_tmux(found.on), f"{found.name} through tmux"
        return replace(found, off=off, on=on, name=name, through="tmux", repaint="TMUX" in env)
    found = decide(answers, env, wished)
    if answers.device.startswith("83;"):
        off, on, name = _inside_screen(found.off), _inside_screen(found.on), f"{found.name} through screen"
        return replace(found, off=off, on=on, name=name, through="screen")
    return found


def is_gone() -> bool:
    """Whether the terminal went away (the window was closed, the connection dropped) without a signal that said so."""
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return False
    poll = select.poll()
    try:
        poll.register(sys.__stdin__.fileno(), 0)  # hang-up and error are always reported
    except (OSError, ValueError):
        return False
    return bool(poll.poll(0))


def settle_colours(decision: Decision) -> None:
    """Keep GNU screen from being sent 24-bit colours, which it takes for others; before the application is made."""
    if decision.through == "screen":
        os.environ.pop("COLORTERM", None)


def insist_on_utf8() -> None:
    """Start this program again in Python's UTF-8 mode where the locale would send a terminal anything else.

    Terminals that show Arabic speak UTF-8 whatever the locale says; does not return where it starts again.
    """
    stream = sys.__stderr__  # Textual paints there
    if stream is None or stream.encoding.lower().replace("-", "") == "utf8" or sys.flags.utf8_mode:
        return
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment.pop("PYTHONIOENCODING", None)
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def clipboard_sequence(text: str) -> str:
    """OSC 52: asks the terminal to put `text` on its clipboard."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


@contextmanager
def switched(decision: Decision) -> Iterator[None]:
    """The terminal's own reordering switched off for what is printed meanwhile; nothing where stdout is no terminal."""
    show = sys.stdout.isatty()
    if show:
        sys.stdout.write(decision.off)
        sys.stdout.flush()
    try:
        yield
    finally:
        if show:
            sys.stdout.write(decision.on)
            sys.stdout.flush()
