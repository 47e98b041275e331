"""The lists: articles, entities, timeline, search."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

import click

from tui.cli.once import Command
from tui.cli.options import Narrow, as_json, limited, narrowing, selection
from tui.cli.running import Session, tell
from tui.cli.saved import save
from tui.locale import N_, comma
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.answers import ArticleOrder, ArticleRow, EventOrder, EventRow, Unit
    from store.models import Published
    from store.text.when import Calendar
    from tui.corpora import Corpus
    from tui.printing import Column


def write_json(objects: Iterable[dict[str, Any]]) -> None:
    """One object a line, each as soon as it is known."""
    from store.export.plain import dumps

    for value in objects:
        sys.stdout.write(dumps(value) + "\n")


def numbers_of(articles: Sequence[int], most: int | None = None) -> str:
    """Numbers of articles in a cell, the first `most` of them; apart, or two would look like one with thousands."""
    return ", ".join([*map(str, articles[:most]), *(["…"] if most is not None and len(articles) > most else [])])


def write_table(
    session: Session,
    corpus: Corpus,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    nothing: str,
    notes: Sequence[str] = (),
) -> None:
    """A readable table below some notes; `nothing` is said on stderr when there are no rows."""
    with session.printer(corpus) as printer:
        for note in notes:
            printer.line(note, dim=True)
        if not printer.table(columns, rows):
            tell(nothing)


def write_articles(
    session: Session,
    corpus: Corpus,
    rows: Iterable[ArticleRow],
    in_json: bool,
    *,
    found: bool = False,
    notes: Sequence[str] = (),
) -> None:
    """Articles below some notes, with snippets where they were searched for."""
    if in_json:
        from store.export import records

        return write_json(records.article_row(row, snippet=found) for row in rows)
    from tui.printing import Column

    columns = [Column(_("id"), number=True), Column(_("published")), Column(_("outlet"), most=24)]
    columns += [Column(_("copies"), number=True), Column(_("title"), grows=True)]
    cells = (
        [
            *(str(row.id), _day(row.published), row.outlet or "", str(row.copies or ""), row.title),
            *([row.snippet or ""] * found),
        ]
        for row in rows
    )
    nothing = _("No article matches.") if found else _("No articles.")
    return write_table(session, corpus, columns, cells, nothing, notes)


def _day(published: Published) -> str:
    """The day, with a sign before one that was inferred."""
    return ("≈" if published.basis == "inferred" else "") + (published.value or "–")[:10]


_BOUNDS = (N_("since"), N_("until"))


def _when(row: EventRow, calendar: Calendar) -> str:
    """The date of an event, with what it begins or ends and how it is told where that is more than a fact."""
    from store.text.when import in_figures
    from tui.when import event_date

    hijri = calendar == "hijri"
    shown = in_figures(row.earliest, row.latest, row.precision, calendar) if hijri else event_date(row)
    said = [*([_(row.bound)] if row.bound else []), *([_(row.modality)] if row.modality != "asserted" else [])]
    return f"{shown} ({comma().join(said)})" if said else shown


def _stretch(value: str, calendar: Calendar) -> str:
    """A day, month, year or decade by a calendar."""
    from store.text.when import in_figures, stretch

    return value if calendar == "gregorian" and len(value) > 3 else in_figures(*stretch(value), calendar)


@click.command(cls=Command)
@narrowing
@limited
@as_json
@click.pass_obj
def articles(session: Session, as_json: bool, limit: int | None, **narrow: Unpack[Narrow]) -> None:
    """List articles, newest first.

    --from and --to are about when they were published. Copies of one story are one row, the newest of them that the
    filters let through; --copies lists each.

    \b
      khabar articles --entity 'مصطفى الكاظمي' --from 2021-12
      khabar articles --json | jq .title
    """
    from store.export import rows

    with session.reader() as (reader, corpus):
        write_articles(session, corpus, rows.articles(reader, selection(reader, narrow), limit), as_json)


_WITHOUT = re.compile(r"""-(?=[^\x00-\x7f("]|[("]|[a-z]+:)""")
"""What is left out of a search, `-داعش` or `-outlet:المدن`: no option begins so."""


_LATIN = re.compile(r"-[^\W\d_]{2}")
"""A word that is to be left out, by its beginning; an option of one dash has one letter."""


class _Search(Command):
    """Takes a word that is left out for a word, though it begins as options do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As for all commands; before `--` words to leave out are written with NOT, which says the same. One in Latin
        letters may be options as well: how to write it is said where it is none, or -n with no number. Raises
        click.UsageError."""
        end = args.index("--") if "--" in args else len(args)
        words = [_WITHOUT.sub("NOT ", word, count=1) if _WITHOUT.match(word) else word for word in args[:end]]
        try:
            return super().parse_args(ctx, [*words, *args[end:]])
        except click.UsageError as error:
            latin = next((word for word in words if _LATIN.match(word)), None)
            if latin is None or not (isinstance(error, click.NoSuchOption) or latin.startswith("-n")):
                raise
            said = _("{word} is taken for options; to leave the word out, write NOT {plain}, or -- before all words")
            raise click.UsageError(said.format(word=latin, plain=latin[1:]), ctx) from None


@click.command(cls=_Search)
@click.argument("query", nargs=-1, required=True)
@click.option("--save", "name", metavar="NAME", help="Keep the search and its filters; khabar searches lists them.")
@click.option("--no-latin", is_flag=True, help="Latin words find only themselves, no Arabic names.")
@click.option(
    "--order",
    type=click.Choice(("newest", "relevance", "best")),
    default="newest",
    show_default=True,
    help="Newest first; the newest 2,000 by how well they answer; or all of them so, which takes longer.",
)
@narrowing
@limited
@as_json
@click.pass_obj
def search(
    session: Session,
    query: tuple[str, ...],
    name: str | None,
    no_latin: bool,
    order: ArticleOrder,
    as_json: bool,
    limit: int | None,
    **narrow: Unpack[Narrow],
) -> None:
    """Find articles by their words, and by what is said of them.

    Words are found however they are spelt and inflected, and whatever is joined to them; names in Latin letters find
    Arabic ones.

    \b
      khabar search بغداد                  finds لبغداد and وبغداد as well
      khabar search '"قوات التحالف"'       words next to each other
      khabar search kadhimi                finds الكاظمي as well; =kadhimi does not
      khabar search '=القوات'              exactly this word
      khabar search 'بغداد OR أربيل'       either
      khabar search 'بغداد -داعش'          not داعش
      khabar search 'واشنطن NEAR/5 بغداد'  at most five words between them
      khabar search 'title:بغداد outlet:رويترز entity:"مصطفى الكاظمي"'
      khabar search 'type:PER date:2021-07..2021-12'
      khabar search -- -outlet:رويترز      -- before what begins with a dash
    """
    from store.answers import RANKED
    from store.export import rows

    words = " ".join(query)
    if not words.strip():
        raise click.UsageError(_("the query is empty"), click.get_current_context())
    with session.reader() as (reader, corpus):
        chosen = replace(selection(reader, narrow, words), latin=not no_latin)
        if name is not None:
            reader.check(words)
            save(corpus, name, chosen, order)
        ids = reader.article_ids(chosen, order)
        if order == "relevance" and len(ids) > RANKED:
            tell(_("Ranked among the newest {ranked:,} of {n:,}.").format(ranked=RANKED, n=len(ids)))
        readings = reader.readings(words) if chosen.latin and not as_json else ()
        notes = [
            _("{latin} is read as {arabic}").format(latin=one.latin, arabic="، ".join(one.arabic)) for one in readings
        ]
        found = rows.these_articles(reader, ids[:limit], words, chosen.latin)
        write_articles(session, corpus, found, as_json, found=True, notes=notes)


@click.command(cls=Command)
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

        columns = [Column(_("id"), number=True), Column(_("type")), Column(_("articles"), number=True)]
        columns += [Column(_("mentions"), number=True), Column(_("name"), grows=True)]
        cells = ([str(row.id), row.type, str(row.articles), str(row.mentions), row.name] for row in found)
        return write_table(session, corpus, columns, cells, _("No entities."))


@click.command(cls=Command)
@click.option(
    "--by",
    type=click.Choice(("day", "month", "year", "decade")),
    help="Count the events of each day, month, year or decade.",
)
@click.option(
    "--order",
    type=click.Choice(("time", "outlets")),
    default="time",
    show_default=True,
    help="Earliest first, or those first that most outlets tell.",
)
@click.option(
    "--calendar",
    type=click.Choice(("gregorian", "hijri")),
    default="gregorian",
    show_default=True,
    help="The calendar of the table's dates.",
)
@narrowing
@limited
@as_json
@click.pass_obj
def timeline(
    session: Session,
    by: Unit | None,
    order: EventOrder,
    calendar: Calendar,
    as_json: bool,
    limit: int | None,
    **narrow: Unpack[Narrow],
) -> None:
    """List what happened when, or count it.

    Earliest first; --from and --to are about when it happened.

    \b
      khabar timeline --entity العراق --from 2020 --to 2021
      khabar timeline --by month
      khabar timeline --order outlets --limit 20
      khabar timeline --modality planned --calendar hijri

    An event's number of outlets counts those that print the same sentence once.
    """
    from store.export import records, rows

    with session.reader() as (reader, corpus):
        chosen = selection(reader, narrow)
        if by is not None:
            buckets = reader.buckets(chosen, by)[:limit]
            if as_json:
                return write_json(map(records.bucket, buckets))
        found = rows.events(reader, chosen, limit, order)
        if as_json:
            return write_json(map(records.event_row, found))
        from tui.printing import Column

        if by is not None:
            columns = [Column(_(by)), Column(_("events"), number=True)]
            cells = ([_stretch(bucket.value, calendar), str(bucket.events)] for bucket in buckets)
        else:
            columns = [Column(_("when")), Column(_("outlets"), number=True), Column(_("articles"), most=14)]
            columns += [Column(_("names"), grows=True, most=28)]
            columns += [Column(_("sentence"), grows=True, least=40)]
            cells = (
                [
                    _when(row, calendar),
                    str(row.outlets),
                    numbers_of(row.articles),
                    "، ".join(row.names),
                    row.sentences[0].text if row.sentences else "",
                ]
                for row in found
            )
        return write_table(session, corpus, columns, cells, _("No dated events."))
