"""What may be said differently: two statements, or two numbers, side by side, as a question to the reader."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType

from store.answers import Filter
from store.database.queries import Reader
from store.spoken import Differ, Differing, DifferingRow, DifferingRule
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import N_, language, ngettext
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.panes.articles import date_label
from tui.screens.history import Place, Spot
from tui.screens.lists import Found
from tui.screens.placed import Gone, PlacesSheet, whole_screen
from tui.screens.sheets import Sheet
from tui.screens.statements import KINDS
from tui.widgets.listing import Listing
from tui.widgets.paint import padded, paragraph, text_cells
from tui.widgets.prose import Entry
from tui.widgets.rows import Rows

WHY: dict[DifferingRule, str] = {
    "claim": N_("said differently? one denies what it says that the other claims"),
    "denial": N_("said differently? one denies what the other says"),
    "contrast": N_("said differently? one says no, in words of the other"),
    "figures": N_("said differently? two numbers in one sentence"),
    "figures apart": N_("said differently? two numbers of one day"),
}
_SOON, _LATER = 150, 2000
"""So many articles are looked at at once, and then in all."""
_LINES = 4
"""Lines of what is said."""
_GAP = 3
"""Cells between the two."""


def said(side: Differ, *, whole: bool = False) -> str:
    """What is said; of a number, and where the `whole` is wanted, its sentence."""
    text, begun = side.sentence.text, side.sentence.start
    if side.quantity is not None or whole:
        return text
    words = text[side.start - begun : side.end - begun]
    return f"«{words}»" if side.direct else words


def who(side: Differ) -> str:
    """Who says it and what is done by saying it, of a number the number."""
    return " · ".join(filter(None, _parts(side)[:2]))


def where(side: Differ) -> str:
    """When and where it is said."""
    return " · ".join(filter(None, _parts(side)[2:]))


def _parts(side: Differ) -> tuple[str, ...]:
    what = side.quantity.text if side.quantity is not None else _(KINDS[side.kind]) if side.kind else ""
    return side.who or "–", what, date_label(side.article), side.article.outlet or "", side.article.title


class DifferingRows(Rows[DifferingRow | Gone]):
    """Why the two stand side by side, and the two: who says it, when and where, what is said. The first stands where
    the interface's language begins to read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"differing--why"}
    DEFAULT_CSS = """
    DifferingRows > .differing--why { color: $accent; }
    """
    row_height: ClassVar[int] = 3 + _LINES

    def draw(self, row: DifferingRow | Gone, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if isinstance(row, Gone):
            return [text_cells("", width, dim) for _line in range(self.row_height)]
        mine = "right" if language() == "ar" else "left"
        wide = (width - _GAP) // 2
        # a denial that names what it denies says all of it in one sentence
        words = said(row.one, whole=row.rule == "claim"), said(row.other)
        sides = [
            self._side(side, text.replace("\n", " "), wide, style, dim)
            for side, text in zip((row.one, row.other), words, strict=True)
        ]
        rest = [Segment(" " * (width - 2 * wide), style)]
        if mine == "right":
            sides.reverse()
        why = style if dim is style else self._style("differing--why")
        return [
            text_cells(_(WHY[row.rule]), width, why, align=mine),
            *([*left, *rest, *right] for left, right in zip(*sides, strict=True)),
        ]

    def _side(self, side: Differ, text: str, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        lines = paragraph(text, width)
        words = [padded(line, width, style) for line in lines[:_LINES]]
        if len(lines) > _LINES:
            words[-1] = text_cells(text[lines[_LINES - 1].start :], width, style)
        words += [[Segment(" " * width, style)]] * (_LINES - len(words))
        return [text_cells(who(side), width, style + Style(bold=True)), text_cells(where(side), width, dim), *words]


@dataclass(frozen=True, slots=True)
class Differences:
    """What may differ in the newest articles of a filter, of an entity where there is one."""

    filter: Filter
    entity: int | None
    known: dict[int, DifferingRow] = field(default_factory=dict, compare=False)
    """Rows by their ids: they are worked out with all others, and not again for one."""
    seen: list[Differing] = field(default_factory=list, compare=False)
    """What was found last."""

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        return self._found(reader, _SOON, spot)

    def whole(self, reader: Reader, spot: Spot) -> Found:
        return self._found(reader, _LATER, spot, whole=True)

    def count(self, reader: Reader) -> int | None:
        return None

    def _found(self, reader: Reader, most: int, spot: Spot, *, whole: bool = False) -> Found:
        answer = reader.differing(self.filter, self.entity, most)
        rows = {_key(row): row for row in answer.rows}
        self.known.update(rows)
        self.seen[:] = [answer]
        ids = array("q", rows)
        listing = Listing.of(ids)
        at = None if spot.id is None else listing.find(spot.id, spot.position)
        return Found(listing, whole or answer.looked >= answer.of, at, spot.id, len(ids), rows)


def _key(row: DifferingRow) -> int:
    """A number that such a row has in every list."""
    spans = ",".join(map(str, (row.one.start, row.one.end, row.other.article.id, row.other.start, row.other.end)))
    return (row.one.article.id << 24) | (zlib.crc32(spans.encode()) & 0xFFFFFF)


class DifferingSheet(PlacesSheet[DifferingRows]):
    """Pairs that may differ; either of the two is opened by a key of its own."""

    CSS = whole_screen("DifferingSheet")
    BINDINGS: ClassVar[list[BindingType]] = bindings("differing")

    def __init__(self, corpus: Path, f: Filter, entity: int | None, name: str, narrowed: str) -> None:
        """`entity` with its `name` is whom it is about, None for anybody; `narrowed` is the filter in words."""
        super().__init__(corpus, DifferingRows(id="differing"), narrowed, Spot())
        self._wanted, self._named = Differences(f, entity), name

    @property
    def wanted(self) -> Differences:
        return self._wanted

    @property
    def nothing(self) -> str:
        seen = self._wanted.seen
        if seen and seen[0].looked < min(_LATER, seen[0].of):
            return _("nothing yet, it is still looked…")
        return _("nothing is said differently here, as far as can be told")

    @property
    def keys_in_words(self) -> str:
        return with_keys(
            _(
                "{differing_first} and {differing_second} go to either article · {differing_why} why · "
                "{places_copy} copies · whether it is one thing, you must judge"
            )
        )

    def called(self, count: int | None) -> str:
        if count is None:
            return _("said differently?")
        title = ngettext("said differently? {n} pair", "said differently? {n} pairs", count).format(n=f"{count:,}")
        return " · ".join(filter(None, (title, self._named)))

    def narrowed(self) -> str:
        seen = self._wanted.seen
        newest = ""
        if seen and seen[0].looked < seen[0].of:
            newest = _("the newest {n} of {all} articles").format(n=f"{seen[0].looked:,}", all=f"{seen[0].of:,}")
        return " · ".join(filter(None, (self._narrowed, newest)))

    def _count(self, count: int | None) -> None:
        super()._count(count)
        self._say_within()
        if self.rows.empty_text != self.nothing and not self.rows.ids and count is not None:
            self.rows.empty_text = self.nothing
            self.rows.refresh()

    def asked_for(self, reader: Reader, ids: Sequence[int]) -> Iterable[DifferingRow]:
        return ()  # all of them are known when the list is

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()
        event.prevent_default()  # Textual would ask the corpus besides, as for any list of places
        known = self._wanted.known
        self.rows.supply({each: known.get(each, Gone()) for each in event.ids}, event.edition)
        self._go()

    def place(self, row: object) -> Place | None:
        return _place(row.one) if isinstance(row, DifferingRow) else None

    def words(self, row: object) -> str | None:
        if not isinstance(row, DifferingRow):
            return None
        return "\n".join(f"{who(side)} ({where(side)}): {said(side)}" for side in (row.one, row.other))

    # -- keys ----------------------------------------------------------------------------------------------

    def action_open(self, which: int) -> None:
        """Go to the article of one of the two."""
        row = self.rows.current_row
        if isinstance(row, DifferingRow):
            self._close(_place((row.one, row.other)[which]))

    def action_why(self) -> None:
        row = self.rows.current_row
        if isinstance(row, DifferingRow):
            self.app.push_screen(Sheet(_("Why these two"), [Entry("text", line) for line in reasons(row)]))


def _place(side: Differ) -> Place:
    return Place(side.article.id, (side.sentence.start, side.sentence.end))


def reasons(row: DifferingRow) -> list[str]:
    """Why two stand side by side, and their sentences."""
    lines = [_(WHY[row.rule])]
    if row.shared:
        lines.append(_("words of both, by their stems: {words}").format(words="، ".join(row.shared)))
    lines.append(
        _("how likely it is one thing: {score:.1f}, of what is found the highest first").format(score=row.score)
    )
    for side in (row.one, row.other):
        lines.append(joined(" · ", filter(None, _parts(side))))
        lines.append(f"[{side.article.id}] {side.sentence.text}")
    return lines
