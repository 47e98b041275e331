"""Builders: what a rule's slots mean together. Each takes the slots and gives a meaning, or None to refuse the match.

The grammar's column "builds" names them. Nothing here knows a date of today.
"""

from __future__ import annotations

from store.extract.dates.build import days, lengths, parts, times, years
from store.extract.dates.slots import Builder

BUILDERS: dict[str, Builder] = years.BUILDERS | days.BUILDERS | parts.BUILDERS | lengths.BUILDERS | times.BUILDERS
