"""How often names are told of over time: a screen over the explorer in which up to five are compared."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import EntityRow, Filter, Trends, Unit
from store.database.queries import Reader
from store.errors import StoreError
from store.text.when import stretch
from tui.hinting import with_keys
from tui.keys import bindings
from tui.locale import gettext as _
from tui.locale import language
from tui.locale.said import joined
from tui.locale.told import in_words
from tui.panes.timeline import zoom_name
from tui.screens.asking import Asking
from tui.screens.sheets import SHEET_CSS, Question, classed
from tui.widgets.label import Label
from tui.widgets.trend import TrendBands

MOST = 5
"""So many names are compared."""
UNITS: tuple[Unit, ...] = ("day", "month", "year", "decade")


class Left(NamedTuple):
    """How the screen was left: the names that were compared; one of them and a stretch that are to be gone to, or that
    all is to be exported."""

    names: tuple[int, ...]
    go: tuple[EntityRow, str] | None = None
    export: bool = False


class TrendsSheet(Asking[Left], ModalScreen[Left]):
    """Trends of some names in the articles of a filter; of those of most articles where none is given."""

    CSS = (
        SHEET_CSS
        + """
    TrendsSheet { background: $background; }
    TrendsSheet .sheet { width: 100%; max-width: 100%; height: 100%; max-height: 100%; overflow-y: hidden; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("trends")

    def __init__(self, corpus: Path, f: Filter, names: tuple[int, ...], narrowed: str) -> None:
        super().__init__(corpus)
        self._filter, self._names, self._narrowed = f, names, narrowed
        self._unit: Unit | None = None
        self.bands, self._title, self._note = TrendBands(id="bands"), Label(), Label()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(self._title, "sheet-title")
            yield classed(self._note, "sheet-note")
            yield self.bands

    def on_mount(self) -> None:
        self.bands.empty_text = _("loading…")
        self._tell()
        self.call_after_refresh(self._load)

    def on_unmount(self) -> None:
        self.drop_all()

    # -- what is asked -------------------------------------------------------------------------------------

    def _load(self, day: str | None = None) -> None:
        names, unit, f, columns = self._names, self._unit, self._filter, self.bands.columns

        def question(reader: Reader) -> Trends:
            from store.export import trends

            wanted = names or tuple(row.id for row in trends.most_named(reader, f, MOST))
            if unit is not None:
                return reader.trends(wanted, f, unit)
            fitting = (each for each in UNITS if len(reader.trends((), f, each).articles) <= columns)
            return reader.trends(wanted, f, next(fitting, UNITS[-1]))

        self.ask("trends", question, lambda found: self._show(found, day))

    def _show(self, found: Trends, day: str | None) -> None:
        self._names = tuple(series.entity.id for series in found.series)
        self._unit = found.unit
        self.bands.empty_text = _("no dated article names any") if not found.articles else _("no names: a adds one")
        self.bands.show(found, day)
        self._tell()

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        if self.bands.found is None:
            self.bands.empty_text = in_words(error)
            self.bands.refresh()
        self._note.say(in_words(error))

    # -- what is said --------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """The stretch under the cursor, and the keys."""
        value, found = self.bands.value, self.bands.found
        parts = [_("Names over time")]
        if value is not None and found is not None:
            # a date is read from left to right, also within Arabic
            parts += [zoom_name(found.unit), f"\u2066{value}0…\u2069" if len(value) == 3 else f"\u2066{value}\u2069"]
            if self.bands.shared:
                parts.append(_("one scale"))
        said = joined(" · ", parts)
        self._title.say(said, self._narrowed or _("Esc closes"))
        self._note.say(
            with_keys(
                _(
                    "{trends_add} add · {trends_remove} take out · {trends_zoom} zoom · {trends_scale} scale · "
                    "{trends_go} articles · {trends_export} export"
                )
            )
        )

    # -- keys ----------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.bands.move(-by if language() == "ar" else by)
        self._tell()

    def action_end(self, by: int) -> None:
        found = self.bands.found
        self.bands.move(by * (len(found.articles) if found else 0))
        self._tell()

    def action_step(self, by: int) -> None:
        self.bands.step(by)

    def action_zoom(self, by: int) -> None:
        """A unit closer or further off; without one the next, round and round."""
        at = UNITS.index(self._unit or "month")
        following = min(max(at + by, 0), len(UNITS) - 1) if by else (at + 1) % len(UNITS)
        day = stretch(self.bands.value)[0] if self.bands.value else None
        self._unit = UNITS[following]
        self._load(day)

    def action_scale(self) -> None:
        self.bands.shared = not self.bands.shared
        self.bands.refresh()
        self._tell()

    def action_remove(self) -> None:
        current = self.bands.current
        if current is not None and len(self._names) > 1:
            self._names = tuple(name for name in self._names if name != current.entity.id)
            self._load(self._day())

    def action_top(self) -> None:
        self._names = ()
        self._load(self._day())

    def action_add(self) -> None:
        def typed(name: str | None) -> None:
            if name:
                self.ask("name", lambda reader: reader.find_entities(name), lambda rows: self._add(name, rows))

        self.app.push_screen(Question(_("A name to compare (in Latin letters too)")), typed)

    def _add(self, name: str, rows: list[EntityRow]) -> None:
        if not rows:
            self._note.say(_("no entity is called {name}").format(name=name))
            return
        self._names = (*(one for one in self._names if one != rows[0].id), rows[0].id)[-MOST:]
        self._load(self._day())

    def _day(self) -> str | None:
        return stretch(self.bands.value)[0] if self.bands.value else None

    def action_go(self) -> None:
        current, value = self.bands.current, self.bands.value
        if current is not None and value is not None:
            self.dismiss(Left(self._names, (current.entity, value)))

    def action_export(self) -> None:
        self.dismiss(Left(self._names, export=True))

    def action_close(self) -> None:
        self.dismiss(Left(self._names))
