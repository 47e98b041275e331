"""Sheets of entities that may be one: what may be the same as one of them, and pairs of the whole corpus."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, ScreenResultType

from store.answers import EntityRow, Suggestion
from store.database.queries import Reader
from store.errors import StoreError
from tui.keys import bindings
from tui.locale import N_, language, ngettext
from tui.locale import gettext as _
from tui.panes.entities import type_name
from tui.screens import changes
from tui.screens.asking import Asking
from tui.screens.sheets import SHEET_CSS, Sheet, classed
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.paint import one_line, padded, text_cells
from tui.widgets.prose import Entry
from tui.widgets.rows import Rows

_FIRST = 300
"""So many entities of the corpus are asked about at first: their pairs are shown while the others are looked for."""
_PAIRS = 500
_SENTENCES = 4
"""So many sentences of each side are shown."""
_FOUND = 40

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
    "short": N_("{0} may be short for {1}"),
    "latin": N_("{0} in Arabic letters may be {1}"),
    "companions": N_("named along with the same: {0}"),
    "never-together": N_("no article names both"),
    "side-by-side": N_("but named side by side, as two"),
    "same-sentence": N_("but named in one sentence"),
}


def reasons_of(suggestion: Suggestion) -> str:
    """Why two entities may be one, in the interface's language."""
    return "; ".join(_(REASONS[reason.kind]).format(*reason.about) for reason in suggestion.reasons)


def _ids(pair: Suggestion) -> tuple[int, int]:
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


