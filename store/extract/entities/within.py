"""What a text has established once holds for the rest of it: surnames of its persons, names it has announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.extract.entities.lexicon import Kind, lexicon
from store.extract.entities.select import Candidate, candidate
from store.extract.entities.tokens import COLON, QUOTE, SPACE, Reading, Tokens

_PLAIN = Kind.COMMON | Kind.STOP | Kind.NATIONALITY | Kind.NATION | Kind.PLACE | Kind.FIELD | Kind.NAMING | Kind.TITLE
_JOINED = frozenset(("بن", "ابو", "ابي", "ال", "فان", "فون", "دي", "دا", "عبد", "ابن", "لو", "بو"))
_SURE = 0.55
_FIRM = 0.6


def find(tokens: Tokens, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Further mentions of the names among `chosen`."""
    taken = bytearray(len(tokens.words))
    for one in chosen:
        if one.score >= _FIRM and not (one.rule.startswith("after a place") and one.score < 0.7):
            for index in range(one.first, one.end):
                taken[index] = 1
    surnames: dict[str, tuple[tuple[str, ...], float]] = {}
    others: dict[str, list[tuple[tuple[str, ...], Candidate]]] = {}
    for one in chosen:
        words = tuple(_bases(tokens, one))
        if one.score < _SURE or not words:
            continue
        if one.type == "PER":
            parts = words[-2:] if len(words) > 1 and words[-2] in _JOINED else words[-1:]
            if len(words) > len(parts) or one.rule.startswith(("title", "verb", "speaker")):
                surnames.setdefault(parts[0], (parts, one.score))
                bare = parts[0][2:] if parts[0].startswith("ال") and len(parts) == 1 else ""
                if len(bare) > 3:
                    surnames.setdefault(bare, ((bare,), one.score))
            if len(words) > 1:
                others.setdefault(words[0], []).append((words, one))
        elif not one.rule.endswith("list"):
            others.setdefault(words[0], []).append((words, one))
            if one.type == "ORG" and one.rule == "head noun" and tokens.words[one.end - 1].kind & Kind.FOREIGN:
                # مجموعة دايملر goes on as دايملر.
                others.setdefault(words[1], []).insert(0, (words[1:], one))
    if not surnames and not others:
        return
    sought = surnames.keys() | others.keys()
    for index, word in enumerate(tokens.words):
        if taken[index]:
            continue
        for reading in word.readings:
            if reading.base not in sought:
                continue
            repeated = next(
                (found for found in others.get(reading.base, ()) if _repeats(tokens, index, reading, found[0])), None
            )
            if repeated is not None:
                words, one = repeated
                yield candidate(
                    tokens,
                    index,
                    index + len(words),
                    one.type,
                    "named before in the text",
                    0.8 if one.type == "PER" else 0.6,
                    reading.skip,
                )
                break
            surname = surnames.get(reading.base)
            if (
                surname is not None
                and _follows(tokens, index, surname[0])
                and _may_stand(tokens, index, reading, len(surname[0]))
            ):
                yield candidate(
                    tokens, index, index + len(surname[0]), "PER", "surname of a name in the text", 0.7, reading.skip
                )
                break


def _bases(tokens: Tokens, one: Candidate) -> Iterator[str]:
    offset = one.start - tokens.starts[one.first]
    for index in range(one.first, one.end):
        word = tokens.words[index]
        if index == one.first and offset:
            reading = next((found for found in word.readings if found.skip == offset), word.readings[0])
            yield reading.base
        else:
            yield word.readings[0].base


def _follows(tokens: Tokens, index: int, parts: Sequence[str]) -> bool:
    return all(
        tokens.near(index + step) and tokens.words[index + step].form == part for step, part in enumerate(parts) if step
    )


def _may_stand(tokens: Tokens, index: int, reading: Reading, length: int) -> bool:
    """Whether a surname may stand here alone: one that is a word as well needs a verb or a title beside it."""
    if length > 1:
        return True
    if reading.base == "علي":
        # Many papers write على (on) like this.
        return index > 0 and tokens.near(index) and bool(tokens.words[index - 1].kinds & (Kind.VERB | Kind.TITLE))
    word = tokens.words[index]
    if reading.skip and word.kind & (Kind.COMMON | Kind.STOP):
        return False
    before = tokens.words[index - 1] if index and tokens.gaps[index] in (SPACE, QUOTE) else None
    if (
        before is not None
        and reading.base.startswith("ال")
        and before.form.startswith("ال")
        and before.kinds & Kind.COMMON
        and not before.kinds & (Kind.VERB | Kind.TITLE)
    ):
        # القرار الحكيم: an adjective and not the surname.
        return False
    # A word that only looks like a form of a common one (طالباني) may be a name here.
    if not (reading.kind & ~Kind.COMMON | lexicon().kinds.get(reading.base, 0)) & _PLAIN:
        return True
    if reading.kind & (Kind.STOP | Kind.PLACE):
        return False
    if before is not None and before.kinds & (Kind.VERB | Kind.TITLE) and not reading.skip:
        return True
    after = index + 1
    return tokens.gaps[index] not in (SPACE, QUOTE) and after < len(tokens.gaps) and tokens.gaps[after] == COLON


def _repeats(tokens: Tokens, index: int, reading: Reading, words: Sequence[str]) -> bool:
    if not _follows(tokens, index, words):
        return False
    end = index + len(words)
    if len(words) > 1:
        return True
    quoted = tokens.quoted.get(index)
    if quoted is not None and quoted.end == end:
        return True
    if reading.kind & _PLAIN or (reading.skip and tokens.words[index].kind & (Kind.COMMON | Kind.STOP)):
        return False
    return len(words[0]) > 3
