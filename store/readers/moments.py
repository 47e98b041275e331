"""Dates as tables, feeds and documents write them; never guessed where they may mean two days."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from typing import Literal

from store.errors import InputError
from store.text.iso_dates import EARLIEST, LATEST, iso_date

Order = Literal["day first", "month first"]

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CLOCK = (
    r"(?:[T\s،,]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?|ص|م)?"
    r"(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _CLOCK)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _CLOCK)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})\d{2}(?:Z|[+-]\d{2}:?\d{2})?)?")
# Seconds, thousandths, millionths (and so on) since 1970.
_SECONDS = re.compile(r"([1-4]\d{9})(?:\d{3}){0,3}(?:\.\d+)?")
_MAIL = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}\b")
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"([A-Za-z]{3,9})"
_WORDS = re.compile(rf"(?:[A-Za-z]{{3,9}}\.?,? )?(?:{_NTH}[ -]{_NAME}|{_NAME}\.? {_NTH})\.?,?[ -](\d{{4}})" + _CLOCK)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 100
"""Most characters of a date."""
_ARABIC = re.compile("[\u0621-\u064a]")
_PDF = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?(?:Z|[+-]\d{2}'?\d{2}'?)?.*")


def order_of(values: list[str]) -> Order | None:
    """Whether the dates of a column have the day or the month first; None where none, or each, can be seen."""
    seen: set[Order] = set()
    for value in values:
        match = _YEAR_LAST.fullmatch(value.translate(_DIGITS).strip())
        if match:
            first, second = int(match[1]), int(match[3])
            if first > 12:
                seen.add("day first")
            elif second > 12:
                seen.add("month first")
    return seen.pop() if len(seen) == 1 else None


def read(value: str, order: Order | None = None) -> str | None:
    """`value` as `iso_date` has it, the publisher's own clock kept; None when it is no date that is known here.

    Read are ISO 8601, 14/12/2021 and 2021/12/14 (also with "-" or "."), 20211214, RFC 822, months in English or Arabic
    words, and seconds (or thousandths, …) since 1970, which are UTC. None too where day and month may be either
    (`days`) and `order` doesn't say.
    """
    value = " ".join(value[: 10 * _LONGEST].translate(_DIGITS).split())
    if len(value) > _LONGEST:
        return None
    if found := iso_date(value):
        return found
    if match := _YEAR_FIRST.fullmatch(value):
        return _made(match[1], match[3], match[4], *match.groups()[4:])
    if match := _YEAR_LAST.fullmatch(value):
        if order is None and days(value):
            return None
        first, second = int(match[1]), int(match[3])
        month_first = second > 12 or (order == "month first" and first <= 12)
        month, day = (first, second) if month_first else (second, first)
        return _made(match[4], str(month), str(day), *match.groups()[4:])
    if match := _RUN.fullmatch(value):
        return _made(match[1], match[2], match[3], match[4], match[5])
    if match := _SECONDS.fullmatch(value):
        utc = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=int(match[1]))
        return iso_date(utc.strftime("%Y-%m-%dT%H:%M"))
    if _MAIL.match(value):
        return mail(value)
    return _in_latin_words(value) or _in_arabic_words(value)


def exact(value: str) -> str | None:
    """`value` as `read` has it where it is written as nothing but a date is: in digits with separators, as in RFC 822,
    or as ten digits or more that count from 1970 and are of this century."""
    if found := iso_date(value) or mail(value):
        return found
    value = " ".join(value[: 10 * _LONGEST].translate(_DIGITS).split())
    written = any(form.fullmatch(value) for form in (_YEAR_FIRST, _YEAR_LAST, _RUN))
    return read(value) if written or (_SECONDS.fullmatch(value) and value.startswith("1")) else None


def thousandths(value: int) -> str | None:
    """The moment that is so many thousandths of a second from 1970 on (or before it), in UTC; None for absurd ones."""
    try:
        utc = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=value)
    except OverflowError:
        return None
    return iso_date(utc.isoformat("T", "minutes"))


def days(value: str) -> tuple[str, str] | None:
    """Both days that `value` may be, where the day or the month may come first: 03/04/2021 is 2021-04-03 or
    2021-03-04. None for all else."""
    match = _YEAR_LAST.fullmatch(" ".join(value[: 10 * _LONGEST].translate(_DIGITS).split()))
    if match is None:
        return None
    day_first, month_first = _made(match[4], match[3], match[1]), _made(match[4], match[1], match[3])
    if day_first is None or month_first is None or day_first == month_first:
        return None
    return day_first, month_first


def _in_latin_words(value: str) -> str | None:
    match = _WORDS.fullmatch(value)
    if match is None:
        return None
    day, month, month_first, day_second, year, *clock = match.groups()
    name = (month or month_first)[:3].lower()
    return _made(year, str(_MONTHS.index(name) + 1), day or day_second, *clock) if name in _MONTHS else None


def _in_arabic_words(value: str) -> str | None:
    """`الثلاثاء 14 ديسمبر 2021`, by the same lexicon and grammar as dates in texts."""
    if not _ARABIC.search(value):
        return None
    # Imported here: few columns have words in them.
    from store.extract.dates import find
    from store.models import Sentence

    dates = find(value, None, [Sentence(0, len(value))])
    return iso_date(dates[0].value) if len(dates) == 1 else None


def mail(value: str) -> str | None:
    """A date of RFC 822 (`Thu, 25 May 2023 14:52:12 +0300`), on its own clock; None if it is none."""
    try:
        return iso_date(parsedate_to_datetime(value).strftime("%Y-%m-%dT%H:%M"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def pdf(value: str) -> str | None:
    """A date of a PDF (`D:20211214061700+03'00'`), on its own clock; None if it is none."""
    match = _PDF.fullmatch(value.strip())
    return _made(*match.groups()) if match else None


def _made(
    year: str, month: str, day: str, hour: str | None = None, minute: str | None = None, half: str | None = None
) -> str | None:
    found = f"{int(year):04}-{int(month):02}-{int(day):02}"
    if hour is not None and minute is not None:
        number = int(hour)
        if half:
            if not 1 <= number <= 12:
                return None
            number = number % 12 + 12 * (half in "مPp" or half[0] in "Pp")
        found += f"T{number:02}:{minute}"
    return iso_date(found)


def expected(name: str, value: str, where: str) -> InputError:
    """That `value` of the field `name` is no date, or may be two."""
    shown = value if len(value) <= 40 else value[:39] + "…"
    if (either := days(value)) is not None:
        return InputError(f'"{name}" may be two dates: "{shown}"', where, f"write it like {either[0]} or {either[1]}")
    return InputError(
        f'"{name}" is no date: "{shown}"',
        where,
        f"write it like 2021-12-14 or 2021-12-14T06:17 (years {EARLIEST} to {LATEST}), or leave it out",
    )
