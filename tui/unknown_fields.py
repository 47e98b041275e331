"""What is said of a search that names a field which there is not."""

from __future__ import annotations

from tui.locale import gettext as _


def unknown_fields(query: str) -> list[str]:
    """A sentence for each word before a colon that looks like a field and is searched for as a word."""
    from store.text import unknown_fields as looking

    return [
        _("no field is called {written!r}; did you mean {field!r}?").format(written=one.written, field=one.nearest)
        if one.nearest
        else _("no field is called {written!r}: it is searched for as a word").format(written=one.written)
        for one in looking.unknown_fields(query)
    ]
