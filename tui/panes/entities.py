"""The list of entities by type: one line each, counts at the left edge, the name at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.segment import Segment
from rich.style import Style

from store.answers import EntityRow
from store.models import MentionType
from tui.locale import N_, comma
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.panes.annotated import signs, tags_label
from tui.widgets.paint import text_cells
from tui.widgets.rows import Rows

TYPE_NAMES: dict[MentionType, str] = {
    "PER": N_("People"),
    "ORG": N_("Organisations"),
    "LOC": N_("Places"),
    "MISC": N_("Other names"),
}


_LETTERS: dict[MentionType, str] = {"PER": N_("P"), "ORG": N_("O"), "LOC": N_("L"), "MISC": N_("M")}
"""What stands beside a name where its heading is out of sight: the first letter of its type."""
SINGULAR: dict[MentionType, str] = {
    "PER": N_("person"),
    "ORG": N_("organisation"),
    "LOC": N_("place"),
    "MISC": N_("other name"),
}
"""What one of a type is."""


def type_letter(kind: MentionType) -> str:
    """The letter of a type in the interface's language."""
    return _(_LETTERS[kind])


def type_in_words(kind: MentionType) -> str:
    """What one of a type is, in the interface's language."""
    return _(SINGULAR[kind])


def type_name(kind: MentionType) -> str:
    """The plural name of a type in the interface's language."""
    return _(TYPE_NAMES[kind])


def types_in_words(kinds: Iterable[MentionType]) -> str:
    """What some names are that are told of together: each type once, in the plural where several are of it."""
    counted = Counter(kinds)
    return joined(comma(), (type_in_words(kind) if n == 1 else type_name(kind) for kind, n in counted.items()))


class EntitiesPane(Rows[EntityRow]):
    """Entities under a header for each type, those in most articles first."""

    markable = True
    _figures: tuple[int, int] = (4, 5)
    """How wide the two columns of numbers are: as the widest that were met in a corpus."""

    def meet(self, rows: Mapping[int, EntityRow]) -> None:
        """The numbers of all rows stand below each other."""
        widest = [max(len(str(n)) for n in of) for of in zip(*map(_numbers, rows.values()), strict=True)]
        if widest and (widest[0] > self._figures[0] or widest[1] > self._figures[1]):
            self._figures = max(widest[0], self._figures[0]), max(widest[1], self._figures[1])
            self.redraw()

    def draw(self, row: EntityRow, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        articles, mentions = self._figures
        counts = f"{row.articles:>{articles}} {row.mentions:>{mentions}} "
        # the heading that names the type may be out of sight
        sign = f"{type_letter(row.type)} {signs(row.annotated)}"
        name = " ".join(filter(None, (row.name, tags_label(row.annotated))))
        room = width - len(counts) - len(sign)
        return [[Segment(counts, dim), Segment(sign, dim), *text_cells(name, room, style, align="right")]]


def _numbers(row: EntityRow) -> tuple[int, int]:
    return row.articles, row.mentions
