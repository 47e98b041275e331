"""The corpus, or a part of it, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import click

from tui.cli.options import Narrow, limited, narrowing, selection
from tui.cli.running import SAMPLE, Session

_SUFFIXES = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "txt", ".md": "md", ".html": "html", ".gexf": "gexf",
}  # fmt: skip


@click.command()
@click.argument(
    "what", type=click.Choice(("articles", "entities", "mentions", "timeline", "graph", "edits", "annotations"))
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("jsonl", "csv", "txt", "md", "html", "gexf")),
    help="The form (txt: the timeline only); without it, what FILE ends with says it, else jsonl (a graph: gexf).",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all, instead of stdout.")
@narrowing
@limited
@click.pass_obj
def export(
    session: Session, what: str, form: str | None, output: str | None, limit: int | None, **narrow: Unpack[Narrow]
) -> None:
    """Write the corpus for other programs, or people, to read.

    WHAT is articles, entities, mentions, the timeline, the graph of who is named with whom, the edits, or the
    annotations (khabar annotations import takes them in again, from JSON Lines).

    In CSV, a cell that a spreadsheet could run as a formula begins with an apostrophe, and so does one that
    began with an apostrophe already: to have every text back as it was, take away one leading apostrophe.

    \b
      khabar export timeline --format csv --entity العراق > iraq.csv
      khabar export articles --from 2021-12 -o december.html
      khabar export timeline --entity العراق -o iraq.html
      khabar export graph -o who-with-whom.gexf
    """
    from store.export import export as pieces

    if form is None:
        suffix = Path(output).suffix.lower() if output else ""
        form = _SUFFIXES.get(suffix) or ("gexf" if what == "graph" else "jsonl")
    with session.reader() as (reader, corpus):
        if corpus.sample:
            click.echo(SAMPLE, err=True)
        chosen = selection(reader, narrow)
        if what in ("articles", "mentions"):  # for other programs: all that is there
            chosen = replace(chosen, copies=True)
        found = pieces(reader, what, form, chosen, limit=limit)
        if output is None or output == "-":
            for piece in found:
                sys.stdout.write(piece)
        else:
            write_file(Path(output), found, keep=corpus.path)


def write_file(path: Path, pieces: Iterable[str], *, keep: Path) -> None:
    """Write to `path` so that it is never seen half written. Raises click.UsageError when it is `keep`."""
    from store.export.files import write

    path = path.resolve()
    if path.exists() and path.samefile(keep):
        raise click.UsageError(f"{path} is the corpus itself; name another file", click.get_current_context())
    if path.exists() and not path.is_file():  # a pipe, a device
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        return
    write(path, pieces)
