"""The overlay of the jump list."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.locale import language
from tui.screens.picking import Pick, Picks, PickSheet
from tui.widgets.paint import with_note


class _Places(Picks):
    def draw(self, row: Pick, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        return [with_note(row.text, row.note, width, style, dim, int(language() == "ar"))]


class JumpSheet(PickSheet):
    """Places in the order in which one was there; how far each is from the present one stands at the other edge."""

    CSS = PickSheet.CSS.replace("PickSheet", "JumpSheet")
    PICKS = _Places
