"""What became of all that was given to `store.ingest.add`, in a few numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.ingest import Progress

FORMATS = {
    "text": "plain text",
    "jsonl": "JSON Lines",
    "json": "JSON",
    "html": "web pages",
    "feed": "news feeds",
    "table": "tables",
    "pdf": "PDF",
    "docx": "Word documents",
}
"""What readers read (`Source.reader`), as it is shown."""

_PERIODS = 12
"""At most so many stretches of time: months where these are enough, else years, else decades."""
# What differs from one input to the next within a reason: "(line 2, byte 5)", `: "أمس"`, numbers.
_OWN = re.compile(r'(?:(?<!\s)\s+)?\([^()]*\)|: ".*"$')
_NUMBER = re.compile(r"\d+")
_LONGEST = 1000
"""Characters of a reason that are looked at."""


@dataclass(slots=True)
class Summary:
    """Counts of articles and inputs; `take` counts one more."""

    added: int = 0
    known: int = 0
    """Documents that were there already."""
    formats: Counter[str] = field(default_factory=Counter)
    """Articles added, by the reader that read them."""
    outlets: Counter[str | None] = field(default_factory=Counter)
    """Articles added, by outlet; None where that isn't known."""
    months: Counter[str | None] = field(default_factory=Counter)
    """Articles added, by the month (`2021-12`) of their publication; None where that isn't known."""
    unread: int = 0
    """Articles added whose date of publication could not be read."""
    first_unread: tuple[str, str] | None = None
    """Where the first of them stands, and what stands there."""
    left: Counter[str] = field(default_factory=Counter)
    """What was left out, by kind."""
    rejected: Counter[str] = field(default_factory=Counter)
    """What was rejected, by reason, without what is one input's own."""

    def take(self, item: Progress) -> None:
        """Counts what became of one input."""
        from store.ingest import Added, Left, Rejected
        from store.readers.records import unread_date

        if isinstance(item, Added):
            found = item.analysis
            self.added += 1
            self.formats[found.document.source.reader] += 1
            self.outlets[found.cleaned.outlet] += 1
            self.months[found.published.value[:7] if found.published.value else None] += 1
            self.take_unread(item.path, unread_date(found.document))
        elif isinstance(item, Left):
            self.left[item.kind] += 1
        elif isinstance(item, Rejected):
            self.rejected[_NUMBER.sub("N", _OWN.sub("", item.error.what[:_LONGEST]))] += 1
        else:
            self.known += 1

    def take_unread(self, path: str, value: str | None) -> None:
        """Counts a date of publication that could not be read; `value` is None where it could, or there was none."""
        if value is not None:
            self.unread += 1
            self.first_unread = self.first_unread or (path, value)

    def top_outlets(self, most: int) -> tuple[tuple[str, int], ...]:
        """The outlets with the most articles, at most `most`, and how many articles each has."""
        named = ((name, count) for name, count in self.outlets.items() if name is not None)
        return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0]))[:most])

    def periods(self) -> tuple[tuple[str, int], ...]:
        """Articles by months (`2021-12`), years (`2021`) or decades (`2020s`), whichever are few enough, in order."""
        for width, end in ((7, ""), (4, ""), (3, "0s")):
            counts: Counter[str] = Counter()
            for month, count in self.months.items():
                if month is not None:
                    counts[month[:width] + end] += count
            if len(counts) <= _PERIODS:
                break
        return tuple(sorted(counts.items()))
