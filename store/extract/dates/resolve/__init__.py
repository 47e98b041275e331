"""From meanings to TIMEX3 values: what an expression denotes, given when it was said.

Without an anchor what depends on it stays open (`XXXX-01-24`, `XXXX-WXX-3`); nothing is guessed. A date without a year
and a bare weekday are the most recent ones, the document's own day included, unless what governs them looks ahead and
they lie near enough (`nearness`).
"""

from __future__ import annotations

from store.extract.dates.context import Context, Resolved, Resolvers
from store.extract.dates.meaning import Meaning
from store.extract.dates.resolve import days, hijri, parts, times, units

_RESOLVERS: Resolvers = units.RESOLVERS | days.RESOLVERS | hijri.RESOLVERS | parts.RESOLVERS | times.RESOLVERS


def resolve(meaning: Meaning, context: Context) -> Resolved | None:
    """The value of a meaning; None when it denotes nothing (31 February)."""
    resolver = _RESOLVERS.get(type(meaning))
    return resolver(meaning, context, resolve) if resolver else None
