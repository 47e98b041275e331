"""What can be exported, and in which forms. Everything is written as it is read: an export of any size takes little
memory (of a graph's ties, some 24 bytes each).

JSON Lines have the fields of the lists' `--json`; CSV has them flat, one row for each sentence of an event. As text,
Markdown or HTML, articles and the timeline are written to be read, other subjects as tables.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.answers import Article, EntityRow, Filter, Tie
from store.errors import QueryError
from store.export import annotation_records, delimited, differing, graph, markup, records, rows, search_records, spoken
from store.export.options import Options
from store.export.plain import dumps
from store.export.records import Record
from store.spoken import StatementRow, Wanted

if TYPE_CHECKING:
    from store.database.queries import Reader

_PAGE = 200

Records = Callable[["Reader", Filter, "Options"], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be exported: its records, and how a record becomes rows of a table."""

    records: Records
    columns: tuple[str, ...]
    rows: Callable[[Record], Iterable[Sequence[object]]]
    formats: tuple[str, ...] = ("jsonl", "csv", "md", "html")


def _whole(reader: Reader, f: Filter, options: Options) -> Iterator[Article]:
    return rows.whole_articles(reader, f, options.limit, options.only)


def _articles(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    for article in _whole(reader, f, options):
        yield {
            **records.article_row(article.row),
            "url": article.document.url,
            "digest": article.document.digest,
            "text": article.document.text,
        }


def _entity_rows(reader: Reader, f: Filter, options: Options) -> Iterator[EntityRow]:
    return rows.entities(reader, f, options.limit, options.only)


def _entities(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    return map(records.entity_row, _entity_rows(reader, f, options))


def _mentions(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    wanted = options.of or f.entities
    for article in _whole(reader, f, options):
        starts = [sentence.start for sentence in article.sentences]
        for stored in article.mentions:
            if f.type in (None, stored.mention.type) and (not wanted or stored.entity_id in wanted):
                at = bisect_right(starts, stored.mention.start) - 1
                yield records.mention(article, stored, article.sentences[at] if at >= 0 else None)


def _statements(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    return itertools.islice(map(spoken.statement_row, _statement_rows(reader, f, options)), options.limit)


def _statement_rows(reader: Reader, f: Filter, options: Options) -> Iterator[StatementRow]:
    for speaker in options.of or (None,):
        ids = reader.statement_ids(f, Wanted(speaker), options.limit)
        for start in range(0, len(ids), _PAGE):
            yield from reader.statement_rows(ids[start : start + _PAGE])


def _quantities(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    articles = reader.article_ids(f)
    pages = (articles[start : start + _PAGE] for start in range(0, len(articles), _PAGE))
    found = itertools.chain.from_iterable(map(reader.quantities_in, pages))
    return map(spoken.quantity_row, itertools.islice(found, options.limit))


def _differing(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    for entity in options.of or (None,):
        yield from map(differing.row, reader.differing(f, entity).rows[: options.limit])


def _timeline(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    return map(records.event_row, rows.events(reader, f, options.limit, only=options.only))


def _ties(reader: Reader, f: Filter, options: Options) -> Sequence[Tie]:
    nodes = array("q", (row.id for row in _entity_rows(reader, f, options)))
    return reader.ties(nodes, f, options.least, options.ties)


def _graph(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    ties = _ties(reader, f, options)
    for start in range(0, len(ties), _PAGE):
        page = ties[start : start + _PAGE]
        ids = tuple({id_: None for tie in page for id_ in (tie.source, tie.target)})
        names = {row.id: row.name for row in reader.entities(ids)}
        for tie in page:
            yield {
                "source": tie.source,
                "source_name": names.get(tie.source, ""),
                "target": tie.target,
                "target_name": names.get(tie.target, ""),
                "sentences": tie.sentences,
                "articles": tie.articles,
            }


def _edits(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    if f != Filter():
        raise QueryError("the log of edits is written as a whole", remedy="leave the filters out")
    return map(records.edit, itertools.islice(reader.edits(), options.limit))


def _trends(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    from store.export import trends

    return trends.of_cells(trends.asked(reader, f, options))


def _none(_reader: Reader, _f: Filter, _options: Options) -> Iterator[Record]:
    return iter(())


def _annotations(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    if f != Filter():
        raise QueryError("annotations are written as a whole", remedy="leave the filters out")
    return map(annotation_records.record, annotation_records.every(reader, options.limit))


def _searches(reader: Reader, f: Filter, options: Options) -> Iterator[Record]:
    if f != Filter():
        raise QueryError("saved searches are written as a whole", remedy="leave the filters out")
    return search_records.every(reader, options.limit)


def _row(*names: str) -> Callable[[Record], Iterable[Sequence[object]]]:
    return lambda record: [[record[name] for name in names]]


def _article_row(record: Record) -> Iterable[Sequence[object]]:
    published = record["published"]
    return [
        [record["id"], record["title"], published["value"], published["basis"]]
        + [record[name] for name in ("outlet", "path", "url", "digest", "text")]
    ]


def _statement_row(record: Record) -> Iterable[Sequence[object]]:
    speaker = record["speaker"] or {"name": None, "named": None}
    names = {name: record[name] and record[name]["name"] for name in ("addressee", "via")}
    flat = {**record, **names, "speaker": speaker["name"], "named": speaker["named"], **_around(record)}
    return [[flat[name] for name in _STATEMENT]]


def _quantity_row(record: Record) -> Iterable[Sequence[object]]:
    return [[{**record, **_around(record)}[name] for name in _QUANTITY]]


def _around(record: Record) -> Record:
    sentence = record["sentence"]
    return {"sentence_start": sentence["start"], "sentence_end": sentence["end"], "sentence": sentence["text"]}


def _edit_row(record: Record) -> Iterable[Sequence[object]]:
    return [[{**record, "about": " | ".join(record["about"])}[name] for name in _EDIT]]


def _event_rows(record: Record) -> Iterable[Sequence[object]]:
    head = [record[name] for name in _EVENT]
    head.append(" | ".join(record["names"]))
    for sentence in record["sentences"]:
        yield [*head, sentence["article"], sentence["start"], sentence["end"], sentence["text"]]


_MENTION = (
    "article", "start", "end", "text", "type", "name", "entity_id", "entity", "score", "rule", "reason",
    "sentence_start", "sentence_end", "sentence", "title",
)  # fmt: skip
_STATEMENT = (
    "article", "published", "outlet", "start", "end", "direct", "kind", "speaker", "named", "entity_id", "verb",
    "addressee", "via", "rule", "text", "sentence_start", "sentence_end", "sentence",
)  # fmt: skip
_QUANTITY = (
    "article", "published", "outlet", "start", "end", "text", "value", "low", "high", "unit", "about", "rule",
    "sentence_start", "sentence_end", "sentence",
)  # fmt: skip
_TIE = ("source", "source_name", "target", "target_name", "sentences", "articles")
_EVENT = ("id", "value", "earliest", "latest", "precision", "modality", "outlets", "bound")
_EDIT = ("id", "made", "action", "about", "value", "undone", "who", "undone_by", "redone", "redone_by", "group", "uid")
_TREND = ("id", "name", "type", "value", "articles", "mentions", "of")
_ENTITY = ("id", "name", "type", "mentions", "articles", "entity")

_SIDE = ("article", "published", "outlet", "who", "entity_id", "kind", "start", "end", "text", "sentence")
_DIFFERING = ("rule", "score", *(f"{name}_{which}" for which in (1, 2) for name in _SIDE))


def _differing_row(record: Record) -> Iterator[Sequence[object]]:
    sides = ({**side, "sentence": side["sentence"]["text"]} for side in (record["one"], record["other"]))
    yield [record["rule"], record["score"], *(side[name] for side in sides for name in _SIDE)]


SUBJECTS: dict[str, Subject] = {
    "articles": Subject(
        _articles, ("id", "title", "published", "basis", "outlet", "path", "url", "digest", "text"), _article_row
    ),
    "entities": Subject(_entities, _ENTITY, _row(*_ENTITY)),
    "mentions": Subject(_mentions, _MENTION, _row(*_MENTION)),
    "statements": Subject(_statements, _STATEMENT, _statement_row),
    "quantities": Subject(_quantities, _QUANTITY, _quantity_row),
    "differing": Subject(_differing, _DIFFERING, _differing_row),
    "timeline": Subject(
        _timeline,
        (*_EVENT, "names", "article", "start", "end", "sentence"),
        _event_rows,
        ("jsonl", "csv", "txt", "md", "html"),
    ),
    "graph": Subject(_graph, _TIE, _row(*_TIE), ("gexf", "graphml", "jsonl", "csv")),
    "edits": Subject(_edits, _EDIT, _edit_row),
    "annotations": Subject(_annotations, annotation_records.COLUMNS, _row(*annotation_records.COLUMNS)),
    "searches": Subject(_searches, search_records.COLUMNS, search_records.row),
    "trends": Subject(_trends, _TREND, _row(*_TREND), ("svg", "jsonl", "csv", "txt")),
    "brief": Subject(_none, (), _row(), ("md",)),
    "report": Subject(_none, (), _row(), ("html",)),
}
FORMATS = ("jsonl", "csv", "txt", "md", "html", "gexf", "graphml", "svg")
"""The first of a subject's formats is its own, where none is asked for."""


def pieces(reader: Reader, what: str, form: str, f: Filter, options: Options) -> Iterator[str]:
    """As `store.export.export`."""
    subject = SUBJECTS[what]
    if form not in subject.formats:
        raise QueryError(f"{what} cannot be written as {form}", remedy=f"choose one of {', '.join(subject.formats)}")
    if what == "graph" and form in ("gexf", "graphml"):
        ties = _ties(reader, f, options)
        return (graph.gexf if form == "gexf" else graph.graphml)(_entity_rows(reader, f, options), ties)
    if what in ("brief", "report") or form == "svg" or (what == "trends" and form == "txt"):
        return _to_read(reader, what, form, f, options)
    if what == "timeline" and form in ("txt", "md", "html"):
        return _timeline_to_read(reader, form, f, options)
    if what == "articles" and form in ("md", "html"):
        whole = _whole(reader, f, options)
        return markup.markdown_articles(whole) if form == "md" else markup.html_articles("khabar: articles", whole)
    if what == "annotations" and form == "md" and f == Filter():
        return annotation_records.document(reader, annotation_records.every(reader, options.limit))
    found = subject.records(reader, f, options)
    if form == "jsonl":
        return (dumps(record) + "\n" for record in found)
    cells = (row for record in found for row in subject.rows(record))
    if form == "csv":
        return delimited.csv_lines(subject.columns, cells)
    if form == "md":
        return markup.markdown_table(subject.columns, cells)
    return markup.html_table(f"khabar: {what}", subject.columns, cells)


def _to_read(reader: Reader, what: str, form: str, f: Filter, options: Options) -> Iterator[str]:
    # What draws and tells is needed for nothing else that is exported.
    if what == "brief":
        from store.export.brief import brief

        return brief(reader, f, options)
    if what == "report":
        from store.export.report import report

        return report(reader, f, options)
    from store.export import trends, trends_svg

    found = trends.asked(reader, f, options)
    return trends.plain(found, options) if form == "txt" else trends_svg.drawing(found, options)


def _timeline_to_read(reader: Reader, form: str, f: Filter, options: Options) -> Iterator[str]:
    # Calendars and words for dates are needed for nothing else that is exported.
    from store.export import timeline_page, timeline_text

    forms = {"txt": timeline_text.plain, "md": timeline_text.document, "html": timeline_page.page}
    return forms[form](reader, f, options.limit, options.only)
