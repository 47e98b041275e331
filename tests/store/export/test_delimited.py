"""A spreadsheet runs no cell, and every cell can be had back exactly."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.export.delimited import csv_lines, neutral, restore

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(TEXT | TEXT.map("'".__add__) | TEXT.map("=".__add__))
def test_every_cell_comes_back(cell: str) -> None:
    assert restore(neutral(cell)) == cell


@given(TEXT, st.sampled_from("=+-@\t\r＝＠"), st.sampled_from(["", " ", "\u200f", "\ufeff", "\u00a0 "]))
def test_no_cell_begins_as_a_formula(rest: str, sign: str, before: str) -> None:
    assert neutral(before + sign + rest).startswith("'")


@pytest.mark.parametrize("cell", ["بغداد", "2021-12-09", "a=1", "", " نص", "«=»"])
def test_a_harmless_cell_is_left_alone(cell: str) -> None:
    assert neutral(cell) == cell


@given(
    st.lists(
        st.lists(
            st.text(st.characters(categories=["L", "N", "P", "S"]) | st.just("\n")) | st.integers(),
            min_size=2,
            max_size=2,
        )
    )
)
def test_csv_reads_back(rows: list[list[str | int]]) -> None:
    written = "".join(csv_lines(["a", "b"], rows))
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read[0] == ["a", "b"]
    assert [[restore(cell) for cell in row] for row in read[1:]] == [[str(cell) for cell in row] for row in rows]
