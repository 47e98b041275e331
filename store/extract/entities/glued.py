"""Words that a page has run together (مراسلالميادينفي), as happens where links were cut out of it.

Only a word that is in no list is looked at, and only where both halves are: an ordinary word on one side, on the other
a name that needs no context or a definite word. Between ة or ى and another letter a word has ended in any case.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.extract.entities.lexicon import Kind, kind_of, lexicon
from store.resolve.names import variant
from store.text.fold import fold

_ORDINARY = Kind.COMMON | Kind.STOP | Kind.VERB | Kind.TITLE | Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.FIELD | Kind.IDAFA
_SHORT = frozenset(("في", "من", "ان", "عن", "مع"))
_AFTER = frozenset(("في", "عن", "أنّ", "إنّ"))
"""What is glued to a person's name and never ends one."""
_ENDS = re.compile("[ةى](?=[\u0621-\u064a])")
_THAT = re.compile("[وفبل]?[أإ]نّ(?=[\u0621-\u064a]{4})(?!ه)")
"""أنّ with its doubling sign and more behind it than a pronoun."""
_LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a]+")
"""Letters of which each folds to one."""
_SHORTEST, _LONGEST = 6, 30


@lru_cache(maxsize=32768)
def cut(surface: str) -> tuple[int, ...]:
    """Where further words begin inside a word of no list: offsets in `surface`, none for most words."""
    if not _SHORTEST <= len(surface) <= _LONGEST or not "\u0600" <= surface[0] <= "\u06ff":
        return ()
    end = _ENDS.search(surface)
    if end and _ordinary(fold(surface[: end.end()])) and len(surface) - end.end() > 1:
        return (end.end(), *(end.end() + at for at in cut(surface[end.end() :])))
    if (that := _THAT.match(surface)) is not None:
        return (that.end(), *(that.end() + at for at in cut(surface[that.end() :])))
    best: tuple[int, ...] = ()
    folded = fold(surface) if _LETTERS.fullmatch(surface) else ""
    for at in range(len(surface) - 2, 1, -1):
        right = surface[at:]
        if "\u064b" <= right[0] <= "\u0652":
            continue
        first, last = (folded[:at], folded[at:]) if folded else (fold(surface[:at]), fold(right))
        if (_named(first, last) and _ordinary(last)) or (right in _AFTER and _person(first)):
            return (at,)
        if not best and _ordinary(first):
            if (inner := cut(right)) and _named(fold(right[: inner[0]]), fold(right[inner[0] :])):
                best = (at, *(at + one for one in inner))
            elif _begins(surface[:at], right, first, last):
                best = (at,)
    return best


def _begins(left: str, right: str, first: str, last: str) -> bool:
    """Whether a word begins with `right`, folded `last`, after the ordinary one before it."""
    if not right.startswith("ال"):
        return not left.startswith("ال") and _named(last, first)
    return (len(right) > 4 and _ordinary(last)) or _named(last, first)


@lru_cache(maxsize=32768)
def _ordinary(folded: str) -> bool:
    form = variant(folded)
    if len(form) < 4:
        return form in _SHORT or (len(form) == 3 and bool(lexicon().kinds.get(form, 0) & Kind.STOP))
    # Of what is short, only what is in the lists itself: inflections of something there are found everywhere.
    return bool((lexicon().kinds.get(form, 0) if len(form) < 6 else kind_of(form)) & _ORDINARY)


def _person(folded: str) -> bool:
    form = variant(folded)
    known = lexicon().kinds.get(form, 0)
    return len(form) > 3 and not form.startswith("ال") and bool(known & (Kind.GIVEN | Kind.FAMILY))


def _named(folded: str, beside: str) -> bool:
    """A name of one word that stands for itself wherever it is, beside a particle also one that is a word as well."""
    if len(folded) < 4 or (names := lexicon().phrases.get(variant(folded))) is None:
        return False
    weak = beside in _SHORT and folded.startswith("ال")
    return any((known.free or weak) and not known.rest for known in names)
