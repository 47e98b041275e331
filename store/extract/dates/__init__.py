"""Time expressions of Arabic text as TIMEX3: spans, values, the days they may mean, and what they rest on.

`find` folds each sentence, reads it into items (`sentence`; `glued` cuts words that a page ran together), lets the
grammar's stages build meanings (`grammar`, `cascade`, `build`) and resolves them in reading order (`resolve`). What
governs a date (`clauses`, `verbs`) tells its direction (`nearness`) and the light it stands in (`modality`); the ends
of a stretch tell each other what they leave out (`stretches`). Words, rules and world knowledge are data (data/*.tsv);
they are read on first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.models import Block, DateMention, Sentence

EXTRACTOR = "dates"
VERSION = "2"

# Blocks that hold no news: their dates are found, but later sentences do not lean on them.
_APART = frozenset({"caption", "keywords", "related", "source", "boilerplate"})


def find(
    text: str, anchor: str | None, sentences: Sequence[Sentence], blocks: Sequence[Block] = ()
) -> list[DateMention]:
    """The time expressions of `text` in reading order, not overlapping.

    `anchor` is the document's date (ISO, `2021-12-14` or with a time); None or anything else leaves what depends on it
    open (`XXXX-01-24`, `XXXX-WXX-3`). Spans are code points of `text`; time is linear in its length.
    """
    from store.extract.dates.finder import find_mentions

    return find_mentions(text, anchor, sentences, [(b.start, b.end) for b in blocks if b.kind in _APART])


def weekday(word: str) -> int | None:
    """The number (Monday 1 to Sunday 7) of a weekday's name, with ال; None for other words."""
    from store.text.fold import fold

    return _weekdays().get(fold(word))


@cache
def _weekdays() -> dict[str, int]:
    """The names of weekdays, folded; the lexicon as a whole takes long to read."""
    from store.extract.dates.lexicon import rows
    from store.text.fold import fold

    return {
        fold(form.strip()): int(value)
        for kind, value, _, forms in rows("calendar.tsv")
        if kind == "WDAY"
        for form in forms.split("|")
    }
