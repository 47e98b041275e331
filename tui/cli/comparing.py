"""Two articles side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.cli.once import Command
from tui.cli.options import Count
from tui.cli.running import Session
from tui.locale import N_, comma
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.answers import Article
    from store.text.comparing import Comparison, Kind

_SIGNS = N_(
    "[-only in the first-] {{+only in the second+}} [≈first|second≈] the same, spelt otherwise {{~moved here~}}"
)


@click.command(cls=Command)
@click.argument("first", type=Count(1))
@click.argument("second", type=Count(1))
@click.option("--whole", is_flag=True, help="All of both texts as they were read: headers, related links too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the spans of what is the same and what is not.")
@click.pass_obj
def compare(session: Session, first: int, second: int, whole: bool, as_json: bool) -> None:
    """Show what differs between two articles.

    Copies of one story, or versions of one article. By words, with signs at what differs; a difference in vowel marks
    or spelling alone is a minor one, and what stands between words is not compared.

    \b
      khabar articles --copies             lists copies with their ids
      khabar compare 12 40
      khabar compare 12 40 --json | jq .words
    """
    from store.export import comparison

    with session.reader() as (reader, corpus):
        one, other = reader.article(first), reader.article(second)
    found = comparison.between(one, other, whole=whole)
    if as_json:
        from tui.cli.listing import write_json

        return write_json([comparison.record(found, one, other)])
    with session.printer(corpus) as printer:
        for sign, article in (("-", one), ("+", other)):
            printer.line(f"{sign} {_source(article)}", dim=True)
            printer.paragraph(article.row.title, bold=True)
        printer.line(_words(found))
        printer.line(_(_SIGNS).format(), dim=True)
        printer.line()
        text = "".join(comparison.unified(found, one.document.text, other.document.text))
        if printer.terminal:
            for line in text.split("\n"):
                if line.strip():
                    printer.paragraph(line)
        else:
            sys.stdout.write(text)
    return None


def _source(article: Article) -> str:
    row = article.row
    return comma().join(filter(None, (str(row.id), row.outlet, (row.published.value or "")[:10])))


def _words(found: Comparison) -> str:
    """How many words of each kind there are."""
    said: tuple[tuple[Kind, str], ...] = (
        ("same", N_("{n} the same")),
        ("minor", N_("{n} spelt otherwise")),
        ("moved", N_("{n} moved")),
        ("gone", N_("{n} only in the first")),
        ("come", N_("{n} only in the second")),
    )
    told = [_(text).format(n=f"{found.counts[kind]:,}") for kind, text in said if found.counts.get(kind)]
    return _("words: {counts}").format(counts=comma().join(told) or _("none"))
