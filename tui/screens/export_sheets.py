"""Sheets for exports: what and in which form, and where to."""

from __future__ import annotations

import os
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from store.answers import Filter
from tui.keys import bindings
from tui.locale import N_, language
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.paths import whole
from tui.screens.path_sheet import PathSheet
from tui.screens.sheets import SHEET_CSS, classed
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.listing import Listing, Part
from tui.widgets.paint import two_sides
from tui.widgets.path_input import PathInput
from tui.widgets.prose import Entry, Prose
from tui.widgets.rows import Rows

_FORMS = {
    "csv": N_("a table (CSV)"), "jsonl": N_("for programs (JSON Lines)"), "md": N_("to read (Markdown)"),
    "html": N_("a page (HTML)"), "txt": N_("text"), "gexf": N_("for Gephi (GEXF)"),
    "graphml": N_("for other programs (GraphML)"), "svg": N_("a picture (SVG)"), "png": N_("a picture (PNG)"),
}  # fmt: skip
_WHAT = {
    "articles": N_("articles"), "entities": N_("entities"), "timeline": N_("timeline"), "mentions": N_("mentions"),
    "graph": N_("who is named with whom"), "trends": N_("names over time"), "brief": N_("a brief with footnotes"),
    "report": N_("a report with pictures"), "statements": N_("statements"),
    "quantities": N_("numbers with what they count"),
}  # fmt: skip
_OFFERED = {
    "articles": ("csv", "jsonl", "md", "html"),
    "entities": ("csv", "jsonl"),
    "timeline": ("csv", "jsonl", "md", "html", "txt"),
    "mentions": ("csv", "jsonl"),
    "statements": ("csv", "jsonl"),
    "quantities": ("csv", "jsonl"),
    "brief": ("md",),
    "report": ("html",),
    "trends": ("svg", "png", "csv"),
    "graph": ("gexf", "graphml", "csv"),
}
"""What is offered of each, in this order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to export in a form; `f` is what it is narrowed to, `of` the entities that it is of, if any."""

    what: str
    form: str
    f: Filter
    of: tuple[int, ...] = ()


class Target(NamedTuple):
    """Where to write, and whether over what is there."""

    path: Path
    over: bool


def offered(
    pane: str, f: Filter, entity: tuple[int, str] | None, compared: tuple[int, ...], *, only: bool
) -> list[tuple[str, list[Choice]]]:
    """What can be exported of a view under headings: its list first. With `only` some rows of the list alone."""

    def of(what: str, narrowed: Filter = f, ids: tuple[int, ...] = ()) -> list[Choice]:
        return [Choice(what, form, narrowed, ids) for form in _OFFERED[what]]

    if only:
        marked = of(pane) + (of("graph") if pane == "entities" else []) + (of("mentions") if pane == "articles" else [])
        return [(_("what is marked"), marked)]
    groups = [(_("this list"), of(pane))]
    if entity is not None:
        named = f if entity[0] in f.entities else Filter(entities=(entity[0],))
        by = of("statements", f, (entity[0],))
        about = [*of("mentions", named, (entity[0],)), *by, *of("brief", named), *of("report", named)]
        groups.append((entity[1], about))
    rest = [what for what in ("brief", "report", "trends", "graph", "mentions", *_OFFERED) if what != pane]
    every = [choice for what in dict.fromkeys(rest) for choice in of(what, ids=compared if what == "trends" else ())]
    groups.append((_("all of this view"), every))
    return groups


class _Choices(Rows[Choice]):
    """A line each: what, and in which form."""

    def draw(self, row: Choice, width: int, style: Style, dim: Style) -> list[list[Segment]]:
        arabic = language() == "ar"
        what, form = _(_WHAT[row.what]), _(_FORMS[row.form])
        return [two_sides(what, form, width, style, dim, base=int(arabic), mirrored=arabic)]


