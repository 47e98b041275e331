"""Bookmarks, tags and notes: listed, put on articles and entities, and taken in from another corpus."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import MOST, as_json, entity_called, limited
from tui.cli.running import REJECTED, Commands, Session, complain, tell
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import in_words

if TYPE_CHECKING:
    from store.annotations import Annotation, Kind
    from store.errors import InputError


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
        cells = ([one.made[:10], one.kind, one.key.on, _where(one), one.text, one.quote] for one, _ in found)
        write_table(session, corpus, columns, cells, _("No annotations."))


def _where(one: Annotation) -> str:
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
@click.option("--article", "articles", type=click.IntRange(1, MOST), multiple=True, metavar="ID", help="On an article.")
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="On an entity, by its name or #ID.")
@click.option("--bookmark", is_flag=True, help="A bookmark.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="A note.")
@click.pass_obj
def add(
    session: Session,
    articles: tuple[int, ...],
    entities: tuple[str, ...],
    bookmark: bool,
    tags: tuple[str, ...],
    notes: tuple[str, ...],
) -> None:
    """Put bookmarks, tags and notes on articles and entities; what is there already stays once."""
    from store.annotations import Target
    from store.database import open_writer

    wanted: list[tuple[Kind, str]] = [("bookmark", "")] if bookmark else []
    wanted += [("tag", tag) for tag in tags]
    wanted += [("note", note) for note in notes]
    if not wanted or not (articles or entities):
        raise click.UsageError(_("say on what (--article, --entity) and which (--bookmark, --tag, --note)"))
    with session.reader() as (reader, corpus):
        targets = [Target("article", article) for article in articles]
        targets += [Target("entity", entity_called(reader, name).id) for name in entities]
    with open_writer(corpus.path) as writer, writer.transaction():
        for target in targets:
            for kind, text in wanted:
                writer.annotate(target, kind, text)


@annotated.command("import")
@click.argument("file", metavar="FILE")
@click.pass_obj
def take_in(session: Session, file: str) -> int:
    """Take in annotations that khabar export annotations wrote, of this corpus or another.

    Each is taken in once, however often it comes; where it comes with a newer text, that stands. What it is on need not
    be in the corpus. Lines that are no annotations are told and left out. FILE may be - for stdin.
    """
    from store.annotations import Annotation
    from store.database import open_writer
    from store.export import annotation_records

    corpus = session.corpus()
    refused: list[InputError] = []

    def fine(found: Iterable[Annotation | InputError]) -> Iterator[Annotation]:
        for one in found:
            if isinstance(one, Annotation):
                yield one
            else:
                refused.append(one)

    if file == "-":
        lines = annotation_records.bounded(sys.stdin.buffer)
        with open_writer(corpus.path) as writer:
            new, changed = writer.keep_annotations(fine(annotation_records.read(lines, "stdin")))
    else:
        with Path(file).open("rb") as stream, open_writer(corpus.path) as writer:
            lines = annotation_records.bounded(stream)
            new, changed = writer.keep_annotations(fine(annotation_records.read(lines, file)))
    for error in refused[:_TOLD]:
        complain(in_words(error))
    if len(refused) > _TOLD:
        more = len(refused) - _TOLD
        complain(ngettext("and {n} lines more", "and {n} lines more", more).format(n=more))
    tell(_("{new} new, {changed} with a newer text.").format(new=new, changed=changed), err=False)
    return REJECTED if refused else 0


_TOLD = 20
"""So many lines that are refused are told one by one."""
