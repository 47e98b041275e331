"""Searches under a name: listed with what is new, looked at, renamed, forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import as_json
from tui.cli.running import REJECTED, Commands, Session, complain, tell
from tui.cli.taking import fine, incoming, tell_refused
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words, told

if TYPE_CHECKING:
    from store.answers import ArticleOrder, Filter, SavedSearch
    from store.database.queries import Reader
    from tui.corpora import Corpus


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--new", is_flag=True, help="The articles of each that were added since the last look.")
@click.option("--look", is_flag=True, help="Take what is printed as looked at: it is not new any more.")
@as_json
@click.pass_context
def searches(context: click.Context, new: bool, look: bool, as_json: bool) -> None:
    """List your saved searches, with how much is new in each.

    New is what was added to the corpus since somebody looked at the search, here or in the explorer (Q), whatever the
    dates of the articles are.

    \b
      khabar search --save العراق 'entity:العراق date:2021..'
      khabar searches
      khabar searches --new --look --json
      khabar searches rename العراق بغداد
      khabar searches delete بغداد
      khabar searches import colleague.jsonl
    """
    if context.invoked_subcommand is not None:
        return
    from tui.cli.listing import write_json, write_table
    from tui.printing import Column

    session: Session = context.obj
    with session.reader() as (reader, corpus):
        last, found = reader.last_added(), reader.saved_searches()
        if new:
            _print_new(session, reader, corpus, found, as_json)
        elif as_json:
            write_json(_record(reader, one) for one in found)
        else:
            columns = [Column(_("new"), number=True), Column(_("articles"), number=True), Column(_("looked at"))]
            columns += [Column(_("name"), grows=True), Column(_("search"), grows=True)]
            cells = (
                [
                    str(fresh),
                    str(whole),
                    one.looked[:16].replace("T", " "),
                    one.name,
                    told(one.lost) if one.lost else _in_words(reader, one),
                ]
                for one in found
                for whole, fresh in (_counts(reader, one),)
            )
            write_table(session, corpus, columns, cells, _("No search is saved; khabar search --save NAME saves one."))
    if look:
        from store.database import open_writer

        with open_writer(corpus.path) as writer:
            for one in found:
                writer.look_at_search(one.name, last)


def _counts(reader: Reader, one: SavedSearch) -> tuple[int, int]:
    """How many there are, and how many are new; what cannot be asked any more is told and has none."""
    from store.errors import QueryError

    try:
        return reader.search_counts(one)
    except QueryError as error:
        complain(f"{one.name}: {in_words(error)}")
        return 0, 0


def _record(reader: Reader, one: SavedSearch) -> dict[str, Any]:
    whole, fresh = _counts(reader, one)
    kept = asdict(one)
    return {**kept, "articles": whole, "new": fresh}


def _print_new(session: Session, reader: Reader, corpus: Corpus, found: Sequence[SavedSearch], as_json: bool) -> None:
    from store.export import records, rows
    from tui.cli.listing import write_articles, write_json

    def new_of(one: SavedSearch) -> Sequence[int]:
        from store.errors import QueryError

        try:
            return () if one.lost else reader.article_ids(replace(one.filter, added_after=one.seen), one.order)
        except QueryError as error:
            complain(f"{one.name}: {in_words(error)}")
            return ()

    def every() -> Iterator[dict[str, Any]]:
        for one in found:
            for row in rows.these_articles(reader, new_of(one)):
                yield {"search": one.name, **records.article_row(row)}

    if as_json:
        return write_json(every())
    for one in found:
        if ids := new_of(one):
            n = len(ids)
            said = ngettext("{n} new article", "{n} new articles", n).format(n=n)
            note = f"{one.name}: {said}"
            write_articles(session, corpus, rows.these_articles(reader, ids), False, notes=[note])
    return None


def _in_words(reader: Reader, one: SavedSearch) -> str:
    from store.export.wording import scope

    return " · ".join(scope(reader, one.filter))


@searches.command()
@click.argument("name")
@click.argument("to", metavar="NEW")
@click.pass_obj
def rename(session: Session, name: str, to: str) -> None:
    """Give a search another name."""
    from store.database import open_writer

    with open_writer(session.corpus().path) as writer:
        if not writer.rename_search(name, to):
            raise click.UsageError(_("no search is called {name!r}; khabar searches lists them").format(name=name))


@searches.command()
@click.argument("name")
@click.pass_obj
def delete(session: Session, name: str) -> None:
    """Forget a search; no article is touched."""
    from store.database import open_writer

    with open_writer(session.corpus().path) as writer:
        if not writer.delete_search(name):
            raise click.UsageError(_("no search is called {name!r}; khabar searches lists them").format(name=name))


@searches.command("import")
@click.argument("file", metavar="FILE")
@click.option("--over", is_flag=True, help="Put them in the place of those of the same name that ask something else.")
@click.pass_obj
def take_in(session: Session, file: str, over: bool) -> int:
    """Take in searches that khabar export searches wrote, of this corpus or another.

    Each is taken in once, however often it comes. What it asks for need not be in the corpus yet. All that is in the
    corpus counts as looked at. Where a search of the same name asks something else here, that stays and is told. Lines
    that are no searches are told and left out. FILE may be - for stdin.
    """
    from store.database import open_writer
    from store.export import search_records

    corpus = session.corpus()
    with incoming(file) as (lines, name):
        found, refused = fine(search_records.read(lines, name))
        with open_writer(corpus.path) as writer:
            new, known, others = writer.keep_searches(found, over=over)
    tell_refused(refused)
    for other in others:
        told = _("{name}: a search of this name asks something else here; rename it, or say --over")
        complain(told.format(name=other))
    tell(_("{new} new, {known} known already.").format(new=new, known=known), err=False)
    return REJECTED if refused or others else 0


def save(corpus: Corpus, name: str, f: Filter, order: ArticleOrder) -> None:
    """Keep a search under a name, in the place of one of that name."""
    from store.database import open_writer

    with open_writer(corpus.path) as writer:
        writer.save_search(name, f, order)
    tell(_("Saved as {name}.").format(name=name))
