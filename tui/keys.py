"""Every key of the explorer in one table: bindings, help, hints and the command palette are made from it.

A binding is known by its id, so that a keymap can move it, and answers on an Arabic keyboard layout
too: each Latin key brings the character that the same physical key gives on the Arabic (101) layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import _character_to_key, key_to_character  # its names of keys, which it offers nowhere else

from tui.locale import N_

# The Arabic 101 layout as X11's "ara" gives it; b, B, G and T are single lam-alef characters there, A, Q and W are
# vowel marks.
_ARABIC_TWIN = dict(zip("qwertyuiopasdfghjklzxcvnm", "ضصثقفغعهخحشسيبلاتنمئءؤرىة", strict=True)) | {
    "A": "\u0650", "B": "ﻵ", "C": "right_curly_bracket", "E": "\u064f", "H": "أ", "I": "÷", "J": "\u0640",
    "K": "arabic_comma", "M": "apostrophe", "Q": "\u064e", "R": "\u064c", "S": "\u064d", "T": "ﻹ", "U": "grave_accent",
    "Y": "إ", "b": "ﻻ", "G": "ﻷ", "N": "آ", "O": "×", "P": "arabic_semicolon", "Z": "tilde", "slash": "ظ",
    "question_mark": "arabic_question_mark",
    "V": "left_curly_bracket",
    "0": "٠", "1": "١", "2": "٢", "3": "٣", "4": "٤", "left_square_bracket": "ج", "right_square_bracket": "د",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One action with its keys; `hint` is its short name in the bottom line, empty for those that are not there."""

    id: str
    usual: str
    """Its keys as they come."""
    action: str
    label: str
    group: str
    hint: str = ""

    @property
    def keys(self) -> str:
        """Its keys as they are: the usual ones, or what a person gave it instead; empty for none."""
        return _moved.get(self.id, self.usual)

    @property
    def first(self) -> str:
        """The first of its keys as a person reads it; empty for none."""
        return shown(self.keys.split(",")[0])


_NO_KEY = "<none>"
"""Stands in a keymap for a binding without a key."""
_moved: dict[str, str] = {}
"""Bindings that a person gave other keys, by id."""

GROUPS = {
    "go": N_("Go to"),
    "explore": N_("Explore"),
    "correct": N_("Correct and keep"),
    "window": N_("Window"),
    "list": N_("In a list"),
    "reader": N_("In the reader"),
    "merges": N_("In a list of suggested merges"),
    "log": N_("In the list of corrections"),
}
"""Groups in the order in which help shows them."""

TOGETHER = (
    ("go", "explore", "correct", "window", "list"),
    ("go", "explore", "correct", "window", "reader"),
    ("merges", "log", "list"),
)
"""Groups that are pressed in one place: there a key means one thing."""

