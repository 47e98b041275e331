"""From labels over words to spans of the text: how many letters of proclitics to leave out, which quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from store.extract.entities.features import LABELS, TYPES
from store.extract.entities.lexicon import Kind
from store.extract.entities.select import Candidate
from store.extract.entities.tokens import Reading, Tokens, Word
from store.models import MentionType

_TYPE: list[MentionType] = [TYPES[max(0, at - 1) // 2] for at in range(len(LABELS))]
"""The type of each label; that of O is never asked for."""
_INSIDE = [label[0] == "I" for label in LABELS]
_OPENING = '"“«„‟'
_CLOSING = '"”»“'
_KINDS = {
    "given": Kind.GIVEN | Kind.GIVEN_WEAK,
    "family": Kind.FAMILY | Kind.FAMILY_WEAK,
    "place": Kind.PLACE | Kind.PLACE_WEAK,
    "head": Kind.ORG_HEAD | Kind.LOC_HEAD,
    "common": Kind.COMMON | Kind.STOP | Kind.FIELD | Kind.NAMING,
    "nation": Kind.NATION | Kind.NATIONALITY,
    "foreign": Kind.FOREIGN,
}


class Named(NamedTuple):
    """Words `[first, end)` that were labelled as one name, and how sure that is (0 to 1)."""

    first: int
    end: int
    type: MentionType
    score: float


def spans(labels: Sequence[int], certain: Sequence[float]) -> list[Named]:
    """The names in a sequence of labels (indices of `features.LABELS`); an I- without a beginning begins one."""
    found: list[Named] = []
    first = end = 0
    # Most words are outside of any name, which is the first of the labels.
    for index in [index for index, label in enumerate(labels) if label]:
        label = labels[index]
        if index != end or not _INSIDE[label] or _TYPE[label] != _TYPE[labels[first]]:
            if first < end:
                found.append(Named(first, end, _TYPE[labels[first]], min(certain[first:end])))
            first = index
        end = index + 1
    if first < end:
        found.append(Named(first, end, _TYPE[labels[first]], min(certain[first:end])))
    return found


def describe(word: Word, reading: Reading, type_: str, elsewhere: set[str], firsts: frozenset[str]) -> list[str]:
    """What speaks for taking `word`, the first of a name of `type_`, with the proclitics of `reading` left out.

    `elsewhere` are the forms of the text, `firsts` bases that begin names in what the model learnt from. The model
    that weighs these features chooses among the readings of a word (`crf.Model.skip`).
    """
    letters = word.form[: reading.skip] if reading.skip else ""
    base = reading.base
    found = [f"skip={letters}", f"skip={letters} {type_}"]
    sort = "whole" if not reading.skip else "cut"
    found.extend(f"{sort} {name}" for name, bits in _KINDS.items() if reading.kind & bits)
    found.extend(f"{sort} {name} {type_}" for name, bits in _KINDS.items() if reading.kind & bits)
    found.extend({f"{sort} list {known.type == type_}" for known in reading.known})
    if base in firsts:
        found.append(f"{sort} begins names")
    if reading.skip and base in elsewhere:
        found.append("cut stands elsewhere")
    if base.startswith("ال"):
        found.append(f"{sort} definite")
    if len(base) < 4:
        found.append(f"{sort} short {len(base)}")
    return found


def quoted(tokens: Tokens, start: int, stop: int, last: int = 0) -> tuple[int, int]:
    """A span with the quotation mark that belongs to it: one that is open or closed inside takes its partner in.

    Nothing before `last`, where the name before it ends, is taken.
    """
    text = tokens.text
    opened = unmatched = 0
    for char in text[start:stop]:
        if opened and char in _CLOSING:
            opened -= 1
        elif char in _OPENING:
            opened += 1
        elif char in _CLOSING:
            unmatched += 1
    before = text[start - 1 : start] if start > last else ""
    after = text[stop : stop + 1]
    if opened and after and after in _CLOSING:
        return start, stop + 1
    if (opened or unmatched) and before and before in _OPENING:
        return start - 1, stop
    return start, stop


def exact(proposed: Iterable[Candidate]) -> Mapping[tuple[int, int, str], Candidate]:
    """The best proposal for each stretch of words and type."""
    best: dict[tuple[int, int, str], Candidate] = {}
    for one in proposed:
        key = (one.first, one.end, one.type)
        if key not in best or one.score > best[key].score:
            best[key] = one
    return best
