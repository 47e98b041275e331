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


appearance = Appearance()
"""The settings in force."""
