"""What sheets of entities that may be one have in common: their rows, the reasons in words, the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.screen import ModalScreen, ScreenResultType

from store.answers import EntityRow, Suggestion
from store.database.queries import Reader
from store.errors import StoreError
from tui.locale import N_, language, ngettext
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import in_words
from tui.panes.entities import type_in_words
from tui.screens.asking import Asking
from tui.screens.sheets import SHEET_CSS, Sheet
from tui.widgets.label import Label
from tui.widgets.paint import one_line, padded, text_cells
from tui.widgets.prose import Entry
from tui.widgets.rows import Rows

_SENTENCES = 4
"""So many sentences of each side are shown."""

# What `store.resolve.suggesting.REASONS` says, in the person's language.
REASONS = {
    "linked": N_("the same known thing, {0}"),
    "kind": N_("the same name, {0} in some articles and {1} in others"),
    "space": N_("the same letters, with a space or hyphen more"),
    "article": N_("the same name with and without the article"),
    "sound": N_("letters of one sound: {0}, {1}"),
    "vowels": N_("a foreign name with other vowels: {0}, {1}"),
    "double": N_("a letter written twice: {0}, {1}"),
    "ending": N_("another ending of one name: {0}, {1}"),
    "dots": N_("the same letters but for the dots of one: {0}, {1}"),
    "swapped": N_("two letters the other way round: {0}, {1}"),
    "short": N_("{0} may be short for {1}"),
    "latin": N_("{0} in Arabic letters may be {1}"),
    "companions": N_("named along with the same: {0}"),
    "never-together": N_("no article names both"),
    "side-by-side": N_("but named side by side, as two"),
    "same-sentence": N_("but named in one sentence"),
}


def reasons_of(suggestion: Suggestion) -> list[str]:
    """Why two entities may be one, in the interface's language."""
    return [_(REASONS[reason.kind]).format(*reason.about) for reason in suggestion.reasons]


def _on_a_line(reasons: Sequence[str]) -> str:
    return ("؛ " if language() == "ar" else "; ").join(reasons)


def ids_of(pair: Suggestion) -> tuple[int, int]:
    """What a pair is known by."""
    return pair.into.id, pair.other.id


class Other(NamedTuple):
    """A row: an entity that may be the same, or one that was searched for."""

    entity: EntityRow
    suggestion: Suggestion | None = None


def _name(row: EntityRow, width: int, style: Style, dim: Style) -> list[Segment]:
    """A name at the right edge, the number of its articles at the left."""
    count = f"{row.articles:>5} "
    return [Segment(count, dim), *text_cells(row.name, width - len(count), style, align="right")]


def _below(text: str, width: int, dim: Style) -> list[Segment]:
    right_to_left = language() == "ar"
    return padded(one_line(text, width, int(right_to_left)), width, dim)


class OtherRows(Rows[Other]):
    row_height: ClassVar[int] = 2

    def draw(self, row: Other, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        sure = f"{100 * row.suggestion.score:>3.0f}% " if row.suggestion else "     "
        first = [Segment(sure, dim), *_name(row.entity, width - len(sure), style, dim)]
        said = _on_a_line(reasons_of(row.suggestion)) if row.suggestion else type_in_words(row.entity.type)
        return [first, _below(said, width, dim)]


class PairRows(Rows[Suggestion]):
    row_height: ClassVar[int] = 2
    markable = True

    def can_mark(self, id: int) -> bool:
        """All of them."""
        return id >= 0

    def draw(self, row: Suggestion, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        sure = f"{100 * row.score:>3.0f}% "
        room = max(0, width - len(sure) - 3)
        first = [
            Segment(sure, dim),
            *_name(row.other, room // 2, style, dim),
            Segment(" → ", dim),
            *_name(row.into, room - room // 2, style, dim),
        ]
        return [first, _below(_on_a_line(reasons_of(row)), width, dim)]


class Offering(Asking[ScreenResultType], ModalScreen[ScreenResultType]):
    """What both sheets have: a list with the keys of suggested merges, and a line that says what came of them."""

    CSS = (
        SHEET_CSS
        + """
    MergeSheet, SuggestedSheet { background: $background; align: center middle; }
    MergeSheet .sheet, SuggestedSheet .sheet { width: 100%; max-width: 130; height: 100%; max-height: 100%; }
    MergeSheet Rows, SuggestedSheet Rows { height: 1fr; background: $surface; }
    MergeSheet ArabicInput { background: $boost; display: none; }
    MergeSheet ArabicInput.-open { display: block; }
    """
    )

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus)
        self.title_line, self.note = Label(), Label()
        self.said = ""
        """What stands in the line below the title, in logical order."""

    def say(self, text: str = "") -> None:
        """Say something in the place of the keys, until the next move."""
        self.said = text or self.keys_in_words()
        self.note.say(self.said)

    def keys_in_words(self) -> str:
        """What can be done here."""
        raise NotImplementedError

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        for rows in self.query(Rows):
            rows.fail(in_words(error))
        self.say(in_words(error))

    def on_unmount(self) -> None:
        self.drop_all()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def on_rows_marked(self, event: Rows.Marked) -> None:
        event.stop()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.moved:
            self.say()

    def show_sentences(self, pair: Sequence[EntityRow], suggestion: Suggestion | None = None) -> None:
        """Why two entities may be one, and some sentences that name each, one below the other."""

        def question(reader: Reader) -> list[Entry]:
            entries = [Entry("text", line) for line in (reasons_of(suggestion) if suggestion else ())]
            for row in pair:
                count = ngettext("{n} article", "{n} articles", row.articles).format(n=row.articles)
                entries.append(Entry("heading", joined(" · ", (row.name, type_in_words(row.type), count))))
                ids = reader.mention_ids(row.id, most=_SENTENCES)
                entries.extend(Entry("text", one.sentence.text) for one in reader.mention_rows(row.id, ids))
            return entries

        def show(entries: list[Entry]) -> None:
            self.app.push_screen(Sheet(_("Sentences that name the one and the other"), entries))

        self.ask("sentences", question, show, opens=True)
