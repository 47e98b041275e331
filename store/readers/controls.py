"""Characters that no stored text may hold, and line ends."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Controls but tab and line feed, DEL, C1, lone surrogates and noncharacters. Bidi controls and joiners are text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
# A carriage return, alone or before a line feed, and the two Unicode separators end a line as a line feed does.
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_SPACES = re.compile(r"\s+")


def tame(text: str) -> tuple[str, int]:
    """`text` with line ends as LF and each forbidden character as U+FFFD, and how many were replaced.

    Apart from a carriage return before a line feed, which is dropped, every code point keeps its place.
    """
    if "\r" in text or "\u2028" in text or "\u2029" in text:
        text = _LINE_ENDS.sub("\n", text)
    if text.replace("\n", "").isprintable():  # as most are: seen in a tenth of the time
        return text, 0
    return _FORBIDDEN.subn(REPLACEMENT, text)


def tame_path(path: str) -> str:
    """A path as it may be shown and stored: white space kept, but every control character U+FFFD."""
    return tame(path)[0].replace("\n", REPLACEMENT).replace("\t", REPLACEMENT)


def tame_line(text: str) -> str:
    """A field that stands on one line (a title, an outlet): tamed, white space runs as one space, trimmed."""
    if "  " not in text and text.isprintable():  # as nearly all are
        return text.strip(" ")
    return _SPACES.sub(" ", tame(text)[0]).strip()
