"""The one folding: index, query, highlight, entity keys and merge suggestions all compare folded text.

Folding is done code point by code point, without context, so that a map back to the source is exact:
alef and hamza carriers, final ya, ta marbuta, tashkeel, tatweel, invisible controls, presentation forms
(NFKC), Persian kaf and ya, every script's decimal digits, Latin case and accents.
"""

from __future__ import annotations

import unicodedata
from codecs import charmap_decode, charmap_encode
from dataclasses import dataclass
from encodings.cp1256 import decoding_table, encoding_table
from functools import cache

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا",
    "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي",
    "ؤ": "و", "ٶ": "و",
    "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
    "ک": "ك", "ڪ": "ك",
}  # fmt: skip
_TATWEEL = "ـ"


def _fold_char(char: str) -> str:
    if char in "\n\t ":
        return char
    folded = []
    for part in unicodedata.normalize("NFKD", char):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf") or part == _TATWEEL:
            continue
        if category == "Nd":
            folded.append(str(unicodedata.digit(part)))
        elif category == "Zs":
            folded.append(" ")
        else:
            folded.append(_LETTERS.get(part) or part.casefold())
    return "".join(folded)


class _Table(dict[int, str]):
    """A translation table that works out each code point once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded form of `text`; the same for every spelling a reader takes for the same word.

    >>> fold("مُحَمَّد أحمد ١٢")
    'محمد احمد 12'
    """
    if len(text) >= _LONG:
        try:
            coded = charmap_encode(text, "strict", encoding_table)[0]
        except UnicodeEncodeError:
            return text.translate(_TABLE)
        one_for_one, dropped, plain = _bytes()
        if not coded.translate(None, plain):
            return charmap_decode(coded.translate(one_for_one, dropped), "strict", decoding_table)[0]
    return text.translate(_TABLE)


_CODE_PAGE = "cp1256"
"""Has all letters of most Arabic texts, so that they are folded as bytes, in a third of the time."""
_LONG = 24
"""Code points from which that pays."""


@cache
def _bytes() -> tuple[bytes, bytes, bytes]:
    """What becomes of each byte of the code page, the bytes that are dropped, and all that are either: the others
    become several letters, or one that the code page lacks."""
    table, dropped, plain = bytearray(range(256)), bytearray(), bytearray()
    for code in range(256):
        folded = _TABLE[ord(bytes([code]).decode(_CODE_PAGE))]
        if not folded:
            dropped.append(code)
        else:
            try:
                (table[code],) = folded.encode(_CODE_PAGE)
            except ValueError:
                continue
        plain.append(code)
    return bytes(table), bytes(dropped), bytes(plain)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its code points, the offset in the source it came from."""

    text: str
    origins: list[int]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source behind the folded span `[start, end)`, its trailing marks included."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else len(self.source)
            return at, at
        last = self.origins[end - 1] + 1
        # also after a part of a ligature, whose mark it is
        while last < len(self.source) and not _TABLE[ord(self.source[last])]:
            last += 1
        return self.origins[start], last


def fold_with_map(text: str) -> Folded:
    """`fold(text)` together with the way back: see `Folded.span`."""
    parts: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        folded = _TABLE[ord(char)]
        if folded:
            parts.append(folded)
            if len(folded) == 1:
                origins.append(index)
            else:
                origins.extend([index] * len(folded))
    return Folded("".join(parts), origins, text)