class ExportSheet(ModalScreen[Choice | None]):
    """What there is to take along; dismissed with one of it, or with None."""

    CSS = (
        SHEET_CSS
        + """
    ExportSheet { align: center middle; }
    ExportSheet Rows { background: $surface; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("exporting")

    def __init__(self, groups: Sequence[tuple[str, Sequence[Choice]]], narrowed: str) -> None:
        super().__init__()
        self._groups, self._narrowed = groups, narrowed

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(_("Take along"), _("Esc leaves it")), "sheet-title")
            yield classed(Label(self._narrowed), "sheet-note")
            yield _Choices(id="choices")

    def on_mount(self) -> None:
        rows: dict[int, Choice] = {}
        parts = []
        for heading, choices in self._groups:
            ids = array("q", range(len(rows), len(rows) + len(choices)))
            rows.update(zip(ids, choices, strict=True))
            parts.append(Part(ids, heading))
        choices_list = self.query_one(_Choices)
        whole_rows: Mapping[int, Choice] = rows
        choices_list.show(Listing(parts), whole=whole_rows)
        choices_list.focus()
        self._fit(self.app.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """As high as there are choices, as far as the screen is."""
        self._fit(event.size.height)

    def _fit(self, height: int) -> None:
        rows = self.query_one(_Choices)
        rows.styles.height = min(max(1, len(rows.ids)), max(1, height * 9 // 10 - 4))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        row = self.query_one(_Choices).row(event.id)
        if row is not None:
            self.dismiss(row)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        event.stop()

    def action_leave(self) -> None:
        self.dismiss(None)


class TargetSheet(PathSheet[Target | None]):
    """The file to write; what is there is written over only when that is said twice."""

    CSS = (
        SHEET_CSS
        + """
    TargetSheet { align: center middle; }
    TargetSheet PathInput { background: $boost; }
    """
    )

    def __init__(self, choice: Choice, proposed: str) -> None:
        super().__init__()
        self._choice, self._proposed = choice, proposed
        self._confirmed: Path | None = None

    def compose(self) -> ComposeResult:
        title = joined(" · ", (_(_WHAT[self._choice.what]), _(_FORMS[self._choice.form])))
        with Vertical(classes="sheet"):
            yield classed(Label(title, _("Enter writes it, Esc leaves it")), "sheet-title")
            yield Label(_("file to write; Tab completes"))
            yield PathInput(id="path")
            yield classed(Label(id="problem"), "sheet-note")
            yield Prose([])

    def on_mount(self) -> None:
        line = self.query_one(PathInput)
        line.value = self._proposed
        line.focus()

    def offer(self, names: tuple[str, ...]) -> None:
        self.query_one(Prose).show([Entry("text", "  ".join(names))] if names else [])

    def on_path_input_dropped(self, event: PathInput.Dropped) -> None:
        self.query_one(PathInput).take(event.text)

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        self._confirmed = None
        self.query_one("#problem", Label).say("")
        self.query_one(Prose).show([])

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        typed = event.value.strip()
        if not typed:
            return

        def look() -> tuple[Path, bool, str]:
            try:
                path = Path(whole(typed))
                if path.is_dir():
                    path /= os.path.basename(self._proposed)  # noqa: PTH119  a name, not a path
                if not path.parent.is_dir():  # said here, where the name can still be changed
                    return path, False, _("there is no folder {path}").format(path=path.parent)
                return path, path.exists(), ""
            except (OSError, ValueError) as error:
                return Path(typed), False, getattr(error, "strerror", None) or str(error)

        def answer(found: tuple[Path, bool, str]) -> None:
            path, there, problem = found
            if problem:
                self.query_one("#problem", Label).say(problem)
            elif there and self._confirmed != path:
                self._confirmed = path
                said = _("{name} is there already: Enter writes over it")
                self.query_one("#problem", Label).say(said.format(name=path.name))
            else:
                self.dismiss(Target(path, there))

        self.ask_disk(look, answer)

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        self.dismiss(None)
