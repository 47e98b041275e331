"""The words of what is exported to be read: in logical order, without controls. The functions of the module are Arabic.

The words themselves stand in `data/words.tsv` and, in English, `data/words.en.tsv`. What comes from a
corpus is on one line here, but not yet escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from store.answers import ArticleRow, EventRow, Filter
from store.errors import CorpusError
from store.export.plain import one_line
from store.extract.dates.calendars import Days, month_days, thirds, year_days
from store.models import Precision
from store.text.when import Calendar, Language, in_words

if TYPE_CHECKING:
    from store.database.queries import Reader

SIGNS = {"planned": "→", "predicted": "?", "denied": "✗"}
"""The sign of each modality beside its word; what is asserted has none."""

_DAY = re.compile(r"(-?\d{1,6})-(\d\d)-(\d\d)")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_HOUR = re.compile(r"T(?:(\d\d:\d\d)|(MO|MI|AF|EV|NI|DT)\b)")
_FILES: dict[Language, str] = {"ar": "words.tsv", "en": "words.en.tsv"}
_CYCLE = 400, 146_097
"""After so many Gregorian years, of so many days, the calendar repeats itself."""


class Wording:
    """What an export says in one language, and how it says dates, counts and filters."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.rtl = language == "ar"

    def word(self, key: str, **values: str) -> str:
        """What `key` of the words says, its gaps filled. Raises KeyError for a key that is not there."""
        return _words(self.language)[key][0].format(**values)

    def counted(self, number: int, key: str) -> str:
        """So many of something, as the language counts.

        >>> ARABIC.counted(1, "event"), ARABIC.counted(4, "event"), ARABIC.counted(33, "event")
        ('حدث واحد', '4 أحداث', '33 حدثا')
        >>> ENGLISH.counted(1, "event"), ENGLISH.counted(4, "event")
        ('1 event', '4 events')
        """
        forms = _words(self.language)[key]
        if len(forms) == 3:  # none, one, more
            return forms[min(number, 2)].format(n=number)
        rest = number % 100
        form = number if number < 3 else 3 if 3 <= rest <= 10 else 4 if rest > 10 else 5
        return forms[form].format(n=number)

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row."""
        return f"{self.word('comma')} ".join(map(one_line, names))

    def when(self, row: EventRow, calendar: Calendar = "gregorian") -> str:
        """When it is: `منذ 9 ديسمبر 2021`, `أواخر 2021`, `محرم 1443 هـ`; what the Hijri calendar lacks is Gregorian."""
        said = self.days(row.earliest, row.latest, row.precision, calendar)
        if row.precision == "time" and "/" not in row.value and (hour := _HOUR.search(row.value)):
            named = self.word("hour", value=hour[1]) if hour[1] else self.word(f"hour.{hour[2]}")
            said += f"{self.word('comma')} {named}"
        return f"{self.word(f'bound.{row.bound}')} {said}" if row.bound in ("since", "until") else said

    def days(self, earliest: str, latest: str, precision: Precision, calendar: Calendar = "gregorian") -> str:
        """A stretch of days in words, as `when`."""
        first, last = parts(earliest), parts(latest)
        if first is None or last is None or ordinal(earliest) is None or ordinal(latest) is None:
            return one_line(earliest if earliest == latest else f"{earliest}…{latest}")
        if not (0 < first[0] < 10_000 and 0 < last[0] < 10_000):
            return self._years(first[0], last[0])
        if precision == "range" and (first[1:], last[1:]) == ((1, 1), (12, 31)):
            precision = "year"  # from year to year: the days say nothing more
        said = in_words(earliest, latest, precision, calendar, self.language)
        if calendar == "gregorian":
            third = _third(date(*first), date(*last), precision)
            return f"{self.word(f'part.{third}')} {said}" if third else said
        if said.endswith(self.word("hijri")):
            return said
        return f"{self.days(earliest, latest, precision)} {self.word('ad')}"

    def year_words(self, year: int | None, calendar: Calendar = "gregorian") -> str:
        """A year as a heading has it, in the Hijri calendar the two years it lies in."""
        if year is None:
            return self.word("unknown year")
        return self.days(f"{year:04}-01-01", f"{year:04}-12-31", "year", calendar)

    def month_words(self, year: int, month: int, calendar: Calendar = "gregorian") -> str:
        """A month of a year as a heading has it."""
        found = month_days(year, month)
        if found is None:
            return self._years(year, year)
        return self.days(found.first.isoformat(), found.last.isoformat(), "month", calendar)

    def published(self, row: ArticleRow, calendar: Calendar = "gregorian") -> str:
        """When an article came out, in words, and whether that was inferred."""
        value = row.published.value
        if not value:
            return self.word("undated")
        said = self.partial(value, calendar)
        return f"{said} ({self.word('inferred')})" if row.published.basis == "inferred" else said

    def partial(self, value: str, calendar: Calendar = "gregorian") -> str:
        """A day, month or year of ISO 8601 in words, what follows the day left out; anything else as it is."""
        found = _PARTIAL.match(value)
        try:
            if found and found[3]:
                day = date(int(found[1]), int(found[2]), int(found[3])).isoformat()
                return self.days(day, day, "day", calendar)
            if found and found[2] and (month := month_days(int(found[1]), int(found[2]))):
                return self.days(month.first.isoformat(), month.last.isoformat(), "month", calendar)
            if found and not found[2] and (year := year_days(int(found[1]))):
                return self.days(year.first.isoformat(), year.last.isoformat(), "year", calendar)
        except ValueError:
            pass
        return one_line(value)

    def scope(self, reader: Reader, f: Filter) -> list[str]:
        """What `f` lets through, a phrase for each of its fields; nothing for the filter that narrows nothing."""
        told = []
        if f.query.strip():
            told.append(("query", f.query))
        if f.entities:
            told.append(("entities", self.listed(tuple(self._name(reader, entity) for entity in f.entities))))
        if f.article is not None:
            told.append(("article", next((row.title for row in reader.articles((f.article,))), f"#{f.article}")))
        if f.story is not None:
            told.append(("story", next((row.title for row in reader.articles((f.story,))), f"#{f.story}")))
        if f.event is not None:
            told.append(("event", f"#{f.event}"))
        if f.type is not None:
            told.append(("type", self.word(f"type.{f.type}")))
        told += [(name, self.partial(day)) for name, day in (("since", f.since), ("until", f.until)) if day is not None]
        if f.outlet is not None:
            told.append(("outlet", f.outlet))
        told += f.said
        if f.precision is not None:
            told.append(("precision", self.word(f"precision.{f.precision}")))
        if f.modality is not None:
            told.append(("modality", self.word(f"modality.{f.modality}")))
        said = [self.word(f"scope.{name}", value=one_line(value)) for name, value in told]
        said += [self.word("scope.added_after")] if f.added_after is not None else []
        return said + [self.word(f"scope.{name}") for name in ("bookmarked", "undated") if getattr(f, name)]

    def _name(self, reader: Reader, entity: int) -> str:
        try:
            return reader.entity(entity).name
        except CorpusError:
            return f"#{entity}"

    def _years(self, first: int, last: int) -> str:
        """Years of which one at least is no year of `datetime.date`: those before our era are said to be."""
        if first == last:
            return f"{-first} {self.word('bc')}" if first < 0 else str(first)
        if last < 0:
            return f"{-first} – {-last} {self.word('bc')}"
        return f"{-first} {self.word('bc')} – {last} {self.word('ad')}" if first < 0 else f"{first} – {last}"


def parts(day: str) -> tuple[int, int, int] | None:
    """Year, month and day of `day`, which may lie before our era (`-500-01-01`) or after the year 9999."""
    found = _DAY.fullmatch(day)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def ordinal(day: str) -> int | None:
    """The number of a day, 1 for 0001-01-01 (proleptic Gregorian); None for what is no day."""
    found = parts(day)
    if found is None:
        return None
    cycles, year = divmod(found[0] - 1, _CYCLE[0])
    try:
        return date(year + 1, found[1], found[2]).toordinal() + cycles * _CYCLE[1]
    except ValueError:
        return None


def _third(first: date, last: date, precision: Precision) -> str | None:
    """START, MID or END where the days are just that part of their year or month."""
    if precision not in ("year", "month") or first == last:
        return None
    unit, whole = ("Y", year_days(first.year)) if precision == "year" else ("M", month_days(first.year, first.month))
    if whole is None:
        return None
    return next((mod for mod in ("START", "MID", "END") if thirds(unit, whole, mod) == Days(first, last)), None)


@lru_cache(maxsize=2)
def _words(language: Language) -> dict[str, tuple[str, ...]]:
    lines = files("store.export").joinpath(f"data/{_FILES[language]}").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: tuple(forms) for key, *forms in rows}


ARABIC, ENGLISH = Wording("ar"), Wording("en")


def wording(language: Language) -> Wording:
    """The words of a language."""
    return ARABIC if language == "ar" else ENGLISH


word, counted, listed, when, days = ARABIC.word, ARABIC.counted, ARABIC.listed, ARABIC.when, ARABIC.days
year_words, month_words, published = ARABIC.year_words, ARABIC.month_words, ARABIC.published
partial, scope = ARABIC.partial, ARABIC.scope
