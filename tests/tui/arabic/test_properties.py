"""Laws of the layout, for any text."""

from __future__ import annotations

import itertools
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.arabic.texts import anything, mixed, seed_paragraphs, words
from tui.arabic import Line, base_direction, display, layout_line, layout_paragraph, levels, tables

bases = st.sampled_from([None, 0, 1])
widths = st.integers(0, 30)

_LEADING = re.compile(f"[{tables.INVISIBLE}🏻-🏿]+")
_NEVER_PAINTED = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}


def _spans(line: Line) -> list[tuple[int, int]]:
    return sorted(zip(line.starts, line.ends, strict=True))


def _covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the spans follow each other from `start` to `end`."""
    at = start
    for first, last in spans:
        if first != at or last <= first:
            return False
        at = last
    return at == end


@given(anything, bases)
def test_every_code_point_belongs_to_exactly_one_cell(text: str, base: int | None) -> None:
    line = layout_line(text, base=base)
    assert not line.glyphs or _covers(_spans(line), 0, len(text))
    assert (line.start, line.end) == (0, len(text))


@given(anything, bases)
def test_cells_stand_in_the_order_of_the_bidi_algorithm(text: str, base: int | None) -> None:
    """The order of the base characters is the one that levels alone give, which Unicode's tests vouch for."""
    line = layout_line(text, base=base)
    kinds = levels.classes(text).replace("B", "W").replace("S", "W")
    resolved = levels.for_line(levels.resolve(text, line.base, kinds), kinds, line.base)
    order: list[int] = []
    for start, end, level in levels.visual_runs(resolved):
        order += range(end - 1, start - 1, -1) if level & 1 else range(start, end)
    bases_of = set(line.starts)
    if line.starts:
        # The first cell may begin with format characters; its place is that of what it paints.
        found = _LEADING.match(text)
        first = found.end() if found else 0
        bases_of = (bases_of - {0}) | {first}
        assert [at if at != first else 0 for at in order if at in bases_of] == list(line.starts)


@given(anything, bases, st.booleans())
def test_nothing_invisible_and_no_control_is_painted(text: str, base: int | None, tashkeel: bool) -> None:
    for line in (layout_line(text, base=base, tashkeel=tashkeel), layout_line(text, base=base, width=12)):
        assert not {unicodedata.category(char) for char in line.visual()} & _NEVER_PAINTED
        line.visual().encode()


@given(anything, bases)
def test_widths_are_those_that_the_screen_counts(text: str, base: int | None) -> None:
    line = layout_line(text, base=base)
    assert line.widths == tuple(cell_len(glyph) for glyph in line.glyphs)
    assert line.width == sum(line.widths)


@given(anything, bases, st.none() | widths)
def test_map_and_inverse_agree(text: str, base: int | None, width: int | None) -> None:
    line = layout_line(text, base=base, width=width)
    column = 0
    for cell, (start, end) in enumerate(zip(line.starts, line.ends, strict=True)):
        assert line.columns(start, end) == [cell]
        assert {line.column_of(offset) for offset in range(start, end)} == {column}
        for inside in range(line.widths[cell]):
            assert line.cell_at(column + inside) == cell
            assert line.offset_at(column + inside) == start
        column += line.widths[cell]
    assert line.cell_at(column) is None
    assert line.cell_at(-1) is None


@given(anything, bases, widths)
def test_a_line_is_never_wider_than_asked(text: str, base: int | None, width: int) -> None:
    line = layout_line(text, base=base, width=width)
    assert cell_len(line.visual()) == line.width <= width
    whole = layout_line(text, base=line.base)
    if whole.width <= width:
        assert line == whole
    elif line.end < len(text) and width:
        assert line.glyphs[0 if line.base else -1] == "…"
        assert _covers(_spans(line), 0, len(text))


@given(anything, bases, widths, st.booleans())
def test_lines_give_the_text_back_and_fit(text: str, base: int | None, width: int, tashkeel: bool) -> None:
    lines = layout_paragraph(text, width, base=base, tashkeel=tashkeel)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(before.end == after.start for before, after in itertools.pairwise(lines))
    for line in lines:
        assert cell_len(line.visual()) == line.width <= width
        if line.glyphs:
            spans = _spans(line)
            assert _covers(spans, line.start, spans[-1][1])
            # What has no cell at the end of a line would paint blanks only.
            assert not layout_line(text[spans[-1][1] : line.end], tashkeel=tashkeel).visual().strip()


@given(st.lists(mixed.filter(lambda text: "\n" not in text), min_size=1, max_size=4), widths, bases)
def test_line_ends_separate_paragraphs(texts: list[str], width: int, base: int | None) -> None:
    together = layout_paragraph("\n".join(texts), width, base=base)
    apart = [line for text in texts for line in layout_paragraph(text, width, base=base)]
    if texts[-1] == "" and len(texts) > 1:
        apart.pop()  # a line end at the end of a text starts no further paragraph
    assert [line.glyphs for line in together] == [line.glyphs for line in apart]
    assert [line.base for line in together] == [line.base for line in apart]


@given(mixed, bases)
def test_hiding_tashkeel_changes_no_place(text: str, base: int | None) -> None:
    shown, hidden = (layout_line("ب" + text, base=base, tashkeel=tashkeel) for tashkeel in (True, False))
    assert shown.ends == hidden.ends
    assert not set("ًٌٍَُِّْٰ") & set(hidden.visual())


@given(mixed, bases)
def test_the_cursor_steps_through_every_cell(text: str, base: int | None) -> None:
    line = layout_line(text, base=base)
    at = line.starts[0] if line.starts and not line.base else line.end
    seen = [at]
    while (following := line.step(at, 1)) != at:
        at = following
        seen.append(at)
        assert len(seen) <= len(line.glyphs) + 1
    order = [line.end, *line.starts] if line.base else [*line.starts, line.end]
    if line.starts:
        assert seen == order
        for left, right in itertools.pairwise(order):
            assert line.step(right, -1) == left


@given(anything, bases)
def test_rows_without_a_map_are_the_same_rows(text: str, base: int | None) -> None:
    assert display(text, base=base) == layout_line(text, base=base).visual()


@given(words, bases)
def test_the_reordering_library_agrees_where_it_is_used(text: str, base: int | None) -> None:
    assert display(text, base=base) == layout_line(text, base=base).visual()


def test_seeds_without_a_map_are_the_same_rows() -> None:
    for text in seed_paragraphs():
        assert display(text) == layout_line(text).visual()


@given(anything)
def test_direction_is_that_of_any_rtl_letter(text: str) -> None:
    letters = [c for c in text if unicodedata.bidirectional(c) in ("R", "AL") and unicodedata.category(c)[0] == "L"]
    assert base_direction(text) == (1 if letters else 0)
