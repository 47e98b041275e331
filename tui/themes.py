"""The themes: which there are, which fits a terminal, and putting one on.

Their colours stand in `themes.json`. The plain ones have few: `ansi` those of the terminal's sixteen that can be read
on its black whatever shades it gives them, `mono` none at all; `themes.tcss` tells by reversing, bold and underline
what others tell by shades.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.theme import Theme
from textual.widget import Widget

from tui.locale import N_
from tui.settings.table import THEMES

NAMES = {
    "khabar": N_("dark"),
    "light": N_("light"),
    "contrast-dark": N_("high contrast, dark"),
    "contrast-light": N_("high contrast, light"),
    "ansi": N_("the terminal's own 16 colours"),
    "mono": N_("no colours"),
}
"""What a person calls them."""


@cache
def _read() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("themes.json").read_text(encoding="utf-8"))
    return found


def is_plain(name: str) -> bool:
    """Whether a theme has the terminal's own colours, or none."""
    return bool(_read()[name].get("plain"))


def themes() -> list[Theme]:
    """All themes, for Textual."""
    return [
        Theme(name=name, **{key: value for key, value in _read()[name].items() if key != "plain"}) for name in THEMES
    ]


def fitting(wanted: str, *, few: bool, environment: Mapping[str, str] = os.environ) -> str:
    """The theme to put on in a terminal: the one `wanted`, unless that is "auto", or one of shades where there are but
    `few` colours, which would make it unreadable. Without a wish, NO_COLOR means no colours.
    """
    if wanted == "auto":
        return "mono" if environment.get("NO_COLOR") else "ansi" if few else "khabar"
    return wanted if is_plain(wanted) or not few else "ansi"


def has_few(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal shows no more than sixteen colours, by what the environment says of it."""
    without = {name: value for name, value in environment.items() if name != "NO_COLOR"}
    console = Console(force_terminal=True, legacy_windows=False, _environ=without)
    return console.color_system in (None, "standard")


def wear(app: App[Any], name: str) -> None:
    """Put a theme on, and have everything painted anew if the application is running."""
    filters = [one for one in app._filters if not isinstance(one, (Monochrome, NoColor))]
    app._filters = [*filters, NoColor()] if name == "mono" else filters
    app.set_class(is_plain(name), "-plain")
    app.set_class(name == "ansi", "-ansi")
    app.set_class(name == "mono", "-mono")
    app.theme = name
    if app.is_running:
        app.call_next(_redraw, app)  # after the style sheet, which Textual works out next


def _redraw(app: App[Any]) -> None:
    """Drop what was drawn in other colours."""
    for screen in app.screen_stack:
        for widget in screen.query(Widget):
            getattr(widget, "redraw", widget.refresh)()


COMMANDS = {
    "khabar": N_("colours: dark"),
    "light": N_("colours: light"),
    "contrast-dark": N_("colours: high contrast, dark"),
    "contrast-light": N_("colours: high contrast, light"),
    "ansi": N_("colours: the terminal's own 16"),
    "mono": N_("colours: none"),
}
"""Each theme in the list of all commands."""
