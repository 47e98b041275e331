"""The list of articles: two lines each, title over date and outlet."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from store.answers import ArticleRow
from tui.locale import gettext as _
from tui.panes.annotated import signs, tags_label
from tui.panes.copies import copies_label
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows


def date_label(row: ArticleRow) -> str:
    """The day of publication; "≈" before one that was inferred, words where it is unknown."""
    if row.published.value is None:
        return _("undated")
    day = row.published.value[:10]
    return f"≈{day}" if row.published.basis == "inferred" else day


def source_label(row: ArticleRow) -> str:
    """Outlet and title, each in its own direction whatever stands beside it."""
    return " · ".join(f"\u2068{part}\u2069" for part in (row.outlet, row.title) if part)


class ArticlesPane(Rows[ArticleRow]):
    """Articles, newest first."""

    row_height: ClassVar[int] = 2
    markable = True
    fresh_after: int | None = None
    """Articles that were added after this one are marked as new."""

    def draw(self, row: ArticleRow, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        mark = signs(row.annotated, new=self.fresh_after is not None and row.id > self.fresh_after)
        title = text_cells(mark + (row.title or _("(no title)")), width, style)
        below = row.snippet if row.snippet else row.outlet or ""
        beside = " · ".join(filter(None, (date_label(row), copies_label(row), tags_label(row.annotated))))
        return [title, two_sides(beside, below, width, dim)]
