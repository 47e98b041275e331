"""The log of edits from the command line: undone, done again, listed, and other people's taken over."""

from __future__ import annotations

from typing import Any, cast

import click

from tui.cli.once import Command
from tui.cli.options import Count, as_json
from tui.cli.running import REJECTED, Session, complain, tell
from tui.locale import N_, ngettext
from tui.locale import gettext as _
from tui.locale.told import in_words, sentence

_number = Count(1)


@click.command(cls=Command)
@click.argument("number", type=_number, required=False)
@click.option("--anyone", is_flag=True, help="The last edit of anyone, not the last of yours.")
@as_json
@click.pass_obj
def undo(session: Session, number: int | None, anyone: bool, as_json: bool) -> int:
    """Take back your last edit that stands, or the one with this NUMBER, whoever made it."""
    from store.correcting import undo

    said = undo(session.corpus().path, number, who=session.who, anyone=anyone)
    return _say(N_("undone"), said, as_json, session)


@click.command(cls=Command)
@click.argument("number", type=_number, required=False)
@as_json
@click.pass_obj
def redo(session: Session, number: int | None, as_json: bool) -> int:
    """Give back what you undid last, unless you edited since; or the edit with this NUMBER."""
    from store.correcting import redo

    return _say(N_("redone"), redo(session.corpus().path, number, who=session.who), as_json, session)


def _say(done: str, said: str | None, as_json: bool, session: Session) -> int:
    from tui.cli.listing import write_json

    if as_json:
        write_json([{done: said}])
        return 0
    with session.printer(session.corpus()) as printer:
        if said is None:
            printer.line(_("Nothing to be {done}.").format(done=_(done)))
        else:
            printer.line(f"{_(done).capitalize()}: {sentence(said)}")
    return 0


@click.command(cls=Command)
@click.option("-n", "--limit", type=_number, metavar="N", help="Only the last so many.")
@as_json
@click.pass_obj
def log(session: Session, limit: int | None, as_json: bool) -> int:
    """List all edits, oldest first: who, when and what, and what was undone."""
    from store.database.log import describe
    from store.export import records
    from tui.cli.listing import write_json
    from tui.printing import Column

    with session.reader() as (reader, corpus):
        found = reader.edits()[-limit if limit else 0 :]
        if as_json:
            write_json(map(records.edit, found))
            return 0
        with session.printer(corpus) as printer:
            if not found:
                printer.line(_("Nothing was edited."))
                return 0
            printer.table(
                [
                    Column(_("no"), number=True), Column(_("when")), Column(_("who"), most=20),
                    Column(_("what"), grows=True, said=True), Column(""),
                ],
                [
                    [
                        str(one.id), one.made[:16].replace("T", " "), one.who or "",
                        sentence(describe(one.action, dict(one.what), one.article)), _("undone") if one.undone else "",
                    ]
                    for one in found
                ],
            )  # fmt: skip
    return 0


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@as_json
@click.pass_obj
def import_(session: Session, file: str, as_json: bool) -> int:
    """Take over the edits that `khabar export edits -o FILE` wrote of another corpus (`-`: standing input).

    Who made them and when stays, and so does their order in time among the edits that are here. Of an edit that is here
    already, its last undo or redo counts, be it here or there. Edits of articles and names that are not in this corpus
    wait for them. A line that is no edit is told with its number, and the others are taken.
    """
    from store.correcting import import_edits
    from tui import corpora
    from tui.cli.listing import write_json

    wrong = 0

    def told(error: Exception) -> None:
        nonlocal wrong
        wrong += 1
        complain(in_words(error))

    path = corpora.for_writing(session.named, session.sample, session.settings)
    with click.open_file(file, "rb") as stream:
        new, known = import_edits(path, cast(Any, stream), "stdin" if file == "-" else file, told)
    if as_json:
        write_json([{"new": new, "known": known, "rejected": wrong}])
    else:
        said = ngettext(
            "{n} edit taken over, {known} known already, {wrong} rejected.",
            "{n} edits taken over, {known} known already, {wrong} rejected.",
            new,
        )
        tell(said.format(n=new, known=known, wrong=wrong), err=False)
    return REJECTED if wrong else 0
