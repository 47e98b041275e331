"""The timeline: events with their dates, or how many there are by month and year."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from store.models import Bucket, EventRow
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows

# How exact a date is shows as the length and solidity of its mark, so that colour is not needed for it.
_PRECISION = {
    "time": "●  ", "day": "●  ", "week": "━  ", "month": "━━ ", "season": "━━ ", "quarter": "━━ ",
    "year": "╌╌╌", "decade": "┄┄┄", "century": "┄┄┄", "range": "━━━", "vague": "~  ",
}  # fmt: skip
_MODALITY = {"asserted": " ", "planned": "→", "predicted": "?", "denied": "✗"}


def event_label(row: EventRow) -> str:
    """Mark of precision, the date, mark of modality (→ planned, ? predicted, ✗ denied)."""
    return f"{_PRECISION[row.precision]} {row.value.replace('/', '…')} {_MODALITY[row.modality]}".rstrip()


class TimelinePane(Rows[EventRow | Bucket]):
    """Events in order of time; two lines each: when, who, and the first sentence that says it."""

    row_height: ClassVar[int] = 2

    def draw(self, row: EventRow | Bucket, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if isinstance(row, Bucket):
            return self._draw_bucket(row, width, style, dim)
        names = "، ".join(row.names[:3])
        if row.outlets > 1:
            names = f"{names} ×{row.outlets}"
        sentence = row.sentences[0].text if row.sentences else ""
        first = two_sides(event_label(row), names, width, style, dim)
        return [first, text_cells(sentence, width, dim if dim is not style else style)]

    def _draw_bucket(self, row: Bucket, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        most = max((other.events for other in self._rows.values() if isinstance(other, Bucket)), default=1)
        bar = "█" * max(1, round((width - 1) * row.events / max(1, most)))
        count = ngettext("{n} event", "{n} events", row.events).format(n=row.events)
        return [two_sides(row.value, count, width, style), [*text_cells(bar, width, dim, align="left")]]


def zoom_name(zoom: str) -> str:
    """The name of a zoom level in the interface's language."""
    return {"event": _("by event"), "month": _("by month"), "year": _("by year"), "day": _("by day")}[zoom]
