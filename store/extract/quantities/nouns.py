"""What a number counts: the noun behind it, without what a page has run together with it, and its adjectives."""

from __future__ import annotations

import re

from store.extract.entities.lexicon import Kind, kind_of, lexicon
from store.extract.quantities.units import listed, unit
from store.extract.quantities.words import measures, sets

WORD = re.compile(r"[^\W\d_]+")
_ADJECTIVES = 2
"""Most adjectives that belong to what is counted."""
_LEXICAL = {letter: tuple(sorted(sets()["with " + letter])) for letter in "وبل"}
"""How nouns begin whose first letter looks like a proclitic."""
_NOUN = Kind.COMMON | Kind.NATION | Kind.TITLE
_MINE = ("ه", "ها", "هم", "هن", "هما", "نا", "كم")
"""Pronouns attached to a word: جنودها."""
_STUCK = re.compile(r"(.{3,}?)(علي|الي|بينهم|بينها|منهم|منها|خلال|منذ|بعد|قبل|التي|الذين|الذي|حيث|جراء|من|في|عن)\Z")
"""A word and a particle that a page has run together: صواريخعلى, آخرينبينهم."""


def word_at(folded: str, at: int) -> tuple[int, int, str] | None:
    """The word that begins at an offset or after white space there; None where anything else follows."""
    while at < len(folded) and folded[at] == " ":
        at += 1
    match = WORD.match(folded, at)
    if match is None:
        return None
    word = _unstuck(match.group())
    return match.start(), match.start() + len(word), word


def _unstuck(word: str) -> str:
    """A noun without the particle that stands behind it with no space between."""
    if len(word) < 6 or kind_of(word) & ~Kind.FOREIGN or (stuck := _STUCK.fullmatch(word)) is None:
        return word
    return stuck[1] if lexicon().kinds.get(stuck[1], 0) & _NOUN or unit(stuck[1]) in measures() else word


def has_article(word: str) -> bool:
    """Whether a folded word may have the article; ألماني and ألغام look the same folded."""
    return word.startswith("ال") and len(word) > 4 and bool(kind_of(word[2:]) & (_NOUN | Kind.VERB | Kind.STOP))


def with_proclitic(word: str) -> bool:
    """Whether a word begins with a conjunction or a preposition: وإصابة, بحالة, لتأسيس, but not وزير, بئر, لاعب."""
    rest = word[1:]
    if word.startswith(("و", "ب", "ل")):
        if rest in sets()["not counted"]:
            return True  # وفي, وهم
        if word in sets()["whole"] or word.startswith(_LEXICAL[word[0]]):
            return False
        known = bool(kind_of(rest) & (_NOUN | Kind.STOP | Kind.VERB))
        noun = bool(kind_of(word) & _NOUN)
        if word.startswith("و"):
            return known or not noun
        return (known and not noun) or word.startswith(("لل", "بال"))
    return word.startswith(("كال", "فال")) and not kind_of(word)


def counted(word: str) -> bool:
    """Whether a word that stands right behind a number may be what is counted."""
    if len(word) < 2 or word in sets()["not counted"]:
        return False
    if word in sets()["others"] or word in sets()["measured"] or listed(word):
        return True
    if with_proclitic(word):
        return False
    kind = kind_of(word)
    return bool(kind & _NOUN) or not kind & (Kind.VERB | Kind.STOP)


def part_of(word: str, feminine: bool, after: str) -> bool:
    """Whether a word behind من is what some are of: من الجنود, من جنودها, من عناصر الحزب; `feminine` tells that its
    last letter is ة, `after` is the word behind it."""
    if word in sets()["not counted"] or word in sets()["in articles"]:
        return False
    if word.startswith("ال") or word in sets()["groups"]:
        return True
    if feminine or not kind_of(word) & _NOUN:
        return False
    if after.startswith("ال") and word not in sets()["wholes"] and not with_proclitic(word):
        return True
    return len(word) > 4 and word.endswith(_MINE)


def adjectives(folded: str, end: int, noun: str) -> int:
    """Where what is counted ends: behind the adjectives of its noun, which ends at `end`."""
    for _ in range(_ADJECTIVES):
        if folded[end : end + 1] != " " or (word := word_at(folded, end)) is None or not _adjective(word[2], noun):
            return end
        end = word[1]
    return end


def _adjective(word: str, noun: str) -> bool:
    if word in sets()["not counted"] or word.startswith("ال") != noun.startswith("ال"):
        return False
    kind = kind_of(word)
    if kind & (Kind.NATION | Kind.NATIONALITY) or word in sets()["adjectives"]:
        return True
    if kind & (Kind.VERB | Kind.STOP | Kind.PLACE | Kind.GIVEN) or with_proclitic(word):
        return False
    return (
        len(word) > 3
        and word.endswith(("ي", "يه", "يا", "يين", "يون", "يات", "يان", "تين", "تان"))
        and not word.startswith(("ت", "ي"))
    )
