"""What a document says of itself and what cleaning found, beside the article that both made.

Most of it is what the article has anyway: such a column is NULL and its bit in `same` is set.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from store.database import sayings
from store.database.indexing import stored_blocks
from store.database.packing import pack
from store.models import MARKED, Analysis, Block, Cleaned, Document, Published, Source, Title

if TYPE_CHECKING:
    from store.database.repeated import Repeated

SHARED = (
    ("title", "a.title"),
    ("clean_title", "a.title"),
    ("outlet", "o.name"),
    ("clean_outlet", "o.name"),
    ("published", "a.published"),
    ("found_published", "a.published"),
    ("found_basis", "a.basis"),
    ("found_reason", "a.reason"),
)
"""Columns of documents, each with that of articles `a` or outlets `o` that it may repeat; bits of `same` in order."""
_DATED = [at for at, (_, column) in enumerate(SHARED) if column in ("a.published", "a.basis", "a.reason")]
_JOINS = "documents d JOIN articles a ON a.id = d.article_id LEFT JOIN outlets o ON o.id = a.outlet_id"


def _read(name: str, table: str = "d") -> str:
    """SQL for one of the columns, wherever it stands."""
    at = [column for column, _ in SHARED].index(name)
    return f"CASE WHEN {table}.same & {1 << at} THEN {SHARED[at][1]} ELSE {table}.{name} END"


_FOUND = f"SELECT {_read('found_published')}, {_read('found_basis')}, {_read('found_reason')} FROM {_JOINS}"
_DOCUMENT = (
    "SELECT t.text, a.path, g.reader, g.reader_version, g.encoding, d.digest, d.id,"
    f" {_read('title')}, {_read('published')}, g.published_basis, {_read('outlet')}, d.url, d.replaced,"
    f" {_read('clean_title')}, d.clean_title_start, d.clean_title_end, g.clean_title_basis, {_read('clean_outlet')},"
    f" g.outlet_reason, d.keywords, d.said, d.language FROM {_JOINS} JOIN texts t ON t.article_id = d.article_id"
    " JOIN origins g ON g.id = d.origin_id"
)


def read(connection: sqlite3.Connection, article_id: int) -> tuple[Document, Cleaned]:
    """The document of an article as it was read, and what cleaning found out about it."""
    row = connection.execute(f"{_DOCUMENT} WHERE d.article_id = ?", (article_id,)).fetchone()
    text, path, reader, version, encoding, digest, *said = row[:13]
    title = Title(*row[13:17]) if row[13] is not None else None
    source = Source(path, reader, version, encoding)
    blocks = tuple(stored_blocks(connection, article_id))
    heard = [replace(block, rule=block.rule.removeprefix(MARKED)) for block in blocks if block.rule.startswith(MARKED)]
    overruled = connection.execute('SELECT start, "end", kind, rule FROM overruled WHERE article_id = ?', (article_id,))
    marks = tuple(sorted([*heard, *(Block(*row) for row in overruled)], key=lambda mark: mark.start))
    document = Document(text, source, bytes(digest).hex(), *said)
    document = replace(document, said=sayings.read(connection, row[20]), marks=marks)
    return document, Cleaned(blocks, title, row[17], row[18], tuple(json.loads(row[19] or "[]")), row[21])


def store(
    connection: sqlite3.Connection, repeated: Repeated, article_id: int, analysis: Analysis, title: str,
    outlet: str | None, published: Published, by_others: bool,
) -> None:  # fmt: skip
    """Stores what is said of an article with this title, outlet and date, and its text."""
    document, cleaned, found = analysis.document, analysis.cleaned, analysis.published
    source, span = document.source, cleaned.title
    article = {
        "a.title": title,
        "o.name": outlet or None,
        "a.published": published.value,
        "a.basis": published.basis,
        "a.reason": published.reason,
    }
    said = (
        document.title, span and span.text, document.outlet, cleaned.outlet, document.published, found.value,
        found.basis, found.reason,
    )  # fmt: skip
    same = [value == article[column] for value, (_, column) in zip(said, SHARED, strict=True)]
    origin = repeated.id(
        "origins", source.reader, source.version, source.encoding, document.published_basis,
        span.basis if span else None, cleaned.outlet_reason,
    )  # fmt: skip
    kept = sayings.store(connection, repeated, article_id, document.said, cleaned.keywords)
    connection.execute(
        f"INSERT INTO documents VALUES ({', '.join('?' * 23)})",
        (
            article_id, bytes.fromhex(document.digest), origin, int(time.time()), analysis.recogniser, by_others,
            document.replaced, sum(1 << at for at, shared in enumerate(same) if shared), document.id, document.url,
            span and span.start, span and span.end,
            *(None if shared else value for value, shared in zip(said, same, strict=True)),
            json.dumps(cleaned.keywords, ensure_ascii=False) if cleaned.keywords else None, kept, cleaned.language,
        ),
    )  # fmt: skip
    packed = analysis.prepared.packed if analysis.prepared else None
    connection.execute("INSERT INTO packed_texts VALUES (?, ?)", (article_id, packed or pack(document.text)))
    if document.labels:
        heard = [block.start for block in cleaned.blocks if block.rule.startswith(MARKED)]
        connection.executemany(
            "INSERT INTO overruled VALUES (?, ?, ?, ?, ?)",
            [
                (article_id, mark.start, mark.end, mark.kind, mark.rule)
                for mark in document.marks
                if not any(mark.start <= start < mark.end for start in heard)
            ],
        )


def found(connection: sqlite3.Connection, article_id: int) -> tuple[str | None, str, str]:
    """Value, basis and reason of the date that was found, which a person's may stand before."""
    value, basis, reason = connection.execute(f"{_FOUND} WHERE d.article_id = ?", (article_id,)).fetchone()
    return value, basis, reason


def keep_dates(connection: sqlite3.Connection, article_id: int) -> None:
    """Stores what a document says of its date and what was found, before its article is given another one."""
    assigned = ", ".join(f"{SHARED[at][0]} = {_read(SHARED[at][0], 'documents')}" for at in _DATED)
    connection.execute(
        f"UPDATE documents SET {assigned}, same = same & ~{sum(1 << at for at in _DATED)} FROM articles a"
        " WHERE a.id = article_id AND article_id = ?",
        (article_id,),
    )
