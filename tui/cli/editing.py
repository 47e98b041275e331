"""Correcting the machine from the command line: one edit for one or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import click

from tui.cli import edit_arguments as read
from tui.cli.edit_log import import_, log, redo, undo
from tui.cli.options import as_json
from tui.cli.running import SAMPLE, Commands, Session, tell
from tui.locale import gettext as _
from tui.locale.told import sentence

if TYPE_CHECKING:
    from store.answers import Edit, EntityRow
    from store.database.writing import Writer
    from store.models import BlockKind, MentionType

_NONE = ("none", "-none-")
_KINDS = (
    "title", "header", "dateline", "caption", "heading", "body", "keywords", "related", "source", "boilerplate",
)  # fmt: skip


@click.group(cls=Commands, no_args_is_help=False)
@click.option("--as", "who", metavar="NAME", help="Who says so; else KHABAR_USER, else your name on this system.")
@click.pass_obj
def edit(session: Session, who: str | None) -> None:
    """Correct names, dates, blocks and events; undo and redo it.

    What you say goes before what khabar finds, now and whenever it looks again. Every command is one entry of the
    log, also for many names or articles, and `undo` takes back all of it. Entities are named by a name that means
    one only, or by number ('#12'), articles and events by number. `-` reads them from standing input, one a line,
    or JSON lines with an `id`, as lists write them.

    \b
      khabar edit merge 'الكاظمي' 'مصطفى كاظمي' --into 'مصطفى الكاظمي'
      khabar articles --outlet 'وكالة' --undated --json | khabar edit redate - 2021-12-09
      khabar edit undo
      khabar export edits -o edits.jsonl
      khabar -c other.db edit import edits.jsonl
    """
    from store.people import plain

    session.who = plain(who) if who is not None else None


def _do(session: Session, change: Callable[[Writer], object], as_json: bool) -> int:
    """Makes an edit, and tells what is in the log now that was not."""
    from store.correcting import correct

    corpus = session.corpus()
    if corpus.sample:
        tell(_(SAMPLE))

    def made(writer: Writer) -> list[Edit]:
        before = writer.last_edit()
        change(writer)
        return writer.edits(before)

    _tell(session, correct(corpus.path, made, who=session.who), as_json)
    return 0


def _tell(session: Session, edits: Sequence[Edit], as_json: bool) -> None:
    from store.database.log import describe
    from store.export import records
    from tui.cli.listing import write_json

    if as_json:
        write_json(map(records.edit, edits))
        return
    with session.printer(session.corpus()) as printer:
        for one in edits[:_TOLD]:
            printer.line(f"{one.id}  {sentence(describe(one.action, dict(one.what), one.article))}")
        if len(edits) > _TOLD:
            printer.line(_("… and {n} more, undone together").format(n=len(edits) - _TOLD))
        if not edits:
            printer.line(_("Nothing was to be done."))


_TOLD = 20


@edit.command()
@click.argument("name")
@click.argument("to")
@as_json
@click.pass_obj
def rename(session: Session, name: str, to: str, as_json: bool) -> int:
    """Show an entity under another name."""
    (one,) = read.entities(session, [name])
    return _do(session, lambda writer: writer.rename_entity(one, to), as_json)


@edit.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.argument("type", type=click.Choice(("PER", "ORG", "LOC", "MISC"), case_sensitive=False))
@as_json
@click.pass_obj
def retype(session: Session, names: tuple[str, ...], type: str, as_json: bool) -> int:
    """Say what entities are: people, organisations, places, or other names."""
    ids = read.entities(session, names)
    return _do(session, lambda writer: writer.retype_entities(ids, cast("MentionType", type.upper())), as_json)


@edit.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@as_json
@click.pass_obj
def hide(session: Session, names: tuple[str, ...], as_json: bool) -> int:
    """Never show entities again, whatever is added."""
    ids = read.entities(session, names)
    return _do(session, lambda writer: writer.hide_entities(ids), as_json)


@edit.command()
@click.argument("names", nargs=-1, metavar="[NAME…]")
@as_json
@click.pass_obj
def unhide(session: Session, names: tuple[str, ...], as_json: bool) -> int:
    """Show entities again that were hidden; without a name, list them."""
    from store.export import records
    from tui.cli.listing import write_json
    from tui.printing import Column

    with session.reader() as (reader, corpus):
        if names:
            ids = [read.hidden(reader, name) for name in read.given(names)]
        else:
            found: list[EntityRow] = reader.hidden_entities()
            if as_json:
                write_json(map(records.entity_row, found))
                return 0
            with session.printer(corpus) as printer:
                if not found:
                    printer.line(_("Nothing is hidden."))
                printer.table(
                    [Column(_("id"), number=True), Column(_("name"), grows=True), Column(_("type"))],
                    [[str(row.id), row.name, row.type] for row in found],
                )
            return 0
    return _do(session, lambda writer: writer.hide_entities(ids, False), as_json)


@edit.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option("--into", required=True, metavar="NAME", help="The entity that they all are.")
@as_json
@click.pass_obj
def merge(session: Session, names: tuple[str, ...], into: str, as_json: bool) -> int:
    """Make several entities one."""
    ids, (target,) = read.entities(session, names), read.entities(session, [into])
    return _do(session, lambda writer: writer.merge_entities(ids, target), as_json)


@edit.command()
@click.argument("name")
@click.argument("forms", nargs=-1, metavar="[FORM…]")
@click.option("--in", "articles", multiple=True, metavar="ARTICLE", help="Another is meant in this article (or -).")
@click.option("--called", metavar="NAME", help="What the other one of --in is to be called.")
@as_json
@click.pass_obj
def split(
    session: Session, name: str, forms: tuple[str, ...], articles: tuple[str, ...], called: str | None, as_json: bool
) -> int:
    """Take names out of an entity, or say that another is meant in some articles.

    \b
      khabar edit split 'مصطفى الكاظمي' 'كاظم'
      khabar edit split 'سامي حداد' --in 12 --in 17 --called 'سامي حداد (لاعب)'
    """
    if bool(forms) == bool(articles) or (called is not None and not articles):
        raise click.UsageError(_("say which of its names leave, or with --in in which articles another is meant"))
    (one,) = read.entities(session, [name])
    if articles:
        ids = read.numbers(articles)
        return _do(session, lambda writer: writer.split_articles(one, ids, called), as_json)
    leaving = read.given(forms)
    return _do(session, lambda writer: writer.split_entity(one, leaving), as_json)


@edit.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.argument("date")
@as_json
@click.pass_obj
def redate(session: Session, articles: tuple[str, ...], date: str, as_json: bool) -> int:
    """Give articles their date of publication: 2021, 2021-12, 2021-12-09, 2021-12-09T08:30, or none."""
    ids = read.numbers(articles)
    day = None if date in _NONE else date
    return _do(session, lambda writer: writer.redate_articles(ids, day), as_json)


@edit.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.argument("name")
@as_json
@click.pass_obj
def outlet(session: Session, articles: tuple[str, ...], name: str, as_json: bool) -> int:
    """Say who published articles, or none."""
    ids = read.numbers(articles)
    return _do(session, lambda writer: writer.reoutlet_articles(ids, None if name in _NONE else name), as_json)


@edit.command()
@click.argument("places", nargs=-1, required=True, metavar="ARTICLE START…")
@click.argument("kind", type=click.Choice(_KINDS), metavar="KIND")
@as_json
@click.pass_obj
def relabel(session: Session, places: tuple[str, ...], kind: str, as_json: bool) -> int:
    """Say what a block of an article is; names and dates are found again with that.

    START is an offset within the block (`khabar show ARTICLE --json` has them under `blocks`).

    \b
      khabar edit relabel 12 0 title
      khabar edit relabel 12:340 13:355 boilerplate
    """
    found = read.places(places)
    return _do(session, lambda writer: writer.relabel_blocks(found, cast("BlockKind", kind)), as_json)


@edit.command("keep-apart")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@as_json
@click.pass_obj
def keep_apart(session: Session, one: str, other: str, as_json: bool) -> int:
    """Say that two entities are not the same: `khabar suggest` does not suggest them again."""
    first, second = read.entities(session, [one, other])
    return _do(session, lambda writer: writer.keep_apart(first, second), as_json)


@edit.command("merge-events")
@click.argument("events", nargs=-1, required=True, metavar="EVENT…")
@as_json
@click.pass_obj
def merge_events(session: Session, events: tuple[str, ...], as_json: bool) -> int:
    """Make several events of the timeline one (`khabar timeline --json` has their numbers)."""
    ids = read.numbers(events)
    return _do(session, lambda writer: writer.merge_events(ids), as_json)


@edit.command("split-event")
@click.argument("event")
@click.argument("sentences", nargs=-1, required=True, metavar="ARTICLE:START…")
@as_json
@click.pass_obj
def split_event(session: Session, event: str, sentences: tuple[str, ...], as_json: bool) -> int:
    """Take sentences out of an event, each by its article and where it begins."""
    one, places = read.number(event), read.places(sentences)
    return _do(session, lambda writer: writer.split_event(one, places), as_json)


@edit.command("split-copy")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@as_json
@click.pass_obj
def split_copy(session: Session, articles: tuple[str, ...], as_json: bool) -> int:
    """Say of articles that they are no copies of those they are taken for copies of."""
    ids = read.numbers(articles)
    return _do(session, lambda writer: writer.split_copies(ids), as_json)


for _command in (undo, redo, log, import_):
    edit.add_command(_command)
