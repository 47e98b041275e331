"""From laid-out lines of Arabic to styled segments: the only place where cells become what Textual paints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from tui.arabic import Line, base_direction, layout_line, layout_paragraph
from tui.config import appearance
from tui.locale import language
from tui.locale.said import Said

StyledSpan = tuple[int, int, Style]
"""(start, end, style) over the logical text of a paragraph."""


_CUT = "… "
"""What stands for text that is left out at the beginning of a line."""
_BEYOND = 4
"""Of what follows a span, so many parts of a line are to be in sight, if there is as much: a quarter."""

_LATIN, _ARABIC, _PERSIAN = "0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
_DIGITS = {
    "latin": str.maketrans(_ARABIC + _PERSIAN, _LATIN * 2),
    "arabic": str.maketrans(_LATIN + _PERSIAN, _ARABIC * 2),
}


def turned(style: Style) -> Style:
    """The same look, told by reversing: where there are no colours it is seen all the same."""
    return style + Style(color=style.bgcolor, bgcolor=style.color, reverse=True)


def own_direction(text: str) -> int | None:
    """The direction of what khabar says itself (`Said`): that of the language it is said in, whatever name it begins
    with. None for what is quoted, whose letters are to decide."""
    if not isinstance(text, Said):
        return None
    # what there is no translation of is English in Arabic too
    return base_direction(text[:1000]) if language() == "ar" else 0


def one_line(text: str, width: int | None = None, base: int | None = None) -> Line:
    """`text` on one line as the settings want it, in the direction of its letters unless `base` says another."""
    direction = base_direction(text[:1000]) if base is None else base
    return layout_line(text, base=direction, width=width, tashkeel=appearance.tashkeel)


def paragraph(text: str, width: int, base: int | None = None) -> list[Line]:
    """A paragraph wrapped to `width` cells as the settings want it, in the direction of its letters without `base`."""
    return layout_paragraph(text, width, base=base, tashkeel=appearance.tashkeel)


def _glyphs(line: Line) -> tuple[str, ...]:
    table = _DIGITS.get(appearance.digits)
    return line.glyphs if table is None else tuple(glyph.translate(table) for glyph in line.glyphs)


def segments(line: Line, style: Style, spans: Iterable[StyledSpan] = ()) -> list[Segment]:
    """The cells of `line` from left to right; later spans are laid over earlier ones.

    A cell that stands for several letters (lam-alef) takes the style of a span that touches any of them.
    """
    styles: list[Style] | None = None
    for start, end, extra in spans:
        if start >= line.end or end <= line.start:
            continue
        if styles is None:
            styles = [style] * len(line.glyphs)
        for column in line.columns(start, end):
            styles[column] = styles[column] + extra
    if styles is None:
        return [Segment("".join(_glyphs(line)), style)] if line.glyphs else []
    return [
        Segment("".join(glyph for glyph, _ in cells), key)
        for key, cells in groupby(zip(_glyphs(line), styles, strict=True), key=lambda cell: cell[1])
    ]


def padded(line: Line, width: int, style: Style, spans: Iterable[StyledSpan] = (), align: str = "") -> list[Segment]:
    """`segments` filled with blanks to `width` cells; right-to-left lines stand at the right unless told otherwise."""
    gap = width - line.width
    painted = segments(line, style, spans)
    if gap <= 0:
        return painted
    blank = Segment(" " * gap, style)
    to_right = (align or ("right" if line.base else "left")) == "right"
    return [blank, *painted] if to_right else [*painted, blank]


def text_cells(text: str, width: int, style: Style, align: str = "", spans: Sequence[StyledSpan] = ()) -> list[Segment]:
    """One line of `text`, shaped, ordered, cut to `width` cells with "…" and filled up to it."""
    if width <= 0:
        return []
    return padded(one_line(text, width), width, style, spans, align)


def text_around(text: str, span: tuple[int, int], width: int, style: Style, lit: Style) -> list[Segment]:
    """`text_cells` with the span `[start, end)` of `text` in another style (`lit`, laid over the first).

    Where the span would stand beyond the end of the line, or right at it, text before it is left out, from a word on,
    and "…" says so. Only a span that is itself wider than the line is cut.
    """
    if width <= 0:
        return []
    base, (start, end) = base_direction(text), span
    # as much of what is before it as of what is behind, or all that is left to fill the line
    first = max(0, min(start - width // 2, len(text) - width + len(_CUT)))
    word = next((space + 1 for space in range(first, start) if text[space].isspace()), start)
    cuts = [(0, min(len(text), end + width // _BEYOND) if first else end), (word, end), (start, 0)]
    # where it is far off, not even marks without a cell bring it into sight
    for at, in_sight in cuts[end > 4 * width :]:
        left_out = _CUT if at else ""
        line = one_line(left_out + text[at:], width, base)
        moved = len(left_out) - at
        if line.end >= in_sight + moved:
            break
    return padded(line, width, style, [(start + moved, end + moved, lit)])


def two_sides(
    left: str,
    right: str,
    width: int,
    style: Style,
    right_style: Style | None = None,
    base: int | None = None,
    *,
    mirrored: bool = False,
) -> list[Segment]:
    """A line with one text at each edge; the right one gives way when there is no room for both.

    `base` is the direction of the left text where its letters are not to decide: a label in English with an Arabic
    name in it is still read from left to right. `mirrored` lets the two
    change their sides.
    """
    left_line = one_line(left, width, base)
    room = width - left_line.width - 1
    painted = segments(left_line, style)
    if room < 2 or not right:
        blank = Segment(" " * (width - left_line.width), style)
        return [blank, *painted] if mirrored else [*painted, blank]
    if mirrored:
        return [*text_cells(right, room, right_style or style, align="left"), Segment(" ", style), *painted]
    return [*painted, Segment(" ", style), *text_cells(right, room, right_style or style, align="right")]


def with_note(text: str, note: str, width: int, style: Style, dim: Style, base: int) -> list[Segment]:
    """A line that begins with `text` where a line of direction `base` begins, and a short note at its other edge, which
    keeps its room: what is too long of the text is cut, as is what is longer than half a line of the note."""
    end = one_line(note, max(1, width // 2))
    room = max(0, width - end.width - 1)
    begin = padded(one_line(text, room, base), room, style, align="right" if base else "left")
    painted = segments(end, dim)
    gap = Segment(" " * max(0, width - room - end.width), style)
    return [*painted, gap, *begin] if base else [*begin, gap, *painted]


def strip(parts: list[Segment], width: int, style: Style) -> Strip:
    """A strip of exactly `width` cells, filled up with blanks in `style`."""
    return Strip(parts).adjust_cell_length(width, style)


def visual(text: str) -> Content:
    """`text` shaped and in visual order, for places that Textual itself paints (border titles)."""
    return Content("".join(_glyphs(one_line(text))))