class _Others(Rows[Other]):
    row_height: ClassVar[int] = 2

    def draw(self, row: Other, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        sure = f"{100 * row.suggestion.score:>3.0f}% " if row.suggestion else "     "
        first = [Segment(sure, dim), *_name(row.entity, width - len(sure), style, dim)]
        said = reasons_of(row.suggestion) if row.suggestion else type_name(row.entity.type)
        return [first, _below(said, width, dim)]


class _Pairs(Rows[Suggestion]):
    row_height: ClassVar[int] = 2
    markable: ClassVar[bool] = True

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
        return [first, _below(reasons_of(row), width, dim)]


class _Merging(Asking[ScreenResultType], ModalScreen[ScreenResultType]):
    """What both sheets have: a list with the keys of suggested merges, and a line that says what came of them."""

    CSS = (
        SHEET_CSS
        + """
    MergeSheet, SuggestedSheet { background: $background; align: center middle; }
    MergeSheet .sheet, SuggestedSheet .sheet { width: 100%; max-width: 120; height: 100%; max-height: 100%; }
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
        self.say(str(error))

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

    def show_sentences(self, pair: Sequence[EntityRow]) -> None:
        """Some sentences that name each of two entities, one below the other."""

        def question(reader: Reader) -> list[Entry]:
            entries = []
            for row in pair:
                count = ngettext("{n} article", "{n} articles", row.articles).format(n=row.articles)
                entries.append(Entry("heading", f"{row.name} · {type_name(row.type)} · {count}"))
                ids = reader.mention_ids(row.id, most=_SENTENCES)
                entries.extend(Entry("text", one.sentence.text) for one in reader.mention_rows(row.id, ids))
            return entries

        def show(entries: list[Entry]) -> None:
            self.app.push_screen(Sheet(_("Sentences that name the one and the other"), entries))

        self.ask("sentences", question, show)


class Answer(NamedTuple):
    """What is to be done: merge with an entity, or choose it in the lists (None)."""

    other: EntityRow | None


class MergeSheet(_Merging[Answer | None]):
    """What may be the same as an entity; or, by a search, any other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("merges"),
        Binding("escape,q,ض,backspace", "close", show=False, id="sheet.close"),
    ]

    def __init__(self, corpus: Path, entity: tuple[int, str]) -> None:
        super().__init__(corpus)
        self._entity, self._named = entity
        self.rows = _Others(id="others")
        self.line = ArabicInput(id="search-name")
        self._suggested: list[Other] = []
        self._own: EntityRow | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self.note, "sheet-note")
            yield self.line
            yield self.rows

    def on_mount(self) -> None:
        self.title_line.say(_("What is the same as {name}").format(name=self._named), _("Esc closes"))
        self.say()
        self.rows.focus()

        def question(reader: Reader) -> tuple[EntityRow, list[Suggestion]]:
            return reader.entity(self._entity), reader.suggestions(self._entity, 30)

        self.ask("suggestions", question, self._arrive)

    def _arrive(self, answer: tuple[EntityRow, list[Suggestion]]) -> None:
        self._own = own = answer[0]
        self._suggested = [Other(one.other if one.into.id == own.id else one.into, one) for one in answer[1]]
        if not self.line.value.strip():
            self._show(self._suggested, _("nothing is suggested; / searches for a name"))

    def _show(self, others: Sequence[Other], nothing: str) -> None:
        self.rows.empty_text = nothing
        self.rows.show(array("q", range(len(others))), whole=dict(enumerate(others)))

    def keys_in_words(self) -> str:
        """What can be done here."""
        return _("Enter merges · / searches · x not the same · s sentences · m in the lists")

    # -- keys ----------------------------------------------------------------------------------------------

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if (row := self.rows.row(event.id)) is not None:
            self._close(Answer(row.entity))

    def action_search(self) -> None:
        """Type a name."""
        self.line.add_class("-open")
        self.line.focus()

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        event.stop()
        name = self.line.value.strip()
        if not name:
            self.drop("names")
            self._show(self._suggested, _("nothing is suggested; / searches for a name"))
            return

        def show(found: list[EntityRow]) -> None:
            others = [Other(row) for row in found if row.id != self._entity]
            self._show(others[:_FOUND], _("no entity is called {name}").format(name=name))

        self.ask("names", lambda reader: reader.find_entities(name), show)

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        event.stop()
        self.rows.focus()

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        event.stop()
        self.line.value = ""
        self.line.remove_class("-open")
        self.rows.focus()
        self._show(self._suggested, _("nothing is suggested; / searches for a name"))

    def action_apart(self) -> None:
        """Never suggest the one under the cursor again."""
        row = self.rows.current_row
        if row is None:
            return
        other = row.entity

        def done(_done: None) -> None:
            self._suggested = [one for one in self._suggested if one.entity.id != other.id]
            self.line.value = ""
            self.line.remove_class("-open")
            self._show(self._suggested, _("nothing is suggested; / searches for a name"))
            self.say(_("{name} will not be suggested again; u takes it back").format(name=other.name))

        self.change(lambda: changes.keep_apart(self.corpus, [(self._entity, other.id)]), done)

    def action_sentences(self) -> None:
        row = self.rows.current_row
        if row is not None and self._own is not None:
            self.show_sentences((self._own, row.entity))

    def action_in_lists(self) -> None:
        self._close(Answer(None))

    def action_close(self) -> None:
        self._close(None)

    def _close(self, answer: Answer | None) -> None:
        self.drop_all()
        self.dismiss(answer)


