"""What word lists and grammar propose, before any model has weighed it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from store.extract.entities import known, organisations, persons, places, sources
from store.extract.entities.select import Candidate
from store.extract.entities.tokens import Tokens
from store.models import Block

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"«»<>]+")
"""Web addresses: nothing in them is a name."""


def propose(tokens: Tokens, blocks: Sequence[Block] = ()) -> list[Candidate]:
    """Every span that some rule takes for a name, overlaps included; `blocks` are read for source lines."""
    proposed: list[Candidate] = list(known.find(tokens))
    proposed.extend(places.find(tokens))
    proposed.extend(organisations.find(tokens))
    proposed.extend(sources.find(tokens, blocks))
    proposed.extend(persons.find(tokens, _claimed(proposed)))
    return outside_addresses(tokens.text, proposed)


def outside_addresses(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that share no letter with a web address of the text."""
    if "http" not in text and "www." not in text:
        return candidates
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    ends = [end for _, end in addresses]

    def clear(one: Candidate) -> bool:
        at = bisect_right(ends, one.start)
        return at == len(addresses) or addresses[at][0] >= one.stop

    return [one for one in candidates if clear(one)]


def _claimed(candidates: Sequence[Candidate]) -> dict[int, int]:
    """First words of places and organisations with the end of the longest that begins there."""
    claimed: dict[int, int] = {}
    for one in candidates:
        if one.type in ("LOC", "ORG") and one.score >= 0.5 and one.end > claimed.get(one.first, 0):
            claimed[one.first] = one.end
    return claimed
