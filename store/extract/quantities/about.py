"""How exactly a number is meant, by the words around it."""

from __future__ import annotations

from store.extract.quantities.nouns import WORD
from store.extract.quantities.words import sets
from store.models import About

_LONGEST = 4
_KINDS: tuple[About, ...] = ("more", "less", "approximate")
_BEHIND: tuple[tuple[About, str], ...] = (("more", "at least"), ("less", "at most"), ("approximate", "or so"))
_NOT = ("لا", "لم", "لن")
_OTHERWISE: dict[About, About] = {"more": "less", "less": "more"}
"""What is meant where it is denied: لا يتجاوز, لم يقل عن."""
_GLUED_ON = ("الي", "علي", "عن", "من", "في")
"""Prepositions that are found without a space before a word: إلىأكثر من 500."""


def about(before: str, after: str) -> About:
    """What the folded text right before a number and right after what it counts makes of its value."""
    words = WORD.findall(before)
    for size in range(_LONGEST, 0, -1):
        phrase = " ".join(words[-size:])
        plain = phrase[1:] if phrase[:1] in "وفبل" else phrase
        loose = next((phrase[len(one) :] for one in _GLUED_ON if phrase.startswith(one)), "")
        for kind in _KINDS:
            if not sets()[kind].isdisjoint((phrase, plain, loose)):
                denied = words[-size - 1 : -size] and words[-size - 1].lstrip("وف") in _NOT
                return _OTHERWISE.get(kind, kind) if denied else kind
    behind = WORD.findall(after)[:3]
    phrases = {" ".join(behind[:size]) for size in (1, 2, 3)}
    return next((kind for kind, name in _BEHIND if not sets()[name].isdisjoint(phrases)), "exact")
