"""Rows for terminals that reorder again: what such a terminal shows is the row that was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.tui.arabic.texts import anything, mixed, seed_paragraphs, words
from tui.arabic import Line, layout_line, layout_paragraph, modes

Row = list[tuple[str, int]]

bases = st.sampled_from([None, 0, 1])

# An RTL letter and, further right in the same word, a European number with no RTL letter right of it: no order of
# cells gives this row.
_STRANDED = re.compile(
    "[\u05d0-\u05ea\u0620-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff\ufb50-\ufefc]"
    "[^ A-Za-zé\u3400-\u9fff]*[0-9۰-۹]"
)


def _row(*panes: Line, width: int = 0) -> Row:
    """Panes beside each other, each with a blank column at both sides; every cell has a style of its own."""
    glyphs: list[str] = []
    for pane in panes:
        fill = [" "] * (width - pane.width)
        glyphs += [*"│ "] if glyphs else [" "]
        glyphs += [*fill, *pane.glyphs, " "] if pane.base else [*pane.glyphs, *fill, " "]
    return [(glyph, style) for style, glyph in enumerate(glyphs)]


def _seen(sent: Row) -> Row:
    return [(glyph.replace("\u204f", "؛").replace("\u2e2e", "؟"), style) for glyph, style in modes.simulate_runs(sent)]


@pytest.mark.parametrize("width", [12, 20, 33, 60])
def test_every_row_of_the_seeds_is_seen_as_meant(width: int) -> None:
    lines = [line for text in seed_paragraphs() for line in layout_paragraph(text, width)]
    for left, right in zip(lines, lines[7:] + lines[:7], strict=True):
        row = _row(left, right, width=width)
        assert _seen(modes.runs(row)) == row
        assert modes.simulate_words(modes.words(row)) == row


@given(words, words, bases)
def test_runs_of_news_are_seen_as_meant(text: str, other: str, base: int | None) -> None:
    left, right = layout_line(text, base=base), layout_line(other)
    assume(not _STRANDED.search(left.visual()) and not _STRANDED.search(right.visual()))
    row = _row(left, right, width=max(left.width, right.width) + 1)
    assert _seen(modes.runs(row)) == row


@given(mixed, bases)
def test_runs_without_brackets_are_seen_as_meant(text: str, base: int | None) -> None:
    row = _row(layout_line(re.sub(r"[][(){}<>«»“”\u0590-\u05ff]", "", text), base=base))
    assume(not _STRANDED.search("".join(glyph for glyph, _ in row)))
    assert _seen(modes.runs(row)) == row


@given(anything, bases)
def test_what_cannot_be_sent_stays_in_its_pane(text: str, base: int | None) -> None:
    """Whatever happens to a word, the panes beside it and the borders between them keep their places."""
    pane = layout_line(text, base=base)
    beside = layout_line("خبر 12 (abc) نعم")
    row = _row(beside, pane, beside)
    seen = _seen(modes.runs(row))
    edge = beside.width + 3
    assert seen[:edge] == row[:edge]
    assert seen[-edge:] == row[-edge:]


@given(anything, bases)
def test_runs_keep_every_cell(text: str, base: int | None) -> None:
    row = _row(layout_line(text, base=base))
    sent = modes.runs(row)
    assert sorted(style for _, style in sent) == list(range(len(row)))
    assert sum(glyph in (" ", modes.GUARD) for glyph, _ in sent) == sum(glyph == " " for glyph, _ in row)


@given(anything, bases, st.sampled_from([None, lambda style: style % 5 == 0]))
def test_words_are_seen_as_meant(text: str, base: int | None, font: object) -> None:
    row = _row(layout_line(text, base=base), layout_line("خبر 12"))
    choose = font if callable(font) else None
    assert modes.simulate_words(modes.words(row, choose), choose) == row


def test_runs_send_words_in_the_order_they_are_read() -> None:
    sent = modes.runs(_row(layout_line("قال Obama إن 25% (نعم)")))
    text = "".join(glyph for glyph, _ in sent)
    assert text.index("ﻗﺎﻝ") > text.index("Obama")
    assert "(ﻧﻌﻢ" in text
    assert text[0] == text[-1] == modes.GUARD


def test_a_semicolon_after_a_number_is_sent_as_its_neutral_twin() -> None:
    row = _row(layout_line("2017؛", base=1))
    assert [glyph for glyph, _ in modes.simulate_runs(modes.runs(row))] == [" ", "⁏", "2", "0", "1", "7", " "]


def test_rows_of_digits_are_guarded_from_their_neighbours() -> None:
    sent = modes.runs([(" ", 0), ("1", 1), (" ", 2), ("2", 3), (" ", 4)])
    assert [glyph for glyph, _ in sent] == [modes.GUARD, "1", modes.GUARD, "2", modes.GUARD]


def test_words_are_turned_round_with_their_digits_but_not_across_bold() -> None:
    row = _row(layout_line("نص12"))
    assert "".join(glyph for glyph, _ in modes.words(row)) == " ﻧﺺ21 "
    bold = modes.words(row, lambda style: style >= 3)
    assert [glyph for glyph, _ in bold] == [" ", "1", "2", "ﻧ", "ﺺ", " "]


def test_empty_row() -> None:
    nothing: Row = []
    assert modes.runs(nothing) == modes.words(nothing) == nothing
