"""The word lists of `data/`, read once."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Literal, get_args

from store.clean.page import normal
from store.values import value_class

_Kind = Literal["boilerplate", "related", "keywords", "source", "byline"]


def _rows(name: str) -> list[list[str]]:
    table = (resources.files("store.clean") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in table.splitlines() if line.strip() and not line.startswith("#")]


# A number written together with its unit is two words ("1441هـ").
_TOKEN = re.compile(r"\d+|[^\W\d]+")


@value_class(frozen=True, slots=True)
class Phrase:
    """One line of phrases.tsv; `parts` are normal forms, more than one only where all have to stand in a line."""

    kind: _Kind
    rule: str
    match: str
    edge: bool
    limit: int
    parts: tuple[str, ...]


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases, the longest first."""
    found = []
    kinds: dict[str, _Kind] = {one: one for one in get_args(_Kind)}
    for kind, rule, match, place, limit, phrase in _rows("phrases.tsv"):
        parts = tuple(normal(part) for part in (phrase.split(" + ") if match == "all" else [phrase]))
        found.append(Phrase(kinds[kind], rule, match, place == "edge", int(limit), parts))
    return tuple(sorted(found, key=lambda phrase: -len(phrase.parts[0])))


@functools.cache
def words(name: str) -> frozenset[str]:
    """The words of a class of words.tsv, in normal form."""
    return frozenset(normal(word) for row in _rows("words.tsv") if row[0] == name for word in row[1].split("|"))


@functools.cache
def places() -> frozenset[str]:
    """Places of datelines, in normal form."""
    return frozenset(normal(name) for row in _rows("places.tsv") for name in row)


@value_class(frozen=True, slots=True)
class Outlet:
    """Somebody who publishes, or a word that stands where one would."""

    name: str
    kind: str
    """outlet, agency, photo or generic."""


@functools.cache
def outlets() -> dict[str, Outlet]:
    """By name or other spelling, in normal form."""
    found: dict[str, Outlet] = {}
    for row in _rows("outlets.tsv"):
        name, kind, *others = row
        outlet = Outlet(name, kind)
        for spelling in (name, *(others[0].split("|") if others else ())):
            if spelling:
                found.setdefault(normal(spelling), outlet)
    return found


@functools.cache
def domains() -> dict[str, str]:
    """Names of outlets by web domain."""
    return {domain: row[0] for row in _rows("outlets.tsv") if len(row) > 3 for domain in row[3].split("|") if domain}


def fits(line: str, known: frozenset[str], longest: int = 3) -> int:
    """How many words of `line` (normal form) are left when the longest known runs of words are taken away.

    Numbers count as known.
    """
    left = 0
    tokens = _TOKEN.findall(line)
    index = 0
    while index < len(tokens):
        for size in range(min(longest, len(tokens) - index), 0, -1):
            if " ".join(tokens[index : index + size]) in known:
                index += size
                break
        else:
            left += not tokens[index].isdigit()
            index += 1
    return left
