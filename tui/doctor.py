"""The terminal checked: what it says it is, what khabar makes of it, and one sample in each mode for the eye."""

from __future__ import annotations

from tui.arabic import layout_line, modes
from tui.locale import comma
from tui.locale import gettext as _
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
    vowels = _("shown") if decision.tashkeel else _("hidden: this terminal draws them beside their letters")
    copying = "OSC 52" if decision.clipboard else _("OSC 52, and a file: this terminal may not take it")
    lines = [
        f"{_('terminal'):11}{decision.name}: {_(decision.why)}",
        f"{_('mode'):11}{decision.mode}"
        + (comma() + _("its own reordering is switched off meanwhile") if decision.off else ""),
        f"{_('vowels'):11}{vowels}",
        f"{_('copying'):11}{copying}",
    ]
    if decision.through:
        lines.append(f"{_('through'):11}{decision.through}")
    return lines


def samples() -> list[str]:
    """The sample in each mode, numbered as `MODES`, to be told apart by reading them."""
    return [f"{number} {mode:7} {row(mode)}" for number, mode in enumerate(MODES, 1)]
