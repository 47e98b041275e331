"""What a sentence, or a date, is about, told by parts of its words (data/story_words.tsv)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from store.text.fold import fold

Kind = Literal["fighting", "other", "anniversary", "archive", "calendar", "then", "now", "last", "next"]


def is_about(kind: Kind, folded: str) -> bool:
    """Whether a folded sentence has one of the words of a kind."""
    return _pattern(kind).search(folded) is not None


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    for line in files(__package__).joinpath("data", "story_words.tsv").read_text("utf-8").split("\n"):
        name, _, parts = line.partition("\t")
        if name == kind:
            return re.compile("|".join(re.escape(fold(part.strip())) for part in parts.split("|")))
    raise KeyError(kind)
