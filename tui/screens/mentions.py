"""Every place where an entity is named: a list over the explorer, as long as it may be, from which each is gone to.

A row is a mention, as in any concordance: a sentence that names somebody twice stands there twice, each time with
another of the two lit. So the list has as many rows as the list of entities says that there are mentions, which is
known at once, and `Enter` knows which of the two is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType

from store.answers import MentionRow
from store.database.queries import Reader
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.screens.history import Place, Spot
from tui.screens.lists import Naming
from tui.screens.placed import Gone, Left, PlacesSheet, whole_screen
from tui.screens.sentences import told_by
from tui.widgets.paint import text_around, text_cells
from tui.widgets.rows import Rows

__all__ = ["Left", "MentionRows", "MentionsSheet"]


class MentionRows(Rows[MentionRow | Gone]):
    """Two lines each: who says it when, and the sentence with the name lit, cut so that it is in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"mentions--name"}
    DEFAULT_CSS = """
    MentionRows > .mentions--name { background: $warning; color: $background; text-style: bold underline; }
    """
    row_height: ClassVar[int] = 2

    def draw(self, row: MentionRow | Gone, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if isinstance(row, Gone):
            return [text_cells(_("this mention is there no more"), width, dim), text_cells("", width, dim)]
        first = row.sentence.start
        lit = self._style("mentions--name")
        span = row.start - first, row.end - first
        return [told_by(row.article, width, dim), text_around(row.sentence.text, span, width, style, lit)]


class MentionsSheet(PlacesSheet[MentionRows]):
    """The mentions of an entity in the articles of a filter."""

    CSS = whole_screen("MentionsSheet")
    BINDINGS: ClassVar[list[BindingType]] = bindings("mentions")

    def __init__(self, corpus: Path, wanted: Naming, name: str, narrowed: str, spot: Spot) -> None:
        """`narrowed` is the filter in words, empty where it lets all through; `spot` where the cursor is to stand."""
        super().__init__(corpus, MentionRows(id="mentions"), narrowed, spot)
        self._wanted, self._named = wanted, name

    @property
    def wanted(self) -> Naming:
        return self._wanted

    @property
    def nothing(self) -> str:
        return _("no sentence of these articles names it")

    @property
    def keys_in_words(self) -> str:
        return with_keys(_("{list_open} goes there · {places_copy} copies"))

    def called(self, count: int | None) -> str:
        if count is None:
            return _("mentions of {name}").format(name=self._named)
        title = ngettext("{n} mention of {name}", "{n} mentions of {name}", count)
        return title.format(n=f"{count:,}", name=self._named)

    def asked_for(self, reader: Reader, ids: Sequence[int]) -> Iterable[MentionRow]:
        return reader.mention_rows(self._wanted.entity, ids)

    def place(self, row: object) -> Place | None:
        if not isinstance(row, MentionRow):
            return None
        sentence = row.sentence
        return Place(row.article.id, (sentence.start, sentence.end), self._wanted.entity, row.start)

    def words(self, row: object) -> str | None:
        return row.sentence.text if isinstance(row, MentionRow) else None
