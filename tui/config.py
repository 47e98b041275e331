"""How things are to be shown, as the person at the keyboard wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from store.text.when import Calendar

Digits = Literal["text", "latin", "arabic"]


@dataclass(slots=True)
class Appearance:
    """Settings of painting and searching; what is stored and copied never changes with them."""

    tashkeel: bool = True
    """Whether vowel marks are shown."""
    digits: Digits = "text"
    """Digits as they stand in the text, or all of them as 0-9 or ٠-٩."""
    calendar: Calendar = "gregorian"
    """The calendar of dates in the timeline."""
    latin: bool = True
    """Whether names in Latin letters find Arabic ones in a search."""


Layout = Literal["auto", "two", "one"]


@dataclass(slots=True)
class Panes:
    """How the room on the screen is shared out."""

    layout: Layout = "auto"
    """As many panes as there is room for, a list and the reader, or one."""
    lists: int | None = None
    """The lists' share of the width, in percent; None leaves it to the style sheet."""
    articles: int = 1
    entities: int = 1
    timeline: int = 1
    """Shares of the lists' height."""


appearance = Appearance()
"""The settings in force."""

panes = Panes()
"""Those of the panes."""
