"""The timeline as people read it: events in order of time under years and months, each with what is said of it.

Rows come a page at a time and go as they came, so that a timeline of any length takes the memory of one page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.answers import ArticleRow, EventRow, Filter, SentenceRef
from store.export import rows
from store.export.plain import one_line
from store.export.wording import counted, parts, scope, word, year_words
from store.models import Modality, Precision
from store.text.when import Calendar

if TYPE_CHECKING:
    from store.database.queries import Reader

_PAGE = 200

MODALITIES: tuple[Modality, ...] = ("asserted", "planned", "predicted", "denied")
GROUPS: dict[Precision, str] = {
    "time": "day", "day": "day", "week": "week", "month": "month", "season": "month", "quarter": "month",
    "range": "range", "year": "year", "decade": "age", "century": "age", "vague": "vague",
}  # fmt: skip
"""Precisions that are drawn, and shown or hidden, alike."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence stands; None for an article that is gone."""

    ref: SentenceRef
    article: ArticleRow | None


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence on one line, and all articles that print it."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of the timeline with its place: the year it begins in (None for a day that cannot be read) and the
    month, 0 where it begins with the year and lasts longer than January."""

    row: EventRow
    year: int | None
    month: int
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a timeline holds: what it was narrowed to (phrases), the events there are and those that are written,
    and how many begin in each year as the corpus writes it."""

    narrowed: tuple[str, ...]
    events: int
    written: int
    years: tuple[tuple[str, int], ...]
    articles: int
    """How many articles the corpus has."""

    def words(self, calendar: Calendar = "gregorian") -> list[str]:
        """All that in words."""
        said = [*(self.narrowed or (word("everything"),)), counted(self.events, "event")]
        if self.written < self.events:
            said.append(word("first", n=str(self.written)))
        known = [int(year) for year, _ in self.years if year.isdecimal()]
        if known and known[0] != known[-1]:
            first, last = (year_words(year, calendar) for year in (known[0], known[-1]))
            said.append(word("span", first=first, last=last))
        return [*said, word("corpus", articles=counted(self.articles, "article"))]


def survey(reader: Reader, f: Filter, limit: int | None, only: Sequence[int] | None = None) -> Scope:
    """The scope of the timeline that `entries` gives."""
    events = reader.event_count(f)
    limit = limit if only is None else len(only) if limit is None else min(limit, len(only))
    years = tuple((bucket.value, bucket.events) for bucket in reader.buckets(f, "year"))
    written = events if limit is None else min(limit, events)
    return Scope(tuple(scope(reader, f)), events, written, years, reader.overview().articles)


def kinds(reader: Reader, f: Filter) -> tuple[dict[Modality, int], dict[str, int]]:
    """How many events there are of each modality and of each group of precisions; only those that there are."""
    lights = {one: reader.event_count(replace(f, modality=one)) for one in MODALITIES if f.modality in (None, one)}
    groups = dict.fromkeys(GROUPS.values(), 0)
    for precision, group in GROUPS.items():
        if f.precision in (None, precision):
            groups[group] += reader.event_count(replace(f, precision=precision))
    return {one: n for one, n in lights.items() if n}, {group: n for group, n in groups.items() if n}


def entries(reader: Reader, f: Filter, limit: int | None = None, only: Sequence[int] | None = None) -> Iterator[Entry]:
    """The events that pass `f`, earliest first, or `only` these, with the titles of their articles."""
    found = rows.events(reader, f, limit, only=only)
    while page := list(itertools.islice(found, _PAGE)):
        wanted = dict.fromkeys(article for row in page for article in row.articles)
        articles = {article.id: article for article in reader.articles(tuple(wanted))}
        for row in page:
            yield Entry(row, *_place(row), _sayings(row, articles))


def group_of(row: EventRow) -> str:
    """The group of the event's precision."""
    return GROUPS.get(row.precision, "vague")


def light_of(row: EventRow) -> Modality:
    """The event's modality."""
    return row.modality if row.modality in MODALITIES else "asserted"


def _place(row: EventRow) -> tuple[int | None, int]:
    first, last = parts(row.earliest), parts(row.latest)
    if first is None:
        return None, 0
    year, month, day = first
    whole = (month, day) == (1, 1) and (last is None or last[:2] > (year, 1))
    return year, 0 if whole else month


def _sayings(row: EventRow, articles: dict[int, ArticleRow]) -> tuple[Saying, ...]:
    """The sentences, those that are the same but for white space together."""
    alike: dict[str, list[Source]] = {}
    for ref in row.sentences:
        text = " ".join(one_line(ref.text).split())
        alike.setdefault(text, []).append(Source(ref, articles.get(ref.article)))
    return tuple(Saying(text, tuple(sources)) for text, sources in alike.items())
