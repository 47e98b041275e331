"""Bytes as text: UTF-8, UTF-16, and the two single-byte encodings Arabic is still found in.

UTF-8 proves itself. windows-1256 and ISO 8859-6 share half their letters, so both are tried and the one whose
letters form Arabic words wins (see `plausible`). What fits none of them is refused: wrong letters would be
stored for good.
"""

from __future__ import annotations

import codecs
import re

from store.errors import InputError
from store.readers.plausible import arabic_letters, weigh

TO_UTF8 = "convert it to UTF-8 and add it again"
FETCH = "the file is cut short; fetch it again"

_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
# UTF-8 read once as windows-1252 or Latin-1 and saved again: Arabic letters become Ø or Ù and one sign each.
_MOJIBAKE = re.compile("[ØÙÚÛ][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")

# Name, codec, and how much likelier it is to begin with (a log probability).
_SINGLE_BYTE = (("windows-1256", "cp1256", 2.0), ("iso-8859-6", "iso8859_6", 0.0))

# Latin, Arabic and general punctuation: what UTF-16 without its mark decodes to when the byte order is right.
_EXPECTED = re.compile("[\t\n\r -\u00ff\u0600-\u06ff\u2000-\u206f]")

_LEAST, _LEEWAY = -4.0, 10.0
"""Log probability per pair of letters below which a text is not Arabic, and what a single odd word may cost."""


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of `data` and the name of its encoding; raises InputError naming `where` when it cannot be told."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _marked(data, name, where), name
    if b"\0" in data:
        return _zeros(data, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            # Surrogates written as if they were characters; the reader replaces them one by one.
            return data.decode("utf-8", "surrogatepass"), "utf-8"
        except UnicodeDecodeError:
            return _legacy(data, error, where)
    found = len(_MOJIBAKE.findall(text, 0, 20_000))
    if found >= 4 and found * 2 > 0.7 * sum(not char.isascii() for char in text[:20_000]):
        raise InputError("was decoded wrongly before it was saved (Ø§Ù„ for ال)", where, "fetch it again as UTF-8")
    return text, "utf-8"


def _marked(data: bytes, name: str, where: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if _cut(error, data):
            raise InputError("ends in the middle of a character", where, FETCH) from None
        raise InputError(
            f"says it is {name.removesuffix('-sig').upper()} but is not at byte {error.start + 1}", where, TO_UTF8
        ) from None


def _cut(error: UnicodeDecodeError, data: bytes) -> bool:
    """Whether the bytes end in the middle of a character."""
    return error.end >= len(data) and ("unexpected end" in error.reason or "truncated" in error.reason)


def _zeros(data: bytes, where: str) -> tuple[str, str]:
    """Zero bytes are UTF-16 without its mark, or no text at all."""
    binary = InputError("is binary data, not text", where, "add the article as plain text (UTF-8)")
    if len(data) % 2 == 0:
        for name in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if len(_EXPECTED.findall(text)) > 0.95 * len(text) and "\0" not in text:
                return text, name
    raise binary


def _legacy(data: bytes, error: UnicodeDecodeError, where: str) -> tuple[str, str]:
    """The text of bytes that are not UTF-8, or why they are no text."""
    if _cut(error, data):
        # UTF-8 up to there: no text in another encoding has only pairs of bytes that UTF-8 has.
        raise InputError("ends in the middle of a character", where, FETCH)
    high = sum(map(len, _HIGH.findall(data)))
    if sum(map(len, _UTF8_SEQUENCE.findall(data))) >= 0.8 * high:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"is damaged UTF-8 (line {line}, byte {error.start + 1})", where, "fetch it again")
    found = []
    for name, codec, lead in _SINGLE_BYTE:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        total, pairs = weigh(text)
        if arabic_letters(text) and total >= _LEAST * pairs - _LEEWAY:
            found.append((total + lead, name, text))
    if found:
        _, name, text = max(found)
        return text, name
    raise InputError(f"is in an encoding that is not known here{_guess(data)}", where, TO_UTF8)


def _guess(data: bytes) -> str:
    # Only an answer for the person who has to convert the file.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return f" (perhaps {best.encoding})" if best else ""
