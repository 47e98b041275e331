"""Every key in one table: bindings, help, hints and the command palette are made from it.

A binding is known by its id, so that a keymap can move it, and answers on an Arabic keyboard layout
too: each Latin key brings the character that the same physical key gives on the Arabic (101) layout. The rows stand
in `tui.key_table`, those of overlays in `tui.overlay_keys`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding, BindingType
from textual.keys import _character_to_key  # its names of keys, which it offers nowhere else

from tui import key_table, overlay_keys
from tui.key_names import names, shown
from tui.key_table import EXPLORER, Key
from tui.overlay_keys import OVERLAYS

__all__ = [
    "BY_ID", "EXPLORER", "GROUPS", "KEYS", "TOGETHER", "Key", "bindings", "hints", "hints_while_typing", "move",
    "named", "names", "over_all", "shown", "twin_of", "twins", "without_twins",
]  # fmt: skip

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


_NO_KEY = "<none>"
"""Stands in a keymap for a binding without a key."""
KEYS = (*EXPLORER, *OVERLAYS)
GROUPS = key_table.GROUPS | overlay_keys.GROUPS
"""Headings of groups, those of one heading together."""
TOGETHER = (*key_table.TOGETHER, *overlay_keys.TOGETHER)
"""Groups that are pressed in one place: there a key means one thing."""
BY_ID = {key.id: key for key in KEYS}
_OVERLAYS = ".overlays"
"""What the binding is called by which a key of the group `everywhere` answers over the explorer."""

_NAMED = {name: key for key, name in names().items()}
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
            keys, first = twins(key.usual), key.first_asked
            made.append(Binding(keys, key.action, key.label, show=False, id=key.id, priority=first))
    return made


def over_all(id: str, action: str) -> Binding:
    """The binding of a key of the group `everywhere` that answers over the explorer, where the application does
    `action`."""
    return Binding(twins(BY_ID[id].usual), action, show=False, priority=True, id=id + _OVERLAYS)


def twins(keys: str) -> str:
    """Keys of a binding that is in no table, with their twins on the Arabic layout."""
    pressed = keys.split(",")
    return ",".join([*pressed, *(_ARABIC_TWIN[one] for one in pressed if one in _ARABIC_TWIN)])


def without_twins(pressed: Sequence[str], id: str = "") -> str:
    """Keys of a binding as they stand in the table, in the row of an id or anywhere: those are left out that are twins
    of others of them."""
    twins_of = {_NO_KEY, *map(twin_of, pressed)}
    rows = [BY_ID[id]] if id in BY_ID else EXPLORER
    order = {key: at for at, key in enumerate(one for each in rows for one in each.keys.split(","))}
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
    held = {one: BY_ID[one].given(keys) for one, keys in moved.items()}
    key_table.moved.clear()
    key_table.moved.update(held)
    _named_now.clear()
    _named_now.update((shown(key), key) for keys in held.values() for key in keys.split(",") if key)
    keymap = {one: ",".join([*keys.split(","), *_free_twins(one)]) if keys else _NO_KEY for one, keys in held.items()}
    return keymap | {one + _OVERLAYS: keys for one, keys in keymap.items() if BY_ID[one].group == "everywhere"}


def _free_twins(id: str) -> list[str]:
    """The twins of a moved binding's keys that no other binding has where it is pressed."""
    group = BY_ID[id].group
    beside = {name for groups in TOGETHER if group in groups for name in groups}
    taken = {
        _character_to_key(one) if len(one) == 1 else one
        for key in KEYS
        if key.group in beside and key.id != id
        for one in (key.keys if key.id in key_table.moved else twins(key.usual)).split(",")
    }
    found = (twin_of(key) for key in key_table.moved[id].split(","))
    return [twin for twin in found if twin is not None and twin not in taken]


_HINTS = (
    "list.open", "explore.articles", "explore.search", "window.help", "window.quit", "go.back", "explore.filter",
    "explore.entities", "explore.timeline", "explore.why", "correct.add",
)  # fmt: skip


def hints() -> list[Key]:
    """The keys of the bottom line, the most needed first."""
    return [key for key in map(BY_ID.__getitem__, _HINTS) if key.keys]


def hints_while_typing() -> list[tuple[str, str]]:
    """Keys that do something while a search is typed, as a person reads them, and what: messages of the interface."""
    others = [BY_ID[one] for one in ("go.next", "window.help", "window.commands")]
    return [
        (shown("enter"), BY_ID["go.articles"].label),
        (shown("escape"), BY_ID["go.back"].hint),
        *((_untyped(key), key.hint or key.label) for key in others if _untyped(key)),
    ]


def _untyped(key: Key) -> str:
    """The first of an action's keys that is no letter or sign; empty where there is none."""
    return next((name for name in map(shown, key.keys.split(",")) if len(name) > 1), "")
