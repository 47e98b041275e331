"""The dossier of an entity, of two together, or of an outlet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli.once import Command
from tui.cli.options import entity_called, outlet_called
from tui.cli.running import Session
from tui.locale import N_, comma, ngettext
from tui.locale import gettext as _
from tui.locale.told import told

if TYPE_CHECKING:
    from store.database.queries import Reader
    from store.dossiers import (
        Companion,
        Events,
        Noted,
        Roles,
        Sighting,
        Spelling,
        Spoken,
        Stretch,
        Subject,
        Summary,
        Teller,
        Together,
        Told,
    )
    from store.models import MentionType
    from store.spoken import Differing
    from tui.printing import Column, Printer

_TYPES: dict[str, str] = {"PER": N_("People"), "ORG": N_("Organisations"), "LOC": N_("Places"), "MISC": N_("Others")}
_TELLERS = {"outlet": N_("Outlets"), "section": N_("Sections"), "author": N_("Authors")}
_HOW = {
    "alone": N_("alone"),
    "first": N_("before all others"),
    "level": N_("at the moment of the first"),
    "later": N_("after others"),
}
_MONTHS = 24
"""So many months are shown one by one; more as years."""
_BAR = 30
"""Cells of the longest bar."""
_PAIRS = 6
"""Pairs that may differ that are shown."""
_SHOWN = 10
"""Spellings, and roles, that are shown."""


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[NAME [NAME]]")
@click.option("--outlet", metavar="NAME", help="Of this outlet.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def dossier(session: Session, names: tuple[str, ...], outlet: str | None, as_json: bool) -> None:
    """Show all that is known of a name, a pair, or an outlet.

    Names and spellings, roles said of it, what it says, when it was named first and last and how often when,
    who and what it is named with and how much more often than by chance, its events, and what you put on it and on its
    articles (khabar annotations). Articles are given by the ids that `khabar show` takes.

    \b
      khabar dossier 'مصطفى الكاظمي'
      khabar dossier العراق إيران
      khabar dossier --outlet الحرة --json
      khabar dossier '#12'                 the entity with this id
    """
    from store.dossiers import Subject

    if (outlet is None) != (len(names) in (1, 2)) or len(names) > 2:
        raise click.UsageError(_("name one entity, two, or an outlet"), click.get_current_context())
    with session.reader() as (reader, corpus):
        if outlet is not None:
            about = Subject(outlet=outlet_called(reader, outlet))
        else:
            found = tuple(entity_called(reader, name, "") for name in names)
            if len({row.id for row in found}) < len(found):
                raise click.UsageError(
                    _("both names mean {name}").format(name=found[0].name), click.get_current_context()
                )
            about = Subject(tuple(reader.entity(row.id) for row in found))
        parts = _Parts(reader, about)
        if as_json:
            from tui.cli.listing import write_json

            return write_json([parts.record()])
        with session.printer(corpus) as printer:
            _Page(printer, about).write(parts)
    return None


class _Parts:
    """What the corpus says, each part asked for when it is to be written."""

    def __init__(self, reader: Reader, about: Subject) -> None:
        from store.database import dossiers

        self._reader, self._about, self._ask = reader, about, dossiers

    def summary(self) -> Summary:
        return self._ask.summary(self._reader, self._about)

    def spellings(self) -> list[list[Spelling]]:
        """For each of its entities."""
        return [self._ask.spellings(self._reader, row.id) for row in self._about.entities]

    def roles(self) -> Roles | None:
        if not self._about.is_person:
            return None
        return self._ask.roles(self._reader, self._about.entities[0].id)

    def spoken(self) -> Spoken | None:
        return self._ask.spoken(self._reader, self._about) if len(self._about.entities) == 1 else None

    def differing(self) -> Differing | None:
        return self._ask.differing(self._reader, self._about) if len(self._about.entities) == 1 else None

    def trend(self) -> list[Stretch]:
        return self._ask.trend(self._reader, self._about)

    def companions(self) -> list[tuple[MentionType, list[Companion]]]:
        return self._ask.companions(self._reader, self._about)

    def together(self) -> Together | None:
        return self._ask.together(self._reader, self._about) if len(self._about.entities) == 2 else None

    def events(self) -> Events:
        return self._ask.events(self._reader, self._about)

    def tellers(self) -> list[Teller]:
        return self._ask.tellers(self._reader, self._about)

    def notes(self) -> Noted:
        return self._ask.notes(self._reader, self._about)

    def told(self) -> list[Told]:
        return self._ask.told(self._reader, self._about.outlet) if self._about.outlet is not None else []

    def record(self) -> dict[str, Any]:
        """All of it as an object."""
        from store.export import dossier_records as records

        roles, together, said = self.roles(), self.together(), self.spoken()
        return {
            **records.about(self._about),
            **records.summary(self.summary()),
            "spellings": [records.spellings(one) for one in self.spellings()],
            "roles": records.roles(roles) if roles is not None else None,
            "statements": records.said(said) if said is not None else None,
            "trend": records.trend(self.trend()),
            "companions": records.companions(self.companions()),
            "together": records.together(together) if together is not None else None,
            "events": records.events(self.events()),
            "tellers": records.tellers(self.tellers()),
            "told": records.told(self.told()),
            "annotations": records.notes(self.notes()),
            "differing": records.differing(differing) if (differing := self.differing()) is not None else None,
        }


class _Page:
    """A dossier as readable text: sections below one another, those with nothing in them left out."""

    def __init__(self, printer: Printer, about: Subject) -> None:
        self._printer, self._about = printer, about

    def write(self, parts: _Parts) -> None:
        """Write all of it, each part as soon as it is known."""
        from tui.printing import Column

        self._head(parts.summary())
        self._notes(parts.notes())
        whose = [[Column(_("of"), most=20)], [Column(_("of"), most=20)]] if len(self._about.entities) > 1 else [[], []]
        spellings = [
            [str(one.mentions), *([row.name] if whose[0] else []), one.form, told(one.reason)]
            for row, some in zip(self._about.entities, parts.spellings(), strict=True)
            for one in some[:_SHOWN]
        ]
        columns = [
            Column(_("times"), number=True),
            *whose[0],
            Column(_("spelling"), grows=True),
            Column(_("because"), grows=True),
        ]
        self._table(_("Spellings"), columns, spellings)
        self._roles(parts.roles())
        self._spoken(parts.spoken())
        self._trend(parts.trend())
        for kind, some_along in parts.companions():
            cells = [[str(one.row.articles), f"{one.lift:.1f}", one.row.name] for one in some_along]
            columns = [
                Column(_("articles"), number=True),
                Column(_("× chance"), number=True),
                Column(_("name"), grows=True),
            ]
            self._table(_("{kind} named along with it").format(kind=_(_TYPES[kind])), columns, cells)
        self._together(parts.together())
        self._events(parts.events())
        tellers = parts.tellers()
        for kind_of, heading in _TELLERS.items():
            cells = [[str(one.articles), one.name] for one in tellers if one.kind == kind_of]
            self._table(_(heading), [Column(_("articles"), number=True), Column(_("name"), grows=True)], cells)
        cells = [[str(one.stories), _(_HOW[one.how]), _list(one.newest)] for one in parts.told() if one.stories]
        self._table(
            _("Stories it tells"), [Column(_("stories"), number=True), Column(_("how")), Column(_("newest"))], cells
        )
        self._differing(parts.differing())

    def _notes(self, found: Noted) -> None:
        from tui.cli.annotating import where
        from tui.printing import Column

        columns = [Column(_("made")), Column(_("kind")), Column(_("on")), Column(_("where"), number=True)]
        columns += [Column(_("text"), grows=True), Column(_("of"), grows=True)]
        for heading, some in (
            (_("Noted of it: {n} of {all:,}").format(n=len(found.own), all=found.own_count), found.own),
            (
                _("Noted of its articles and events: {n} of {all:,}").format(n=len(found.told), all=found.count),
                found.told,
            ),
        ):
            cells = [[one.made[:10], one.kind, one.key.on, where(one), one.text, one.quote] for one in some]
            self._table(heading, columns, cells)

    def _roles(self, found: Roles | None) -> None:
        from tui.printing import Column

        if found is None:
            return
        cells = [
            [str(len(one.mentions)), one.first or "–", one.last or "–", one.holder or "–", one.text,
             _articles(one.mentions)]
            for one in found.roles
        ]  # fmt: skip
        columns = [Column(_("times"), number=True), Column(_("first")), Column(_("last")), Column(_("of"), most=20)]
        columns += [Column(_("role"), grows=True), Column(_("articles"))]
        self._table(
            ngettext("Roles, in the newest mention", "Roles, in the newest {n:,} mentions", found.sampled).format(
                n=found.sampled
            ),
            columns,
            cells[:_SHOWN],
        )

    def _spoken(self, found: Spoken | None) -> None:
        from tui.cli.saying import words_of
        from tui.printing import Column

        if found is None:
            return
        cells = [
            [str(row.article.id), (row.article.published.value or "–")[:10], _(row.quote.kind), words_of(row)]
            for row in found.latest
        ]
        columns = [
            Column(_("article"), number=True),
            Column(_("published")),
            Column(_("kind")),
            Column(_("what"), grows=True),
        ]
        counts = comma().join(f"{_(kind)} {number:,}" for kind, number in found.kinds)
        self._table(_("Statements: {n:,} ({counts}), the latest").format(n=found.count, counts=counts), columns, cells)

    def _differing(self, found: Differing | None) -> None:
        from tui.cli.differing import write_pair

        for row in found.rows[:_PAIRS] if found is not None else ():
            self._printer.line()
            write_pair(self._printer, row)

    def _together(self, found: Together | None) -> None:
        from tui.printing import Column

        if found is None:
            return
        heading = _("Sentences that name both: {n:,} in the newest {sampled:,} articles").format(
            n=len(found.keys), sampled=found.sampled
        )
        cells = [[str(row.article.id), row.sentence.text] for row in found.rows]
        self._table(heading, [Column(_("article"), number=True), Column(_("sentence"), grows=True)], cells)

    def _head(self, found: Summary) -> None:
        printer, about = self._printer, self._about
        printer.paragraph(about.name, bold=True)
        kinds = comma().join(f"{row.type} #{row.id}" for row in about.entities)
        printer.line(kinds or _("outlet"), dim=True)
        articles = f"{found.articles:,}"
        if found.undated:
            articles += comma() + _("{n} undated").format(n=f"{found.undated:,}")
        printer.line(f"{_('articles'):10}{articles}")
        if found.mentions:
            printer.line(f"{_('mentions'):10}{comma().join(f'{one:,}' for one in found.mentions)}")
        for name, one in ((_("first"), found.first), (_("last"), found.last)):
            if one is not None:
                printer.line(f"{name:10}{_day(one)}  [{one.article.id}]")
                printer.paragraph(one.article.title, indent=10)

    def _trend(self, months: Sequence[Stretch]) -> None:
        from store.dossiers import by_year
        from tui.printing import Column

        single = len(months) <= _MONTHS
        stretches = list(months) if single else by_year(months)
        most = max((one.articles for one in stretches), default=1)
        cells = [[one.value, str(one.articles), "█" * max(1, round(_BAR * one.articles / most))] for one in stretches]
        columns = [Column(_("month") if single else _("year")), Column(_("articles"), number=True), Column("")]
        self._table(_("Articles when"), columns, cells)

    def _events(self, found: Events) -> None:
        from tui.printing import Column
        from tui.when import event_date

        cells = [
            [event_date(row), str(row.outlets), _list(row.articles), row.sentences[0].text]
            for row in found.rows
            if row.sentences
        ]
        columns = [
            Column(_("when")),
            Column(_("outlets"), number=True),
            Column(_("articles")),
            Column(_("sentence"), grows=True),
        ]
        self._table(_("Events: {n} of {count:,}").format(n=len(cells), count=found.count), columns, cells)

    def _table(self, heading: str, columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
        if cells:
            self._printer.line()
            self._printer.line(heading, bold=True)
            self._printer.table(columns, cells)


def _articles(mentions: Sequence[int]) -> str:
    from store.answers import place_of_mention

    return _list(list(dict.fromkeys(place_of_mention(one)[0] for one in mentions)))


def _list(ids: Sequence[int]) -> str:
    from tui.cli.listing import numbers_of

    return numbers_of(ids, 5)


def _day(one: Sighting) -> str:
    published = one.article.published
    return ("≈" if published.basis == "inferred" else "") + (published.value or "–")[:10]
