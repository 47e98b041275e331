"""Cells of a logical text: letters in their joining forms, marks on their base, nothing invisible.

A cell is what one position of a terminal row shows: a base character in the form its neighbours call for, followed by
the marks on it, or a lam-alef ligature. Every code point belongs to exactly one cell; format characters (ZWNJ, RLM,
isolates, soft hyphen, variation selectors...) belong to a neighbouring cell and are never painted.

The joining types come from the UCD (`tables`), the forms and the lam-alef ligatures from arabic-reshaper's tables.
Its other ligatures stay off: a monospace font draws them unreadably small or not at all. Letters without
presentation forms (some of Kurdish, Pashto, Sindhi) keep themselves and still make their neighbours join.

Joined groups of letters repeat all the time, so their cells are kept in a bounded table.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from arabic_reshaper.letters import FINAL, INITIAL, ISOLATED, LETTERS_ARABIC, MEDIAL  # type: ignore[import-untyped]
from arabic_reshaper.ligatures import LETTERS_LIGATURES  # type: ignore[import-untyped]

from tui.arabic.tables import CAUSING, DUAL, EXTENDING, INVISIBLE, LEFT, RIGHT, TRANSPARENT

# Cells of a piece of text: what to paint in each, and how many code points each stands for. A cell that paints ""
# has nothing visible in it; `cells` gives its code points to a neighbour.
Piece = tuple[tuple[str, ...], tuple[int, ...]]

REPLACEMENT: Final = "\ufffd"
_ZWJ: Final = "\u200d"
# Stands before marks without a visible base until they are given to the cell before, or to a blank.
_NO_BASE: Final = "\0"

# More marks than this on one letter are no language but an attack on the rows above and below.
_MAX_MARKS: Final = 8
# Longer pieces are not worth keeping, and more pieces than this are thrown away together.
_KEPT_LENGTH: Final = 24
_KEPT_PIECES: Final = 16384

_FORMS: Final[dict[str, tuple[str, str, str, str]]] = {
    letter: forms for letter, forms in LETTERS_ARABIC.items() if letter not in "\u0640\u200d"
}
_LAM: Final = "\u0644"
_LAM_ALEF: Final[dict[str, tuple[str, str]]] = {
    match[1]: (forms[ISOLATED], forms[FINAL])
    for _, (match, forms) in LETTERS_LIGATURES
    if len(match) == 2 and match[0] == _LAM and match[1] in "\u0622\u0623\u0625\u0627"
}

# Terminals disagree on the width of these (0 or 1), so that a stand-in of a certain width is painted: a number sign,
# an asterisk for the end of a verse and for a footnote, the replacement character for the rare others.
_STAND_INS: Final = {"\u0600": "#", "\u0602": "*", "\u06dd": "*"}

# Tashkeel and Quranic annotation. Hamza and madda above or below (U+0653 to U+0655) are not in it: they tell letters
# apart.
_TASHKEEL: Final = re.compile(
    "[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff]"
)


@dataclass(frozen=True)
class _Patterns:
    """How text falls into pieces and clusters, the same rules over larger or smaller sets of characters.

    A piece is a maximal group of joined letters with what it carries, white space, other characters, or marks without
    a base. A cluster is one base character, or a flag, with what it carries.
    """

    piece: re.Pattern[str]
    cluster: re.Pattern[str]
    tail: re.Pattern[str]

    @classmethod
    def over(cls, dual: str, right: str, left: str, causing: str, transparent: str, extending: str) -> _Patterns:
        """Patterns from the insides of character classes."""
        tail, marks = f"[{transparent}{extending}]", f"[{transparent}]*"
        return cls(
            re.compile(
                f"[{dual}{causing}{left}]{marks}(?:[{dual}{causing}]{marks})*+(?:[{right}]{marks})?{tail}*"
                f"|[{right}]{tail}*|\\s+{tail}*"
                f"|[^\\s{dual}{right}{left}{causing}{transparent}{extending}]+{tail}*|{tail}+"
            ),
            re.compile(
                f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[^{transparent}{extending}]){tail}*|{tail}+",
                re.DOTALL,
            ),
            re.compile(f"{tail}*"),
        )


@cache
def _everything() -> _Patterns:
    return _Patterns.over(DUAL, RIGHT, LEFT, CAUSING, TRANSPARENT, EXTENDING)


@cache
def _common() -> _Patterns:
    """For texts of `COMMON` characters only. Sets without the planes beyond the first are matched much faster."""
    chars = [chr(code) for code in (*range(0x600, 0x700), *range(0x2000, 0x2070), 0xAD)]
    sets = [
        "".join(re.findall(f"[{chosen}]", "".join(chars))) for chosen in (DUAL, RIGHT, CAUSING, TRANSPARENT, EXTENDING)
    ]
    return _Patterns.over(sets[0], sets[1], "", *sets[2:])


# ASCII, Latin, the Arabic block, Arabic presentation forms, general punctuation: nearly all text there is. None of
# these takes two columns, and in none do the rarer rules matter.
COMMON: Final = re.compile("[\0-\u024f\u0600-\u06ff\u2000-\u206f\u20a0-\u20bf\ufb50-\ufdff\ufe70-\ufefc]*")


def cells(
    text: str, *, tashkeel: bool = True, joined: bool = True, common: bool = False
) -> tuple[list[str], list[int]]:
    """What to paint in each cell of `text`, in logical order, and the number of code points of each cell.

    `tashkeel=False` leaves out vowel marks (their code points stay in their cells); `joined=False` gives every letter
    its isolated form; `common` says that the text is known to match `COMMON` in full, which is faster. The counts add
    up to `len(text)`; a text without anything visible has no cell at all and no counts.
    """
    table = _TABLES[tashkeel, joined]
    patterns = _common() if common else _everything()
    found = (patterns.piece if joined else patterns.cluster).findall(text)
    pieces = list(map(table.__getitem__, found))
    glyphs = list(chain.from_iterable([piece[0] for piece in pieces]))
    lengths = list(chain.from_iterable([piece[1] for piece in pieces]))
    if "" in glyphs or _ZWJ in text or (glyphs and glyphs[0][0] == _NO_BASE):
        return _without_empty(glyphs, lengths)
    return glyphs, lengths


def end_of_tail(text: str, at: int) -> int:
    """The first offset from `at` on at which there is no mark or format character that belongs to what is before."""
    found = _everything().tail.match(text, at)
    return found.end() if found else at


def _without_empty(glyphs: list[str], lengths: list[int]) -> tuple[list[str], list[int]]:
    """Cells without a base go to the cell before them, at the start of a text to the one after."""
    kept: list[str] = []
    counts: list[int] = []
    waiting = 0
    for glyph, length in zip(glyphs, lengths, strict=True):
        marks = glyph[1:] if glyph[:1] == _NO_BASE else ""
        if kept and (marks or not glyph):
            kept[-1] = (kept[-1] + marks)[: 2 * _MAX_MARKS]
            counts[-1] += length
        elif glyph:
            kept.append(" " + marks if marks else glyph)
            counts.append(length + waiting)
            waiting = 0
        else:
            waiting += length
    return kept, counts


class _Pieces(dict[str, Piece]):
    """The cells of pieces of text, each worked out once while there is room."""

    def __init__(self, tashkeel: bool, joined: bool) -> None:
        super().__init__()
        self._tashkeel = tashkeel
        self._joined = joined

    def __missing__(self, piece: str) -> Piece:
        made = _cells_of_piece(piece, self._tashkeel, self._joined)
        if len(piece) <= _KEPT_LENGTH:
            if len(self) >= _KEPT_PIECES:
                self.clear()
            self[piece] = made
        return made


_TABLES: Final = {
    (tashkeel, joined): _Pieces(tashkeel, joined) for tashkeel in (True, False) for joined in (True, False)
}


def _cells_of_piece(piece: str, tashkeel: bool, joined: bool) -> Piece:
    """The cells of a piece; its letters are all joined to each other, or none is with `joined=False`."""
    patterns = _common() if COMMON.fullmatch(piece) else _everything()
    clusters = [_compose(cluster) for cluster in ([piece] if len(piece) == 1 else patterns.cluster.findall(piece))]
    glyphs: list[str] = []
    lengths: list[int] = []
    merged = False
    for at, (base, marks, length) in enumerate(clusters):
        if merged:
            glyphs[-1] += _marks(marks, tashkeel)
            lengths[-1] += length
            merged = False
            continue
        following = clusters[at + 1][0] if joined and at + 1 < len(clusters) else ""
        if base == _LAM and following in _LAM_ALEF:
            glyph, merged = _LAM_ALEF[following][at > 0], True
        else:
            glyph = _form(base, joined and at > 0, following != "")
        # A mark without a base (at the start of a text) and an invisible base (ZWJ) have no cell.
        shown = _marks(marks if glyph else base + marks, tashkeel)
        glyphs.append(glyph + shown if glyph or not shown else _NO_BASE + shown)
        lengths.append(length)
    return tuple(glyphs), tuple(lengths)


def _form(base: str, before: bool, after: bool) -> str:
    """What stands for a base character, by whether it is joined to the letter before it and the one after."""
    forms = _FORMS.get(base)
    if forms is None:
        return base if len(base) == 2 else _paintable(base)
    wanted = (ISOLATED, INITIAL, FINAL, MEDIAL)[2 * before + after]
    # A letter that has no form for both sides (noon ghunna) takes the one for the letter before it.
    return forms[wanted] or (forms[FINAL] if before else "") or forms[ISOLATED] or base


def _compose(cluster: str) -> tuple[str, str, int]:
    """Base, marks and length of a cluster; marks that Unicode composes with the base (hamza, accents) are put into it.

    The base of a flag is both its letters.
    """
    length = len(cluster)
    if length == 1:
        return cluster, "", 1
    base, marks = cluster[0], cluster[1:]
    if "\U0001f1e6" <= base <= "\U0001f1ff" and "\U0001f1e6" <= marks[0] <= "\U0001f1ff":
        return cluster[:2], cluster[2:], length
    left = []
    for mark in marks[: 4 * _MAX_MARKS]:
        composed = unicodedata.normalize("NFC", base + mark)
        if len(composed) == 1:
            base = composed
        else:
            left.append(mark)
    return base, "".join(left), length


def _marks(marks: str, tashkeel: bool) -> str:
    """The part of `marks` that is painted."""
    if not marks:
        return ""
    if not tashkeel:
        marks = _TASHKEEL.sub("", marks)
    return "".join([mark for mark in marks if _is_painted_mark(mark)][:_MAX_MARKS])


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]")


def _is_painted_mark(char: str) -> bool:
    # U+20E3 makes some terminals draw a wide keycap; emoji modifiers (Sk) make them recolour the emoji before.
    if char == "\u20e3" or _invisible().match(char):
        return False
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Lo")


def _paintable(char: str) -> str:
    """What stands in a cell for the base character `char`: never a control or a character of unknown width.

    It is "" for what has no cell of its own.
    """
    if " " <= char < "\x7f" or ("\xa0" < char <= "\u024f" and char != "\xad"):
        return char
    if char in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029":
        return " "
    if char in _STAND_INS:
        return _STAND_INS[char]
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return chr(ord(char) - 0x1F1E6 + ord("A"))
    if "\U0001f3fb" <= char <= "\U0001f3ff" or _invisible().match(char):
        return ""
    category = unicodedata.category(char)
    if category == "Zs":
        return char if char == "\u3000" else " "
    if category in ("Mn", "Me", "Mc"):
        return ""
    if category in ("Cc", "Cs", "Cn", "Cf") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb":
        return REPLACEMENT
    return char