KEYS = (
    Key("go.articles", "1", "pane('articles')", N_("articles"), "go"),
    Key("go.entities", "2", "pane('entities')", N_("entities"), "go"),
    Key("go.timeline", "3", "pane('timeline')", N_("timeline"), "go"),
    Key("go.reader", "4", "pane('reader')", N_("reader"), "go"),
    Key("go.next", "tab", "next_pane(1)", N_("next pane"), "go"),
    Key("go.previous", "shift+tab", "next_pane(-1)", N_("previous pane"), "go"),
    Key("go.back", "backspace,alt+left", "back", N_("back"), "go", N_("back")),
    Key("go.forward", "alt+right", "forward", N_("forward"), "go"),
    Key("go.jumps", "0", "jumps", N_("where you have been: go to any of it"), "go"),
    Key("explore.articles", "a", "articles_of", N_("articles of the entity or event"), "explore", N_("articles")),
    Key("explore.entities", "e", "entities_of", N_("entities of the article"), "explore", N_("entities")),
    Key("explore.timeline", "t", "timeline_of", N_("timeline of the entity or article"), "explore", N_("timeline")),
    Key("explore.trends", "T", "trends", N_("how often names are told of over time"), "explore"),
    Key("explore.copies", "equals_sign", "copies_of", N_("copies of the article"), "explore"),
    Key("explore.compare", "Y", "compare", N_("compare the article with its copy, or with another"), "explore"),
    Key("explore.search", "slash", "search", N_("search"), "explore", N_("search")),
    Key("explore.rank", "w", "rank", N_("search: newest first, by relevance, all by relevance"), "explore"),
    Key("explore.filter", "f", "filter", N_("filter"), "explore", N_("filter")),
    Key("explore.clear", "escape", "clear", N_("all articles again, and what is new"), "explore"),
    Key("explore.reload", "f5,ctrl+r", "reload", N_("what was added meanwhile"), "explore"),
    Key(
        "explore.sentences",
        "s",
        "sentences",
        N_("sentences of the event or with the entity; out of its copies"),
        "explore",
    ),
    Key(
        "explore.statements",
        "O",
        "statements",
        N_("who said what: of the entity, or in all articles of the view"),
        "explore",
    ),
    Key("explore.dossier", "E", "dossier", N_("dossier of the entity or of the article's outlet"), "explore"),
    Key("explore.why", "i", "why", N_("why is this here"), "explore", N_("why")),
    Key("correct.merge", "m", "merge", N_("merge the entity with what may be the same, or two events"), "correct"),
    Key("correct.suggested", "M", "suggested", N_("suggested merges of the whole corpus"), "correct"),
    Key("correct.rename", "r", "rename", N_("rename the entity"), "correct"),
    Key("correct.retype", "K", "retype", N_("say what kind the entity is"), "correct"),
    Key("correct.split", "S", "split", N_("take names out of the entity"), "correct"),
    Key("correct.hide", "h", "hide", N_("hide the entity"), "correct"),
    Key("correct.hidden", "H", "hidden", N_("what is hidden, to show it again"), "correct"),
    Key("correct.redate", "d", "redate", N_("date the article"), "correct"),
    Key("correct.relabel", "R", "relabel", N_("say what a line of the page in the reader is"), "correct"),
    Key("correct.undo", "u", "undo", N_("undo the last correction"), "correct"),
    Key("correct.redo", "U,ctrl+y", "redo", N_("redo what was undone"), "correct"),
    Key("correct.edits", "C", "edits", N_("all corrections: who, when, what"), "correct"),
    Key("correct.bookmark", "b", "bookmark", N_("bookmark, or no more, what is under the cursor"), "correct"),
    Key("correct.tag", "I", "tag", N_("tag it"), "correct"),
    Key("correct.note", "J", "note", N_("write a note on it"), "correct"),
    Key("go.annotations", "B", "annotations", N_("bookmarks, tags and notes"), "go"),
    Key("go.searches", "Q", "searches", N_("saved searches, and what is new in them"), "go"),
    Key("correct.add", "A", "add", N_("add files or folders"), "correct", N_("add")),
    Key("correct.copy", "y", "copy", N_("copy"), "correct"),
    Key("correct.export", "x", "export", N_("take along: the list, a brief, a report, pictures"), "correct"),
    Key("window.zoom_timeline", "z", "zoom_timeline", N_("timeline by event, day, month, year or decade"), "window"),
    Key("window.zoom_in", "plus", "zoom_timeline(-1)", N_("timeline more closely"), "window"),
    Key("window.zoom_out", "minus", "zoom_timeline(1)", N_("timeline from further off"), "window"),
    Key("window.order", "o", "order_timeline", N_("timeline by time or by number of outlets"), "window"),
    Key("window.calendar", "c", "calendar", N_("Gregorian or Hijri dates"), "window"),
    Key("window.zoom_pane", "Z", "zoom_pane", N_("the pane alone"), "window"),
    Key("window.language", "l", "language", N_("Arabic or English"), "window"),
    Key("window.tashkeel", "v", "tashkeel", N_("vowel marks or none"), "window"),
    Key("window.digits", "number_sign", "digits", N_("digits as in the text, 0-9 or ٠-٩"), "window"),
    Key("window.latin", "p", "latin", N_("Latin letters find Arabic names or not"), "window"),
    Key("window.theme", "V", "theme", N_("other colours"), "window"),
    Key("window.help", "question_mark,f1", "help", N_("help"), "window", N_("help")),
    Key("window.commands", "ctrl+p", "app.command_palette", N_("all commands"), "window"),
    Key("window.tour", "f2", "tour", N_("a tour of two minutes"), "window"),
    Key("window.suspend", "ctrl+z", "app.suspend_process", N_("to the shell (fg comes back)"), "window"),
    Key("window.quit", "q", "app.quit", N_("quit"), "window", N_("quit")),
    Key("list.down", "down,j", "move(1)", N_("down"), "list"),
    Key("list.up", "up,k", "move(-1)", N_("up"), "list"),
    Key("list.page_down", "pagedown,space", "page(1)", N_("a page down"), "list"),
    Key("list.page_up", "pageup", "page(-1)", N_("a page up"), "list"),
    Key("list.first", "g,home", "first", N_("first"), "list"),
    Key("list.last", "G,end", "last", N_("last"), "list"),
    Key("list.mark", "asterisk,insert", "mark_row", N_("mark the row: a correction is for all marked"), "list"),
    Key("list.open", "enter", "open", N_("open"), "list", N_("open")),
    Key("reader.down", "down,j", "move(1)", N_("a line down"), "reader"),
    Key("reader.up", "up,k", "move(-1)", N_("a line up"), "reader"),
    Key("reader.page_down", "pagedown,space", "page(1)", N_("a page down"), "reader"),
    Key("reader.page_up", "pageup", "page(-1)", N_("a page up"), "reader"),
    Key("reader.first", "g,home", "first", N_("beginning"), "reader"),
    Key("reader.last", "G,end", "last", N_("end"), "reader"),
    Key("reader.next_mark", "left,right_square_bracket", "mark(1)", N_("next name or date"), "reader"),
    Key("reader.previous_mark", "right,left_square_bracket", "mark(-1)", N_("previous name or date"), "reader"),
    Key("reader.next_same", "n", "same(1)", N_("next mention of the same entity"), "reader"),
    Key("reader.previous_same", "N", "same(-1)", N_("previous mention of the same entity"), "reader"),
    Key("reader.whole", "P", "whole", N_("all of the page, and which rule tells what each line is"), "reader"),
    Key("reader.open", "enter", "open", N_("articles of the name under the cursor"), "reader"),
    Key("merges.search", "slash", "search", N_("search for another name"), "merges"),
    Key("merges.apart", "x", "apart", N_("not the same: never suggest it again"), "merges"),
    Key("merges.sentences", "s", "sentences", N_("sentences that name the one and the other"), "merges"),
    Key("merges.lists", "m", "in_lists", N_("choose the other name in the lists"), "merges"),
    Key("log.undo", "u", "undo", N_("undo the last that stands"), "log"),
    Key("log.redo", "U,ctrl+y", "redo", N_("redo the last that was undone"), "log"),
)
BY_ID = {key.id: key for key in KEYS}

