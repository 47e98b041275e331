"""What stands right before a number: whether it counts at all, or is part of a name."""

from __future__ import annotations

import re

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.quantities.nouns import WORD, counted, word_at
from store.extract.quantities.units import listed
from store.extract.quantities.words import scales, sets, without

_BEFORE = 40
"""So many code points before a number are looked at."""
_JOINS = re.compile(r"[\w/\-–‑:.]")
"""What a number is joined to when it stands right before it."""
_GLUED = re.compile(r"(?:[^\W\d_]{3,}|من|في|عن|ان)\Z")
_MODEL = re.compile(r"(\w+)[ \-–]+\Z")
_LISTED = re.compile(r"(?:(?>\d+(?:[.,]\d+)*)(?: ?[،,\-–] ?| و| او | الي ))+\Z")
"""Numbers that another one stands in a row with: المواد 5 و6."""
_PAIR, _SPAN = re.compile(r"[-–:/]\d"), re.compile(r"[-–]\d{1,9} +\w{2}")
_THOUSAND = re.compile(r"ال(?:ف|اف|في|فين|فان|فا)(?!\w)")
_ROW = tuple(" و-–")
_APART, _MARKS = (" ", '"', "“", "«", "("), ' "“«('
_TOTAL = "مجموعه"
"""Folded, what ما مجموعه (in all) and مجموعة (a group) have in common."""
_CLITICS = ("و", "ب", "ل", "ف", "ال", "بال", "ك")


def before(folded: str, at: int) -> str:
    """The text right before an offset."""
    return folded[max(0, at - _BEFORE) : at]


def definite(folded: str, start: int, end: int) -> bool:
    """Whether a number has the article: الثلاث, but not ألف, which is folded as if it had one."""
    return folded.startswith("ال", start) and _THOUSAND.match(folded, start, end) is None


def named(folded: str, start: int, end: int, in_figures: bool) -> bool:
    """Whether a number is part of a word or a name, a score, a day, an article of law, or says which of several."""
    left = before(folded, start)
    if left and left[-1] not in _APART and _JOINS.match(left[-1]) is not None:
        if not left.endswith(_CLITICS):
            word = glued[0] if (glued := _GLUED.search(left)) is not None else None
            if word is None or not in_figures or not kind_of(word) & (Kind.COMMON | Kind.STOP | Kind.VERB):
                return True  # but ضحيتها3 أطفال is run together
        if not in_figures and left.endswith("ك"):
            return True  # كمية is not ك and مئة
    if left.endswith(_APART):
        words = left.rstrip(_MARKS).rsplit(" ", 2)[-2:]
        last = words[-1].lstrip(_MARKS)
        if _numbers(last) and not (last == _TOTAL and words[0] == "ما"):
            return not _counts(folded, start, end)
        if in_figures and last.startswith("ال") and definite(folded, start, end):
            return True  # القمة العربية الـ32
    if left[-1:] in _ROW:
        row = _LISTED.search(left)
        words = WORD.findall(left[: row.start()]) if row is not None else []
        if words and _numbers(words[-1]):
            return True
        model = _MODEL.search(left)
        if model is not None and model[1] in sets()["models"]:
            return not _counts(folded, start, end)
    return _PAIR.match(folded, end) is not None and _SPAN.match(folded, end) is None


def _counts(folded: str, start: int, end: int) -> bool:
    """Whether a number plainly counts, though what stands before it may have one: لصالح القرار 120 دولة, حضر القمة
    30 رئيسا, تابعت الحلقة 5 ملايين مشاهد."""
    if folded.endswith(tuple(scales()), start, end):
        return True
    found = word_at(folded, end)
    if found is None:
        return False
    noun = found[2]
    bare = noun.removesuffix("ا")
    if listed(noun) or listed(bare):
        return True
    # the accusative that 11 to 99 ask for, but no adverb (رسميا)
    return bare != noun and not bare.endswith("ي") and counted(noun) and bool(kind_of(bare) & Kind.COMMON)


def _numbers(word: str) -> bool:
    """Whether the number behind a word names one of several: القرار 2254, واللواء 27."""
    return any(base in sets()["no number"] for _, base in without(word))
