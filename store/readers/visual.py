"""Arabic as a PDF draws it, brought back to how it is written: letters instead of their joining forms, logical order.

A PDF has glyphs in the order in which they stand on the line, from left to right. This is the inverse of the bidi
algorithm for one such line, as far as it can be told: words run from the right, numbers and Latin words within them
from the left. What lays Arabic out is in `tui.arabic`; this takes apart what others have laid out, and knows no screen.
"""

from __future__ import annotations

import re
import unicodedata

from store.readers.plausible import arabic_letters, weigh

_FORMS = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")
_ARABIC = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL = re.compile(f"[{_ARABIC}]")
_DIGIT = "0-9٠-٩۰-۹"
# What keeps its order: Latin words with what stands between them, else numbers with single separators within.
_KEPT = re.compile(
    f"[^\\W\\d_{_ARABIC}](?:[^{_ARABIC}()\\[\\]{{}}«»<>]*[^\\W_{_ARABIC}])?|[{_DIGIT}]+(?:[.,/:٫٬][{_DIGIT}]+)*"
)
_PAIRS = "()[]{}<>«»‹›"
_MIRRORED = str.maketrans(_PAIRS, "".join(_PAIRS[at ^ 1] for at in range(len(_PAIRS))))


def letters(text: str) -> str:
    """`text` with each Arabic joining form or ligature as the letters it stands for; all else is left alone."""
    return _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]).strip() or form[0], text)


def has_forms(text: str) -> bool:
    """Whether there are Arabic joining forms in it."""
    return _FORMS.search(text) is not None


def logical(line: str) -> str:
    """A line of glyphs from left to right as it is read, if its direction is from right to left; brackets are turned.

    >>> logical("2021 ربمسيد 9")
    '9 ديسمبر 2021'
    """
    if not _RTL.search(line):
        return line
    pieces: list[str] = []
    last = 0
    for kept in _KEPT.finditer(line):
        pieces += (_turned(line[last : kept.start()]), kept[0])
        last = kept.end()
    pieces.append(_turned(line[last:]))
    return "".join(reversed(pieces))


def is_visual(lines: list[str]) -> bool:
    """Whether lines are in the order of glyphs: then their Arabic is likelier the other way round."""
    told = [letters(line) for line in lines if arabic_letters(letters(line)) > 1]
    turned = [letters(logical(line)) for line in lines if arabic_letters(letters(line)) > 1]
    as_is, _ = weigh("\n".join(told))
    other, _ = weigh("\n".join(turned))
    return other > as_is


def _turned(text: str) -> str:
    return text[::-1].translate(_MIRRORED)