_NAMES = {
    "number_sign": "#", "slash": "/", "question_mark": "?", "left_square_bracket": "[", "right_square_bracket": "]",
    "pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc", "backspace": "Backspace", "enter": "Enter",
    "tab": "Tab", "shift+tab": "Shift+Tab", "alt+left": "Alt+←", "alt+right": "Alt+→", "ctrl+p": "Ctrl+P",
    "ctrl+z": "Ctrl+Z", "up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End",
    "space": "Space", "plus": "+", "minus": "-", "equals_sign": "=",
    "asterisk": "*", "insert": "Insert", "ctrl+y": "Ctrl+Y", "f1": "F1", "f2": "F2", "f5": "F5", "ctrl+r": "Ctrl+R",
    "delete": "Del", "ctrl+s": "Ctrl+S", "ctrl+a": "Ctrl+A", "ctrl+e": "Ctrl+E", "ctrl+u": "Ctrl+U", "ctrl+w": "Ctrl+W",
    "ctrl+left": "Ctrl+←", "ctrl+right": "Ctrl+→", "alt+b": "Alt+B", "alt+f": "Alt+F", "shift+left": "Shift+←",
    "shift+right": "Shift+→", "shift+up": "Shift+↑", "shift+down": "Shift+↓", "shift+home": "Shift+Home",
    "shift+end": "Shift+End", "ctrl+shift+left": "Ctrl+Shift+←", "ctrl+shift+right": "Ctrl+Shift+→",
}  # fmt: skip


