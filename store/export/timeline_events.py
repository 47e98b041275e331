"""The events of a timeline as HTML: a section for each year, within it one for each month. Everything is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial as given
from typing import TypeVar

from store.answers import EventRow
from store.export.markup import html
from store.export.timeline import Entry, Saying, Source, group_of, light_of
from store.export.timeline_svg import track
from store.export.wording import SIGNS, counted, month_words, published, when, word, year_words
from store.text.when import Calendar, in_figures

_VALID = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""What the attribute `datetime` takes of how a date is written in figures."""
T = TypeVar("T")


def parts_of(found: Iterator[Entry]) -> Iterator[str]:
    """The entries in their sections, an event at a time."""
    opened: list[object] = []
    for entry in found:
        place: list[object] = [entry.year, entry.month]
        if opened[:1] != place[:1]:
            yield "</section>\n" * len(opened)
            yield f'<section class="part" id="{year_id(entry.year)}">\n<h2>{both(year_words, entry.year)}</h2>\n'
            opened = [entry.year]
        if entry.year is not None and entry.month and opened != place:
            yield "</section>\n" * (len(opened) - 1)
            said = both(given(month_words, entry.year), entry.month)
            yield f'<section class="part" id="m{entry.year:04}-{entry.month:02}">\n<h3>{said}</h3>\n'
            opened = place
        yield _event(entry)
    yield "</section>\n" * len(opened)


def year_id(year: int | None) -> str:
    """The id of a year's section."""
    return "y" if year is None else f"y{year:04}"


def both(said: Callable[[T, Calendar], str], of: T) -> str:
    """What something is called in the one calendar and in the other; once if that is the same."""
    return either(said(of, "gregorian"), said(of, "hijri"))


def either(gregorian: str, hijri: str) -> str:
    """Words that go with the one or the other calendar."""
    if gregorian == hijri:
        return f'<bdi dir="rtl">{html(gregorian)}</bdi>'
    return f'<bdi dir="rtl" class="g">{html(gregorian)}</bdi><bdi dir="rtl" class="h">{html(hijri)}</bdi>'


def dotted(said: Iterable[str]) -> str:
    """What is HTML already, with dots between, which stay at the ends of lines."""
    return f"&nbsp;{word('separator')} ".join(said)


def sign(mark: str) -> str:
    """The sign of a modality after its word."""
    if not mark:
        return ""
    # Time goes to the left here, and an arrow that leads on has to be turned round: arrows are not mirrored by bidi.
    turned = " turned" if mark == "→" else ""
    return f' <span class="sign{turned}" aria-hidden="true">{mark}</span>'


def _event(entry: Entry) -> str:
    row, light = entry.row, light_of(entry.row)
    written = [
        f'<article class="m-{light} p-{group_of(row)}" id="e{row.id}">\n<div>\n<h4>{_date(row)}</h4>\n{track(row)}\n'
    ]
    written.append(f'<p class="facts">{_facts(row)}</p>\n</div>\n<div>\n')
    if row.names:
        names = f"{word('comma')} ".join(f"<bdi>{html(name)}</bdi>" for name in row.names)
        written.append(f'<p class="names">{names}</p>\n')
    written += map(_saying, entry.sayings)
    written.append("</div>\n</article>\n")
    return "".join(written)


def _date(row: EventRow) -> str:
    figures = in_figures(row.earliest, row.latest, row.precision)
    machine = f' datetime="{figures}"' if _VALID.fullmatch(figures) else ""
    return f"<time{machine}>{both(when, row)}</time>"


def _facts(row: EventRow) -> str:
    """How exactly and in which light it is known, and how many tell it."""
    said, light = [], light_of(row)
    if light in SIGNS:
        said.append(f'<span class="light-word">{html(word(f"modality.{light}"))}{sign(SIGNS[light])}</span>')
    said.append(html(word(f"group.{group_of(row)}")))
    if row.outlets > 1:
        said.append(f'<bdi dir="ltr" class="outlets">×{row.outlets}</bdi>')
    said.append(html(f"{counted(row.outlets, 'outlet')}{word('comma')} {counted(len(row.articles), 'article')}"))
    return dotted(said)


def _saying(saying: Saying) -> str:
    sources = "".join(map(_source, saying.sources))
    return (
        f'<div class="said">\n<blockquote dir="auto">{html(saying.text)}</blockquote>\n'
        f'<ul class="from">{sources}</ul>\n</div>\n'
    )


def _source(source: Source) -> str:
    ref, article = source.ref, source.article
    said = []
    if article is not None:
        said.append(f'<bdi title="{html(article.path)}">{html(article.title)}</bdi>')
        if article.outlet:
            said.append(f"<bdi>{html(article.outlet)}</bdi>")
        said.append(both(published, article))
    where = f"{word('number')} {ref.article}{word('comma')} {word('offsets', start=str(ref.start), end=str(ref.end))}"
    said.append(f'<span class="where">{html(where)}</span>')
    return f"<li>{dotted(said)}</li>"
