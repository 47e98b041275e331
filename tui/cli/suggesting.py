"""Which entities may be one."""

from __future__ import annotations

import click

from tui.cli.listing import write_json, write_table
from tui.cli.once import Command
from tui.cli.options import Count, as_json
from tui.cli.running import Session
from tui.locale import gettext as _
from tui.locale import semicolon
from tui.locale.told import told


@click.command(cls=Command)
@click.argument("name", nargs=-1)
@click.option("-n", "--limit", type=Count(1), metavar="N", default=100, show_default=True, help="Show so many pairs.")
@as_json
@click.pass_obj
def suggest(session: Session, name: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Suggest entities that may be one, with the reasons.

    The likeliest come first; with a NAME only those that may be the entity of this name. Nothing is changed: in the
    explorer (m, and M for all) a pair is merged by a key, or never suggested again.

    \b
      khabar suggest
      khabar suggest الكاظمي
      khabar suggest --json | jq -r '[.score, .into.name, .other.name] | @tsv'
    """
    from store.export import records
    from tui.cli.options import entity_called
    from tui.printing import Column

    with session.reader() as (reader, corpus):
        entity = entity_called(reader, " ".join(name), "").id if name else None
        found = reader.suggestions(entity, limit)
        if as_json:
            return write_json(map(records.suggestion, found))
        columns = [Column(_("sure"), number=True), Column(_("type")), Column(_("into"), most=30)]
        columns += [Column(_("other"), most=30), Column(_("why"), grows=True)]
        cells = (
            [
                f"{100 * one.score:.0f}%",
                one.into.type,
                f"{one.into.name} ({one.into.articles})",
                f"{one.other.name} ({one.other.articles})",
                semicolon().join(told(reason.words()) for reason in one.reasons),
            ]
            for one in found
        )
        return write_table(session, corpus, columns, cells, _("Nothing to suggest."))
