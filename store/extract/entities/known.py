"""Names that stand in the lists: aliases, the gazetteer, bodies known by a fixed phrase."""

from __future__ import annotations

from collections.abc import Iterator

from store.extract.entities.lexicon import Kind, Known, lexicon, word_set
from store.extract.entities.select import Candidate, candidate
from store.extract.entities.tokens import HYPHEN, SPACE, Reading, Tokens

_SCORES = {"alias": 0.95, "place": 0.8, "body": 0.75}


def match(tokens: Tokens, index: int, known: Known) -> int | None:
    """The end of the words of `known` that begin at word `index`, or None."""
    end = index + 1
    for part in known.rest:
        if end >= len(tokens.words) or tokens.gaps[end] not in (SPACE, HYPHEN):
            return None
        if tokens.words[end].readings[0].base != part:
            return None
        end += 1
    return end


def longest(tokens: Tokens, index: int, reading: Reading, free: bool = True) -> tuple[Known, int] | None:
    """The longest known name that begins with `reading` of word `index`; with `free` only one that needs no context."""
    after = index + 1
    follows = ""
    if after < len(tokens.words) and tokens.gaps[after] in (SPACE, HYPHEN):
        follows = tokens.words[after].readings[0].base
    for known in reading.known:
        # Nearly all names that begin with a word go on with another than stands there.
        if (free and not known.free) or (known.rest and known.rest[0] != follows):
            continue
        end = match(tokens, index, known)
        if end is not None:
            return known, end
    return None


_SPORT = word_set("sport")
_ELSEWHERE = word_set("not before a club")


def on_sport(tokens: Tokens) -> bool:
    """Whether a text is about sport: several different words of its vocabulary, one in fifty words or more."""
    found = [word.form for word in tokens.words if word.form in _SPORT]
    return len(set(found)) >= 4 and len(found) * 50 >= len(tokens.words)


def clubs(tokens: Tokens) -> Iterator[Candidate]:
    """Clubs by their bare names, in a text on sport; after في the town is meant."""
    for index, word in enumerate(tokens.words):
        if index and tokens.gaps[index] == SPACE and tokens.words[index - 1].form in _ELSEWHERE:
            continue
        for reading in word.readings:
            if reading.skip > 1 or (reading.skip and word.form.startswith("ب")):
                # بالتعاون مع is no club.
                continue
            for one in reading.known:
                end = match(tokens, index, one) if one.club else None
                if end is not None:
                    yield candidate(tokens, index, end, "ORG", "club in a text on sport", 0.97, reading.skip)
                    break


def find(tokens: Tokens) -> Iterator[Candidate]:
    """Every known name of the text."""
    if on_sport(tokens):
        yield from clubs(tokens)
    for index, word in enumerate(tokens.words):
        if not word.starts:
            continue
        for reading in word.readings:
            if not reading.known:
                continue
            found = longest(tokens, index, reading)
            if found is None:
                continue
            known, end = found
            if not _unguarded(tokens, index, end, reading) or (
                end == index + 1 and not _alone(tokens, index, reading, known)
            ):
                continue
            if known.source == "body":
                end = _nationality(tokens, end)
            yield candidate(tokens, index, end, known.type, f"{known.source} list", _SCORES[known.source], reading.skip)
            break


def _nationality(tokens: Tokens, end: int) -> int:
    """A nationality in agreement after a body belongs to its name (مجلس الوزراء العراقي)."""
    while tokens.near(end) and tokens.words[end].kind & Kind.NATIONALITY:
        end += 1
    return end


def _unguarded(tokens: Tokens, index: int, end: int, reading: Reading) -> bool:
    guard = lexicon().guards.get(reading.base)
    if guard is None:
        return True
    before = tokens.words[index - 1].form if index and tokens.gaps[index] == SPACE else ""
    after = tokens.words[end].form if tokens.near(end) else ""
    return before not in guard[0] and after not in guard[1]


def _alone(tokens: Tokens, index: int, reading: Reading, known: Known) -> bool:
    """Whether a name of one word may stand here and is not a part of a longer word."""
    if reading.skip and tokens.words[index].kind & (Kind.GIVEN | Kind.PLACE):
        return False
    # A whole word that is common outranks a name found under its proclitics (وسام, بلغة).
    return not (reading.skip and known.source == "place" and tokens.words[index].kind & (Kind.COMMON | Kind.STOP))
