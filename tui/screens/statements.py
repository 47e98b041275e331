"""Who said what: the statements of an entity, or of all articles of a view, in a list over the explorer."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType

from store.database.queries import Reader
from store.models import StatementKind
from store.spoken import StatementRow
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import N_, language, ngettext
from tui.locale import gettext as _
from tui.locale.said import Said, joined
from tui.locale.told import told
from tui.panes.articles import date_label, source_label
from tui.screens.history import Place, Spot
from tui.screens.lists import Found, Statements
from tui.screens.placed import Gone, Left, PlacesSheet, whole_screen
from tui.screens.sheets import Sheet
from tui.widgets.listing import Listing
from tui.widgets.paint import one_line, padded, text_cells
from tui.widgets.prose import Entry
from tui.widgets.rows import Rows

KINDS: dict[StatementKind, str] = {
    "said": N_("says"),
    "confirmed": N_("confirms"),
    "denied": N_("denies"),
    "warned": N_("warns"),
    "announced": N_("announces"),
    "promised": N_("promises"),
    "demanded": N_("demands"),
    "accused": N_("accuses"),
    "expected": N_("expects"),
    "asked": N_("asks"),
}
"""What is done by saying something."""
_AHEAD = 1000
"""So many rows below the cursor are to be there."""
_DAY, _KIND = 12, 10
"""Cells of the day and of the kind."""
_WHO = 26
"""Cells of the speaker, at most; else a third of the line."""


def said(row: StatementRow) -> str:
    """What is said: in quotation marks as said, without as reported."""
    quote, begun = row.quote, row.sentence.start
    words = row.sentence.text[quote.start - begun : quote.end - begun]
    return f"«{words}»" if quote.direct else words


class StatementRows(Rows[StatementRow | Gone]):
    """Two lines each: when who does what by saying it, and where that is written; below it what is said. The day stands
    at the side where the interface's language begins to read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"statements--kind"}
    DEFAULT_CSS = """
    StatementRows > .statements--kind { color: $accent; }
    """
    row_height: ClassVar[int] = 2

    def draw(self, row: StatementRow | Gone, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        if isinstance(row, Gone):
            return [text_cells(_("this statement is there no more"), width, dim), text_cells("", width, dim)]
        side = "right" if language() == "ar" else "left"
        who = row.quote.speaker.name if row.quote.speaker else "–"
        kind = style if dim is style else self._style("statements--kind")
        wide = min(_WHO, width // 3)
        parts = [
            text_cells(date_label(row.article), _DAY, dim, align=side),
            text_cells(_(KINDS[row.quote.kind]), _KIND, kind, align=side),
            padded(one_line(who, wide - 1), wide, style, align=side),
            text_cells(_source(row), width - _DAY - _KIND - wide, dim, align="left" if side == "right" else "right"),
        ]
        if side == "right":
            parts.reverse()
        return [[segment for part in parts for segment in part], text_cells(said(row), width, style)]


def _source(row: StatementRow) -> str:
    return source_label(row.article)


class StatementsSheet(PlacesSheet[StatementRows]):
    """The statements of one speaker, or of anybody, in the articles of a filter; of one kind, or of any."""

    CSS = whole_screen("StatementsSheet")
    BINDINGS: ClassVar[list[BindingType]] = bindings("statements")

    def __init__(
        self,
        corpus: Path,
        wanted: Statements,
        name: str,
        narrowed: str,
        spot: Spot,
        note: Callable[[Statements], None] = lambda _: None,
    ) -> None:
        """`name` is the speaker's, empty for anybody; `note` is told what is listed by then when it is closed."""
        super().__init__(corpus, StatementRows(id="statements"), narrowed, spot)
        self._wanted, self._named, self._noted = wanted, name, note
        self._next: int | None = None
        """Where the list goes on, of which the first pages are here."""
        self._listed: array[int] = array("q")
        self._paging = False
        """Whether the next page is asked for."""

    @property
    def wanted(self) -> Statements:
        return self._wanted

    @property
    def nothing(self) -> str:
        wanted = self._wanted.wanted
        if wanted.kinds or wanted.direct is not None:
            return with_keys(
                _(
                    "nobody says anything like this here\n{statements_kind} shows other kinds, {statements_direct} "
                    "those reported or direct"
                )
            )
        return _("nobody says anything here")

    @property
    def keys_in_words(self) -> str:
        return with_keys(
            _(
                "{list_open} goes there · {statements_kind} kind · {statements_direct} direct · "
                "{statements_differing} said differently? · {statements_why} why · {places_copy} copies"
            )
        )

    # -- page by page --------------------------------------------------------------------------------------

    def _show(self, found: Found) -> None:
        self._next, self._listed, self._paging = found.next, array("q", found.listing), False
        super()._show(found)

    def _complete(self) -> None:
        """Ask for the next page where the list may soon be looked at to its end."""
        start, wanted = self._next, self._wanted
        if not self._open or self._paging or start is None or self.rows.cursor + _AHEAD < len(self._listed):
            return
        self._paging = True
        self.ask("later", lambda reader: wanted.more(reader, start), self._further)

    def _further(self, found: Found) -> None:
        self._next, self._listed, self._paging = found.next, self._listed + array("q", found.listing), False
        self.rows.extend(Listing.of(self._listed), self.rows.cursor)
        self._count(len(self._listed) if found.next is None else None)
        self.call_after_refresh(self._complete)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        # what any list of places does about it, Textual does besides
        if event.moved:
            self._complete()

    def called(self, count: int | None) -> str:
        if count is None and self._next is not None:
            n = len(self._listed)
            newest = ngettext("the newest statement", "the newest {n:,} statements", n).format(n=n)
            return joined(" · ", filter(None, (newest, self._named)))
        if count is None:
            return _("statements of {name}").format(name=self._named) if self._named else _("statements")
        if self._named:
            title = ngettext("{n} statement of {name}", "{n} statements of {name}", count)
        else:
            title = ngettext("{n} statement", "{n} statements", count)
        return title.format(n=f"{count:,}", name=self._named)

    def narrowed(self) -> str:
        wanted = self._wanted.wanted
        parts = [self._narrowed, *(_(KINDS[kind]) for kind in wanted.kinds)]
        if wanted.direct is not None:
            parts.append(_("in quotation marks") if wanted.direct else _("reported"))
        return joined(" · ", filter(None, parts))

    def asked_for(self, reader: Reader, ids: Sequence[int]) -> Iterable[StatementRow]:
        return reader.statement_rows(ids)

    def place(self, row: object) -> Place | None:
        if not isinstance(row, StatementRow):
            return None
        return Place(row.article.id, (row.sentence.start, row.sentence.end))

    def words(self, row: object) -> str | None:
        return said(row) if isinstance(row, StatementRow) else None

    # -- keys ----------------------------------------------------------------------------------------------

    def action_kind(self, by: int) -> None:
        """Only those of the next kind; after the last those of any."""
        order: list[tuple[StatementKind, ...]] = [(), *((kind,) for kind in KINDS)]
        kinds = order[(order.index(self._wanted.wanted.kinds) + by) % len(order)]
        self._list(replace(self._wanted, wanted=replace(self._wanted.wanted, kinds=kinds)))

    def action_direct(self) -> None:
        """Only those in quotation marks, only the others, all again."""
        order = [None, True, False]
        direct = order[(order.index(self._wanted.wanted.direct) + 1) % len(order)]
        self._list(replace(self._wanted, wanted=replace(self._wanted.wanted, direct=direct)))

    def _list(self, wanted: Statements) -> None:
        self._wanted, self._next, self._paging = wanted, None, False
        self.ask_anew()

    def action_differing(self) -> None:
        """What may be said differently, by the same or in the same articles."""
        from tui.screens.differing import DifferingSheet

        wanted = self._wanted

        def left(answer: Left | None) -> None:
            if answer is not None and answer.place is not None:
                self._close(answer.place)

        sheet = DifferingSheet(self.corpus, wanted.filter, wanted.wanted.speaker, self._named, self._narrowed)
        self.app.push_screen(sheet, left)

    def action_why(self) -> None:
        row = self.rows.current_row
        if isinstance(row, StatementRow):
            self.app.push_screen(Sheet(_("Why this statement"), [Entry("text", line) for line in reasons(row)]))

    def _close(self, place: Place | None) -> None:
        self._noted(self._wanted)
        super()._close(place)


def rule_in_words(rule: str) -> str:
    """A rule in words: it may be the class of a verb and how the statement follows it (`v noun`)."""

    def said() -> str:
        known = told(rule)
        return known if known != rule else " ".join(map(told, rule.split()))

    return Said.by(said)


def reasons(row: StatementRow) -> list[str]:
    """Why something was taken for a statement, of this kind and of this speaker."""
    quote, sentence = row.quote, row.sentence
    lines = [said(row)]
    if quote.verb:
        lines.append(_("{kind}, by «{verb}»").format(kind=_(KINDS[quote.kind]), verb=quote.verb))
    else:
        lines.append(_("{kind}, as no verb says more").format(kind=_(KINDS[quote.kind])))
    lines.append(_("in quotation marks") if quote.direct else _("reported"))
    lines.append(_("found by rule {rule}").format(rule=rule_in_words(quote.rule)))
    speaker = quote.speaker
    if speaker is None:
        lines.append(_("who says it is not named"))
    elif not speaker.named:
        lines.append(_("«{name}» is a source without a name").format(name=speaker.name))
    elif sentence.start <= speaker.start < sentence.end:
        written = sentence.text[speaker.start - sentence.start : speaker.end - sentence.start]
        lines.append(_("its sentence names {name}, as «{written}»").format(name=speaker.name, written=written))
    else:
        lines.append(_("goes on with {name}, who speaks before it").format(name=speaker.name))
    for words, one in ((_("relayed by {name}"), quote.via), (_("said to {name}"), quote.addressee)):
        if one is not None:
            lines.append(words.format(name=one.name))
    if quote.date_start is not None and quote.date_end is not None:
        when = sentence.text[quote.date_start - sentence.start : quote.date_end - sentence.start]
        if when:
            lines.append(_("said «{when}»").format(when=when))
    lines.append(f"[{row.article.id}] {sentence.text}")
    return lines
