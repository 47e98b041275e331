"""Two articles side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.cli.options import MOST
from tui.cli.running import Session

if TYPE_CHECKING:
    from store.answers import Article
    from store.text.comparing import Comparison, Kind

_SIGNS = "[-only in the first-] {+only in the second+} [≈first|second≈] the same, spelt otherwise {~moved here~}"


@click.command()
@click.argument("first", type=click.IntRange(1, MOST))
@click.argument("second", type=click.IntRange(1, MOST))
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
        printer.line(_SIGNS, dim=True)
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
    return ", ".join(filter(None, (str(row.id), row.outlet, (row.published.value or "")[:10])))


def _words(found: Comparison) -> str:
    """How many words of each kind there are."""
    said: tuple[tuple[Kind, str], ...] = (
        ("same", "{} the same"),
        ("minor", "{} spelt otherwise"),
        ("moved", "{} moved"),
        ("gone", "{} only in the first"),
        ("come", "{} only in the second"),
    )
    told = [text.format(f"{found.counts[kind]:,}") for kind, text in said if found.counts.get(kind)]
    return "words: " + (", ".join(told) or "none")
