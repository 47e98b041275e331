"""What a time expression says before it is known when it was said.

The grammar builds these values from words alone; `resolution` turns them into TIMEX3 values with an anchor. Units are
TIMEX3's: D W M Q H(alf year) Y DE CE, and TH TM TS for hours, minutes and seconds. Calendars: "G" Gregorian, "H" Hijri.
"""

from __future__ import annotations

from typing import Literal

from store.values import value_class

Calendar = Literal["G", "H"]


@value_class(frozen=True, slots=True)
class Number:
    """A number in figures or words."""

    value: float
    ordinal: bool = False
    definite: bool = False
    feminine: bool = False
    digits: int = 0
    """How many figures it is written with; 0 in words."""


@value_class(frozen=True, slots=True)
class Figures:
    """A date in figures, in the order of the calendar."""

    year: int | None
    month: int
    day: int | None
    calendar: Calendar = "G"


@value_class(frozen=True, slots=True)
class Meaning:
    """The base of all meanings."""


@value_class(frozen=True, slots=True)
class MonthName(Meaning):
    """A month without a year, as a name."""

    calendar: Calendar
    number: int


@value_class(frozen=True, slots=True)
class Vague(Meaning):
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: str


@value_class(frozen=True, slots=True)
class Repeat(Meaning):
    """A repetition: the value of a SET."""

    value: str


@value_class(frozen=True, slots=True)
class Year(Meaning):
    """A year by its number."""

    number: int
    calendar: Calendar = "G"
    bc: bool = False


@value_class(frozen=True, slots=True)
class Shift(Meaning):
    """So many units from the document's date, or from the date mentioned last."""

    unit: str
    offset: int
    from_mention: bool = False
    new: bool = False
    """"The new year": the one beginning, or about to."""
    far: bool = False
    """"That day": not the document's own."""
    weekday: int | None = None
    """The weekday said with a day ("أمس الأربعاء")."""


@value_class(frozen=True, slots=True)
class Running(Meaning):
    """The unit that is being counted ("for the third day running"): the one the sentence is about, else the present."""

    unit: str


@value_class(frozen=True, slots=True)
class Matches(Meaning):
    """A season of matches, so many from the one around the document's date; it runs from July to June."""

    offset: int


@value_class(frozen=True, slots=True)
class InYear(Meaning):
    """A day, week or month mentioned before, in another year."""

    unit_meant: Shift
    year: Year | Shift


@value_class(frozen=True, slots=True)
class Month(Meaning):
    """A month, its year said or left out; `direction` counts from the document's month (-1 الماضي, 1 المقبل)."""

    month: MonthName
    year: Year | Shift | None = None
    direction: int | None = None


@value_class(frozen=True, slots=True)
class Day(Meaning):
    """A day of a month; `weekday` 1 (Monday) to 7 helps to find a year that is left out."""

    month: Month | Shift
    day: int
    weekday: int | None = None


@value_class(frozen=True, slots=True)
class Weekday(Meaning):
    """A day of the week."""

    weekday: int
    direction: int | None = None
    from_mention: bool = False


@value_class(frozen=True, slots=True)
class InWeek(Meaning):
    """A day of a week said beside it ("Thursday of next week")."""

    weekday: int
    week: Shift


@value_class(frozen=True, slots=True)
class Feast(Meaning):
    """A festival by its rule (see data/calendar.tsv)."""

    rule: str
    year: Year | Shift | None = None
    direction: int | None = None


@value_class(frozen=True, slots=True)
class Season(Meaning):
    """SP, SU, FA or WI of a year."""

    season: str
    year: Year | Shift | None = None
    direction: int | None = None
    ahead: bool = False
    """Whether it is a time only if it lies ahead: "في الصيف" may as well be every one."""


@value_class(frozen=True, slots=True)
class Century(Meaning):
    """The nth century of the era, or before it."""

    number: int
    bc: bool = False


@value_class(frozen=True, slots=True)
class Millennium(Meaning):
    """The nth millennium of the era, or before it."""

    number: int
    bc: bool = False


@value_class(frozen=True, slots=True)
class Decade(Meaning):
    """The twenties to nineties of a century."""

    decade: int
    century: Century | Shift | None = None


@value_class(frozen=True, slots=True)
class Nth(Meaning):
    """The nth unit of a longer one; negative counts from its end."""

    unit: str
    number: int
    of: Meaning | None


@value_class(frozen=True, slots=True)
class Several(Meaning):
    """The first (or last) `count` units of a longer one."""

    unit: str
    count: int
    of: Meaning | None
    last: bool = False


@value_class(frozen=True, slots=True)
class Length(Meaning):
    """A length of time; an amount of None is uncounted ("سنوات"). `direction` says which end lies at the document."""

    parts: tuple[tuple[float | None, str], ...]
    mod: str | None = None
    direction: int | None = None
    upto: float | None = None
    """The greater amount of "من 3 إلى 5 سنوات"."""


@value_class(frozen=True, slots=True)
class Ago(Meaning):
    """A length before (-1) or after (1) the document's date or another date."""

    length: Length
    sign: int
    of: Meaning | None = None
    from_mention: bool = False
    from_now: bool = False


@value_class(frozen=True, slots=True)
class PartOfDay(Meaning):
    """A part of a day: MO, AF, EV, NI, or a time such as 12:00."""

    part: str
    day: Meaning | None


@value_class(frozen=True, slots=True)
class Clock(Meaning):
    """A time by the clock; `half` (am, pm, noon, night) says which half of the day it was."""

    hour: int
    minute: int = 0
    second: int | None = None
    half: str | None = None
    zone: str = ""
    day: Meaning | None = None


@value_class(frozen=True, slots=True)
class Modified(Meaning):
    """The START, MID or END of something, or any other TIMEX3 mod."""

    mod: str
    of: Meaning


@value_class(frozen=True, slots=True)
class Interval(Meaning):
    """From one time to another; what the first leaves out, the second says."""

    first: Meaning
    last: Meaning


@value_class(frozen=True, slots=True)
class Weekend(Meaning):
    """The end of a week, as days off."""

    offset: int


@value_class(frozen=True, slots=True)
class Zone(Meaning):
    """A time zone: "Z", "+03:00", or "" for one that is only named."""

    offset: str


@value_class(frozen=True, slots=True)
class Nothing(Meaning):
    """What only keeps its words from meaning something else ("اليوم العالمي")."""
