"""What can be exported, and in which forms. Everything is written as it is read: an export of any size takes little
memory (but for a graph's edges).

JSON Lines have the fields of the lists' `--json`; CSV has them flat, one row for each sentence of an event. As text,
Markdown or HTML, articles and the timeline are written to be read, other subjects as tables.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.answers import Filter
from store.errors import QueryError
from store.export import annotation_records, delimited, graph, markup, records, rows
from store.export.plain import dumps
from store.export.records import Record

if TYPE_CHECKING:
    from store.database.queries import Reader

Records = Callable[["Reader", Filter, int | None], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be exported: its records, and how a record becomes rows of a table."""

    records: Records
    columns: tuple[str, ...]
    rows: Callable[[Record], Iterable[Sequence[object]]]
    formats: tuple[str, ...] = ("jsonl", "csv", "md", "html")


def _articles(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    for article in rows.whole_articles(reader, f, limit):
        yield {
            **records.article_row(article.row),
            "url": article.document.url,
            "digest": article.document.digest,
            "text": article.document.text,
        }


def _entities(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    return map(records.entity_row, rows.entities(reader, f, limit))


def _mentions(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    for article in rows.whole_articles(reader, f, limit):
        for mention in records.article(article)["mentions"]:
            if f.type in (None, mention["type"]) and (not f.entities or mention["entity_id"] in f.entities):
                yield {"article": article.row.id, **mention}


def _timeline(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    return map(records.event_row, rows.events(reader, f, limit))


def _graph(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    nodes = {row.id: row for row in rows.entities(reader, f, limit)}
    for tie in graph.edges(rows.whole_articles(reader, f), nodes):
        yield {
            "source": tie.source,
            "source_name": nodes[tie.source].name,
            "target": tie.target,
            "target_name": nodes[tie.target].name,
            "sentences": tie.sentences,
            "articles": tie.articles,
        }


def _edits(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    if f != Filter():
        raise QueryError("the log of edits is written as a whole", remedy="leave the filters out")
    return map(records.edit, itertools.islice(reader.edits(), limit))


def _annotations(reader: Reader, f: Filter, limit: int | None) -> Iterator[Record]:
    if f != Filter():
        raise QueryError("annotations are written as a whole", remedy="leave the filters out")
    return map(annotation_records.record, annotation_records.every(reader, limit))


def _row(*names: str) -> Callable[[Record], Iterable[Sequence[object]]]:
    return lambda record: [[record[name] for name in names]]


def _article_row(record: Record) -> Iterable[Sequence[object]]:
    published = record["published"]
    return [
        [record["id"], record["title"], published["value"], published["basis"]]
        + [record[name] for name in ("outlet", "path", "url", "digest", "text")]
    ]


def _edit_row(record: Record) -> Iterable[Sequence[object]]:
    return [[{**record, "about": " | ".join(record["about"])}[name] for name in _EDIT]]


def _event_rows(record: Record) -> Iterable[Sequence[object]]:
    head = [record[name] for name in _EVENT]
    head.append(" | ".join(record["names"]))
    for sentence in record["sentences"]:
        yield [*head, sentence["article"], sentence["start"], sentence["end"], sentence["text"]]


_MENTION = ("article", "start", "end", "text", "type", "name", "entity_id", "entity", "score", "rule", "reason")
_TIE = ("source", "source_name", "target", "target_name", "sentences", "articles")
_EVENT = ("id", "value", "earliest", "latest", "precision", "modality", "outlets", "bound")
_EDIT = ("id", "made", "action", "about", "value", "undone", "who", "undone_by", "group", "uid")
_ENTITY = ("id", "name", "type", "mentions", "articles", "entity")

SUBJECTS: dict[str, Subject] = {
    "articles": Subject(
        _articles, ("id", "title", "published", "basis", "outlet", "path", "url", "digest", "text"), _article_row
    ),
    "entities": Subject(_entities, _ENTITY, _row(*_ENTITY)),
    "mentions": Subject(_mentions, _MENTION, _row(*_MENTION)),
    "timeline": Subject(
        _timeline,
        (*_EVENT, "names", "article", "start", "end", "sentence"),
        _event_rows,
        ("jsonl", "csv", "txt", "md", "html"),
    ),
    "graph": Subject(_graph, _TIE, _row(*_TIE), ("gexf", "jsonl", "csv")),
    "edits": Subject(_edits, _EDIT, _edit_row),
    "annotations": Subject(_annotations, annotation_records.COLUMNS, _row(*annotation_records.COLUMNS)),
}
FORMATS = ("jsonl", "csv", "txt", "md", "html", "gexf")


def pieces(reader: Reader, what: str, form: str, f: Filter, limit: int | None) -> Iterator[str]:
    """As `store.export.export`."""
    subject = SUBJECTS[what]
    if form not in subject.formats:
        raise QueryError(f"{what} cannot be written as {form}", remedy=f"choose one of {', '.join(subject.formats)}")
    if form == "gexf":
        nodes = list(rows.entities(reader, f, limit))
        ties = graph.edges(rows.whole_articles(reader, f), (node.id for node in nodes))
        return graph.gexf(nodes, ties)
    if what == "timeline" and form in ("txt", "md", "html"):
        return _timeline_to_read(reader, form, f, limit)
    if what == "articles" and form in ("md", "html"):
        whole = rows.whole_articles(reader, f, limit)
        return markup.markdown_articles(whole) if form == "md" else markup.html_articles("khabar: articles", whole)
    if what == "annotations" and form == "md" and f == Filter():
        return annotation_records.document(reader, annotation_records.every(reader, limit))
    found = subject.records(reader, f, limit)
    if form == "jsonl":
        return (dumps(record) + "\n" for record in found)
    cells = (row for record in found for row in subject.rows(record))
    if form == "csv":
        return delimited.csv_lines(subject.columns, cells)
    if form == "md":
        return markup.markdown_table(subject.columns, cells)
    return markup.html_table(f"khabar: {what}", subject.columns, cells)


def _timeline_to_read(reader: Reader, form: str, f: Filter, limit: int | None) -> Iterator[str]:
    # Calendars and words for dates are needed for nothing else that is exported.
    from store.export import timeline_page, timeline_text

    forms = {"txt": timeline_text.plain, "md": timeline_text.document, "html": timeline_page.page}
    return forms[form](reader, f, limit)
