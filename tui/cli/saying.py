"""What is said: statements and numbers."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Unpack

import click

from tui.cli.listing import write_json, write_table
from tui.cli.once import Command
from tui.cli.options import Narrow, as_json, entity_called, limited, narrowing, selection
from tui.cli.running import Session
from tui.locale import N_
from tui.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.answers import Filter
    from store.database.queries import Reader
    from store.models import Quantity, StatementKind
    from store.resolve.figures import Figures
    from store.spoken import QuantityRow, StatementRow
    from tui.printing import Column

KINDS = (
    N_("said"), N_("confirmed"), N_("denied"), N_("warned"), N_("announced"), N_("promised"), N_("demanded"),
    N_("accused"), N_("expected"), N_("asked"),
)  # fmt: skip
_PAGE = 200
_FEW = 5
"""So many articles of a stretch of time are shown."""


@click.command(cls=Command)
@click.option("--speaker", metavar="NAME", help="Only what this person, organisation or place says.")
@click.option("--kind", type=click.Choice(KINDS), multiple=True, help="Only of this kind; given again: or of this one.")
@click.option("--direct/--reported", default=None, help="Only in quotation marks, or only in others' words.")
@narrowing
@limited
@as_json
@click.pass_obj
def statements(
    session: Session,
    speaker: str | None,
    kind: tuple[StatementKind, ...],
    direct: bool | None,
    as_json: bool,
    limit: int | None,
    **narrow: Unpack[Narrow],
) -> None:
    """List who said what, newest article first.

    In quotation marks or reported, with the sentence that says it; who is no name ("a security source") is listed with
    the words of the text.

    \b
      khabar statements --speaker 'مصطفى الكاظمي'
      khabar statements --kind denied --kind warned --from 2021-12
      khabar statements --direct --json
    """
    from store.export import spoken
    from store.spoken import Wanted

    with session.reader() as (reader, corpus):
        chosen = selection(reader, narrow)
        wanted = Wanted(entity_called(reader, speaker, "--speaker ").id if speaker is not None else None, kind, direct)
        ids = reader.statement_ids(chosen, wanted, limit)
        pages = (ids[at : at + _PAGE] for at in range(0, len(ids), _PAGE))
        found = itertools.chain.from_iterable(map(reader.statement_rows, pages))
        if as_json:
            return write_json(map(spoken.statement_row, found))
        from tui.printing import Column

        columns = [Column(_("article"), number=True), Column(_("published")), Column(_("kind"))]
        columns += [Column(_("who"), grows=True, most=24), Column(_("what"), grows=True)]
        nothing = _("Nobody says anything here.")
        return write_table(session, corpus, columns, map(_statement, found), nothing)


def words_of(row: StatementRow) -> str:
    """What is said: in «» as it was said, without as it is reported."""
    quote, begun = row.quote, row.sentence.start
    words = row.sentence.text[quote.start - begun : quote.end - begun]
    return f"«{words}»" if quote.direct else words


def _statement(row: StatementRow) -> list[str]:
    who = row.quote.speaker.name if row.quote.speaker else "–"
    return [str(row.article.id), (row.article.published.value or "–")[:10], _(row.quote.kind), who, words_of(row)]


@click.command(cls=Command)
@click.option("--unit", metavar="WORD", help="Only numbers of this: جندي also finds جنود and جندياً.")
@click.option(
    "--by",
    type=click.Choice(("day", "month", "year", "decade")),
    help="The lowest and the highest number of --unit in each.",
)
@narrowing
@limited
@as_json
@click.pass_obj
def quantities(
    session: Session, unit: str | None, by: str | None, as_json: bool, limit: int | None, **narrow: Unpack[Narrow]
) -> None:
    """List numbers with what they count, newest article first.

    With --by, what numbers of one thing were given when: articles are put together by when they were published,
    earliest first.

    \b
      khabar quantities --unit جندي --entity العراق
      khabar quantities --unit جندي --by month
      khabar quantities --unit % --json
    """
    from store.export import spoken

    if by is not None and unit is None:
        raise click.UsageError(_("--by puts numbers of one thing together: say which with --unit"))
    with session.reader() as (reader, corpus):
        chosen = selection(reader, narrow)
        found = itertools.islice(_pages(reader, chosen, unit), limit if by is None else None)
        if by is not None:
            from store.resolve.figures import by_time

            figures = by_time(found, by)[:limit]
            if as_json:
                return write_json(map(spoken.figures, figures))
            return write_table(session, corpus, _columns(by), map(_figures, figures), _("No numbers."))
        if as_json:
            return write_json(map(spoken.quantity_row, found))
        return write_table(session, corpus, _columns(None), map(_quantity, found), _("No numbers."))


def _pages(reader: Reader, f: Filter, unit: str | None) -> Iterator[QuantityRow]:
    articles = reader.article_ids(f)
    for at in range(0, len(articles), _PAGE):
        yield from reader.quantities_in(articles[at : at + _PAGE], unit)


def _columns(by: str | None) -> list[Column]:
    from tui.printing import Column

    if by is not None:
        columns = [Column(_(by)), *(Column(name, number=True) for name in (_("lowest"), _("highest"), _("sentences")))]
        return [*columns, Column(_("articles"))]
    columns = [Column(_("article"), number=True), Column(_("published")), Column(_("number"), number=True)]
    return [*columns, Column(_("what"), grows=True, most=24), Column(_("sentence"), grows=True)]


def _figures(one: Figures) -> list[str]:
    from tui.cli.listing import numbers_of

    shown = numbers_of(one.articles, _FEW)
    return [one.value or "–", _plain(one.low), _plain(one.high), str(one.sentences), shown]


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"


_SIGNS = {"exact": "", "approximate": "≈", "more": ">", "less": "<"}


def number(one: Quantity) -> str:
    """A number as it is meant: "≈2,500", ">100", "30–40"; a dash where only a word of many stands there."""
    if one.low is None:
        return "–"
    value = _plain(one.low)
    if one.high is not None and one.high != one.low:
        value += f"–{_plain(one.high)}"
    return _SIGNS[one.about] + value


def _quantity(row: QuantityRow) -> list[str]:
    day = (row.article.published.value or "–")[:10]
    return [str(row.article.id), day, number(row.quantity), row.quantity.text, row.sentence.text]
