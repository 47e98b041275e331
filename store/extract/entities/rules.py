"""The recogniser that rules, word lists and grammar make: fast, without a trained model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.extract.entities import known, organisations, persons, places, sources, within
from store.extract.entities.lexicon import lexicon
from store.extract.entities.select import Candidate, select
from store.extract.entities.tokens import Tokens, tokenize
from store.models import Block, Mention, Sentence
from store.resolve import names
from store.text.fold import fold

EXTRACTOR = "fast"
VERSION = "1"

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"«»<>]+")
"""Web addresses: nothing in them is a name."""


def find(text: str, sentences: Sequence[Sentence], blocks: Sequence[Block] = ()) -> list[Mention]:
    """The mentions of `text` in reading order, without overlaps, linked to one another by `store.resolve.names`.

    Offsets are code points of `text`; spans leave proclitics out (`لبغداد` gives `بغداد`). `sentences` are not needed
    by the rules, which end names at punctuation and line ends; `blocks` are read for source lines. Linear in the
    length of the text but for the choice among overlaps, O(n log n). Raises nothing, whatever the text.
    """
    tokens = tokenize(text)
    if not tokens.words:
        return []
    proposed: list[Candidate] = list(known.find(tokens))
    proposed.extend(places.find(tokens))
    proposed.extend(organisations.find(tokens))
    proposed.extend(sources.find(tokens, blocks))
    proposed.extend(persons.find(tokens, _claimed(proposed)))
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    if addresses:
        proposed = [one for one in proposed if not any(one.start < end and at < one.stop for at, end in addresses)]
    chosen = select(proposed)
    chosen = select([*chosen, *within.find(tokens, chosen)])
    return names.link(text, [_mention(tokens, one) for one in chosen])


def _claimed(candidates: Sequence[Candidate]) -> dict[int, int]:
    """First words of places and organisations with the end of the longest that begins there."""
    claimed: dict[int, int] = {}
    for one in candidates:
        if one.type in ("LOC", "ORG") and one.score >= 0.5 and one.end > claimed.get(one.first, 0):
            claimed[one.first] = one.end
    return claimed


def _mention(tokens: Tokens, one: Candidate) -> Mention:
    surface = tokens.text[one.start : one.stop]
    name = _spoken(tokens, one, surface)
    return Mention(
        start=one.start,
        end=one.stop,
        text=surface,
        type=one.type,
        name=name,
        entity=lexicon().place_ids.get(fold(name)) if one.type == "LOC" else None,
        score=round(one.score, 2),
        extractor=EXTRACTOR,
        version=VERSION,
        rule=one.rule,
        reason="",
    )


def _spoken(tokens: Tokens, one: Candidate, surface: str) -> str:
    """The name as it reads alone: with the article that ل has swallowed, without quotation marks, on one line."""
    skipped = len(fold(tokens.text[tokens.starts[one.first] : one.start]))
    if skipped and surface.startswith("ل"):
        bases = [reading for reading in tokens.words[one.first].readings if reading.skip == skipped]
        listed = next((reading for reading in bases if reading.kind or reading.known), bases[0] if bases else None)
        # للبنان is لبنان, للبنك is البنك.
        if listed is not None and listed.base.startswith("ال"):
            surface = "ا" + surface
    return " ".join("".join(char for char in surface if char not in '"“”«»„').split())
