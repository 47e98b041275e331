"""Settings put into effect, before the explorer is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from store.answers import EventOrder
from store.text.when import Calendar
from tui.config import Digits, Layout, appearance, panes
from tui.keys import move
from tui.locale.told import in_words
from tui.screens.history import Zoom
from tui.settings.force import InForce


@dataclass(frozen=True, slots=True)
class Begun:
    """What an explorer is told to begin with."""

    theme: str = "khabar"
    few: bool = False
    """Whether the terminal has but sixteen colours."""
    keymap: tuple[tuple[str, str], ...] = ()
    zoom: Zoom = "event"
    order: EventOrder = "time"
    problems: tuple[str, ...] = ()
    """What is wrong with the settings, a sentence each."""


def apply(settings: InForce, *, tashkeel: bool) -> Begun:
    """Put the settings into effect, for what is wrong with them the defaults; what the explorer itself is to be told.

    `tashkeel` is whether the terminal draws vowel marks well.
    """

    def value(name: str) -> object:
        return settings.or_else(name).value

    shown = value("tashkeel")
    appearance.tashkeel = tashkeel if shown is None else bool(shown)
    appearance.digits = cast(Digits, value("digits"))
    appearance.calendar = cast(Calendar, value("calendar"))
    appearance.latin = bool(value("latin"))
    panes.layout = cast(Layout, value("panes.layout"))
    panes.lists = cast("int | None", value("panes.lists"))
    panes.articles, panes.entities, panes.timeline = (
        cast(int, value(f"panes.{name}")) for name in ("articles", "entities", "timeline")
    )
    return Begun(
        cast(str, value("theme")),
        keymap=tuple(move(settings.file.keys).items()),
        zoom=cast(Zoom, value("timeline.zoom")),
        order=cast(EventOrder, value("timeline.order")),
        # the folder is known, and there is one line for all of it
        problems=tuple(
            in_words(error).replace(str(settings.file.path), settings.file.path.name, 1) for error in settings.problems
        ),
    )
