"""What corrections do to a corpus: run in threads, imported with what they need when there is something to correct."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.answers import Suggestion
from store.models import BlockKind, MentionType
from tui.screens.asking import insist_on

if TYPE_CHECKING:
    from store.database.writing import Writer

Group = tuple[int, Sequence[int]]
"""An entity, and those that are to be one with it."""


def correct(corpus: Path, edit: Callable[[Writer], None]) -> None:
    """Make edits that are one: undone together, and with what is read again because of them."""
    from store.correcting import correct

    insist_on(corpus)
    correct(corpus, edit)


def merge(corpus: Path, groups: Sequence[Group]) -> None:
    """Make the entities of each group one."""

    def edit(writer: Writer) -> None:
        for into, others in groups:
            writer.merge_entities(others, into)

    correct(corpus, edit)


def merge_events(corpus: Path, events: Sequence[int]) -> None:
    """Make events one."""
    correct(corpus, lambda writer: writer.merge_events(events))


def keep_apart(corpus: Path, pairs: Sequence[tuple[int, int]]) -> None:
    """Never suggest pairs of entities again."""

    def edit(writer: Writer) -> None:
        for one, other in pairs:
            writer.keep_apart(one, other)

    correct(corpus, edit)


def retype(corpus: Path, entities: Sequence[int], kind: MentionType) -> None:
    """Say of what kind entities are."""
    correct(corpus, lambda writer: writer.retype_entities(entities, kind))


def hide(corpus: Path, entities: Sequence[int], hidden: bool = True) -> None:
    """Leave entities out of the lists, or show them again."""
    correct(corpus, lambda writer: writer.hide_entities(entities, hidden))


def split(corpus: Path, entity: int, names: Sequence[str], articles: Sequence[int] = ()) -> None:
    """Take names out of an entity, or what it is called in some articles."""

    def edit(writer: Writer) -> None:
        if articles:
            writer.split_articles(entity, articles)
        else:
            writer.split_entity(entity, names)

    correct(corpus, edit)


def redate(corpus: Path, articles: Sequence[int], day: str | None) -> None:
    """Date articles."""
    correct(corpus, lambda writer: writer.redate_articles(articles, day))


def date_as_found(corpus: Path, articles: Sequence[int]) -> int:
    """Take back the dates that people gave articles; of how many they had given one."""
    from store.correcting import correct

    insist_on(corpus)
    return correct(corpus, lambda writer: writer.take_back_dates(articles))


def relabel(corpus: Path, article: int, offsets: Sequence[int], kind: BlockKind) -> None:
    """Say what blocks of an article are."""
    correct(corpus, lambda writer: writer.relabel_blocks([(article, offset) for offset in offsets], kind))


def undo(corpus: Path, number: int | None = None) -> str | None:
    """Take back an edit, the last that stands without a number; what it was in words, None for nothing."""
    from store.correcting import undo

    insist_on(corpus)
    return undo(corpus, number)


def redo(corpus: Path, number: int | None = None) -> str | None:
    """Do an edit again that was taken back, the last without a number; what it was in words, None for nothing."""
    from store.correcting import redo

    insist_on(corpus)
    return redo(corpus, number)


def groups_of(suggestions: Sequence[Suggestion]) -> list[Group]:
    """Entities that are to be one by several pairs, each group with the one of most articles first."""
    root: dict[int, int] = {}
    size: dict[int, int] = {}

    def top(entity: int) -> int:
        while root.get(entity, entity) != entity:
            entity = root[entity]
        return entity

    for pair in suggestions:
        for row in (pair.into, pair.other):
            root.setdefault(row.id, row.id)
            size[row.id] = row.articles
        one, other = top(pair.into.id), top(pair.other.id)
        if size[one] < size[other]:
            one, other = other, one
        root[other] = one
    groups: dict[int, list[int]] = {}
    for entity in root:
        if (into := top(entity)) != entity:
            groups.setdefault(into, []).append(entity)
    return list(groups.items())
