"""Correcting the machine from the command line: one edit for one or many, the log of edits, other people's logs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from tui.cli.options import MOST, as_json, entity_called
from tui.cli.running import REJECTED, SAMPLE, Commands, Session, complain

if TYPE_CHECKING:
    from store.answers import Edit, EntityRow
    from store.database.queries import Reader
    from store.database.writing import Writer
    from store.models import BlockKind, MentionType

_LINES = 1_000_000
_LONG = 10_000
_NONE = ("none", "-none-")
_KINDS = (
    "title", "header", "dateline", "caption", "heading", "body", "keywords", "related", "source", "boilerplate",
)  # fmt: skip
number = click.IntRange(1, MOST)


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


def _given(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the lines of standard input in the place of `-`."""
    found: list[str] = []
    for argument in arguments:
        found.extend(_from_stdin() if argument == "-" else [argument])
    if not found:
        raise click.UsageError("nothing was named", click.get_current_context())
    return found


def _from_stdin() -> Iterator[str]:
    for at, raw in enumerate(sys.stdin.buffer):
        line = raw[:_LONG].decode("utf-8", "replace").strip() if len(raw) <= _LONG else raw.decode("utf-8", "replace")
        if at >= _LINES:
            raise click.UsageError(f"standing input has more than {_LINES} lines", click.get_current_context())
        if line.startswith("{"):
            try:
                known = json.loads(line)["id"]
            except (ValueError, KeyError, TypeError, RecursionError):
                known = None
            if not isinstance(known, int):
                raise click.UsageError(f"line {at + 1} of standing input has no id", click.get_current_context())
            yield f"#{known}"
        elif line:
            yield line


def _number(written: str) -> int:
    match = re.fullmatch(r"#?(\d{1,18})", written)
    if match is None:
        raise click.UsageError(f"{written!r} is no number", click.get_current_context())
    return int(match[1])


def _numbers(arguments: Sequence[str]) -> list[int]:
    return [_number(one) for one in _given(arguments)]