def names() -> Mapping[str, str]:
    """Keys as a person reads them, where that is not their name."""
    return _NAMES


def shown(keys: str) -> str:
    """Keys as a person reads them: `slash` is "/", several are separated by a space."""
    return " ".join(_shown(key) for key in keys.split(","))


def _shown(key: str) -> str:
    if key in _NAMES or len(key) < 2:
        return _NAMES.get(key, key)
    *held, last = key.split("+")
    name = _NAMES.get(last) or key_to_character(last) or (last.upper() if last[1:].isdigit() else last)
    return "+".join([*map(str.capitalize, held), name])


_NAMED = {name: key for key, name in _NAMES.items()}
_named_now: dict[str, str] = {}
"""Keys that a person gave, by what they are read as."""


def named(name: str) -> str | None:
    """The key that a person reads as `name`: "/" is `slash`; None where it is no key's name."""
    if name in _NAMED or name in _named_now:
        return _NAMED.get(name) or _named_now[name]
    return name if len(name) == 1 and name.isascii() and name.isalnum() else None


def bindings(*groups: str) -> list[BindingType]:
    """Textual bindings of some groups of the table, with their twins on the Arabic layout."""
    made: list[BindingType] = []
    for key in KEYS:
        if key.group in groups:
            made.append(Binding(twins(key.usual), key.action, key.label, show=False, id=key.id))
    return made


def twins(keys: str) -> str:
    """Keys of a binding that is in no table, with their twins on the Arabic layout."""
    pressed = keys.split(",")
    return ",".join([*pressed, *(_ARABIC_TWIN[one] for one in pressed if one in _ARABIC_TWIN)])


def without_twins(pressed: Sequence[str]) -> str:
    """Keys of a binding as they stand in the table: those are left out that are twins of others of them."""
    twins_of = {twin_of(key) for key in pressed}
    order = {key: at for at, key in enumerate(one for each in KEYS for one in each.keys.split(","))}
    return ",".join(sorted((key for key in pressed if key not in twins_of), key=lambda key: order.get(key, -1)))


def twin_of(key: str) -> str | None:
    """What the same physical key gives on an Arabic layout, by the name that Textual has for it; None if that is the
    same, or is not known."""
    twin = _ARABIC_TWIN.get(key)
    return _character_to_key(twin) if twin is not None and len(twin) == 1 else twin


def move(moved: Mapping[str, str]) -> dict[str, str]:
    """Give bindings other keys, by their ids, as help and hints show them from now on; the keymap that Textual needs.

    The keys' twins on the Arabic layout come with them, but for those that mean something else in the same place.
    """
    _moved.clear()
    _moved.update(moved)
    _named_now.clear()
    _named_now.update((_shown(key), key) for keys in moved.values() for key in keys.split(",") if key)
    return {one: ",".join([*keys.split(","), *_free_twins(one)]) if keys else _NO_KEY for one, keys in moved.items()}


def _free_twins(id: str) -> list[str]:
    """The twins of a moved binding's keys that no other binding has where it is pressed."""
    group = BY_ID[id].group
    beside = {name for groups in TOGETHER if group in groups for name in groups}
    taken = {
        _character_to_key(one) if len(one) == 1 else one
        for key in KEYS
        if key.group in beside and key.id != id
        for one in (key.keys if key.id in _moved else twins(key.usual)).split(",")
    }
    found = (twin_of(key) for key in _moved[id].split(","))
    return [twin for twin in found if twin is not None and twin not in taken]


_HINTS = (
    "list.open", "explore.articles", "explore.search", "window.help", "window.quit", "go.back", "explore.filter",
    "explore.entities", "explore.timeline", "explore.why", "correct.add",
)  # fmt: skip


def hints() -> list[Key]:
    """The keys of the bottom line, the most needed first."""
    return [key for key in map(BY_ID.__getitem__, _HINTS) if key.keys]
