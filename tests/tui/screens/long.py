"""A corpus whose lists are longer than what is asked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from store.database import open_writer
from store.models import Analysis
from tests.store.database.making import analysis

ARTICLES, UNDATED = 430, 5


def articles(first: int = 0, last: int = ARTICLES) -> Iterator[Analysis]:
    """Articles of one day after another, each of which names somebody and tells of a day; the first have no date."""
    for number in range(first, last):
        day = (date(2015, 1, 1) + timedelta(number)).isoformat()
        text = f"قال سالم {number} في اليوم {number} إن المدينة كبرت."
        name, when = f"سالم {number}", f"اليوم {number}"
        published = (date(2016, 6, 1) + timedelta(number)).isoformat() if number >= UNDATED else None
        yield analysis(text, [(name, "PER")], [(when, day)], published)


def corpus(folder: Path) -> Path:
    """The corpus in a file."""
    path = folder / "long.db"
    with open_writer(path) as writer:
        for each in articles():
            writer.add(each)
    return path
