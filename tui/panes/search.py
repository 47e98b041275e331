"""The search line: a prompt, the query as it is typed, and what came of it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from tui.locale import gettext as _
from tui.locale import language
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label


class SearchPane(Horizontal):
    """Shown while a query is typed; posts what is asked for and knows no result but the words it is told."""

    DEFAULT_CSS = """
    SearchPane {
        height: 1;
        display: none;
        background: $panel;
        & > #search-prompt { width: 10; color: $accent; text-style: bold; }
        & > ArabicInput { width: 1fr; }
        & > #search-note { width: 28; max-width: 35%; color: $text-muted; }
        &.-problem > #search-note { color: $text-error; }
        &.-open { display: block; }
    }
    """

    class Asked(Message):
        """The query is another one, or final when Enter was pressed."""

        def __init__(self, query: str, final: bool) -> None:
            super().__init__()
            self.query, self.final = query, final

    class Closed(Message):
        """Escape: back to what was there before."""

    def compose(self) -> ComposeResult:
        yield Label(id="search-prompt")
        yield ArabicInput(id="search-input")
        yield Label(id="search-note")

    @property
    def input(self) -> ArabicInput:
        """The line that is typed into."""
        return self.query_one(ArabicInput)

    def open(self, query: str) -> None:
        """Show the line with a query to go on with."""
        outer = "search-prompt" if language() == "ar" else "search-note"
        if self.children[-1].id != outer:  # what is typed stands between the two
            self.move_child(self.children[0], after=-1)
            self.move_child(self.children[0], after=1)
        self.query_one("#search-prompt", Label).say(_("search") + ":")
        self.note("")
        self.add_class("-open")
        self.input.value = query
        self.input.focus()

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """Whether a query is being typed."""
        return self.has_class("-open")

    @property
    def is_wrong(self) -> bool:
        """Whether the query that stands there is said to be wrong."""
        return self.has_class("-problem")

    def note(self, text: str, *, problem: bool = False) -> None:
        """Say how many were found, or where the query is wrong."""
        self.set_class(problem, "-problem")
        self.query_one("#search-note", Label).say("", text)

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        event.stop()
        self.post_message(self.Asked(event.value, final=True))

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        event.stop()
        self.post_message(self.Asked(event.value, final=False))

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        event.stop()
        self.post_message(self.Closed())
