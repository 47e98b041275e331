"""Tables as CSV or TSV: a heading, then an article a row; columns are known by their names, Arabic ones too."""

from __future__ import annotations

import codecs
import csv
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from store.errors import InputError
from store.models import Document, Source
from store.readers import moments, records
from store.readers.controls import tame_line
from store.readers.encoding import decode
from store.readers.source import HEAD, ByteSource

NAME, VERSION = "table", "1"
LINE_LIMIT = 4 << 20
"""Most characters of one line and of one field."""
COLUMNS = 1000
"""Most columns."""
NAMES = 16 << 10
"""Most characters of all their names: what is known of a row hangs on them."""

_DELIMITERS = (",", ";", "\t", "|")
_SHOWN = 60
"""Characters of a name that are shown."""
_SAMPLE = 200
"""Rows looked at to tell how dates are written."""
_CODECS = {"windows-1256": "cp1256", "iso-8859-6": "iso8859_6", "utf-16": "utf-16", "utf-32": "utf-32"}
_NO_TEXT = "name it with --map text=COLUMN"


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    escaped: bool
    """Whether a quote in a field has a backslash before it instead of being doubled."""


def heading(sample: str) -> bool:
    """Whether text begins as a table of articles: with two names known here, one of them of the text, and a row."""
    first, _, rest = sample.lstrip("\ufeff\r\n").partition("\n")
    delimiter = _delimiter(first[:10_000])
    names = _cells(first[:10_000].rstrip("\r"), delimiter)
    known = {what for name in names if (what := records.field(name))}
    second = rest.lstrip().partition("\n")[0]
    return "text" in known and len(known) > 1 and (second.startswith('"') or second.count(delimiter) == len(names) - 1)


def read(source: ByteSource) -> Iterator[Document | InputError]:
    """A document or an error for each row ("news.csv:12" is the one that begins on line 12), in order."""
    try:
        encoding, sample, lines = _lines(source)
        yield from _rows(source, encoding, sample, lines)
    except InputError as error:
        yield error


def _rows(source: ByteSource, encoding: str, sample: str, lines: Iterator[str]) -> Iterator[Document | InputError]:
    counter = _Counter(lines, source.name)
    begun = iter(counter)
    first = next((line for line in begun if line.strip()), "")
    if first.startswith("sep=") and len(first.strip()) == 5:  # as Excel writes it
        first = next(begun, "")
    if not first:
        raise counter.failed or InputError("is empty", source.name, "check where it came from")
    before = counter.number - 1
    dialect = _Dialect(_delimiter(first), '\\"' in sample and '""' not in sample)
    rows = _parsed(itertools.chain([first], begun), counter, dialect, before)
    _, cells = next(rows, (0, []))
    names = [tame_line(name) for name in cells[: COLUMNS + 1]]
    if len(names) > COLUMNS:
        raise InputError(f"has more than {COLUMNS:,} columns", source.name, "check how its columns are parted")
    if sum(map(len, names)) > NAMES:
        raise InputError(
            f"has names of columns of more than {NAMES >> 10} KB", source.name, "check that its first line is a heading"
        )
    counted = Counter(names)
    shared = {name for name in names if name and counted[name] > 1}
    columns = _columns(names, shared, source)
    texts = _texts(names, columns)
    ahead = list(itertools.islice(rows, _SAMPLE))
    order = _order(names, ahead, columns)
    some = False
    for number, row in itertools.chain(ahead, rows):
        if not any(cell.strip() for cell in row):
            continue
        some = True
        where = Source(f"{source.name}:{number}", NAME, VERSION, encoding)
        if len(row) <= len(names) and not any(at < len(row) and row[at].strip() for at in texts):
            # Before the names of a thousand columns are gone through for it.
            yield records.without_text(where.path, "column")
            continue
        yield _document(names, row, where, columns, order)
    if counter.failed is not None:
        yield counter.failed
    elif not some:
        raise InputError("has a heading and no rows", source.name, "check where it came from")


def _columns(names: list[str], shared: set[str], source: ByteSource) -> Mapping[str, str]:
    """What a person said of the columns, checked against those that are there."""
    there = ", ".join(name[:_SHOWN] for name in names[:30] if name) + (", …" if len(names) > 30 else "")
    for name in source.columns.values():
        if name and tame_line(name) not in names:
            raise InputError(f'has no column "{tame_line(name)}"', source.name, f"its columns are: {there}")
    columns = {what: tame_line(name) for what, name in source.columns.items()}
    if not source.columns and not any(map(records.field, names)) and any(map(_is_cell, names)):
        raise InputError(
            "has no heading: its first line is an article",
            source.name,
            "write the names of its columns on a line above it: title,text,published,outlet,url",
        )
    if "text" not in columns and not any(records.field(name) == "text" for name in names):
        raise InputError("has no column that is known to hold the text", source.name, f"{_NO_TEXT}; it has {there}")
    texts = [name for name in names if records.field(name) == "text"]
    used = [*columns.values(), *([] if "text" in columns else texts[:1])]
    if twice := [name for name in used if name in shared]:
        raise InputError(f'has several columns "{twice[0][:_SHOWN]}"', source.name, "give each a name of its own")
    return columns


