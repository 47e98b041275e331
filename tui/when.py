"""When something happened, as lists show it: no codes, whatever TIMEX3 calls it."""

from __future__ import annotations

import re

from store.answers import EventRow
from store.text.when import in_figures
from tui.locale import N_
from tui.locale import gettext as _

_END = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PLAIN = re.compile(rf"{_END}(?:/{_END})?")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d|[A-Z]{2})")
_PARTS = {
    "MO": N_("in the morning"), "MI": N_("at midday"), "AF": N_("in the afternoon"), "EV": N_("in the evening"),
    "NI": N_("at night"), "DT": N_("in the daytime"),
}  # fmt: skip


def event_date(row: EventRow) -> str:
    """A day, month or year as it is; of all else first and last (`1850…1859`), of a time the hour or part of the day.

    >>> from store.answers import EventRow
    >>> event_date(EventRow(1, "185", "1850-01-01", "1859-12-31", "decade", "asserted", (), (), (), 1))
    '1850…1859'
    """
    if _PLAIN.fullmatch(row.value):
        return row.value.replace("/", "…")
    time = _TIME.fullmatch(row.value)
    if time is None:
        return in_figures(row.earliest, row.latest, row.precision)
    part = _PARTS.get(time[2])
    return f"{time[1]} {_(part) if part else time[2]}"
