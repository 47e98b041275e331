"""The lists: articles, entities, timeline, search."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, Unpack

import click

from tui.cli.options import Narrow, as_json, limited, narrowing, selection
from tui.cli.running import Session

if TYPE_CHECKING:
    from store.models import ArticleRow, Published
    from tui.corpora import Corpus
    from tui.printing import Column


def write_json(objects: Iterable[dict[str, Any]]) -> None:
    """One object a line, each as soon as it is known."""
    from store.export.plain import dumps

    for value in objects:
        sys.stdout.write(dumps(value) + "\n")


def write_table(
    session: Session, corpus: Corpus, columns: Sequence[Column], rows: Iterable[Sequence[str]], nothing: str
) -> None:
    """A readable table; `nothing` is said on stderr when there are no rows."""
    with session.printer(corpus) as printer:
        if not printer.table(columns, rows):
            click.echo(nothing, err=True)


def _articles(
    session: Session, corpus: Corpus, rows: Iterable[ArticleRow], in_json: bool, *, found: bool = False
) -> None:
    if in_json:
        from store.export import records

        return write_json(records.article_row(row, snippet=found) for row in rows)
    from tui.printing import Column

    columns = [Column("id", number=True), Column("published"), Column("outlet", most=24), Column("title", grows=True)]
    cells = (
        [str(row.id), _day(row.published), row.outlet or "", row.title, *([row.snippet or ""] * found)] for row in rows
    )
    nothing = "No article matches." if found else "No articles."
    return write_table(session, corpus, columns, cells, nothing)


def _day(published: Published) -> str:
    """The day, with a sign before one that was inferred."""
    return ("≈" if published.basis == "inferred" else "") + (published.value or "–")[:10]


@click.command()
@narrowing
@limited
@as_json
@click.pass_obj
def articles(session: Session, as_json: bool, limit: int | None, **narrow: Unpack[Narrow]) -> None:
    """List articles, newest first.

    --from and --to are about when they were published.

    \b
      khabar articles --entity 'مصطفى الكاظمي' --from 2021-12
      khabar articles --json | jq .title
    """
    from store.export import rows

    with session.reader() as (reader, corpus):
        _articles(session, corpus, rows.articles(reader, selection(reader, narrow), limit), as_json)


@click.command()
@click.argument("query", nargs=-1, required=True)
@narrowing
@limited
@as_json
@click.pass_obj
def search(
    session: Session, query: tuple[str, ...], as_json: bool, limit: int | None, **narrow: Unpack[Narrow]
) -> None:
    """Find articles by their words.

    Words are found however they are spelt and whatever is joined to them.

    \b
      khabar search بغداد                  finds لبغداد and وبغداد as well
      khabar search '"قوات التحالف"'       words next to each other
      khabar search -- -word               -- before a query that begins with a dash
    """
    from store.export import rows

    words = " ".join(query)
    if not words.strip():
        raise click.UsageError("the query is empty", click.get_current_context())
    with session.reader() as (reader, corpus):
        chosen = selection(reader, narrow, words)
        _articles(session, corpus, rows.articles(reader, chosen, limit), as_json, found=True)


@click.command()
@narrowing
@limited
@as_json
@click.pass_obj
def entities(session: Session, as_json: bool, limit: int | None, **narrow: Unpack[Narrow]) -> None:
    """List the people, organisations and places.

    Those of most articles come first.

    \b
      khabar entities --type PER --limit 20
      khabar entities --entity بغداد       who and what is named along with it
    """
    from store.export import records, rows

    with session.reader() as (reader, corpus):
        found = rows.entities(reader, selection(reader, narrow), limit)
        if as_json:
            return write_json(map(records.entity_row, found))
        from tui.printing import Column

        columns = [Column("id", number=True), Column("type"), Column("articles", number=True)]
        columns += [Column("mentions", number=True), Column("name", grows=True)]
        cells = ([str(row.id), row.type, str(row.articles), str(row.mentions), row.name] for row in found)
        return write_table(session, corpus, columns, cells, "No entities.")


@click.command()
@click.option("--by", type=click.Choice(("day", "month", "year")), help="Count the events of each day, month or year.")
@narrowing
@limited
@as_json
@click.pass_obj
def timeline(
    session: Session,
    by: Literal["day", "month", "year"] | None,
    as_json: bool,
    limit: int | None,
    **narrow: Unpack[Narrow],
) -> None:
    """List what happened when, or count it.

    Earliest first; --from and --to are about when it happened.

    \b
      khabar timeline --entity العراق --from 2020 --to 2021
      khabar timeline --by month
    """
    from store.export import records, rows

    with session.reader() as (reader, corpus):
        chosen = selection(reader, narrow)
        if by is not None:
            buckets = reader.buckets(chosen, by)[:limit]
            if as_json:
                return write_json(map(records.bucket, buckets))
        found = rows.events(reader, chosen, limit)
        if as_json:
            return write_json(map(records.event_row, found))
        from tui.printing import Column

        if by is not None:
            columns = [Column(by), Column("events", number=True)]
            cells = ([bucket.value, str(bucket.events)] for bucket in buckets)
        else:
            columns = [Column("when"), Column("articles", most=14), Column("names", grows=True, most=28)]
            columns += [Column("sentence", grows=True)]
            cells = (
                [
                    row.value if row.modality == "asserted" else f"{row.value} ({row.modality})",
                    ",".join(map(str, row.articles)),
                    "، ".join(row.names),
                    row.sentences[0].text if row.sentences else "",
                ]
                for row in found
            )
        return write_table(session, corpus, columns, cells, "No dated events.")