def _is_cell(name: str) -> bool:
    """Whether what stands on the first line is no name of a column: too long for one, an address, a date."""
    return len(name) > _SHOWN or name.startswith(("http://", "https://")) or moments.read(name) is not None


def _texts(names: list[str], columns: Mapping[str, str]) -> list[int]:
    """Where the text of a row may stand."""
    wanted = columns.get("text")
    return [at for at, name in enumerate(names) if (name == wanted if wanted else records.field(name) == "text")]


def _order(names: list[str], rows: list[tuple[int, list[str]]], columns: Mapping[str, str]) -> moments.Order | None:
    """Whether day or month is first in the column of dates, seen by those that can be read one way only."""
    wanted = columns.get("published")
    at = next((at for at, name in enumerate(names) if name == wanted), None) if wanted else None
    if at is None:
        at = next((at for at, name in enumerate(names) if records.field(name) == "published"), None)
    return None if at is None else moments.order_of([row[at] for _, row in rows if at < len(row)])


def _document(
    names: list[str], row: list[str], where: Source, columns: Mapping[str, str], order: moments.Order | None
) -> Document | InputError:
    try:
        if any(cell.strip() for cell in row[len(names) :]):
            raise InputError(
                f"has {len(row)} fields where the heading has {len(names)}",
                where.path,
                "put fields with separators or line ends into quotes",
            )
        record: dict[str, object] = {}
        for name, cell in itertools.zip_longest(names, row[: len(names)], fillvalue=""):
            if name and name not in record:
                record[name] = cell if cell.strip() else None
        canonical = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
        return records.document(record, where, digest, columns, kind="column", order=order)
    except InputError as error:
        return error


def _delimiter(first: str) -> str:
    """What parts the columns of a heading: what gives the most names that are known, then the most names."""

    def worth(delimiter: str) -> tuple[int, int]:
        names = _cells(first[:100_000], delimiter)
        return len({what for name in names if (what := records.field(name))}), len(names)

    return max(_DELIMITERS, key=worth)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Counter:
    """Lines as they are read, counted; `failed` says why they ended early."""

    def __init__(self, lines: Iterator[str], name: str) -> None:
        self._lines, self.name = lines, name
        self.number = 0
        self.failed: InputError | None = None

    def __iter__(self) -> Iterator[str]:
        try:
            for line in self._lines:
                self.number += 1
                yield line
        except UnicodeDecodeError:
            self.failed = InputError(
                "is in another encoding from there on", f"{self.name}:{self.number + 1}", "convert it to UTF-8"
            )
        except InputError as error:
            where = f"{self.name}:{self.number + 1}" if error.where == self.name else error.where
            self.failed = InputError(error.what, where, error.remedy)


def _parsed(lines: Iterator[str], counter: _Counter, dialect: _Dialect, before: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins on, after `before` lines; what csv cannot part ends them and is kept
    as a failure."""
    # The limit is the whole process's: raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        doublequote=not dialect.escaped,
        escapechar="\\" if dialect.escaped else None,
    )
    while True:
        begins = before + reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:
            counter.failed = InputError(
                f"has a field of more than {LINE_LIMIT >> 20} MB; what follows is not read",
                f"{counter.name}:{begins}",
                "look for a quote that is never closed",
            )
            return
        if row is None:
            return
        yield begins, row


def _lines(source: ByteSource) -> tuple[str, str, Iterator[str]]:
    """The encoding, the beginning, and the lines with their ends. Raises InputError; the iterator raises that and
    UnicodeDecodeError."""
    chunks = source.chunks()
    head, more = b"", b""
    # A pipe gives little at first; the encoding is told by more.
    for chunk in chunks:
        head += chunk
        if len(head) >= HEAD:
            more = next(chunks, b"")
            break
    # What is cut is cut at the end of a line, or of a character of four bytes.
    whole = head[: head.rfind(b"\n") + 1] if more and b"\0" not in head else head
    sample, encoding = decode(whole[: len(whole) // 4 * 4] if more and b"\0" in head else whole or head, source.name)
    decoder = codecs.getincrementaldecoder(_CODECS.get(encoding, encoding))("strict")
    # Old Macs end lines with CR alone.
    ends = "\r" if "\n" not in sample and "\r" in sample else "\n"

    def pieces() -> Iterator[str]:
        for chunk in itertools.chain([head, more], chunks):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)

    return encoding, sample, _split(pieces(), ends, source.name)


def _split(pieces: Iterator[str], ends: str, name: str) -> Iterator[str]:
    """Lines that end with LF. Raises InputError for one that is too long."""
    kept = ""
    for piece in pieces:
        # A zero byte would end a row for csv; it is no text anyway.
        *whole, kept = (kept + piece).replace("\0", "\N{REPLACEMENT CHARACTER}").split(ends)
        for line in whole:
            yield f"{line}\n"
        if len(kept) > LINE_LIMIT:
            raise InputError(f"has more than {LINE_LIMIT >> 20} MB on one line", name, "check how its rows end")
    if kept:
        yield kept
