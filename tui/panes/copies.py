"""How often a story is told, in words: for the list of articles, the reader and reasons."""

from __future__ import annotations

from store.answers import ArticleRow
from tui.locale import gettext as _
from tui.locale import ngettext


def copies_label(row: ArticleRow) -> str:
    """In how many articles its story is told, and by how many outlets; nothing where only in this one."""
    if not row.copies:
        return ""
    copies = ngettext("{n} copy", "{n} copies", row.copies).format(n=row.copies)
    if not row.outlets:
        return copies
    outlets = ngettext("{n} outlet", "{n} outlets", row.outlets).format(n=row.outlets)
    return _("{copies}, {outlets}").format(copies=copies, outlets=outlets)
