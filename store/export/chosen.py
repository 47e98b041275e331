"""Rows that somebody chose one by one, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.export import delimited, records, rows
from store.export.subjects import SUBJECTS

if TYPE_CHECKING:
    from store.database.queries import Reader


def csv(reader: Reader, what: str, ids: Sequence[int]) -> Iterator[str]:
    """The articles, entities or events with these ids (`what` is "articles", "entities" or "timeline"), a row a piece,
    as `store.export.export` writes them; those that are there no more are left out."""
    subject = SUBJECTS[what]
    found: Iterator[records.Record]
    if what == "articles":
        there = [row.id for row in rows.these_articles(reader, ids)]
        found = (
            {
                **records.article_row(article.row),
                "url": article.document.url,
                "digest": article.document.digest,
                "text": article.document.text,
            }
            for article in map(reader.article, there)
        )
    elif what == "entities":
        found = map(records.entity_row, reader.entities(ids))
    else:
        found = map(records.event_row, reader.events(ids))
    return delimited.csv_lines(subject.columns, (row for record in found for row in subject.rows(record)))
