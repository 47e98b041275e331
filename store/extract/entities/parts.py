"""What reads as the name of a person once one is expected: its parts, particles and where it ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.extract.entities.lexicon import Kind, lexicon, word_set
from store.extract.entities.tokens import HYPHEN, SPACE, Reading, Tokens, Word

GIVEN = Kind.GIVEN | Kind.GIVEN_WEAK
FAMILY = Kind.FAMILY | Kind.FAMILY_WEAK
LISTED = GIVEN | FAMILY
STRONG = Kind.GIVEN | Kind.FAMILY
ORDINARY = (
    Kind.COMMON
    | Kind.STOP
    | Kind.VERB
    | Kind.FIELD
    | Kind.IDAFA
    | Kind.NAMING
    | Kind.NATION
    | Kind.ORG_HEAD
    | Kind.LOC_HEAD
    | Kind.MISC_HEAD
)
_BINDING = frozenset(("بن", "ابن", "بنت", "ولد", "اوغلو"))
FATHERLY = frozenset(("ابو", "ابي", "ابا", "ام", "بو"))
_PREFIXES = word_set("foreign particles")
_COMPOUNDS = word_set("second in a compound name")
# An unlisted word of this form is a verb or a plural, not a name (يميزها, مغردون).
_VERBAL = re.compile(r"س?[يتن]\w{2,}(?:ها|هم|هما|وا|ون|نا|ني)$|م\w{3,}(?:ون|ين)$|\w{3,}(?:تها|ها|هما)$")
_OF_GOD = word_set("before الدين and الله")
_MOST = 6
_MOST_WITH_FATHERS = 10
_DEEPEST = 4
"""So many words that call for another follow one another at most: "father of the servant of"."""


class Name(NamedTuple):
    """A stretch that reads as a person's name: its end, its words but for particles, how many stand in the lists."""

    end: int
    parts: int
    listed: int
    first: int
    """The kinds of its first word."""


def read(tokens: Tokens, index: int, reading: Reading) -> Name | None:
    """The longest stretch from word `index` on that reads as a person's name, whatever stands before it."""
    kind = reading.kind
    if reading.base.startswith("عبد") and len(reading.base) > 5:
        kind |= Kind.GIVEN
    end = compound(tokens, index, reading.base)
    if end is None:
        if kind & Kind.PARTICLE or not possible(reading.base, kind, first=True):
            return None
        end, parts = index + 1, 1
    else:
        kind, parts = kind | Kind.GIVEN, 1
    listed = 1 if kind & (LISTED | Kind.FOREIGN) else 0
    most = _MOST
    while parts < most and end < len(tokens.words) and tokens.gaps[end] in (SPACE, HYPHEN):
        step = _next(tokens, end, parts)
        if step is None:
            break
        if tokens.words[end].form in _BINDING:
            most = _MOST_WITH_FATHERS
        listed += bool(tokens.words[step - 1].kind & (LISTED | Kind.FOREIGN)) or step > end + 1
        parts += 1
        end = step
    return Name(end, parts, listed, kind)


def compound(tokens: Tokens, index: int, base: str, within: int = 0) -> int | None:
    """The end of عبد الله, أبو بكر, آل ثاني, نور الدين, which are one part of a name, `within` so many others."""
    after = index + 1
    if within == _DEEPEST or not tokens.near(after):
        return None
    word = tokens.words[after]
    if base == "عبد":
        return after + 1 if word.form.startswith("ال") or word.form in ("ربه", "ربو") else None
    if base in FATHERLY or base == "ال":
        if base == "ال" and tokens.text[tokens.starts[index]] not in "آ":
            return None
        if word.form == "عبد" or word.form in FATHERLY:
            return compound(tokens, after, word.form, within + 1)
        if word.kind & Kind.STOP or not word.form.isalpha():
            return None
        follows = tokens.words[after + 1].form if tokens.near(after + 1) else ""
        return after + 2 if follows in _COMPOUNDS else after + 1
    if word.form in _COMPOUNDS and base in _OF_GOD:
        return after + 1
    return None


