"""The language of the interface changed while it is open: everything on the screen says itself again, overlays too."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from tui.locale import language, use
from tui.widgets.arabic_input import ArabicInput

MIRRORED = "-mirrored"
"""The class of the application while the interface reads from right to left."""


def mirror(app: App[Any]) -> None:
    """Lay everything out in the direction of the language spoken."""
    app.set_class(language() == "ar", MIRRORED)


def speak(app: App[Any], chosen: str) -> None:
    """Speak another language on every screen that is open, at once."""
    use(chosen)
    mirror(app)
    for screen in app.screen_stack:
        app.stylesheet.update(screen)  # Textual does so for the one in front alone
        say_again(screen)
        screen.refresh(layout=True)  # one that lies below another is not painted by itself


def say_again(screen: Screen[Any]) -> None:
    """All texts of a screen as they are said now; a screen that has more to do about it has `name_again`."""
    whole = getattr(screen, "name_again", None)
    if whole is not None:
        whole()
        return
    for widget in screen.walk_children(Widget):
        for name in ("say_again", "redraw"):
            again = getattr(widget, name, None)
            if again is not None:
                again()
                break
        else:
            widget.refresh()


def takes_text(widget: Widget | None) -> bool:
    """Whether keys that are pressed are typed into a widget."""
    return isinstance(widget, ArabicInput)
