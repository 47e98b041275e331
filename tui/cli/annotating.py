"""Bookmarks, tags and notes: listed, put on things, also on many at once, and taken in from another corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.edit_arguments import given, numbers, places
from tui.cli.options import as_json, entity_called, limited
from tui.cli.running import REJECTED, Commands, Session, tell
from tui.cli.taking import fine, incoming, tell_refused
from tui.locale import gettext as _

if TYPE_CHECKING:
    from store.annotations import Annotation, Kind, Target
    from store.database.queries import Reader


@click.group("annotations", cls=Commands, invoke_without_command=True)
@click.option("--kind", type=click.Choice(("bookmark", "tag", "note")), help="Only these.")
@click.option("--tag", default="", metavar="TAG", help="Only where this tag is.")
@click.option("--words", default="", metavar="WORDS", help="Only with these words in it, or in what it is on.")
@limited
@as_json
@click.pass_context
def annotated(
    context: click.Context, kind: Kind | None, tag: str, words: str, limit: int | None, as_json: bool
) -> None:
    """List your bookmarks, tags and notes; add and import some.

    Newest first. What they are on is told as it was when they were put there.

    \b
      khabar annotations --kind note
      khabar annotations --tag مهم --json
      khabar annotations tags
      khabar annotations add --article 12 --tag مهم --note 'راجع المصدر'
      khabar annotations add --entity 'مصطفى الكاظمي' --tag رئيس
      khabar annotations import colleague.jsonl
    """
    if context.invoked_subcommand is not None:
        return
    from store.export import annotation_records
    from tui.cli.listing import write_json, write_table
    from tui.printing import Column

    session: Session = context.obj
    with session.reader() as (reader, corpus):
        ids = reader.annotation_ids(kind, tag, words)[:limit]
        found = annotation_records.these(reader, ids)
        if as_json:
            return write_json(map(annotation_records.record, found))
        columns = [Column(_("made")), Column(_("kind")), Column(_("on")), Column(_("where"), number=True)]
        columns += [Column(_("text"), grows=True), Column(_("of"), grows=True)]
        cells = ([one.made[:10], _(one.kind), _(one.key.on), where(one), one.text, one.quote] for one, _more in found)
        write_table(session, corpus, columns, cells, _("No annotations."))


def where(one: Annotation) -> str:
    """The number by which it is shown now."""
    return "" if one.target is None else f"#{one.target.id}" if one.target.on == "entity" else str(one.article)


@annotated.command()
@as_json
@click.pass_obj
def tags(session: Session, as_json: bool) -> None:
    """List the tags and how often each is used."""
    from tui.cli.listing import write_json, write_table
    from tui.printing import Column

    with session.reader() as (reader, corpus):
        found = reader.tags()
        if as_json:
            return write_json({"tag": tag, "used": number} for tag, number in found)
        cells = ([str(number), tag] for tag, number in found)
        return write_table(
            session, corpus, [Column(_("used"), number=True), Column(_("tag"), grows=True)], cells, _("No tags.")
        )


@annotated.command()
@click.option("--article", "articles", multiple=True, metavar="ID", help="On an article; - takes them from stdin.")
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="On an entity, by its name or #ID; or -.")
@click.option("--event", "events", multiple=True, metavar="ID", help="On an event; - takes them from stdin.")
@click.option("--sentence", "sentences", multiple=True, metavar="ID:START", help="On the sentence at an offset; or -.")
@click.option("--bookmark", is_flag=True, help="A bookmark.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="A note.")
@click.pass_obj
def add(
    session: Session,
    articles: tuple[str, ...],
    entities: tuple[str, ...],
    events: tuple[str, ...],
    sentences: tuple[str, ...],
    bookmark: bool,
    tags: tuple[str, ...],
    notes: tuple[str, ...],
) -> None:
    """Put bookmarks, tags and notes on articles, entities, events and sentences; what is there already stays once.

    All options can be repeated; each thing that is named gets all of them, or, if one cannot be found, none gets any.
    With - names or numbers come from standard input, one a line, or as the JSON lines that lists write.

    \b
      khabar annotations add --article 12 --article 13 --tag مهم
      khabar search الانتخابات --json | khabar annotations add --article - --tag انتخابات
      khabar entities --type PER --limit 5 --json | khabar annotations add --entity - --note 'من هو؟'
      khabar annotations add --sentence 12:340 --bookmark
    """
    from store.annotations import Target
    from store.database import open_writer

    wanted: list[tuple[Kind, str]] = [("bookmark", "")] if bookmark else []
    wanted += [("tag", tag) for tag in tags]
    wanted += [("note", note) for note in notes]
    if not wanted or not (articles or entities or events or sentences):
        raise click.UsageError(
            _("say on what (--article, --entity, --event, --sentence) and which (--bookmark, --tag, --note)")
        )
    with session.reader() as (reader, corpus):
        targets = [Target("article", article) for article in _numbers(articles)]
        targets += [Target("entity", entity_called(reader, name).id) for name in _named(entities)]
        targets += [Target("event", event) for event in _numbers(events)]
        targets += [_sentence(reader, *place) for place in (places(sentences) if sentences else ())]
    with open_writer(corpus.path) as writer, writer.transaction():
        for kind, text in wanted:
            writer.annotate_all(targets, kind, text)


def _named(arguments: tuple[str, ...]) -> list[str]:
    return given(arguments) if arguments else []


def _numbers(arguments: tuple[str, ...]) -> list[int]:
    return numbers(arguments) if arguments else []


def _sentence(reader: Reader, article: int, offset: int) -> Target:
    """The sentence of an article around an offset. Raises UsageError, CorpusError."""
    from store.annotations import Target

    for sentence in reader.article(article).sentences:
        if sentence.start <= offset < sentence.end:
            return Target("sentence", article, sentence.start, sentence.end)
    raise click.UsageError(
        _("article {article} has no sentence at {offset}; khabar show {article} --json has them").format(
            article=article, offset=offset
        )
    )


@annotated.command("import")
@click.argument("file", metavar="FILE")
@click.pass_obj
def take_in(session: Session, file: str) -> int:
    """Take in annotations that khabar export annotations wrote, of this corpus or another.

    Each is taken in once, however often it comes; where it comes with a newer text, that stands. What it is on need not
    be in the corpus. Lines that are no annotations are told and left out. FILE may be - for stdin.
    """
    from store.database import open_writer
    from store.export import annotation_records

    corpus = session.corpus()
    with incoming(file) as (lines, name):
        found, refused = fine(annotation_records.read(lines, name))
        with open_writer(corpus.path) as writer:
            new, changed = writer.keep_annotations(found)
    tell_refused(refused)
    tell(_("{new} new, {changed} with a newer text.").format(new=new, changed=changed), err=False)
    return REJECTED if refused else 0
