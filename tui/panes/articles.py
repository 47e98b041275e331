"""The list of articles: two lines each, title over date and outlet."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from store.answers import ArticleRow
from tui.locale import gettext as _
from tui.panes.copies import copies_label
from tui.widgets.paint import text_cells, two_sides
from tui.widgets.rows import Rows


def date_label(row: ArticleRow) -> str:
    """The day of publication; "≈" before one that was inferred, words where it is unknown."""
    if row.published.value is None:
        return _("undated")
    day = row.published.value[:10]
    return f"≈{day}" if row.published.basis == "inferred" else day


class ArticlesPane(Rows[ArticleRow]):
    """Articles, newest first."""

    row_height: ClassVar[int] = 2
    markable: ClassVar[bool] = True

    def draw(self, row: ArticleRow, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        title = text_cells(row.title or _("(no title)"), width, style)
        if row.bookmarked:
            mark = Segment("★ ", style)
            title = [mark, *text_cells(row.title, width - 2, style)]
        below = row.snippet if row.snippet else row.outlet or ""
        beside = " · ".join(filter(None, (date_label(row), copies_label(row))))
        return [title, two_sides(beside, below, width, dim)]
