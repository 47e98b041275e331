"""The corpus checked and copied."""

from __future__ import annotations

import sys

import click

from tui.cli.listing import write_json
from tui.cli.once import Command
from tui.cli.options import as_json
from tui.cli.running import UNUSABLE, Session, ending_in_order, tell
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import told


@click.command(cls=Command)
@click.option("--repair", is_flag=True, help="Mend what follows from texts and edits, which stay as they are.")
@as_json
@click.pass_obj
def verify(session: Session, repair: bool, as_json: bool) -> int:
    """Check that the corpus is whole.

    Every span is what its text says, every count adds up. Each fault is a line; the exit code is 2 when there is one.
    With --repair, indexes, counts, sets and spans that are wrong are made anew first, and what is left is told.
    """
    from store import database, read_only

    corpus = session.corpus()
    if repair:
        read_only.check(corpus.path)
    if repair and next(iter(database.verify(corpus.path)), None) is not None:
        from store import ingest

        again = ingest.repair(corpus.path)
        if not as_json:
            said = ngettext("Mended; {n} article analysed again.", "Mended; {n} articles analysed again.", again)
            tell(said.format(n=again), err=False)
    faults = database.verify(corpus.path)
    if as_json:
        found = list(faults)
        write_json({"fault": fault} for fault in found)
        return UNUSABLE if found else 0
    with session.printer(corpus) as printer:
        count = 0
        for fault in faults:
            printer.line(told(fault))
            count += 1
        said = ngettext("one fault", "{n} faults", count).format(n=count) if count else _("whole")
        printer.line(f"{corpus.path}: {said}")
    return UNUSABLE if count else 0


@click.command(cls=Command)
@click.argument("file", metavar="FILE")
@click.pass_obj
def backup(session: Session, file: str) -> int:
    """Copy the corpus to a new file, also while it is in use.

    The copy is the corpus as it stands at this moment; it gets its name when all of it is on the disk, and nothing is
    written over.

    \b
      khabar backup /media/disk/corpus-2026-11.db
    """
    from store import database

    corpus = session.corpus()
    terminal = sys.stderr.isatty()

    def progress(done: float) -> None:
        if terminal:
            print(f"\r{done:4.0%}", end="", file=sys.stderr, flush=True)

    try:
        with ending_in_order():
            copied = database.backup(corpus.path, file, progress)
    finally:
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    with session.printer(corpus) as printer:
        printer.line(_("{path} is copied to {copied}").format(path=corpus.path, copied=copied))
    return 0
