"""How things are to be shown, as the person at the keyboard wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from store.text.when import Calendar

Digits = Literal["text", "latin", "arabic"]


@dataclass(slots=True)
class Appearance:
    """Settings of painting; what is stored, copied and exported never changes with them."""

    tashkeel: bool = True
    """Whether vowel marks are shown."""
    digits: Digits = "text"
    """Digits as they stand in the text, or all of them as 0-9 or ٠-٩."""
    calendar: Calendar = "gregorian"
    """The calendar of dates in the timeline."""


appearance = Appearance()
"""The settings in force."""
