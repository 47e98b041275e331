"""The tour: a strip that asks for the keys that matter, one after another, while the explorer answers as ever."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.hinting import key_of, with_keys
from tui.keys import BY_ID
from tui.locale import N_, language
from tui.locale import gettext as _
from tui.screens.jumps import Jumping
from tui.widgets.paint import padded, paragraph, strip, with_note

_STEPS = (
    (
        "go.entities",
        N_(
            "{go_articles} to {go_reader} are the articles, the names in them, the timeline and the reader. "
            "Press {key} for the names."
        ),
    ),
    ("explore.articles", N_("↓ and ↑ choose a name. Press {key} for the articles that name it.")),
    ("list.open", N_("Only these articles are listed now: the line below says why. Press {key} to read one.")),
    (
        "explore.timeline",
        N_("Names and dates are marked in the text; ← and → go to them. Press {key} for the timeline of one."),
    ),
    ("explore.why", N_("What happened when, with the sentences that tell it. Press {key} to ask why it is here.")),
    (
        "explore.search",
        N_(
            "{go_back} goes back, {go_jumps} lists where you have been. Press {key} and type a word; Enter "
            "keeps what it finds."
        ),
    ),
    (
        "window.help",
        N_("Press {key} for the keys of the pane you are in; {window_commands} finds any of them by a word."),
    ),
    (
        "",
        N_(
            "That is all it takes. {window_language} changes the language, {correct_add} adds your own "
            "files, {window_tour} shows this again."
        ),
    ),
)
"""What is asked for (the id of a key), and in which words; at the end nothing."""
_HEIGHT = 3
_ROOM = 16
"""Rows of a screen on which there is room for it."""


class TourStrip(Widget):
    """What the tour says, above the status line; it takes no key."""

    DEFAULT_CSS = f"TourStrip {{ height: {_HEIGHT}; padding: 0 1; background: $boost; color: $text; }}"

    def __init__(self) -> None:
        super().__init__(id="tour")
        self.at = 0
        """The step that is asked for."""

    @property
    def wanted(self) -> str:
        """The action of the step."""
        key = BY_ID.get(_STEPS[self.at][0])
        return key.action if key is not None else ""

    def text(self) -> str:
        """What is asked for, in words."""
        id_, message = _STEPS[self.at]
        return with_keys(_(message), key=key_of(id_) if id_ else "")

    def render_line(self, y: int) -> Strip:
        width, style, base = self.size.width, self.rich_style, int(language() == "ar")
        if not y:
            title = _("Tour, step {n} of {all}").format(n=self.at + 1, all=len(_STEPS))
            return strip(
                with_note(title, with_keys(_("{explore_clear} ends it")), width, style, style, base), width, style
            )
        lines = paragraph(self.text(), width, base)
        return strip(padded(lines[y - 1], width, style), width, style) if y <= len(lines) else Strip.blank(width, style)


class Touring(Jumping):
    """The explorer's tour."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.is_first = False
        """Whether this user has never been here."""
        self._tour: TourStrip | None = None

    def begin(self) -> None:
        super().begin()
        if self.is_first and self.app.size.height >= _ROOM:
            self.action_tour()

    def name_things(self) -> None:
        """Say everything in the language spoken now."""
        super().name_things()
        if self._tour is not None:
            self._tour.refresh()

    def action_tour(self) -> None:
        """Begin it, or begin it again."""
        if self._tour is None:
            self._tour = TourStrip()
            self.mount(self._tour, before="#status")
        self._tour.at = 0
        self._tour.refresh()

    def end_tour(self) -> None:
        """Take it away, if it is there."""
        if self._tour is not None:
            self._tour.remove()
            self._tour = None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self.focused is not None:
            self.hear(f"pane({self.focused.id!r})")

    def hear(self, action: str) -> None:
        """Something was done, in whatever way: if it is what was asked for, the tour goes on. No two steps that follow
        each other ask for the same, so what is heard of twice does no harm."""
        if self._tour is not None and action and action == self._tour.wanted:
            self._tour.at += 1
            self._tour.refresh()
