"""One article, and the corpus as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.options import MOST, as_json
from tui.cli.running import Session

if TYPE_CHECKING:
    from store.answers import Article
    from tui.printing import Printer

_TYPES = {"PER": "People", "ORG": "Organisations", "LOC": "Places", "MISC": "Others"}


@click.command()
@click.argument("article", type=click.IntRange(1, MOST))
@click.option("--whole", is_flag=True, help="All of the text as it was read: headers, related links, boilerplate too.")
@as_json
@click.pass_obj
def show(session: Session, article: int, whole: bool, as_json: bool) -> None:
    """Show one article, by the id in the lists.

    With --json, its text and all its spans.

    \b
      khabar show 3
      khabar show 3 --json | jq '.mentions[].name'
    """
    with session.reader() as (reader, corpus):
        found = reader.article(article)
    if as_json:
        from store.export import records
        from tui.cli.listing import write_json

        return write_json([records.article(found)])
    with session.printer(corpus) as printer:
        _print(printer, found, whole)
    return None


def _print(printer: Printer, article: Article, whole: bool) -> None:
    from store.export.markup import READ, about, paragraphs
    from store.models import SEARCHED
    from store.resolve.contradictions import contradictions
    from tui.printing import Column

    printer.paragraph(article.row.title, bold=True)
    printer.line(about(article.row), dim=True)
    if article.cleaned.language not in SEARCHED:
        printer.line(f"language: {article.cleaned.language}; names and dates are looked for in Arabic only", dim=True)
    if whole:
        printer.line()
        for line in article.document.text.split("\n"):
            printer.paragraph(line)
    else:
        for kind, line in paragraphs(article):
            printer.line()
            printer.paragraph(line, bold=kind == "heading")
    if article.document.said:
        printer.line()
        printer.table(
            [Column("source says"), Column("", grows=True), Column("where")],
            [[said.name, said.value, said.origin] for said in article.document.said],
        )
    left_out = 0 if whole else sum(block.kind not in (*READ, "title") for block in article.cleaned.blocks)
    if left_out:
        printer.line()
        printer.line(f"Left out: {left_out} lines around the article; --whole shows them.", dim=True)
    for kind, heading in _TYPES.items():
        names = dict.fromkeys(stored.entity_name for stored in article.mentions if stored.mention.type == kind)
        if names:
            printer.line()
            printer.line(heading, bold=True)
            printer.paragraph("، ".join(names))
    if article.dates:
        printer.line()
        printer.table(
            [Column("value"), Column("type"), Column("date", grows=True)],
            [[date.value, date.type.lower(), date.text] for date in article.dates],
        )
    slips = contradictions(article)
    if slips:
        printer.line()
        printer.line("Contradictions", bold=True)
        for slip in slips:
            printer.paragraph(slip.reason)


def overview(session: Session) -> int:
    """Print what the corpus holds."""
    with session.reader() as (reader, corpus):
        found = reader.overview()
    names = [f"{name.lower()} {found.entities.get(kind, 0)}" for kind, name in _TYPES.items()]
    articles = str(found.articles)
    if found.first and found.last:
        articles += f", {found.first} to {found.last}"
    if found.undated:
        articles += f", {found.undated} undated"
    if found.copies:
        articles += f", {found.copies} copies"
    with session.printer(corpus) as printer:
        printer.line(f"corpus    {corpus.path}")
        printer.line(f"articles  {articles}")
        printer.line(f"names     {', '.join(names)}")
        if found.waiting:
            printer.line(f"          those of {found.waiting} articles still to be refined: khabar refine")
        printer.line(f"events    {found.events}")
        for place, (outlet, number) in enumerate(found.outlets[:10]):
            printer.line(f"{'outlets' if not place else '':10}{outlet} {number}")
        if not found.articles:
            printer.line("Nothing in it yet: `khabar add PATH…` adds articles.")
    return 0
