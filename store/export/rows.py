"""What lists and exports run through, a page of rows at a time: a corpus of any size takes the memory of one page.

Ids come as arrays in their final order, rows are asked for as they are needed.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.answers import Article, ArticleRow, EntityRow, EventOrder, EventRow, Filter

if TYPE_CHECKING:
    from store.database.queries import Reader

_PAGE = 200


def articles(reader: Reader, f: Filter, limit: int | None = None) -> Iterator[ArticleRow]:
    """The articles that pass `f`, newest first, with snippets when it has a query."""
    yield from these_articles(reader, reader.article_ids(f, most=limit), f.query, f.latin)


def these_articles(reader: Reader, ids: Sequence[int], query: str = "", latin: bool = True) -> Iterator[ArticleRow]:
    """Articles in the order of their ids, with snippets for a query."""
    for page in _pages(ids):
        yield from reader.articles(page, query, latin)


def whole_articles(
    reader: Reader, f: Filter, limit: int | None = None, only: Sequence[int] | None = None
) -> Iterator[Article]:
    """The articles that pass `f`, newest first, or `only` these, each with its text and spans."""
    for number in _first(only, limit) if only is not None else reader.article_ids(f, most=limit):
        yield reader.article(number)


def entities(
    reader: Reader, f: Filter, limit: int | None = None, only: Sequence[int] | None = None
) -> Iterator[EntityRow]:
    """The entities of the articles that pass `f`, all types together, those of most articles first; or `only` these,
    in their order."""

    def of_group(ids: Sequence[int]) -> Iterator[EntityRow]:
        for page in _pages(ids):
            yield from reader.entities(page, f)

    if only is not None:
        return of_group(_first(only, limit))
    groups = [of_group(ids) for _type, ids in reader.entity_groups(f, most=limit)]
    return itertools.islice(heapq.merge(*groups, key=lambda row: (-row.articles, -row.mentions)), limit)


def events(
    reader: Reader,
    f: Filter,
    limit: int | None = None,
    order: EventOrder = "time",
    only: Sequence[int] | None = None,
) -> Iterator[EventRow]:
    """The events that pass `f`, earliest first, or those first that most outlets tell; or `only` these, in their
    order."""
    for page in _pages(_first(only, limit) if only is not None else reader.event_ids(f, order, limit)):
        yield from reader.events(page)


def _first(ids: Sequence[int], limit: int | None) -> Sequence[int]:
    return ids if limit is None else ids[:limit]


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]
