"""What stands right before a number: whether it counts at all, or is part of a name."""

from __future__ import annotations

import re

from store.extract.entities.lexicon import Kind, kind_of
from store.extract.quantities.nouns import WORD
from store.extract.quantities.words import sets, without

_BEFORE = 40
"""So many code points before a number are looked at."""
_GLUED = re.compile(r"([^\W\d_]{3,}|من|في|عن|ان)\Z|[\w/\-–‑:.]\Z")
_MODEL = re.compile(r"(\w+)[ \-–]+\Z")
_LISTED = re.compile(r"(?:\d[\d.,]*(?: ?[،,\-–] ?| و| او | الي ))+\Z")
"""Numbers that another one stands in a row with: المواد 5 و6."""
_PAIR, _SPAN = re.compile(r"[-–:/]\d"), re.compile(r"[-–]\d{1,9} +\w{3}")
_THOUSAND = re.compile(r"ال(?:ف|اف|في|فين|فان|فا)(?!\w)")
_ROW = tuple(" و-–")
_APART = (" ", '"', "“", "«", "(")
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
    glued = _GLUED.search(left) if left else None
    if glued is not None and not left.endswith(_CLITICS):
        word = glued[1]
        if word is None or not in_figures or not kind_of(word) & (Kind.COMMON | Kind.STOP | Kind.VERB):
            return True  # but ضحيتها3 أطفال is run together
    if glued is not None and not in_figures and left.endswith("ك"):
        return True  # كمية is not ك and مئة
    words = WORD.findall(left)
    if words and left.endswith(_APART):
        last = words[-1]
        if _numbers(last):
            return True
        if in_figures and definite(folded, start, end) and last.startswith("ال"):
            return True  # القمة العربية الـ32
    row = _LISTED.search(left) if left[-1:] in _ROW else None
    if row is not None:
        words = WORD.findall(left[: row.start()])
        if words and _numbers(words[-1]):
            return True
    model = _MODEL.search(left) if left[-1:] in _ROW else None
    if model is not None and model[1] in sets()["models"]:
        return True
    return _PAIR.match(folded, end) is not None and _SPAN.match(folded, end) is None


def _numbers(word: str) -> bool:
    """Whether the number behind a word names one of several: القرار 2254, واللواء 27."""
    return any(base in sets()["no number"] for _, base in without(word))
