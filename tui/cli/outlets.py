"""The outlets of a corpus."""

from __future__ import annotations

import click

from tui.cli.listing import write_json, write_table
from tui.cli.once import Command
from tui.cli.options import as_json, limited
from tui.cli.running import Session
from tui.locale import gettext as _


@click.command(cls=Command)
@limited
@as_json
@click.pass_obj
def outlets(session: Session, as_json: bool, limit: int | None) -> None:
    """List the outlets, and from when to when each published.

    Those of most articles come first.

    \b
      khabar outlets --limit 20
      khabar outlets --json | jq -r .name
    """
    from store.export import records

    with session.reader() as (reader, corpus):
        found = reader.outlet_rows(limit)
        if as_json:
            return write_json(map(records.outlet_row, found))
        from tui.printing import Column

        columns = [Column(_("articles"), number=True), Column(_("first date")), Column(_("last date"))]
        columns += [Column(_("outlet"), grows=True)]
        cells = ([str(row.articles), row.first or "–", row.last or "–", row.name] for row in found)
        return write_table(session, corpus, columns, cells, _("No outlets."))
