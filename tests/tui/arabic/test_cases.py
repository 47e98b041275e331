"""Rows as grids of cells: the cases of tests/cases/arabic_layout.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tui.arabic import base_direction, layout_line, layout_paragraph

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "arabic_layout.json").read_text(encoding="utf-8")
)


def _named(section: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[section], ids=[case["name"] for case in CASES[section]])


@_named("lines")
def test_line(case: dict[str, Any]) -> None:
    line = layout_line(case["text"])
    assert line.base == base_direction(case["text"]) == case["base"]
    assert [list(cell) for cell in zip(line.glyphs, line.starts, line.ends, strict=True)] == case["cells"]
    assert (line.start, line.end) == (0, len(case["text"]))


@_named("lines")
def test_line_is_the_only_row_of_a_wide_pane(case: dict[str, Any]) -> None:
    if "\n" not in case["text"]:
        assert layout_paragraph(case["text"], 200) == [layout_line(case["text"])]


@_named("cuts")
def test_cut(case: dict[str, Any]) -> None:
    line = layout_line(case["text"], width=case["width"])
    assert [list(cell) for cell in zip(line.glyphs, line.starts, line.ends, strict=True)] == case["cells"]
    assert (line.end, line.width) == (case["end"], case["columns"])


@_named("wraps")
def test_wrap(case: dict[str, Any]) -> None:
    lines = layout_paragraph(case["text"], case["width"])
    assert [[line.visual(), line.start, line.end] for line in lines] == case["rows"]


@_named("highlights")
def test_highlight(case: dict[str, Any]) -> None:
    if case.get("cut"):
        lines = [layout_line(case["text"], width=case["width"])]
    else:
        lines = layout_paragraph(case["text"], case["width"])
    assert [line.columns(*case["span"]) for line in lines] == case["cells"]
