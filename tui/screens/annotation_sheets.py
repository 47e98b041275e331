"""Overlays in which a tag or a note is written, and on what it is to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from store.annotations import LONGEST, Annotation, Target, cleaned, folded
from store.errors import QueryError
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.locale.told import in_words
from tui.panes.annotated import tag_label
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.note_input import NoteInput
from tui.widgets.paint import strip, text_cells

_OFFERED = 6
"""So many tags are offered."""
_SEPARATED = re.compile(r"[,،;؛\n]")
T = TypeVar("T")
Answer = TypeVar("Answer")

_CSS = (
    SHEET_CSS
    + """
TagSheet, NoteSheet { align: center middle; }
TagSheet ArabicInput, NoteSheet NoteInput { background: $boost; }
NoteSheet NoteInput { height: 8; margin-bottom: 1; }
Choices { height: auto; min-height: 1; max-height: 7; }
"""
)


def on_what(target: Target) -> str:
    """What a target is, in words."""
    return {
        "article": _("the article"), "sentence": _("the sentence"), "entity": _("the name"), "event": _("the event"),
    }[target.on]  # fmt: skip


class Choices(Widget):
    """Tags that are offered, one a line; a sign stands before the chosen one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--chosen"}
    DEFAULT_CSS = "Choices > .choices--chosen { text-style: reverse bold; }"

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[str] = []
        self.chosen: int | None = None

    def offer(self, tags: Sequence[str]) -> None:
        """Offer other tags, none of them chosen."""
        self.offered, self.chosen = list(tags), None
        self.styles.height = max(1, len(self.offered))
        self.refresh()

    def step(self, by: int) -> str | None:
        """Choose the next or previous one; returns it."""
        if not self.offered:
            return None
        first = 0 if by > 0 else len(self.offered) - 1
        self.chosen = first if self.chosen is None else (self.chosen + by) % len(self.offered)
        self.refresh()
        return self.offered[self.chosen]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self.offered):
            return Strip.blank(width, self.rich_style)
        chosen = y == self.chosen
        style = self.rich_style + (self.get_component_rich_style("choices--chosen") if chosen else self.rich_style)
        text = f"{'•' if chosen else ' '} #{self.offered[y]}"
        return strip(text_cells(text, width, style), width, style)