def _next(tokens: Tokens, index: int, parts: int, within: int = 0) -> int | None:
    """The end of the part of a name that begins at word `index`, which goes on with a name; None when none does."""
    word = tokens.words[index]
    form, kind = word.form, word.kind
    if form in _BINDING:
        after = index + 1
        if form == "اوغلو":
            return after
        if not tokens.near(after):
            return None
        return compound(tokens, after, tokens.words[after].form) or (
            after + 1
            if possible(tokens.words[after].form, tokens.words[after].kind, first=False, father=True)
            else None
        )
    joined = compound(tokens, index, form)
    if joined is not None:
        return joined if not kind & (Kind.STOP | Kind.VERB | Kind.TITLE | Kind.ORG_HEAD) or form in FATHERLY else None
    if form in _PREFIXES:
        after = index + 1
        if tokens.near(after) or (after < len(tokens.words) and tokens.gaps[after] == HYPHEN):
            nested = tokens.words[after]
            if nested.form in _PREFIXES:
                return _next(tokens, after, parts, within + 1) if within < _DEEPEST else None
            if possible(nested.form, nested.kind, first=False):
                return after + 1
        return None
    if not possible(form, kind, first=False) or splits(word):
        return None
    # A definite plural or, once a name is complete, a feminine adjective: أنجيلا ميركل المصنفة.
    ordinary = form.endswith(("ون", "ين", "ان", "ات")) or (parts >= 2 and form.endswith("ه"))
    if ordinary and not kind & LISTED and form.startswith("ال"):
        return None
    if not kind & LISTED and form.endswith("ات") and len(form) > 5:
        return None
    if form.startswith("ال") and not kind & STRONG and kind & LISTED and not tokens.words[index - 1].kinds & LISTED:
        return None
    if parts >= 2 and not kind & LISTED and (form[0] == "و" or (form[0] in "يت" and len(form) < 6)):
        return None
    return index + 1


def splits(word: Word) -> bool:
    """Whether an unknown word is a known one with a conjunction or preposition before it (وقال, لمصر)."""
    if word.kind & (STRONG | Kind.COMMON):
        return False
    if word.form.startswith(("بال", "لل", "وال", "كال", "فال")) and len(word.form) > 4:
        return True
    weak = Kind.PLACE_WEAK | Kind.FAMILY_WEAK | Kind.GIVEN_WEAK | Kind.FOREIGN
    if word.form.startswith("و") and not word.kind & LISTED:
        weak = Kind.FOREIGN
    clitics = (reading for reading in word.readings[1:] if not word.form.startswith(("ف", "ك")))
    return any(reading.kind & ~weak or reading.known for reading in clitics)


def verbal(form: str) -> bool:
    """Whether an unlisted word has the form of a verb with a pronoun or of a plural."""
    return bool(_VERBAL.match(form))


def possible(form: str, kind: int, *, first: bool, father: bool = False) -> bool:
    """Whether a word may be a part of a name where a name is expected."""
    if not form.isalpha() or len(form) < 2:
        return False
    if kind & (Kind.STOP | Kind.VERB):
        return False
    if first and kind & (Kind.NATIONALITY | Kind.NATION | Kind.PLACE):
        return bool(kind & Kind.GIVEN) and not kind & (Kind.NATIONALITY | Kind.NATION)
    if kind & Kind.PLACE and not father:
        return False
    if kind & STRONG:
        return not (first and kind & Kind.TITLE)
    if father:
        return bool(kind & LISTED) or not kind & (Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.NATION)
    if kind & (Kind.NATIONALITY | Kind.NATION):
        return bool(kind & FAMILY)
    if kind & (Kind.PLACE | Kind.TITLE):
        return False
    if kind & ORDINARY:
        return bool(kind & (Kind.FAMILY_WEAK | Kind.GIVEN_WEAK)) and not kind & (
            Kind.ORG_HEAD | Kind.LOC_HEAD | Kind.NATION
        )
    return (2 if first else 1) < len(form) < 13 and not _VERBAL.match(form)


def announced(tokens: Tokens, index: int) -> int | None:
    """The end of a person's name after a place noun (شارع الملك فهد, مطار الملك خالد), title included; or None."""
    word = tokens.words[index]
    at = index
    while (
        tokens.words[at].kind & Kind.TITLE
        and lexicon().titles[tokens.words[at].readings[0].base] in "db"
        and tokens.near(at + 1)
    ):
        at += 1
    reading = tokens.words[at].readings[0]
    name = read(tokens, at, reading)
    if name is None or not (
        at > index or (name.first & Kind.GIVEN and name.end - at >= 2 and not word.kind & Kind.COMMON)
    ):
        return None
    return name.end
