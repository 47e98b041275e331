"""Layout: logical text in, lines of visual cells out, with the map between them.

Levels and joining forms are worked out once, on the whole paragraph in logical order. Lines are cut from it in logical
order at word boundaries, measured by what they paint (shaping shortens a line), and only then put into visual order.
"""

from __future__ import annotations

import re
from typing import Final

from tui.arabic.line import Line
from tui.arabic.paragraph import Paragraph
from tui.arabic.tables import RTL_LETTERS

_RTL_LETTER: Final = re.compile(f"[{RTL_LETTERS}]")
# A paragraph ends at these, and so does a line: U+2028 is a line break, VT and FF are as good as one.
_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def base_direction(text: str) -> int:
    """1 (right to left) if there is any letter of a right-to-left script in `text`, else 0.

    Not that of the first strong character, as UAX #9 P2 has it: an Arabic headline that begins with "WHO" is still
    Arabic.
    """
    return 1 if _RTL_LETTER.search(text) else 0


def layout_line(text: str, *, base: int | None = None, width: int | None = None, tashkeel: bool = True) -> Line:
    """`text` as one line; line ends and tabs in it are painted as blanks.

    `base` is the direction, 0 or 1, or None to take `base_direction`. With `width`, in terminal columns, a longer line
    is cut at its logical end, at a word boundary if one is near, and ends in an ellipsis; it is never wider than
    `width`, and only as much of a long text is looked at as the width asks for (the direction too is that of this
    part). `tashkeel=False` leaves vowel marks out of the painted cells. Offsets are code points of `text`.
    """
    if width is None:
        paragraph = Paragraph(text, base_direction(text) if base is None else base, tashkeel)
        return paragraph.line(0, paragraph.count, len(text))
    width = max(width, 0)
    if base is None:
        base = base_direction(text if len(text) <= 16 * width + 256 else text[: 16 * width + 256])
    paragraph = Paragraph(text[: 2 * width + 64], base, tashkeel)
    if paragraph.length < len(text) and paragraph.span(0, paragraph.count) <= width:
        # So many marks or invisible characters that twice the width did not fill the line.
        paragraph = Paragraph(text[: 16 * width + 256], base, tashkeel)
    return paragraph.cut(width, len(text))


def layout_paragraph(text: str, width: int, *, base: int | None = None, tashkeel: bool = True) -> list[Line]:
    """`text` wrapped to lines of at most `width` terminal columns.

    Lines break at white space; a word wider than `width` is split between cells. Line ends in `text` separate
    paragraphs, laid out as if each had been given alone (with `base=None` each has its own direction); a line end
    belongs to the span of the line before it and has no cell, and neither has white space at which a line was
    wrapped. The spans of the lines follow each other without a gap from 0 to `len(text)`; there is at least one line.
    """
    lines: list[Line] = []
    at = 0
    while True:
        found = _BREAK.search(text, at)
        stop, following = found.span() if found else (len(text), len(text))
        content = text[at:stop]
        paragraph = Paragraph(content, base_direction(content) if base is None else base, tashkeel, at)
        lines += paragraph.wrap(max(width, 0), following)
        at = following
        if at >= len(text):
            return lines
