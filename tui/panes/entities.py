"""The list of entities by type: one line each, counts at the left edge, the name at the right."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from store.models import EntityRow, MentionType
from tui.locale import N_
from tui.locale import gettext as _
from tui.widgets.paint import text_cells
from tui.widgets.rows import Rows

TYPE_NAMES: dict[MentionType, str] = {
    "PER": N_("People"),
    "ORG": N_("Organisations"),
    "LOC": N_("Places"),
    "MISC": N_("Other names"),
}


def type_name(kind: MentionType) -> str:
    """The plural name of a type in the interface's language."""
    return _(TYPE_NAMES[kind])


class EntitiesPane(Rows[EntityRow]):
    """Entities under a header for each type, those in most articles first."""

    def draw(self, row: EntityRow, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        counts = f"{row.articles:>4} {row.mentions:>5} "
        return [[Segment(counts, dim), *text_cells(row.name, width - len(counts), style, align="right")]]
