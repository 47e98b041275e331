"""How often names are told of over time, as tables and as text to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store.answers import EntityRow, Filter, Trends, Unit
from store.export.options import Options
from store.export.plain import one_line
from store.export.records import Record
from store.export.wording import Wording, wording
from store.text.cells import value_of

if TYPE_CHECKING:
    from store.database.queries import Reader

MOST = 5
"""So many names are compared."""
_MONTHS_OF_DAYS, _MONTHS, _YEARS = 3, 25 * 12, 300
"""What is no longer than so many months is counted by day, or by month, or than so many years by year."""
_BARS = "▁▂▃▄▅▆▇█"


def asked(reader: Reader, f: Filter, options: Options, most: int = MOST) -> Trends:
    """The trends that an export is of: of the names that were asked for, else of those that the filter asks for, else
    of those of most articles."""
    wanted = options.of or f.entities or tuple(row.id for row in most_named(reader, f, most))
    return reader.trends(wanted, f, options.by or fitting(reader, f))


def most_named(reader: Reader, f: Filter, most: int) -> list[EntityRow]:
    """The entities of most articles, of whatever kind."""
    groups = reader.entity_groups(f, most=most)
    rows = (row for _kind, ids in groups for row in reader.entities(ids, f))
    return sorted(rows, key=lambda row: (-row.articles, -row.mentions, row.id))[:most]


def fitting(reader: Reader, f: Filter) -> Unit:
    """The unit by which a stretch is neither a wall nor a comb."""
    months = reader.trends((), f, "month")
    if months.unit == "month" and len(months.articles) <= _MONTHS_OF_DAYS:
        return "day"
    if months.unit == "month" and len(months.articles) <= _MONTHS:
        return "month"
    return "year" if len(reader.trends((), f, "year").articles) <= _YEARS else "decade"


def of_cells(found: Trends) -> Iterator[Record]:
    """A record for each name and cell of time; `of` is the number of articles in all."""
    for series in found.series:
        for at, (articles, mentions) in enumerate(zip(series.articles, series.mentions, strict=True)):
            yield {
                "id": series.entity.id,
                "name": series.entity.name,
                "type": series.entity.type,
                "value": value_of(found.first + at, found.unit),
                "articles": articles,
                "mentions": mentions,
                "of": found.articles[at],
            }


def sparkline(counts: Sequence[int], width: int) -> str:
    """Counts as a line of at most `width` bars, each of as many cells as fit; a blank where there is nothing.

    >>> sparkline([0, 1, 4, 8], 4), sparkline([1, 1, 0, 0, 4, 4], 3)
    (' ▁▄█', '▂ █')
    """
    if not counts:
        return ""
    step = -(-len(counts) // max(1, width))
    sums = [sum(counts[at : at + step]) for at in range(0, len(counts), step)]
    most = max(sums) or 1
    return "".join(_BARS[-(-count * len(_BARS) // most) - 1] if count else " " for count in sums)


def plain(found: Trends, options: Options) -> Iterator[str]:
    """Text to read: a line for each name with its picture, then a table of what there is."""
    words: Wording = wording(options.language)
    yield f"{words.word('names over time')}\n{words.word(f'bar.{found.unit}')}\n\n"
    for series in found.series:
        line = sparkline(series.articles, 60)
        counts = f"{words.counted(series.entity.articles, 'article')}{words.word('comma')} "
        counts += words.counted(series.entity.mentions, "mention")
        # time runs as the language reads; a text is written in logical order
        yield f"{one_line(series.entity.name)} {words.word('separator')} {counts}\n{line}\n\n"
    names = [one_line(series.entity.name) for series in found.series]
    between = f" {words.word('separator')} "
    yield between.join([words.word("time"), *names, words.word("all")]) + "\n"
    for value, cells in told(found):
        yield between.join([value, *map(str, cells)]) + "\n"


def told(found: Trends) -> Iterator[tuple[str, list[int]]]:
    """Each cell that has any of the names: its value, the articles of each, and all articles."""
    columns: Iterable[tuple[int, ...]] = zip(*(series.articles for series in found.series), strict=True)
    for at, cells in enumerate(columns):
        if any(cells):
            yield value_of(found.first + at, found.unit), [*cells, found.articles[at]]