class SuggestedSheet(_Merging[int]):
    """Pairs of the corpus that may be one; dismissed with the number of corrections that were made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("merges", "log"),
        Binding("escape,q,ض,backspace", "close", show=False, id="sheet.close"),
    ]

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus)
        self.rows = _Pairs(id="pairs")
        self.pairs: list[Suggestion] = []
        self._gone: set[int] = set()
        """Entities that were merged into others here, until all is asked for anew."""
        self._changes = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self.title_line, "sheet-title")
            yield classed(self.note, "sheet-note")
            yield self.rows

    def on_mount(self) -> None:
        self.say()
        self.rows.focus()
        self._ask_anew()

    def _ask_anew(self) -> None:
        self._count(None)

        def rest(found: list[Suggestion]) -> None:
            self._arrive(found)
            self.ask("suggestions", lambda reader: reader.suggestions(most=_PAIRS), self._arrive_all)

        self.ask("suggestions", lambda reader: reader.suggestions(most=_PAIRS, looked_at=_FIRST), rest)

    def _arrive(self, found: list[Suggestion]) -> None:
        pairs = [one for one in found if not {one.into.id, one.other.id} & self._gone]
        self._show(pairs)

    def _arrive_all(self, found: list[Suggestion]) -> None:
        self._arrive(found)
        self._count(len(self.pairs))

    def _show(self, pairs: list[Suggestion]) -> None:
        """Other pairs; the one under the cursor stays under it, and those that are marked stay marked."""
        rows, before = self.rows, self.rows.current_row
        marked = {_ids(self.pairs[at]) for at in rows.ticked if at < len(self.pairs)}
        place = rows.cursor
        self.pairs = pairs
        rows.ticked = {at: None for at, one in enumerate(pairs) if _ids(one) in marked}
        rows.empty_text = _("nothing is suggested")
        rows.show(array("q", range(len(pairs))), whole=dict(enumerate(pairs)))
        at = next((at for at, one in enumerate(pairs) if before is not None and _ids(one) == _ids(before)), place)
        if pairs:
            rows.select(min(at, len(pairs) - 1))

    def _count(self, count: int | None) -> None:
        title = _("suggested merges")
        if count is not None:
            title = ngettext("{n} suggested merge", "{n} suggested merges", count).format(n=count)
        self.title_line.say(title, _("Esc closes"))

    def keys_in_words(self) -> str:
        """What can be done here."""
        return _("Enter merges · x not the same · s sentences · * marks · u undoes")

    # -- keys ----------------------------------------------------------------------------------------------

    def _wanted(self) -> list[Suggestion]:
        """The pairs that are marked, else the one under the cursor."""
        marked = [self.pairs[at] for at in sorted(self.rows.ticked) if at < len(self.pairs)]
        row = self.rows.current_row
        return marked or ([row] if row is not None else [])

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        groups = changes.groups_of(self._wanted())
        if not groups:
            return
        gone = [other for _into, others in groups for other in others]
        if len(gone) == 1:
            only = self._wanted()[0]
            said = _("{old} is {name} now; u takes it back").format(old=only.other.name, name=only.into.name)
        else:
            said = ngettext("{n} entity was merged; u takes it back", "{n} entities were merged; u takes it back",
                            len(gone)).format(n=len(gone))  # fmt: skip

        def done(_done: None) -> None:
            self._gone.update(gone)
            self._settle([one for one in self.pairs if one.other.id not in gone and one.into.id not in gone], said)

        self.change(lambda: changes.merge(self.corpus, groups), done)

    def action_apart(self) -> None:
        """Never suggest these again."""
        wanted = self._wanted()
        if not wanted:
            return
        pairs = [_ids(one) for one in wanted]
        said = ngettext("{n} pair will not be suggested again; u takes it back",
                        "{n} pairs will not be suggested again; u takes it back", len(pairs)).format(n=len(pairs))  # fmt: skip

        def done(_done: None) -> None:
            self._settle([one for one in self.pairs if _ids(one) not in pairs], said)

        self.change(lambda: changes.keep_apart(self.corpus, pairs), done)

    def _settle(self, left: list[Suggestion], said: str) -> None:
        self._changes += 1
        self.rows.ticked = {}
        self._show(left)
        self._count(len(left))
        self.say(said)

    def action_sentences(self) -> None:
        row = self.rows.current_row
        if row is not None:
            self.show_sentences((row.into, row.other))

    def action_undo(self) -> None:
        self.change(
            lambda: changes.undo(self.corpus),
            lambda what: self._went_back(what, _("taken back: {what}"), _("nothing to take back")),
        )

    def action_redo(self) -> None:
        self.change(
            lambda: changes.redo(self.corpus),
            lambda what: self._went_back(what, _("done again: {what}"), _("nothing to do again")),
        )

    def _went_back(self, what: str | None, said: str, nothing: str) -> None:
        if what is not None:
            self._changes += 1
            self._gone.clear()
            self._ask_anew()
        self.say(said.format(what=what) if what is not None else nothing)

    def action_search(self) -> None:
        self.say(_("m on a name searches for another"))

    def action_in_lists(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        self.drop_all()
        self.dismiss(self._changes)