class _OnSomething(ModalScreen[Answer], Generic[T, Answer]):
    """A sheet about one of several things under the cursor; Shift+Tab goes to the next."""

    CSS = _CSS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("shift+tab", "other", show=False, id="annotating.other")]

    def __init__(self, on: Sequence[tuple[Target, str, T]], several: str = "") -> None:
        """`several` says that it is about many things at once, of which the first stands for all."""
        super().__init__()
        self._on, self._at, self._several = list(on), 0, several
        self._what, self._note = Label(), Label()

    @property
    def target(self) -> Target:
        """What is annotated."""
        return self._on[self._at][0]

    @property
    def there(self) -> T:
        """What is there already."""
        return self._on[self._at][2]

    def action_other(self) -> None:
        """Annotate another thing under the cursor."""
        self._at = (self._at + 1) % len(self._on)
        self.tell_target()

    def tell_target(self) -> None:
        """Say what is annotated."""
        if self._several:
            self._what.say(self._several)
            return
        target, said, _there = self._on[self._at]
        name, others = on_what(target), ""
        if len(self._on) > 1:
            others = _("Shift+Tab: {other}").format(other=on_what(self._on[(self._at + 1) % len(self._on)][0]))
        room = min(self.app.size.width * 4 // 5, 90) - len(name) - len(others) - 8
        said = " ".join(said.split())
        said = said if len(said) <= room else f"{said[:room]}…"
        self._what.say(joined(": ", (name, said)) if said else name, others)


class TagSheet(_OnSomething[tuple[str, ...], tuple[Target, tuple[str, ...]] | None]):
    """A tag to put on or take off; dismissed with the target and the tags."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, id="tag.complete", priority=True),
        Binding("down", "offered(1)", show=False, id="tag.next"),
        Binding("up", "offered(-1)", show=False, id="tag.previous"),
    ]

    def __init__(
        self,
        on: Sequence[tuple[Target, str, tuple[str, ...]]],
        known: Sequence[tuple[str, int]],
        several: str = "",
        typed: str = "",
        why: str = "",
    ) -> None:
        """`typed` is what could not be written before, and `why`, which is said until something else is typed."""
        super().__init__(on, several)
        self._known = [tag for tag, _used in known]
        self._input, self._choices, self._there, self._why = ArabicInput(typed), Choices(), Label(), why

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(_("Tag"), _("Enter takes it, Esc leaves it")), "sheet-title")
            yield classed(self._what, "sheet-note")
            yield self._there
            yield self._input
            yield self._choices
            yield classed(self._note, "sheet-note")

    def on_mount(self) -> None:
        self._input.focus()
        self.tell_target()

    def tell_target(self) -> None:
        super().tell_target()
        tags = " ".join(map(tag_label, self.there))
        if self._several:
            self._there.say(_("all have: {tags}").format(tags=tags) if tags else _("no tag is on all of them"))
        else:
            self._there.say(_("has: {tags}").format(tags=tags) if tags else _("has no tag yet"))
        self._offer(self._input.value)

    def _offer(self, typed: str) -> None:
        """Tags that begin as what is typed does, then those with such a word; those that are there take themselves
        off."""
        last = folded(_SEPARATED.split(typed)[-1])
        begin = [tag for tag in self._known if folded(tag).startswith(last)]
        inside = [tag for tag in self._known if tag not in begin and f" {last}" in f" {folded(tag)}"]
        self._choices.offer([*begin, *inside][:_OFFERED])
        said = _("Tab completes · ↑↓ choose · again takes off · commas part")
        self._note.say(self._why or (said if self._known else _("commas part several tags")))

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        self._why = ""
        if self._choices.chosen is None or event.value != self._with(self._choices.offered[self._choices.chosen]):
            self._offer(event.value)

    def action_complete(self) -> None:
        tag = self._choices.step(1) if self._choices.chosen is None else None
        if tag is not None:
            self._input.value = self._with(tag)

    def action_offered(self, by: int) -> None:
        tag = self._choices.step(by)
        if tag is not None:
            self._input.value = self._with(tag)

    def _with(self, tag: str) -> str:
        """What is typed, its last tag completed."""
        *before, _last = re.split(r"(?<=[,،;؛])", self._input.value)
        return f"{''.join(before)}{' ' if before else ''}{tag}"

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        try:
            tags = tuple(cleaned("tag", tag) for tag in _SEPARATED.split(event.value) if tag.strip(" #"))
        except QueryError as error:
            self._note.say(in_words(error))
            return
        self.dismiss((self.target, tags) if tags else None)

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        self.dismiss(None)


class NoteSheet(_OnSomething[Annotation | None, tuple[Target, Annotation | None, str] | None]):
    """A note of several lines; dismissed with the target, the note that it takes the place of, and its text, empty
    where it is to go."""

    def __init__(
        self,
        on: Sequence[tuple[Target, str, Annotation | None]],
        several: str = "",
        typed: str | None = None,
        why: str = "",
    ) -> None:
        """`typed` is a text that could not be written before, and `why`."""
        super().__init__(on, several)
        self._input = NoteInput(self._text if typed is None else typed)
        self._why, self._leaving = why, False

    @property
    def _text(self) -> str:
        return self.there.text if self.there is not None else ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(_("Note"), _("Ctrl+S keeps it, Esc leaves it")), "sheet-title")
            yield classed(self._what, "sheet-note")
            yield self._input
            yield classed(self._note, "sheet-note")

    def on_mount(self) -> None:
        self._input.focus()
        self.tell_target()
        self._say()

    def action_other(self) -> None:
        before = self._text
        super().action_other()
        if self._input.value == before:  # what was typed goes along
            self._input.value = self._text
        self._say()

    def _say(self) -> None:
        if self._why:
            self._note.say(self._why)
            return
        more = _("an empty one is removed") if self.there is not None else ""
        self._note.say(joined(" · ", filter(None, (_("Enter begins another line"), more))))

    def on_arabic_input_changed(self, event: NoteInput.Changed) -> None:
        if self._leaving:
            self._leaving = False
            self._say()

    def on_arabic_input_submitted(self, event: NoteInput.Submitted) -> None:
        text = event.value.strip()
        if len(text) > LONGEST["note"]:
            self._note.say(_("a note has at most {n} characters").format(n=f"{LONGEST['note']:,}"))
            return
        self.dismiss((self.target, self.there, text) if text != self._text else None)

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        if self._input.value.strip() in ("", self._text) or self._leaving:
            self.dismiss(None)
            return
        self._leaving = True
        self._note.say(_("Esc again throws it away, Ctrl+S keeps it"))
