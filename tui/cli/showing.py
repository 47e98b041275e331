"""One article, and the corpus as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.once import Command
from tui.cli.options import Count, as_json
from tui.cli.running import Session
from tui.locale import N_, comma, ngettext
from tui.locale import gettext as _
from tui.locale.told import isolated, told

if TYPE_CHECKING:
    from store.answers import Article
    from store.resolve.spoken import Spoken
    from tui.printing import Printer

_OUTLETS = 10
"""So many outlets are part of the overview."""
_DATES = (N_("date"), N_("time"), N_("duration"), N_("set"))
_TYPES = {"PER": N_("People"), "ORG": N_("Organisations"), "LOC": N_("Places"), "MISC": N_("Others")}


@click.command(cls=Command)
@click.argument("article", type=Count(1))
@click.option("--whole", is_flag=True, help="All of the text as it was read: headers, related links, boilerplate too.")
@as_json
@click.pass_obj
def show(session: Session, article: int, whole: bool, as_json: bool) -> None:
    """Show one article, by the id in the lists.

    With --json, its text and all its spans. What is said in it comes below: statements, roles, numbers.

    \b
      khabar show 3
      khabar show 3 --json | jq '.mentions[].name'
    """
    with session.reader() as (reader, corpus):
        found, said = reader.article(article), reader.spoken(article)
    if as_json:
        from store.export import records
        from tui.cli.listing import write_json

        return write_json([records.article(found, said)])
    with session.printer(corpus) as printer:
        _print(printer, found, said, whole)
    return None


def _print(printer: Printer, article: Article, said: Spoken | None, whole: bool) -> None:
    from store.export.markup import READ, paragraphs
    from store.models import SEARCHED
    from store.resolve.contradictions import contradictions
    from tui.printing import Column

    printer.paragraph(article.row.title, bold=True)
    published = article.row.published
    said_when = f"{published.value} ({_(published.basis)})" if published.value else _("undated")
    parts = filter(None, (said_when, article.row.outlet, article.row.path))
    printer.line(" · ".join(isolated(part) for part in parts), dim=True)
    if article.cleaned.language not in SEARCHED:
        printer.line(
            _("language: {language}; names and dates are looked for in Arabic only").format(
                language=article.cleaned.language
            ),
            dim=True,
        )
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
            [Column(_("source says")), Column("", grows=True), Column(_("where"))],
            [[_(said.name), said.value, said.origin] for said in article.document.said],
        )
    left_out = 0 if whole else sum(block.kind not in (*READ, "title") for block in article.cleaned.blocks)
    if left_out:
        printer.line()
        printer.line(
            ngettext(
                "Left out: {n} lines around the article; --whole shows them.",
                "Left out: {n} lines around the article; --whole shows them.",
                left_out,
            ).format(n=left_out),
            dim=True,
        )
    for kind, heading in _TYPES.items():
        names = dict.fromkeys(stored.entity_name for stored in article.mentions if stored.mention.type == kind)
        if names:
            printer.line()
            printer.line(_(heading), bold=True)
            printer.paragraph("، ".join(names))
    if article.dates:
        printer.line()
        printer.table(
            [Column(_("value")), Column(_("type")), Column(_("date"), grows=True)],
            [[date.value, _(date.type.lower()), date.text] for date in article.dates],
        )
    if said is not None:
        _print_said(printer, said, article.document.text)
    slips = contradictions(article)
    if slips:
        printer.line()
        printer.line(_("Contradictions"), bold=True)
        for slip in slips:
            printer.paragraph(told(slip.reason))


def _print_said(printer: Printer, said: Spoken, text: str) -> None:
    from tui.cli.saying import number
    from tui.printing import Column

    statements = [
        [_(one.kind), one.speaker.name if one.speaker else "–", f"«{words}»" if one.direct else words]
        for one in said.quotes
        for words in [text[one.start : one.end]]
    ]
    tables = [
        ([Column(_("statement")), Column(_("who"), grows=True, most=24), Column(_("what"), grows=True)], statements),
        (
            [Column(_("person"), most=24), Column(_("role"), grows=True), Column(_("of"), most=24)],
            [[one.person, one.text, one.holder or "–"] for one in said.roles],
        ),
        (
            [Column(_("number"), number=True), Column(_("of what"), grows=True)],
            [[number(one), one.text] for one in said.quantities],
        ),
    ]
    for columns, cells in tables:
        if cells:
            printer.line()
            printer.table(columns, cells)


def overview(session: Session) -> int:
    """Print what the corpus holds."""
    with session.reader() as (reader, corpus):
        found = reader.overview()
    names = [f"{_(name).lower()} {found.entities.get(kind, 0)}" for kind, name in _TYPES.items()]
    articles = str(found.articles)
    if found.first and found.last:
        articles += comma() + _("{first} to {last}").format(first=found.first, last=found.last)
    if found.undated:
        articles += comma() + _("{n} undated").format(n=found.undated)
    if found.copies:
        articles += comma() + ngettext("{n} copy", "{n} copies", found.copies).format(n=found.copies)
    with session.printer(corpus) as printer:
        printer.line(f"{_('corpus'):10}{corpus.path}")
        printer.line(f"{_('articles'):10}{articles}")
        printer.line(f"{_('names'):10}{comma().join(names)}")
        if found.waiting:
            said = ngettext(
                "those of {n} articles still to be refined: khabar refine",
                "those of {n} articles still to be refined: khabar refine",
                found.waiting,
            )
            printer.line(" " * 10 + said.format(n=found.waiting))
        printer.line(f"{_('events'):10}{found.events}")
        for place, (outlet, number) in enumerate(found.outlets[:_OUTLETS]):
            printer.line(f"{'' if place else _('outlets'):10}{outlet} {number}")
        if more := len(found.outlets[_OUTLETS:]):
            said = ngettext("and {n} more: khabar outlets", "and {n} more: khabar outlets", more)
            printer.line(" " * 10 + said.format(n=more))
        if not found.articles:
            printer.line(_("Nothing in it yet: `khabar add PATH…` adds articles."))
    return 0
