"""Overlays: help, explanations, a question of one line, the filter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen

from store.answers import Filter, Sought
from store.models import MentionType, Modality, Precision
from tui.keys import bindings
from tui.locale import comma
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.widgets.arabic_input import ArabicInput
from tui.widgets.label import Label
from tui.widgets.prose import Entry, Prose

SHEET_CSS = """
Sheet, Question, FilterSheet { align: center middle; }
.sheet { width: 80%; max-width: 90; height: auto; max-height: 90%; border: round $accent; background: $surface;
         padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1; }
.sheet Prose { height: auto; max-height: 70vh; min-height: 1; }
.sheet-title { text-style: bold; color: $accent; }
.sheet-note { color: $text-muted; height: auto; max-height: 4; }
FilterSheet ArabicInput, Question ArabicInput { background: $boost; }
Question ArabicInput { margin-bottom: 1; }
.field { height: 1; }
.field Label { width: 16; }
.field ArabicInput { width: 1fr; }
FilterSheet #problem { margin-top: 1; }
"""


class Sheet(ModalScreen[None]):
    """Something to read; Escape or q closes it, and so does the key of help (in the application)."""

    CSS = SHEET_CSS
    BINDINGS: ClassVar[list[BindingType]] = bindings("sheet")

    def __init__(self, title: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._title, self._entries = title, entries

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(self._title, _("Esc closes")), "sheet-title")
            yield Prose(self._entries)

    async def action_dismiss(self, result: None = None) -> None:
        self.dismiss(result)


class Question(ModalScreen[str | None]):
    """One line to be typed; dismissed with None when nothing is to happen. With `empty`, which says what that does, an
    empty line is an answer too. `wrong` says why what was typed is none, in words; the sheet stays then. `why` says why
    `value` could not be written before."""

    CSS = SHEET_CSS

    def __init__(
        self,
        title: str,
        value: str = "",
        empty: str = "",
        wrong: Callable[[str], str] = lambda _typed: "",
        why: str = "",
    ) -> None:
        super().__init__()
        self._title, self._value, self._empty, self._wrong = title, value, empty, wrong
        self.touched = bool(why)
        """Whether anything was typed, be it what stood there."""
        self._note = Label(why or empty)
        self._note.display = bool(why or empty)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield classed(Label(self._title, _("Enter takes it, Esc leaves it")), "sheet-title")
            yield ArabicInput(self._value)
            yield classed(self._note, "sheet-note")

    def on_arabic_input_changed(self, event: ArabicInput.Changed) -> None:
        self.touched = True

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        typed = event.value.strip()
        if typed and (why := self._wrong(typed)):
            self._note.display = True
            self._note.say(why)
        else:
            self.dismiss(typed or ("" if self._empty else None))

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        self.dismiss(None)


_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def western(day: str) -> str:
    """A date with its digits as 0-9, as ISO 8601 has them; an Arabic keyboard types others."""
    return "".join(str(unicodedata.decimal(ch, ch)) for ch in day.strip())


def is_day(day: str) -> bool:
    """Whether there is such a day, month or year: 2021, 2021-12 or 2021-12-09."""
    day = western(day)
    if not _DAY.fullmatch(day):
        return False
    try:
        date.fromisoformat(day + "0000-01-01"[len(day) :])
    except ValueError:
        return False
    return True


_TYPES: dict[str, MentionType] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
PRECISIONS: dict[str, Precision] = {
    "time": "time", "day": "day", "week": "week", "month": "month", "season": "season", "quarter": "quarter",
    "year": "year", "decade": "decade", "century": "century", "range": "range",
}  # fmt: skip
MODALITIES: dict[str, Modality] = {
    "asserted": "asserted", "planned": "planned", "predicted": "predicted", "denied": "denied",
}  # fmt: skip


_MARKED: dict[str, str] = {"bookmark": "bookmark", "tag": "tag", "note": "note"}


def _marks_in_words(f: Filter) -> str:
    """What a filter asks of annotations, as it is typed."""
    said = [
        f"#{value.replace(' ', '_')}" if what == "tag" else _(value) for what, value in f.said if what in ("tag", "has")
    ]
    return " ".join([*([_("bookmark")] if f.bookmarked else []), *said])


def _marks(typed: str) -> list[tuple[Sought, str]]:
    """What is asked of annotations: a kind of them by its word, or a tag, whose words are joined by "_"."""
    words = {**_MARKED, **{_(kind): kind for kind in _MARKED}}
    found: list[tuple[Sought, str]] = []
    for word in typed.split():
        kind = words.get(word.lower())
        tag = word.removeprefix("#").replace("_", " ").strip()
        if kind is not None:
            found.append(("has", kind))
        elif tag:
            found.append(("tag", tag))
    return list(dict.fromkeys(found))


def _plain(typed: str, choice: Iterable[str]) -> str:
    """A value of the store for what was typed: itself, or its word in the language spoken now."""
    words = {_(one): one for one in choice}
    return words.get(typed, typed.lower())


class FilterSheet(ModalScreen[tuple[Filter, str] | None]):
    """The fields of a filter; gives the filter and the name of an entity that is still to be looked up."""

    CSS = SHEET_CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False, id="filter.next"),
        Binding("up", "app.focus_previous", show=False, id="filter.previous"),
    ]

    def __init__(self, current: Filter, entity: str) -> None:
        super().__init__()
        self._current, self._entity = current, entity

    def compose(self) -> ComposeResult:
        now = self._current
        fields = {
            "entity": (_("entity"), self._entity),
            "type": (_("type"), now.type or ""),
            "outlet": (_("outlet"), now.outlet or ""),
            "since": (_("from"), now.since or ""),
            "until": (_("to"), now.until or ""),
            "precision": (_("exactness"), _(now.precision) if now.precision else ""),
            "modality": (_("told as"), _(now.modality) if now.modality else ""),
            "marks": (_("your marks"), _marks_in_words(now)),
        }
        with Vertical(classes="sheet"):
            yield classed(Label(_("Filter"), _("Enter takes it, Esc leaves it")), "sheet-title")
            for id_, (name, value) in fields.items():
                with Horizontal(classes="field"):
                    yield Label(name)
                    yield ArabicInput(value, id=id_)
            yield classed(Label(id="problem"), "sheet-note")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what may stand in the field that has the keys."""
        told = {
            "entity": _("a name, in Latin letters too"),
            "type": "PER, ORG, LOC, MISC",
            "outlet": _("as articles of it have it"),
            "since": "2021, 2021-12, 2021-12-09",
            "until": "2021, 2021-12, 2021-12-09",
            "precision": joined(comma(), (_(one) for one in PRECISIONS)),
            "modality": joined(comma(), (_(one) for one in MODALITIES)),
            "marks": _("#tag; or bookmark, tag, note for any"),
        }
        field = told.get(event.widget.id or "", "")
        self.query_one("#problem", Label).say(_("{field} · empty fields do not narrow").format(field=field))

    def _field(self, name: str) -> str:
        return self.query_one(f"#{name}", ArabicInput).value.strip()

    def on_arabic_input_submitted(self, event: ArabicInput.Submitted) -> None:
        kind = self._field("type").upper()
        if kind and kind not in _TYPES:
            self._refuse(_("a type is one of PER, ORG, LOC, MISC"))
            return
        for name in ("since", "until"):
            if self._field(name) and not is_day(self._field(name)):
                self._refuse(_("a date looks like 2021, 2021-12 or 2021-12-09"))
                return
        precision, modality = _plain(self._field("precision"), PRECISIONS), _plain(self._field("modality"), MODALITIES)
        for value, choice in ((precision, PRECISIONS), (modality, MODALITIES)):
            if value and value not in choice:
                words = joined(comma(), (_(one) for one in choice))
                self._refuse(_("{value} is none of {choice}").format(value=value, choice=words))
                return
        name = self._field("entity")
        same = bool(name) and name == self._entity.strip()  # names can be shared: the entity itself is kept
        wanted = replace(
            self._current,
            entities=self._current.entities if same else (),
            type=_TYPES.get(kind),
            outlet=self._field("outlet") or None,
            since=western(self._field("since")) or None,
            until=western(self._field("until")) or None,
            precision=PRECISIONS.get(precision),
            modality=MODALITIES.get(modality),
            said=(*(one for one in self._current.said if one[0] not in ("tag", "has")), *_marks(self._field("marks"))),
            bookmarked=False,
        )
        self.dismiss((wanted, "" if same else name))

    def _refuse(self, why: str) -> None:
        self.query_one("#problem", Label).say(why)

    def on_arabic_input_cancelled(self, event: ArabicInput.Cancelled) -> None:
        self.dismiss(None)


def classed(label: Label, name: str) -> Label:
    """A label with a class of the style sheet."""
    label.add_class(name)
    return label
