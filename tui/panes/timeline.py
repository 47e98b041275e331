"""The timeline: events with their dates, or how many there are by day, month, year and decade; then the undated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from store.answers import ArticleRow, Bucket, EventRow
from store.models import Bound, Precision
from store.text.when import in_figures, is_hijri, stretch
from tui.config import appearance
from tui.hinting import with_keys
from tui.locale import gettext as _
from tui.locale import language, ngettext
from tui.panes.annotated import signs, tags_label
from tui.when import event_date
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows

BIN = 1 << 40
"""Keys from here on are those of undated articles (this and their id)."""

# How exact a date is shows as the length and solidity of its mark, so that colour is not needed for it.
_PRECISION: dict[Precision, str] = {
    "time": "●  ", "day": "●  ", "week": "━  ", "month": "━━ ", "season": "━━ ", "quarter": "━━ ",
    "year": "╌╌╌", "decade": "┄┄┄", "century": "┄┄┄", "range": "━━━", "vague": "~  ",
}  # fmt: skip
_BOUND: dict[Bound | None, str] = {None: "", "since": "▷", "until": "◁"}
_MODALITY = {"asserted": " ", "planned": "→", "predicted": "?", "denied": "✗"}


def precision_mark(precision: Precision, bound: Bound | None = None) -> str:
    """Three cells that draw how exactly a date is known; ▷ where it begins what lasts, ◁ where it ends it."""
    mark, side = _PRECISION[precision], _BOUND[bound]
    if not side:
        return mark
    left = mark.rstrip()[:2]
    return f"{left}{side}".ljust(3) if bound == "since" else f"{side}{left}".ljust(3)


def event_label(row: EventRow) -> str:
    """Mark of precision, the date, mark of modality (→ planned, ? predicted, ✗ denied)."""
    shown = event_date(row)
    if appearance.calendar == "hijri" and is_hijri(row.earliest, row.latest):
        # painted from left to right whatever the language: in Arabic the sign stands left of the figures
        shown = _("{date} AH").format(date=in_figures(row.earliest, row.latest, row.precision, "hijri"))
    return f"{precision_mark(row.precision, row.bound)} {shown} {_MODALITY[row.modality]}".rstrip()


class TimelinePane(Rows[EventRow | Bucket | ArticleRow]):
    """Events in order of time; two lines each: when, who, and the first sentence that says it."""

    row_height: ClassVar[int] = 2
    markable = True
    _longest: tuple[Mapping[int, EventRow | Bucket | ArticleRow], int] | None = None
    """The list of days, months or years that is shown, and how many events the fullest of them has."""

    def draw(self, row: EventRow | Bucket | ArticleRow, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if isinstance(row, Bucket):
            return self._draw_bucket(row, width, style, dim)
        if isinstance(row, ArticleRow):
            title = text_cells(signs(row.annotated) + (row.title or _("(no title)")), width, style)
            return [
                title,
                two_sides(
                    with_keys(_("{correct_redate} dates it")),
                    row.outlet or "",
                    width,
                    dim,
                    base=int(language() == "ar"),
                ),
            ]
        names = "، ".join(row.names[:3])
        if row.outlets > 1:
            names = f"{names} ×{row.outlets}"
        sentence = row.sentences[0].text if row.sentences else ""
        label = " ".join(filter(None, (event_label(row), signs(row.annotated).strip(), tags_label(row.annotated))))
        first = two_sides(label, names, width, style, dim, base=0)
        return [first, text_cells(sentence, width, dim if dim is not style else style)]

    def _draw_bucket(self, row: Bucket, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if self._longest is None or self._longest[0] is not self._whole:
            found = (other.events for other in self._whole.values() if isinstance(other, Bucket))
            self._longest = self._whole, max(found, default=1)
        most = self._longest[1]
        bar = "█" * max(1, round((width - 1) * row.events / max(1, most)))
        count = ngettext("{n} event", "{n} events", row.events).format(n=row.events)
        right_to_left = language() == "ar"
        line = text_cells(bar, width, dim, align="right" if right_to_left else "left")
        label = two_sides(bucket_label(row), count, width, style, base=int(right_to_left), mirrored=right_to_left)
        return [label, [*line]]


def bucket_label(row: Bucket) -> str:
    """A stretch as the chosen calendar has it; a decade with its years."""
    decade = len(row.value) == 3
    if appearance.calendar == "gregorian":
        # read from left to right also in Arabic, as the days of an event
        return f"\u2066{row.value}0…{row.value}9\u2069" if decade else row.value
    first, last, precision = stretch(row.value)
    if not is_hijri(first, last):
        return row.value
    return _("{date} AH").format(date=in_figures(first, last, precision, "hijri"))


def zoom_name(zoom: str) -> str:
    """The name of a zoom level in the interface's language."""
    return {
        "event": _("by event"), "day": _("by day"), "month": _("by month"), "year": _("by year"),
        "decade": _("by decade"),
    }[zoom]  # fmt: skip
