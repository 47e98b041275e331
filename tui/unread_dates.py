"""What is said of dates of publication that could not be read."""

from __future__ import annotations

from tui.locale import gettext as _
from tui.locale import ngettext
from tui.locale.told import isolated

_LONGEST = 40
"""Most characters of a date that are shown."""


def unread_dates(count: int, path: str, value: str) -> str:
    """That so many could not be read, the first of them `value` in `path`, and what stands instead; of one that may be
    two days, which they are."""
    from store.readers.moments import days

    shown = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
    either = days(value)
    return ngettext(
        'The date of publication in {path} could not be read: "{value}"{days}; the article is dated by its text, if'
        " that says when, and khabar edit redate corrects it",
        '{n} dates of publication could not be read, the first in {path}: "{value}"{days}; these articles are dated by'
        " their texts, if they say when, and khabar edit redate corrects it",
        count,
    ).format(
        n=f"{count:,}",
        path=isolated(path),
        value=isolated(shown),
        days=_(" ({first} or {second})").format(first=isolated(either[0]), second=isolated(either[1]))
        if either
        else "",
    )
