"""What language an article is in: by its letters and words where these decide, else by py3langid.

Arabic news must not wait for a model: the article of nouns (ال) and the letters other languages have beside the Arabic
ones tell them apart. What a page declares counts only where its text leaves it open.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from store.models import Block, Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
_SAMPLE = 1500
"""Code points that are looked at."""
_READ = frozenset(("body", "heading", "dateline"))
_LEAST, _SURE = 6, 40
"""Letters below which nothing is said, and below which a text in other letters may be what it is declared to be."""

_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]+"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u064b-\u0655\u0670\u0640\u200c-\u200f]+")
# The article, alone or behind a particle; "لل" is the article behind another.
_THE = re.compile("(?<![^ ])(?:[وف]?(?:[بك]?ال|لل))(?=[\u0620-\u06ff]{2})")
_ARABIC_ONLY = re.compile("[ةإأىؤئٱ]")
_FEW = 12
"""Words from which on their shares say something."""
_ARTICLES, _FOREIGN, _FOREIGN_FEW = 0.08, 0.08, 0.3
"""Shares from which on a text is Arabic (words with the article) or is not (words with a foreign letter, in many and in
few words)."""
_CLOSE = 8.0
"""How much likelier py3langid's first answer has to be than what is declared (natural logarithm)."""
_ARABIC_LANGUAGES = ("ar", "fa", "ur", "ps", "ku", "ug", "sd")
_CODES = {"ku": "ckb", "arb": "ar", "pes": "fa", "prs": "fa", "per": "fa", "ara": "ar", "eng": "en", "fre": "fr"}


def find(document: Document, blocks: Sequence[Block]) -> str:
    """The code (ISO 639) of the language of a document's body, `und` where there is too little of it."""
    text = document.text
    for kinds in (_READ, frozenset(("title", *_READ)), None):
        sample = _joined(text[b.start : b.end] for b in blocks if kinds is None or b.kind in kinds)
        found = of(sample, declared(document))
        if found != UNKNOWN:
            return found
    return UNKNOWN


def _joined(parts: Iterable[str]) -> str:
    taken: list[str] = []
    size = 0
    for part in parts:
        taken.append(part[: _SAMPLE - size])
        size += len(taken[-1])
        if size >= _SAMPLE:
            break
    return "\n".join(taken)


def declared(document: Document) -> str | None:
    """The language a document's source says it is in."""
    for said in document.said:
        if said.name == "language":
            code = re.split("[-_]", said.value.strip().lower())[0]
            return _CODES.get(code, code) or None
    return None


def of(text: str, declared: str | None = None) -> str:
    """The language of a text.

    >>> of("أعلنت الحكومة موعد الانتخابات")
    'ar'
    >>> of("دولت زمان انتخابات را اعلام کرد")
    'fa'
    """
    arabic = _ARABIC.findall(_MARKS.sub("", text))
    size = sum(map(len, arabic))
    if size >= _LEAST and 2 * size >= len(text):  # of whatever letters the rest is
        return _of_arabic_letters(arabic, size, declared)
    letters = sum(map(len, _LETTERS.findall(text)))
    if max(letters, size) < _LEAST:
        return UNKNOWN
    if 2 * size >= letters:
        return _of_arabic_letters(arabic, size, declared)
    return _of_others(text, letters, declared)


def _of_arabic_letters(words: Sequence[str], size: int, declared: str | None) -> str:
    count = len(words)
    foreign = _foreign()
    articles = len(_THE.findall(" ".join(words))) / count
    strange = 0.0
    if not foreign.isdisjoint("".join(words)):
        strange = sum(1 for word in words if not foreign.isdisjoint(word)) / count
    if count >= _FEW:
        if articles >= _ARTICLES and articles >= strange / 4:
            return "ar"
        if strange >= _FOREIGN:
            return _by_letters("".join(words), size)
    else:
        if strange >= _FOREIGN_FEW and articles < strange:
            return _by_letters("".join(words), size)
        if articles or any(_ARABIC_ONLY.search(word) for word in words):
            return "ar"
        if not strange:  # a few words that may be of several languages
            return declared if declared in _ARABIC_LANGUAGES else UNKNOWN
    return _ask(" ".join(words), _ARABIC_LANGUAGES, declared)


def _by_letters(text: str, size: int) -> str:
    """The language whose own letters a text has enough of."""
    for language, letters, least in _languages():
        if sum(map(text.count, letters)) >= max(least * size, 1):
            return language
    return "fa"


def _of_others(text: str, letters: int, declared: str | None) -> str:
    if letters < _SURE:
        return declared if declared and declared not in _ARABIC_LANGUAGES else UNKNOWN
    return _ask(text, None, declared)


def _ask(text: str, among: tuple[str, ...] | None, declared: str | None) -> str:
    """What py3langid takes a text for, or what it is declared to be where that is hardly less likely."""
    ranked: list[tuple[str, float]] = [(_CODES.get(code, code), score) for code, score in _identifier(among).rank(text)]
    if not ranked:
        return UNKNOWN
    best, top = ranked[0]
    for code, score in ranked[:4]:
        if code == declared and top - score <= _CLOSE:
            return code
    return best


@functools.cache
def _identifier(among: tuple[str, ...] | None) -> LanguageIdentifier:
    # Imported here: most articles are Arabic by their letters alone.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    if among:
        identifier.set_languages([code for code in among if code in identifier.labels])
    return identifier


@functools.cache
def _languages() -> tuple[tuple[str, str, float], ...]:
    table = (resources.files(__package__) / "data" / "letters.tsv").read_text("utf-8")
    rows = csv.reader((row for row in table.splitlines() if row and row[0] != "#"), delimiter="\t")
    return tuple((language, letters, float(least)) for language, letters, least in rows)


@functools.cache
def _foreign() -> frozenset[str]:
    return frozenset("".join(letters for _, letters, _ in _languages()))
