"""The day of publication that the news itself leaves, by what its dates say of it.

A date said with "today" or "yesterday" is a day beside it; "the 291st day of the war" counts from the day it began;
a date with its weekday that is later called by the weekday alone is of the week of the news. What is found must not
quarrel with the rest of the text: with the weekday it gives to its today, with what it tells as past.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from store.extract import dates
from store.models import DateMention, Published, Sentence
from store.resolve import counting
from store.resolve.story import is_about
from store.resolve.weekdays import NAMES, own_day, weekday_in
from store.resolve.years import OPEN_DAY, PRINTED, Years
from store.text.fold import fold
from store.text.tokens import words
from store.values import value_class

_OPEN_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_DEICTIC = {"اليوم": 0, "امس": 1, "غدا": -1, "غد": -1}
"""Days from a date to the publication when the date is said with this word ("اليوم الثلاثاء 14 ديسمبر")."""
_FARTHER = {("اول", "امس"): 1, ("بعد", "غد"): -1}
"""What a word before one of those adds: the day before yesterday, the day after tomorrow."""
_BEFORE = re.compile(r"(?<!\S)(?P<said>اليوم|امس|غدا?)[\s(\[،:]*$")
_NEAR = 30
"""Code points before a date in which a "today" beside it stands."""
_OTHER_DAY = ("ذلك", "نفس", "ذات", "في", "منذ", "حتي", "بهذا", "كهذا", "لهذا")
"""Before اليوم these make another day of it than the day of the news (folded, without و)."""
_LIKE = ("مثل", "كمثل", "بمثل", "ذكري")
"""Before any of the words for a day these make it one of another year ("في مثل هذا اليوم")."""
_PARTS = ("صباح", "صبيحه", "فجر", "ضحي", "ظهر", "ظهيره", "عصر", "مساء", "امسيه", "عشيه", "ليله", "نهار")
"""Between one of those and هذا اليوم a part of the day may stand."""
_AS = "الموافق"


@value_class(frozen=True, slots=True)
class _Told:
    """A day of the text that the publication lies close to, or is, and why."""

    day: date
    why: str


class Inference:
    """What the news itself leaves as the day of publication. `lead_end` is the offset where what is new is told."""

    def __init__(
        self, text: str, mentions: Sequence[DateMention], sentences: Sequence[Sentence], lead_end: int
    ) -> None:
        self._text, self._mentions, self._sentences, self._lead_end = text, mentions, sentences, lead_end
        self._said: dict[int, tuple[int, list[str]] | None] = {}
        """By where a date begins: what `_deictic` says of it."""
        self._past: dict[int, bool] = {}
        """By the number of a sentence: whether it tells of long ago."""

    def published(self) -> Published:
        """The publication date, or why it stays unknown."""
        for ways in (self._said_with_today, self._counted, self._by_week):
            told = list(ways())
            if not told:
                continue
            if len({each.day for each in told}) > 1:
                other = next(each for each in told if each.day != told[0].day)
                return Published(None, "unknown", f"{told[0].why}; but {other.why}")
            against = self._against(told[0].day)
            if against:
                return Published(None, "unknown", f"{told[0].why}; but {against}")
            return Published(str(told[0].day), "inferred", told[0].why)
        return Published(None, "unknown", self._why_unknown())

    # -- the rest of the text ------------------------------------------------------------------------------

    def _against(self, day: date) -> str:
        """What in the text cannot be if it was published on `day`; empty when nothing speaks against it."""
        if self._todays and day.isoweekday() not in self._todays:
            weekday, mention = next(iter(self._todays.items()))
            return f'"{mention.text}" makes a {NAMES[weekday - 1]} of its day'
        latest = self._latest
        if latest and latest.earliest and latest.earliest > str(day + timedelta(days=1)):
            return f'it tells of "{latest.text}" as past'
        return ""

    @cached_property
    def _latest(self) -> DateMention | None:
        """What is the latest of all that the text tells as past."""
        told = (m for m in self._mentions if m.anchor is None and m.modality == "asserted" and m.earliest)
        return max(told, key=lambda mention: mention.earliest or "", default=None)

    @cached_property
    def _todays(self) -> dict[int, DateMention]:
        """The weekdays that the text gives to its today ("أمس الاثنين" is of a Tuesday), and where."""
        found: dict[int, DateMention] = {}
        for mention in self._mentions:
            said = self._deictic(mention)
            if said and (weekday := weekday_in(mention.text)):
                found.setdefault((weekday + said[0] - 1) % 7 + 1, mention)
        return found

    def _deictic(self, mention: DateMention) -> tuple[int, list[str]] | None:
        """How many days before the publication a date lies that is said with "today" and the like, and the words after
        that one."""
        if mention.start not in self._said:
            self._said[mention.start] = self._read(mention)
        return self._said[mention.start]

    def _read(self, mention: DateMention) -> tuple[int, list[str]] | None:
        spoken = [fold(mention.text[start:end]) for start, end in words(mention.text)]
        before = fold(self._text[max(0, mention.start - _NEAR) : mention.start]).rpartition("\n")[2]
        beside = _BEFORE.search(before)
        if beside and not any(word in _DEICTIC for word in spoken):
            spoken, before = [beside["said"], *spoken], before[: beside.start("said")]
        for at, word in enumerate(spoken):
            if word in _DEICTIC:
                previous = next((each for each in reversed(before.split() + spoken[:at]) if each != "من"), "")
                if _is_other_day(word, before.split() + spoken[:at]):
                    return None
                return _DEICTIC[word] + _FARTHER.get((previous, word), 0), spoken[at + 1 :]
        return None

    # -- today, with its date ------------------------------------------------------------------------------

    def _said_with_today(self) -> Iterator[_Told]:
        """ "اليوم الثلاثاء 14 ديسمبر 2021" is the day itself, "أمس" with a date the day before."""
        for mention in self._mentions:
            said = self._deictic(mention)
            if said is None or not said[1]:
                continue
            shift, rest = said
            told = self._day_of(mention)
            if told is None or not (dates.weekday(rest[0]) or rest[0][0].isdigit() or rest[0] == _AS):
                continue
            if self._is_of_the_past(mention):
                continue
            if weekday_in(mention.text) in (None, told.day.isoweekday()):
                said_so = f'the text says "{self._with_word_before(mention)}"'
                why = "; ".join(part for part in (said_so, told.why) if part)
                yield _Told(told.day + timedelta(days=shift), why)

    def _is_of_the_past(self, mention: DateMention) -> bool:
        """Whether the words around a date tell it as a day of long ago, or the text is of other years on that day."""
        if self._is_calendar:
            return True
        at = bisect_right(self._sentences, mention.start, key=lambda sentence: sentence.start) - 1
        if at not in self._past:
            folded = fold(self._text[self._sentences[at].start : self._sentences[at].end]) if at >= 0 else ""
            self._past[at] = is_about("then", folded) or is_about("calendar", folded)
        return self._past[at]

    @cached_property
    def _is_calendar(self) -> bool:
        """Whether the text sets out to tell what happened on this day in other years."""
        return is_about("calendar", fold(self._text[: self._lead_end]))

    def _with_word_before(self, mention: DateMention) -> str:
        """The mention with its "today", also where that stands before it."""
        if any(fold(mention.text[start:end]) in _DEICTIC for start, end in words(mention.text)):
            return mention.text
        start = max((at for at, _ in words(self._text, max(0, mention.start - _NEAR), mention.start)), default=0)
        return self._text[start : mention.end]

    # -- the day of a count --------------------------------------------------------------------------------

    def _counted(self) -> Iterator[_Told]:
        """The day that the text counts, where what it counts from is known."""
        for counted, left in self._counts:
            if len(left) == 1:
                first, what = left[0]
                why = f'the text counts "{counted.text}" of {what}, the first of them {first}'
                yield _Told(counted.day_from(first), why)

    @cached_property
    def _counts(self) -> list[tuple[counting.Counted, list[tuple[date, str]]]]:
        """Each counted day, and what it may be counted from beside the weekdays and the other dates of the text."""
        bare = next((weekday for weekday, mention in self._weekdays() if mention.start < self._lead_end), None)
        found = []
        for counted in counting.find(self._text, self._sentences, self._mentions, self._lead_end):
            left = [each for each in counted.beginnings if not self._against(counted.day_from(each[0]))]
            if len(left) > 1 and bare and not self._todays:
                # The weekday that the news opens with is that of the day, or of the one before.
                left = [each for each in left if (counted.day_from(each[0]).isoweekday() - bare) % 7 <= 1]
            found.append((counted, left))
        return found

    # -- a weekday of the same week ------------------------------------------------------------------------

    def _by_week(self) -> Iterator[_Told]:
        """The weekday of the news in the week of a date."""
        recent, lead = self._recent_day(), self._news_weekday()
        if recent and lead:
            weekday, mention = lead
            day = recent.day + timedelta(days=(weekday - recent.day.isoweekday()) % 7)
            why = f'{recent.why}; the news is of "{mention.text}": the {NAMES[weekday - 1]} on or after it'
            yield _Told(day, why)

    def _weekdays(self) -> Iterator[tuple[int, DateMention]]:
        """Bare weekdays, unmodified."""
        for mention in self._mentions:
            match = _OPEN_WEEKDAY.match(mention.value)
            if match and mention.rule in ("day.weekday", "part.day"):
                yield int(match[1]), mention

    def _recent_day(self) -> _Told | None:
        """A date given with its weekday that the text later calls by the weekday alone, hence of the last week."""
        bare = dict(self._weekdays())
        for mention in reversed(self._mentions):
            told = self._day_of(mention)
            if told is None or weekday_in(mention.text) != told.day.isoweekday():
                continue
            other = bare.get(told.day.isoweekday())
            if other and other.start > mention.start:
                why = f'"{mention.text}" is later just "{other.text}", so it is of the same week'
                return _Told(told.day, "; ".join(part for part in (told.why, why) if part))
        return None

    def _day_of(self, mention: DateMention) -> _Told | None:
        """The day of a mention that has its year, or whose weekday leaves one, with what says so."""
        if day := own_day(mention):
            return _Told(day, "") if day.year in PRINTED else None
        found = self._years.day_of(mention)
        return _Told(*found) if found else None

    @cached_property
    def _years(self) -> Years:
        return Years(self._mentions)

    def _news_weekday(self) -> tuple[int, DateMention] | None:
        """The weekday of the news: of its today, else the bare one that it opens with."""
        if len(self._todays) == 1:
            return next(iter(self._todays.items()))
        return next(((weekday, m) for weekday, m in self._weekdays() if m.start < self._lead_end), None)

    def _why_unknown(self) -> str:
        recent = self._recent_day()
        if recent:
            return f"{recent.why}, but nothing says how many days later the text is"
        for counted, left in self._counts:
            if left:
                firsts = " or ".join(str(first) for first, _ in left)
                return f'the text counts "{counted.text}", which may be from {firsts} on'
            if against := self._against(counted.day_from(counted.beginnings[0][0])):
                return f'the text counts "{counted.text}", but {against}'
        for mention in self._mentions:
            if OPEN_DAY.fullmatch(mention.value):
                return f'"{mention.text}" has no year and nothing else in the text settles it'
        for _, mention in self._weekdays():
            return f'"{mention.text}" is a weekday of no known week'
        return "the text gives no date of its own"


def _is_other_day(word: str, before: Sequence[str]) -> bool:
    """Whether the words before "today" and the like make another day of it ("في صباح هذا اليوم")."""
    this = part = False
    for each in reversed(before):
        bare = each.removeprefix("و")
        if bare in _LIKE:
            return True
        if bare == "هذا":
            this = True
        elif bare in _PARTS:
            part = True
        elif bare not in ("من", "يوم"):
            return word == "اليوم" and bare in _OTHER_DAY and (this or not part)
    return False
