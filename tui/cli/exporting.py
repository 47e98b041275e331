"""The corpus, or a part of it, for other programs and for people to read."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from tui.cli.once import Command
from tui.cli.options import Count, Narrow, by_option, entities_named, lang_option, limited, narrowing, selection
from tui.cli.running import SAMPLE, Session, ending_in_order, tell
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.answers import Unit
    from store.text.when import Language

_WHAT = (
    "articles", "entities", "mentions", "statements", "quantities", "differing", "timeline", "graph", "trends", "brief",
    "report", "edits", "annotations", "searches",
)  # fmt: skip
_FORMS = ("jsonl", "csv", "txt", "md", "html", "gexf", "graphml", "svg", "png")
_SUFFIXES = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "txt", ".md": "md", ".html": "html", ".gexf": "gexf",
    ".graphml": "graphml", ".svg": "svg", ".png": "png",
}  # fmt: skip
_OWN = {"graph": "gexf", "trends": "svg", "brief": "md", "report": "html"}
"""The form of what has one of its own; of all else jsonl."""


@click.command(cls=Command)
@click.argument("what", type=click.Choice(_WHAT), metavar="WHAT")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="The form; without it, what FILE ends with says it, else jsonl, or what WHAT is: gexf, svg, md, html.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all, instead of stdout.")
@click.option("--query", default="", metavar="WORDS", help="Only what answers these words, as in `khabar search`.")
@narrowing
@limited
@click.option("--min-weight", type=Count(1), default=1, metavar="N", help="A graph's ties of so many sentences.")
@click.option("--edges", type=Count(0), metavar="N", help="At most this many ties of a graph.")
@click.option(
    "--of", multiple=True, metavar="NAME", help="Trends, statements or what differs, of this name; can be repeated."
)
@click.option(
    "--no-notes", is_flag=True, help="A brief or a report without bookmarks, tags and notes, to be passed on."
)
@by_option
@lang_option
@click.pass_obj
def export(
    session: Session,
    what: str,
    form: str | None,
    output: str | None,
    query: str,
    limit: int | None,
    min_weight: int,
    edges: int | None,
    of: tuple[str, ...],
    no_notes: bool,
    by: Unit | None,
    lang: Language | None,
    **narrow: Unpack[Narrow],
) -> None:
    """Write the corpus for other programs, or people, to read.

    WHAT is articles, entities, mentions, statements (who said what; with --of only these speakers), quantities (numbers
    with what they count), differing (what may be said differently, in the newest 2,000 articles), the timeline, the
    graph of who is named with whom, trends (how often names are told of over time), a brief, a report, the edits, the
    annotations, or the saved searches (khabar edit import, khabar annotations import and khabar searches import take
    these in again, from JSON Lines).

    --limit counts articles, of mentions too; entities, of a graph too; events, of brief and report too; statements;
    quantities. Of what is
    chosen by days, articles are chosen by when they were published, events by when they happened.

    In CSV, a cell that a spreadsheet could run as a formula begins with an apostrophe, and so does one that
    began with an apostrophe already: to have every text back as it was, take away one leading apostrophe.

    \b
      khabar export timeline --format csv --entity العراق > iraq.csv
      khabar export articles --from 2021-12 -o december.html
      khabar export timeline --entity العراق -o iraq.html
      khabar export graph --limit 200 --min-weight 2 -o who-with-whom.graphml
      khabar export trends --of بغداد --of أربيل --by month -o trends.svg
      khabar export brief --entity العراق --lang ar -o brief.md
      khabar export report --query الانتخابات -o report.html
    """
    from store.export import export as pieces
    from store.export.options import Options

    if form is None:
        suffix = Path(output).suffix.lower() if output else ""
        if suffix and suffix not in _SUFFIXES:
            message = _("nothing is written as {suffix}; choose one of {forms} with --format, or another name")
            raise click.UsageError(message.format(suffix=suffix, forms=", ".join(_FORMS)), click.get_current_context())
        form = _SUFFIXES.get(suffix) or _OWN.get(what, "jsonl")
    drawn = form == "png" and what == "trends"
    if drawn:
        from store.export import png

        png.check()
    with session.reader() as (reader, corpus):
        if corpus.sample:
            tell(_(SAMPLE))
        chosen = selection(reader, narrow, query)
        if what in ("articles", "mentions"):  # for other programs: all that is there
            chosen = replace(chosen, copies=True)
        options = Options(
            limit=limit, of=entities_named(reader, of), by=by, least=min_weight, ties=edges,
            language=lang or spoken(), noted=not no_notes, plain=drawn,
        )  # fmt: skip
        found = pieces(reader, what, "svg" if drawn else form, chosen, options=options)
        if output is not None and output != "-":
            from store.export.writing import write

            with ending_in_order():
                write(Path(output), [png.png(found)] if drawn else found, keep=corpus.path)
        elif drawn:
            sys.stdout.buffer.write(png.png(found))
        else:
            for piece in found:
                sys.stdout.write(piece)


def spoken() -> Language:
    """The language of this environment, as far as it is one of ours."""
    from tui.locale import preferred

    return "ar" if preferred() == "ar" else "en"
