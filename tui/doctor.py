"""The terminal checked: what it says it is, what khabar makes of it, and one sample in each mode for the eye."""

from __future__ import annotations

from tui.arabic import layout_line, modes
from tui.terminal import MODES, Decision, Mode

SAMPLE = "قال رئيس الوزراء (2021) لـ Reuters إن «القوات» غادرت بنسبة 25%."
"""Arabic with brackets, a year, a Latin name, quotation marks, a percentage and lam-alef's like."""


def row(mode: Mode) -> str:
    """The sample as it is sent to a terminal in a mode."""
    cells = [(glyph, None) for glyph in layout_line(SAMPLE, base=1).glyphs]
    if mode == "runs":
        cells = modes.runs(cells)
    elif mode == "words":
        cells = modes.words(cells)
    return "".join(glyph for glyph, _ in cells)


def report(decision: Decision) -> list[str]:
    """What is known of the terminal, line by line."""
    lines = [
        f"terminal   {decision.name}: {decision.why}",
        f"mode       {decision.mode}" + (", its own reordering is switched off meanwhile" if decision.off else ""),
        f"vowels     {'shown' if decision.tashkeel else 'hidden: this terminal draws them beside their letters'}",
        f"copying    {'OSC 52' if decision.clipboard else 'OSC 52, and a file: this terminal may not take it'}",
    ]
    if decision.through:
        lines.append(f"through    {decision.through}")
    return lines


def samples() -> list[str]:
    """The sample in each mode, numbered as `MODES`, to be told apart by reading them."""
    return [f"{number} {mode:7} {row(mode)}" for number, mode in enumerate(MODES, 1)]
