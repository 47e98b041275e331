"""The timeline as plain text and as a Markdown document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.answers import EventRow, Filter
from store.export import markup
from store.export.plain import one_line
from store.export.timeline import Entry, Source, entries, light_of, survey
from store.export.wording import SIGNS, counted, listed, month_words, published, when, word, year_words

if TYPE_CHECKING:
    from store.database.queries import Reader

_MARKS = {
    "time": "●", "day": "●", "week": "━", "month": "━━", "season": "━━", "quarter": "━━", "range": "━━━",
    "year": "╌╌╌", "decade": "┄┄┄", "century": "┄┄┄", "vague": "~",
}  # fmt: skip
"""How exactly a date is known, as in the explorer."""
_LINK = re.compile(r"(?i):(?=//)|(?<=www)\.|@")
"""Where GitHub and others take an address for a link though nothing marks it as one."""
_NOTES = 500
"""Footnotes that wait for the end of a month, at most."""


def plain(reader: Reader, f: Filter, limit: int | None, only: Sequence[int] | None = None) -> Iterator[str]:
    """Text to read, in logical order, an event at a time."""
    yield f"{word('title')}\n{_joined(survey(reader, f, limit, only).words())}\n"
    for entry, heading in _headed(entries(reader, f, limit, only)):
        for level, said in heading:
            yield f"\n{said}\n{'═─'[level] * len(said)}\n"
        yield f"\n{_joined(_about(entry.row))}\n"
        for saying in entry.sayings:
            yield f"\n    {saying.text}\n"
            for source in saying.sources:
                yield f"      — {_joined(_source(source))}\n"


def document(reader: Reader, f: Filter, limit: int | None, only: Sequence[int] | None = None) -> Iterator[str]:
    """Markdown: a list under headings, sentences as quotations with footnotes, which follow each month."""
    yield f"# {word('title')}\n\n{markdown(_joined(survey(reader, f, limit, only).words()))}\n"
    notes: list[str] = []
    number = 0
    for entry, heading in _headed(entries(reader, f, limit, only)):
        if notes and (heading or len(notes) >= _NOTES):
            yield "\n" + "".join(notes)
            notes.clear()
        for level, said in heading:
            yield f"\n{'#' * (level + 2)} {markdown(said)}\n"
        date, *rest = map(markdown, _about(entry.row))
        yield f"\n- {_joined([f'**{date}**', *rest])}\n"
        for saying in entry.sayings:
            marks = []
            for source in saying.sources:
                number += 1
                marks.append(f"[^{number}]")
                notes.append(f"[^{number}]: {markdown(_joined([*_source(source), *_whereabouts(source)]))}\n")
            yield f"\n  > {markdown(saying.text)} {' '.join(marks)}\n"
    if notes:
        yield "\n" + "".join(notes)


def markdown(text: str) -> str:
    """`text` as a line of Markdown that shows just that, addresses in it no links."""
    return _LINK.sub(r"\\\g<0>", markup.markdown(text))


def _headed(found: Iterator[Entry]) -> Iterator[tuple[Entry, list[tuple[int, str]]]]:
    """Each entry with the headings (level and words) that it begins."""
    year: int | None = None
    month: int | None = None
    for number, entry in enumerate(found):
        headings = []
        if not number or entry.year != year:
            said = year_words(entry.year)
            headings.append((0, word("year", year=said) if entry.year is not None else said))
            month = 0
        if entry.year is not None and entry.month not in (0, month):
            headings.append((1, month_words(entry.year, entry.month)))
        year, month = entry.year, entry.month
        yield entry, headings


def _about(row: EventRow) -> list[str]:
    """When and how exactly, in which light, who, and how many tell it."""
    said = [f"{_MARKS.get(row.precision, '~')} {when(row)}"]
    light = light_of(row)
    if light in SIGNS:
        said.append(f"{word(f'modality.{light}')} {SIGNS[light]}")
    if row.names:
        said.append(listed(row.names))
    return [*said, counted(row.outlets, "outlet"), counted(len(row.articles), "article")]


def _source(source: Source) -> list[str]:
    """Title, outlet and date of publication."""
    if source.article is None:
        return [f"{word('number')} {source.ref.article}"]
    told = (source.article.title, source.article.outlet, published(source.article))
    return [one_line(part) for part in told if part]


def _whereabouts(source: Source) -> list[str]:
    """Number of the article, offsets, and the file."""
    ref = source.ref
    offsets = word("offsets", start=str(ref.start), end=str(ref.end))
    return [f"{word('number')} {ref.article}", offsets, *([source.article.path] if source.article else ())]


def _joined(said: list[str]) -> str:
    return f" {word('separator')} ".join(said)
