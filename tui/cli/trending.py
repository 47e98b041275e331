"""How often names are told of over time, in the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from tui.cli.listing import write_json, write_table
from tui.cli.once import Command
from tui.cli.options import Narrow, as_json, by_option, entities_named, narrowing, selection
from tui.cli.running import Session
from tui.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.answers import Trends, Unit

_LINE = 48
"""Cells of the picture of a name."""


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[ENTITY]...")
@by_option
@narrowing
@as_json
@click.pass_obj
def trends(session: Session, names: tuple[str, ...], by: Unit | None, as_json: bool, **narrow: Unpack[Narrow]) -> None:
    """Show how often names are told of over time.

    Without ENTITY, those of most articles. Counted are articles by when they were published, copies of one story once
    (each with --copies). Each picture has a scale of its own, and time runs from left to right in it.

    \b
      khabar trends العراق إيران --by month
      khabar trends --from 2021 --to 2021 --outlet رويترز
      khabar trends بغداد --json
    """
    from store.export import trends as told
    from store.export.options import Options

    with session.reader() as (reader, corpus):
        found = told.asked(reader, selection(reader, narrow), Options(of=entities_named(reader, names), by=by))
        if as_json:
            return write_json(told.of_cells(found))
        from tui.printing import Column

        if found.series and found.articles:
            columns = [Column(_("articles"), number=True), Column(_("mentions"), number=True), Column(_span(found))]
            rows = (
                [
                    str(one.entity.articles),
                    str(one.entity.mentions),
                    told.sparkline(one.articles, _LINE),
                    one.entity.name,
                ]
                for one in found.series
            )
            write_table(session, corpus, [*columns, Column(_("name"), grows=True)], rows, "")
            click.echo()
        columns = [Column(_(found.unit)), *(Column(one.entity.name, number=True) for one in found.series)]
        columns.append(Column(_("all"), number=True))
        return write_table(session, corpus, columns, _cells(found), _("No dated articles."))


def _span(found: Trends) -> str:
    from store.text.cells import value_of

    last = found.first + len(found.articles) - 1
    return _("{first} to {last}").format(first=value_of(found.first, found.unit), last=value_of(last, found.unit))


def _cells(found: Trends) -> Iterator[list[str]]:
    from store.export.trends import told

    for value, counts in told(found):
        yield [value, *map(str, counts)]
