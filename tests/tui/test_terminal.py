"""Telling terminals apart by what they answer, and what each is sent."""

from __future__ import annotations

from typing import Literal

import pytest

from tui import terminal
from tui.terminal import Answers, decide, parse

BDSM = ("\x1b[8l", "\x1b[8h")


@pytest.mark.parametrize(
    ("reply", "env", "name", "mode", "off"),
    [
        (b"\x1bP>|XTerm(379)\x1b\\\x1b[8;0$y\x1b[>41;379;0c\x1b[?64;1;2c", {}, "xterm", "visual", ""),
        (b"\x1bP>|VTE(7006)\x1b\\\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c", {}, "VTE", "visual", BDSM[0]),
        (b"\x1bP>|VTE(7006)\x1b\\\x1b[8;2$y\x1b[>65;7006;1c\x1b[?65;1;9c", {}, "VTE", "visual", ""),
        (b"\x1b[8;1$y\x1b[>65;5202;1c\x1b[?65;1;9c", {"VTE_VERSION": "5202"}, "VTE", "visual", BDSM[0]),
        (
            b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[8;0$y\x1b[>1;221203;0c\x1b[?62;22c",
            {},
            "Konsole",
            "visual",
            "\x1b]50;BidiRenderingEnabled=false\x07",
        ),
        (
            b"\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1;2c",
            {"TERM": "mlterm"},
            "mlterm",
            "visual",
            "\x1b]5379;use_ctl=false\x07",
        ),
        (b"\x1bP>|kitty(0.26.5)\x1b\\\x1b[8;0$y\x1b[>1;4000;26c\x1b[?62;c", {}, "kitty", "words", ""),
        (b"\x1b[>0;136;0c\x1b[?6c", {"TERM": "xterm"}, "PuTTY", "runs", ""),
        (b"\x1bP>|iTerm2 3.5.0\x1b\\\x1b[>0;95;0c\x1b[?62;4c", {}, "iTerm2", "runs", ""),
        (b"\x1b[?1;2c", {"TERM_PROGRAM": "Apple_Terminal"}, "Terminal.app", "runs", ""),
        (b"\x1bP>|foot(1.13.1)\x1b\\\x1b[8;0$y\x1b[>1;11301;0c\x1b[?62;4;22c", {}, "foot", "visual", ""),
        (b"\x1b[8;0$y\x1b[>0;1100;1c\x1b[?6c", {"TERM": "alacritty"}, "Alacritty", "visual", ""),
        (
            b"\x1bP>|WezTerm 20240203\x1b\\\x1b[8;1$y\x1b[>1;277;0c\x1b[?65;4c",
            {},
            "wezterm 20240203",
            "visual",
            BDSM[0],
        ),
        (b"", {"TERM": "dumb"}, "dumb", "visual", BDSM[0]),
    ],
)
def test_which_terminal_it_is(reply: bytes, env: dict[str, str], name: str, mode: str, off: str) -> None:
    decision = decide(parse(reply), env)
    assert (decision.name, decision.mode, decision.off) == (name, mode, off)


def test_vowel_marks_are_hidden_where_terminals_misplace_them() -> None:
    shown = {kind.name for kind in terminal._KINDS if kind.tashkeel}
    assert shown.isdisjoint({"kitty", "foot", "Alacritty", "st"})


def test_the_environment_of_the_outer_terminal_says_nothing_inside_tmux() -> None:
    assert decide(Answers(), {"TMUX": "/tmp/x,1,0", "VTE_VERSION": "7006"}).name != "VTE"


def test_a_mode_that_is_asked_for_leaves_the_terminal_alone() -> None:
    decision = decide(Answers(version="vte(7006)", implicit=1), {}, "runs")
    assert (decision.mode, decision.off, decision.on) == ("runs", "", "")


@pytest.mark.parametrize(
    ("through", "sent"),
    [("", "\x1b[8l"), ("tmux", "\x1bPtmux;\x1b\x1b[8l\x1b\\"), ("screen", "\x1bP\x1b[8l\x1b\\")],
)
def test_sequences_pass_tmux_and_screen(through: Literal["", "tmux", "screen"], sent: str) -> None:
    from dataclasses import replace

    decision = replace(decide(Answers(), {}), through=through)
    assert decision.pass_on("\x1b[8l") == sent
