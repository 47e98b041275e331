"""Arabic layout: logical text in, visual cells out, with the map between them. Pure functions; no screen, no store.

`layout_line` lays out one row, `layout_paragraph` wraps; both give `Line`s. The rules of Unicode are in `levels`
(UAX #9) and `shape` (joining), the tables in `tables`, rewriting for terminals that reorder by themselves in `modes`.
"""

from tui.arabic.layout import base_direction, layout_line, layout_paragraph
from tui.arabic.line import Line
from tui.arabic.paragraph import ELLIPSIS
from tui.arabic.plain import display

__all__ = ["ELLIPSIS", "Line", "base_direction", "display", "layout_line", "layout_paragraph"]
