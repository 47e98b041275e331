"""What may leave the program: no control character of a text ever does."""

from __future__ import annotations

import json
import unicodedata

_JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner: format characters, but part of how a word is spelt."""


class _Visible(dict[int, str | int]):
    """What a person is shown for each code point, worked out once."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        shown: str | int = code
        if not char.isprintable() and char not in _JOINERS:
            category = unicodedata.category(char)
            if char in "\t\n\r\v\f" or category in ("Zl", "Zp", "Zs"):
                shown = " "
            else:
                shown = "" if category == "Cf" else "\N{REPLACEMENT CHARACTER}"
        self[code] = shown
        return shown


class _Escaped(dict[int, str | int]):
    """How each code point is written within JSON, worked out once."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        written: str | int = code
        if not char.isprintable() and char not in _JOINERS and unicodedata.category(char) != "Zs":
            written = f"\\u{code:04x}" if code < 0x10000 else json.dumps(char)[1:-1]
        self[code] = written
        return written


_LINE = _Visible()
_LINES = _Visible({ord("\n"): ord("\n")})
_ESCAPED = _Escaped()
_CONTROLS = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}"
)


def one_line(text: str) -> str:
    """`text` on one line: printable characters and joiners stay, white space becomes a blank,
    invisible format characters (bidi controls, soft hyphens) go, anything else becomes U+FFFD.

    >>> one_line("خبر\\x1b[2J\\nعاجل")
    'خبر\ufffd[2J عاجل'
    """
    return text.translate(_LINE)


def lines(text: str) -> str:
    """As `one_line`, line ends kept."""
    return text.translate(_LINES)


def without_controls(text: str) -> str:
    """`text` as it is, but for control characters other than tab and line feed, and lone surrogates: U+FFFD."""
    return text.translate(_CONTROLS)


def dumps(value: object) -> str:
    """`value` as JSON on one line, Arabic readable; what is invisible (controls of all kinds, line and paragraph
    separators, lone surrogates) is written as an escape."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPED)