def _places(arguments: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of an article and an offset in it: two arguments, or one with a colon between them."""
    parts = [part for one in _given(arguments) for part in re.split(r"[:\s]+", one.strip()) if part]
    if len(parts) % 2:
        raise click.UsageError("an article and an offset belong together: 12:340", click.get_current_context())
    numbers = [_number(part) for part in parts]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _named(reader: Reader, names: Sequence[str]) -> list[int]:
    return [entity_called(reader, name, "").id for name in names]


def _hidden(reader: Reader, name: str) -> int:
    """The hidden entity of that name, or number."""
    from store.text.fold import fold

    if re.fullmatch(r"#\d{1,18}", name):
        return entity_called(reader, name, "").id
    found = [row for row in reader.hidden_entities() if fold(row.name).split() == fold(name).split()]
    if len(found) != 1:
        several = " or ".join(f"'#{row.id}' ({row.name}, {row.type})" for row in found[:5])
        what = f"may be {several}; say which" if found else "is no hidden entity here; khabar edit unhide lists them"
        raise click.UsageError(f"{name!r} {what}", click.get_current_context())
    return found[0].id


def _do(session: Session, change: Callable[[Writer], object], as_json: bool) -> int:
    """Makes an edit, and tells what is in the log now that was not."""
    from store.correcting import correct

    corpus = session.corpus()
    if corpus.sample:
        click.echo(SAMPLE, err=True)

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
            printer.line(f"{one.id}  {describe(one.action, dict(one.what))}")
        if len(edits) > _TOLD:
            printer.line(f"… and {len(edits) - _TOLD} more, undone together")
        if not edits:
            printer.line("Nothing was to be done.")


_TOLD = 20


def _entities(session: Session, names: Sequence[str]) -> list[int]:
    given = _given(names)
    with session.reader() as (reader, _):
        return _named(reader, given)


@edit.command()
@click.argument("name")
@click.argument("to")
@as_json
@click.pass_obj
def rename(session: Session, name: str, to: str, as_json: bool) -> int:
    """Show an entity under another name."""
    (one,) = _entities(session, [name])
    return _do(session, lambda writer: writer.rename_entity(one, to), as_json)


@edit.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.argument("type", type=click.Choice(("PER", "ORG", "LOC", "MISC"), case_sensitive=False))
@as_json
@click.pass_obj
def retype(session: Session, names: tuple[str, ...], type: str, as_json: bool) -> int:
    """Say what entities are: people, organisations, places, or other names."""
    ids = _entities(session, names)
    return _do(session, lambda writer: writer.retype_entities(ids, cast("MentionType", type.upper())), as_json)


@edit.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@as_json
@click.pass_obj
def hide(session: Session, names: tuple[str, ...], as_json: bool) -> int:
    """Never show entities again, whatever is added."""
    ids = _entities(session, names)
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
            ids = [_hidden(reader, name) for name in _given(names)]
        else:
            found: list[EntityRow] = reader.hidden_entities()
            if as_json:
                write_json(map(records.entity_row, found))
                return 0
            with session.printer(corpus) as printer:
                if not found:
                    printer.line("Nothing is hidden.")
                printer.table(
                    [Column("id", number=True), Column("name", grows=True), Column("type")],
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
    ids, (target,) = _entities(session, names), _entities(session, [into])
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
        raise click.UsageError("say which of its names leave, or with --in in which articles another is meant")
    (one,) = _entities(session, [name])
    if articles:
        ids = _numbers(articles)
        return _do(session, lambda writer: writer.split_articles(one, ids, called), as_json)
    leaving = _given(forms)
    return _do(session, lambda writer: writer.split_entity(one, leaving), as_json)


@edit.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.argument("date")
@as_json
@click.pass_obj
def redate(session: Session, articles: tuple[str, ...], date: str, as_json: bool) -> int:
    """Give articles their date of publication: 2021, 2021-12, 2021-12-09, 2021-12-09T08:30, or none."""
    ids = _numbers(articles)
    day = None if date in _NONE else date
    return _do(session, lambda writer: writer.redate_articles(ids, day), as_json)


@edit.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.argument("name")
@as_json
@click.pass_obj
def outlet(session: Session, articles: tuple[str, ...], name: str, as_json: bool) -> int:
    """Say who published articles, or none."""
    ids = _numbers(articles)
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
    found = _places(places)
    return _do(session, lambda writer: writer.relabel_blocks(found, cast("BlockKind", kind)), as_json)


@edit.command("keep-apart")
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@as_json
@click.pass_obj
def keep_apart(session: Session, one: str, other: str, as_json: bool) -> int:
    """Say that two entities are not the same: `khabar suggest` does not suggest them again."""
    first, second = _entities(session, [one, other])
    return _do(session, lambda writer: writer.keep_apart(first, second), as_json)


@edit.command("merge-events")
@click.argument("events", nargs=-1, required=True, metavar="EVENT…")
@as_json
@click.pass_obj
def merge_events(session: Session, events: tuple[str, ...], as_json: bool) -> int:
    """Make several events of the timeline one (`khabar timeline --json` has their numbers)."""
    ids = _numbers(events)
    return _do(session, lambda writer: writer.merge_events(ids), as_json)


@edit.command("split-event")
@click.argument("event")
@click.argument("sentences", nargs=-1, required=True, metavar="ARTICLE:START…")
@as_json
@click.pass_obj
def split_event(session: Session, event: str, sentences: tuple[str, ...], as_json: bool) -> int:
    """Take sentences out of an event, each by its article and where it begins."""
    one, places = _number(event), _places(sentences)
    return _do(session, lambda writer: writer.split_event(one, places), as_json)


@edit.command("split-copy")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@as_json
@click.pass_obj
def split_copy(session: Session, articles: tuple[str, ...], as_json: bool) -> int:
    """Say of articles that they are no copies of those they are taken for copies of."""
    ids = _numbers(articles)
    return _do(session, lambda writer: writer.split_copies(ids), as_json)


@edit.command()
@click.argument("number", type=number, required=False)
@click.option("--anyone", is_flag=True, help="The last edit of anyone, not the last of yours.")
@as_json
@click.pass_obj
def undo(session: Session, number: int | None, anyone: bool, as_json: bool) -> int:
    """Take back your last edit that stands, or the one with this NUMBER, whoever made it."""
    from store.correcting import undo

    said = undo(session.corpus().path, number, who=session.who, anyone=anyone)
    return _say("undone", said, as_json, session)


@edit.command()
@click.argument("number", type=number, required=False)
@as_json
@click.pass_obj
def redo(session: Session, number: int | None, as_json: bool) -> int:
    """Give back what you undid last, unless you edited since; or the edit with this NUMBER."""
    from store.correcting import redo

    return _say("redone", redo(session.corpus().path, number, who=session.who), as_json, session)


def _say(done: str, said: str | None, as_json: bool, session: Session) -> int:
    from tui.cli.listing import write_json

    if as_json:
        write_json([{done: said}])
        return 0
    with session.printer(session.corpus()) as printer:
        printer.line(f"{done.capitalize()}: {said}" if said is not None else f"Nothing to be {done}.")
    return 0


@edit.command()
@click.option("-n", "--limit", type=number, help="Only the last so many.")
@as_json
@click.pass_obj
def log(session: Session, limit: int | None, as_json: bool) -> int:
    """List all edits, oldest first: who, when and what, and what was undone."""
    from store.database.log import describe
    from store.export import records
    from tui.cli.listing import write_json
    from tui.printing import Column

    with session.reader() as (reader, corpus):
        found = reader.edits()[-limit if limit else 0 :]
        if as_json:
            write_json(map(records.edit, found))
            return 0
        with session.printer(corpus) as printer:
            if not found:
                printer.line("Nothing was edited.")
                return 0
            printer.table(
                [
                    Column("no", number=True), Column("when"), Column("who", most=20), Column("what", grows=True),
                    Column(""),
                ],
                [
                    [
                        str(one.id), one.made[:16].replace("T", " "), one.who or "",
                        describe(one.action, dict(one.what)), "undone" if one.undone else "",
                    ]
                    for one in found
                ],
            )  # fmt: skip
    return 0


@edit.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@as_json
@click.pass_obj
def import_(session: Session, file: str, as_json: bool) -> int:
    """Take over the edits that `khabar export edits -o FILE` wrote of another corpus (`-`: standing input).

    Their order, who made them, when, and what was undone stay. What is in the log already is left as it is. Edits of
    articles and names that are not in this corpus wait for them. A line that is no edit is told with its number, and
    the others are taken.
    """
    from store.correcting import import_edits
    from tui import corpora
    from tui.cli.listing import write_json

    wrong = 0

    def told(error: Exception) -> None:
        nonlocal wrong
        wrong += 1
        complain(str(error))

    path = corpora.for_writing(session.named, session.sample)
    with click.open_file(file, "rb") as stream:
        new, known = import_edits(path, cast(Any, stream), "stdin" if file == "-" else file, told)
    if as_json:
        write_json([{"new": new, "known": known, "rejected": wrong}])
    else:
        print(f"{new} edit{'' if new == 1 else 's'} taken over, {known} known already, {wrong} rejected.")
    return REJECTED if wrong else 0
