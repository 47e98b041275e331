"""The explorer's colours, and what is wrong with the settings that it was started with."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from tui import permitted, remembered, themes
from tui.locale import gettext as _
from tui.locale import ngettext
from tui.screens.consulting import Consulting
from tui.settings.table import THEMES


class Dressing(Consulting):
    """What of the explorer is a matter of themes and settings."""

    few_colours = False
    """Whether the terminal has but sixteen colours: themes of shades cannot be read there."""

    problems: Sequence[str] = ()
    """What is wrong with the settings."""

    def warn(self) -> None:
        """Say what is wrong with the settings; the defaults hold for it."""
        if not self.problems:
            return
        count, said = len(self.problems), self.problems[0]
        if count > 1:
            said = ngettext(
                "{n} mistake in the settings (khabar config --check): {first}",
                "{n} mistakes in the settings (khabar config --check): {first}",
                count,
            ).format(n=count, first=said)
        self.tell(said, problem=True)

    def action_theme(self, name: str = "") -> None:
        """Put on a theme by its name, or the next; it is remembered where anything may be written."""
        fitting = [theme for theme in THEMES if themes.is_plain(theme) or not self.few_colours]
        if name and name not in fitting:
            self.tell(_("this terminal has but sixteen colours; with COLORTERM=truecolor it is taken to have more"))
            return
        at = fitting.index(self.app.theme) if self.app.theme in fitting else -1
        chosen = name or fitting[(at + 1) % len(fitting)]
        themes.wear(self.app, chosen)
        if permitted.beyond_the_corpus() and not self.few_colours:
            with contextlib.suppress(OSError):  # then it holds for this time
                remembered.keep_theme(chosen)
        self.tell(_("colours: {name}").format(name=_(themes.NAMES[chosen])))
