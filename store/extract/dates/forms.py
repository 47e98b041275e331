"""Forms of words: the ways to take their proclitics off, and the endings that a row of the lexicon asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PERFECT_ENDINGS = ("ت", "وا", "ا", "تا", "ته", "تها", "تهم", "وه", "وها")
_HOLLOW = re.compile(r"(?:ا|است)\wا\w")
"""Verbs whose own noun, with a pronoun, looks like a perfect with one: "استقالته"."""


PROCLITICS = frozenset("وفبلك")
"""First letters of the words that `proclitics` reads in more than one way."""


def proclitics(raw: str) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """The ways to read a word as proclitics and a form, the plainest first."""
    yield (), 0, raw
    first, rest = raw[0], raw[1:]
    before: tuple[str, ...] = ()
    if len(rest) < 2:
        return
    if first in "وف":
        yield (first,), 1, rest
        before = (first,)
        raw, first, rest = rest, rest[0], rest[1:]
    if raw.startswith("لل") and len(raw) > 3:
        yield (*before, "ل"), len(before) + 1, "ال" + raw[2:]
        yield (*before, "ل"), len(before) + 1, "ال" + raw[1:]  # "لليلة" of "الليلة"
    if first in "بلك" and len(rest) > 1:
        yield (*before, first), len(before) + 1, rest


def inflect(form: str, inflection: str) -> Iterator[str]:
    if inflection not in ("imp", "fut"):
        yield form
    match inflection:
        case "the":
            yield "ال" + form
        case "acc":
            yield form + "ا"
        case "adj":
            yield from (form + ending for ending in ("ه", "ين", "ان", "تين", "تان", "ات"))
        case "verb":
            has_noun = _HOLLOW.fullmatch(form)
            yield from (form + ending for ending in _PERFECT_ENDINGS if not (has_noun and ending.startswith("ته")))
        case "pron":
            yield from (form + ending for ending in ("ه", "ها", "هم"))
        case "fut":
            yield from ("س" + prefix + form for prefix in "يتن")
        case "imp":
            yield from (prefix + form for prefix in "يتن")
            yield from ("ي" + form.rstrip("اي") + ending for ending in ("ون", "وا", "ان"))
