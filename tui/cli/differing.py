"""What is said differently, as a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from tui.cli.listing import write_json
from tui.cli.once import Command
from tui.cli.options import Count, Narrow, as_json, entity_called, limited, narrowing, selection
from tui.cli.running import Session, tell
from tui.locale import N_, comma
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.spoken import Differ, Differing, DifferingRow
    from tui.printing import Printer

WHY = {
    "claim": N_("said differently? one denies what it says that the other claims"),
    "denial": N_("said differently? one denies what the other says"),
    "contrast": N_("said differently? one says no, in words of the other"),
    "figures": N_("said differently? two numbers in one sentence"),
    "figures apart": N_("said differently? two numbers of one day"),
}


@click.command(cls=Command)
@click.option("--of", metavar="NAME", help="Only what this person, organisation or place says, or where it is named.")
@click.option(
    "--look",
    type=Count(1),
    default=2000,
    show_default=True,
    help="Look at so many articles, the newest.",
)
@narrowing
@limited
@as_json
@click.pass_obj
def differ(
    session: Session, of: str | None, look: int, as_json: bool, limit: int | None, **narrow: Unpack[Narrow]
) -> None:
    """Ask what may be said differently.

    Two statements, or two numbers, that may be of one thing and do not agree: a denial and what it denies, two sources
    with a "but" between them, numbers of one day that are apart. Side by side with source, date and sentence, the
    likeliest first. It is a question to you, never a verdict: some four in ten of them are of two things after all, or
    of two days.

    \b
      khabar differ --of واشنطن
      khabar differ --from 2024-01 --look 10000
      khabar differ --json
    """
    from store.export import differing

    with session.reader() as (reader, corpus):
        entity = entity_called(reader, of, "--of ").id if of is not None else None
        found = reader.differing(selection(reader, narrow), entity, look)
        if as_json:
            return write_json(map(differing.row, found.rows[:limit]))
        with session.printer(corpus) as printer:
            _write(printer, found, limit)
        return None


def _write(printer: Printer, found: Differing, limit: int | None) -> None:
    if not found.rows:
        tell(_("Nothing is said differently, as far as can be told."))
    for row in found.rows[:limit]:
        write_pair(printer, row)
        printer.line()
    if found.looked < found.of:
        told = _("looked at the newest {n:,} of {all:,} articles: --look").format(n=found.looked, all=found.of)
        printer.line(told, dim=True)


def write_pair(printer: Printer, row: DifferingRow) -> None:
    """Two that may differ, below one another, and why they stand so."""
    printer.line(_(WHY[row.rule]), bold=True)
    for side in (row.one, row.other):
        printer.line(source(side), dim=True)
        printer.paragraph(words(side), indent=4)


def source(side: Differ) -> str:
    """Who says it, how, when and where."""
    day = (side.article.published.value or "–")[:10]
    said = comma().join(filter(None, (side.who, side.kind and _(side.kind))))
    return " · ".join(filter(None, (f"[{side.article.id}] {day}", side.article.outlet, said)))


def words(side: Differ) -> str:
    """The sentence; of what only a denial says of another the words."""
    text, begun = side.sentence.text, side.sentence.start
    return text[side.start - begun : side.end - begun] if side.kind is None and side.quantity is None else text
