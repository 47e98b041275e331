"""Lines: the map from columns to the text and back, long texts, options."""

from __future__ import annotations

import time

import pytest

from tui.arabic import base_direction, layout_line, layout_paragraph


def test_clicks_beside_an_rtl_line_are_its_ends() -> None:
    line = layout_line("كتاب")
    assert line.offset_at(3) == 0
    assert line.offset_at(0) == 3
    assert line.offset_at(-1) == 4
    assert line.offset_at(9) == 0


def test_clicks_beside_an_ltr_line_are_its_ends() -> None:
    line = layout_line("book")
    assert [line.offset_at(column) for column in (-1, 0, 3, 4, 50)] == [0, 0, 3, 4, 4]


def test_cursor_in_an_rtl_line_moves_as_seen() -> None:
    line = layout_line("قال Obama")
    assert line.column_of(0) == 8
    assert line.column_of(4) == 0  # the O is the leftmost letter of the name
    assert line.column_of(9) == -1  # the end of the line is left of it
    assert line.step(0, -1) == 1
    assert line.step(0, 1) == 0
    assert line.step(3, -1) == 8
    assert line.step(4, -1) == 9


def test_both_columns_of_a_wide_cell_are_one_cell() -> None:
    line = layout_line("قال 中")
    assert line.width == 6
    assert [line.offset_at(column) for column in range(6)] == [4, 4, 3, 2, 1, 0]
    assert line.column_of(3) == 2


def test_paragraph_offsets_are_those_of_the_whole_text() -> None:
    text = "خبر\nكتاب جديد"
    last = layout_paragraph(text, 5)[-1]
    assert text[last.start : last.end] == "جديد"
    assert last.offset_at(last.width - 1) == last.start


def test_direction_can_be_given() -> None:
    assert layout_line("WHO منظمة", base=0).visual().startswith("WHO")
    assert layout_line("WHO منظمة").visual().endswith("WHO")
    assert base_direction("WHO منظمة") == 1
    assert base_direction("١٢ (2)") == 0


def test_tashkeel_can_be_left_out_but_not_hamza() -> None:
    assert layout_line("مُحَمَّدٌ", tashkeel=False).visual() == layout_line("محمد").visual()
    assert layout_line("ا\u0654", tashkeel=False).visual() == layout_line("أ").visual()


@pytest.mark.parametrize(
    "text", ["عنوان طويل ", "long title ", "عَ", "\u200f", "ا\u0301\u0302\u0303", "中", "(", "\u2067"]
)
def test_a_cut_line_costs_what_it_shows(text: str) -> None:
    """A text of a million characters takes no longer than one of a few thousand."""
    small, large = text * (4000 // len(text)), text * (1_000_000 // len(text))

    def cost(of: str) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            layout_line(of, width=80)
            times.append(time.perf_counter() - begun)
        return min(times)

    assert layout_line(large, width=80).width <= 80
    assert cost(large) < 5 * cost(small) + 0.002


def test_marks_without_end_do_not_pile_up() -> None:
    line = layout_line("ا" + "\u0301\u200d" * 5000 + "ب")
    assert all(len(glyph) < 20 for glyph in line.glyphs)
    assert len(line.glyphs) == 2


@pytest.mark.parametrize("text", ["ا" * 200_000, "ا b " * 50_000, "\u200d" * 200_000, "中" * 100_000, " " * 200_000])
def test_long_paragraphs_take_linear_time(text: str) -> None:
    lines = layout_paragraph(text, 60)
    assert lines[-1].end == len(text)


def test_wide_characters_in_a_pane_of_one_column() -> None:
    lines = layout_paragraph("中a", 1)
    assert [line.visual() for line in lines] == ["\ufffd", "a"]
    assert max(line.width for line in lines) == 1
