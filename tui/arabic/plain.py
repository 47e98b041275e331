"""Rows painted once and never pointed at, such as a table printed on the command line: no map, so less work.

Plain rows (letters, digits, ordinary punctuation; nothing to mirror, no marks, nothing invisible) are reordered by
python-bidi's Rust engine, which is right about them; all others take the full layout.
"""

from __future__ import annotations

import re
from typing import Final

from bidi import get_display  # type: ignore[import-untyped]

from tui.arabic.layout import base_direction, layout_line
from tui.arabic.shape import cells

# Printable ASCII and Arabic letters and digits, without brackets, marks and format characters.
_PLAIN: Final = re.compile("[ !-'*-;=?-Z\\\\^-z|~\u060c\u061b\u061f-\u064a\u0660-\u066d\u0671-\u06d3\u06f0-\u06f9…]*")


def display(text: str, *, base: int | None = None) -> str:
    """`text` as one row in visual order, the same as `layout_line(text, base=base).visual()`."""
    if base is None:
        base = base_direction(text)
    if not base and text.isascii() and text.isprintable():
        return text
    if _PLAIN.fullmatch(text):  # all of it is COMMON
        shaped = "".join(cells(text, common=True)[0])
        return str(get_display(shaped, base_dir="R" if base else "L"))
    return layout_line(text, base=base).visual()
