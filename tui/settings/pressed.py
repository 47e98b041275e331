"""Keys as people write them in a file of settings, and whether each of them means one thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from store.errors import StoreError
from tui.keys import BY_ID, KEYS, TOGETHER, Key, names, shown, twin_of
from tui.locale import gettext as _
from tui.overlay_keys import FIXED
from tui.settings.reading import SettingsFile, complain, did_you_mean, quoted
from tui.settings.table import KEYS as TABLE

_MODIFIERS = ("ctrl", "alt", "shift")
_NAMED = {
    "escape", "enter", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up", "down",
    "left", "right", "space", *(f"f{number}" for number in range(1, 25)),
}  # fmt: skip
_CALLED = {shown.lower(): name for name, shown in names().items()} | {
    "del": "delete",
    "ins": "insert",
    "return": "enter",
}
"""Names as help shows them, and other common ones."""
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""What terminals do not tell from other keys."""
_TAKEN = ("ctrl+q", "ctrl+c")
"""Keys that leave and copy wherever one is."""
_MOST = 8
"""Keys that one action can have."""


def understood(written: str) -> str:
    """The name that Textual has for a key as people write it: `/`, `F5`, `Ctrl+R`, `PgDn`, `question_mark`.

    Raises StoreError where there is no such key, or none that a terminal sends.
    """
    key = written.strip()
    unknown = StoreError(_("there is no key {key}").format(key=quoted(written)), remedy=_(
        "write a character or a name such as f5, ctrl+r, alt+left, pagedown; a comma is called comma"
    ))  # fmt: skip
    *held, last = key.split("+") if len(key) > 1 and not key.endswith("+") else [key]
    modifiers = {one.strip().lower() for one in held}
    if len(modifiers) != len(held) or not modifiers <= set(_MODIFIERS):
        raise unknown
    base = _base(last.strip() if held else last)
    if base is None:
        raise unknown
    if "shift" in modifiers and len(base) == 1:
        if len(base.upper()) != 1 or base.upper() == base.lower() or len(modifiers) > 1:
            raise unknown
        return base.upper()
    if "ctrl" in modifiers and len(base) == 1:
        base = base.lower()
    name = "+".join([*(one for one in ("alt", "ctrl", "shift") if one in modifiers), base])
    if name in _SAME:
        what = _("terminals do not tell {key} from {other}").format(key=quoted(written), other=_SAME[name])
        raise StoreError(what, remedy=_("take another"))
    if name in _TAKEN:
        raise StoreError(_("{key} always leaves or copies").format(key=quoted(written)), remedy=_("take another"))
    return name


def _base(written: str) -> str | None:
    from textual.keys import _character_to_key  # its names of keys, which it offers nowhere else

    if len(written) == 1 and written not in _CALLED:
        return _character_to_key(written) if written.isprintable() and written != " " else None
    name = written.lower()
    name = _CALLED.get(name, name)
    if name in _NAMED or name in names():
        return None if "+" in name else name
    # long names of characters, as Textual makes them of Unicode's
    for spelt in (name, f"{name}_sign", f"{name}_mark"):
        try:
            char = unicodedata.lookup(spelt.replace("_", " ").upper())
        except (KeyError, ValueError):
            continue
        if char.isprintable() and not char.isspace():
            return _character_to_key(char)
    signs = {"comma": ",", "minus": "-", "plus": "+", "slash": "/", "backslash": "\\", "at": "@", "underscore": "_"}
    return _character_to_key(signs[name]) if name in signs else None


def check_keys(found: SettingsFile, said: Mapping[str, Any]) -> None:
    """Take the keys that a file gives to actions, by the ids of their bindings; what is wrong with any is added to the
    file's problems, and the action keeps the keys it has."""
    known = {key.id: key for key in KEYS}
    for name, value in said.items():
        try:
            if name in FIXED:
                what = _("the keys of {name} are for typing and stay as they are").format(name=quoted(name))
                raise StoreError(what, remedy=_("give other keys to actions that `khabar config --template` lists"))
            if name not in known:
                what = _("there is no action {name}").format(name=quoted(name))
                raise StoreError(what, remedy=did_you_mean(name, tuple(known)))
            found.keys[name] = _keys(name, value)
        except StoreError as error:
            complain(found, f"{TABLE}.{name}", error.what, error.remedy)
    while clashes := _clashes(found.keys):
        for name, clash in clashes.items():
            complain(found, f"{TABLE}.{name}", clash.what, clash.remedy)
            del found.keys[name]


def _keys(id: str, value: Any) -> str:  # noqa: ANN401  any TOML
    if not isinstance(value, str):
        what = _("the keys of {name} are {value}; they are a text, with commas between them")
        raise StoreError(what.format(name=id, value=quoted(value)), remedy=_('as in {name} = "a,f6"').format(name=id))
    written = [one for one in value.split(",") if one.strip()] if value.strip() != "," else [value]
    if len(written) > _MOST:
        raise StoreError(_("{name} has more than {n} keys").format(name=id, n=_MOST))
    return ",".join(dict.fromkeys(understood(one) for one in written))


def _have(key: Key, moved: Mapping[str, str]) -> list[str]:
    """The keys of an action, as they come or as they were moved."""
    return [one for one in (key.given(moved[key.id]) if key.id in moved else key.usual).split(",") if one]


def _clashes(moved: Mapping[str, str]) -> dict[str, StoreError]:
    """Of the bindings that were given other keys, those with a key that already means something else there."""
    found: dict[str, StoreError] = {}
    for groups in TOGETHER:
        owners: dict[str, list[str]] = {}
        here = [key for key in KEYS if key.group in groups]
        asked = {one for key in here if key.first_asked for one in _have(key, moved) if one in key.usual.split(",")}
        for key in here:
            own = _have(key, moved)
            twins = [] if key.id in moved else [twin for one in own if (twin := twin_of(one)) is not None]
            for one in dict.fromkeys([*own, *twins]):
                if one not in asked or key.first_asked or one not in key.usual.split(","):
                    owners.setdefault(one, []).append(key.id)
        for pressed, ids in owners.items():
            mine = [one for one in ids if one in moved]
            if len(ids) < 2 or not mine:
                continue
            # the later of two that were moved gives way, and whoever was moved to a key that was taken
            last = mine[-1]
            other = next(one for one in ids if one != last)
            label = BY_ID[other].label
            what = _("the key {key} is given to {name} and is that of {other} ({label}) too").format(
                key=shown(pressed), name=last, other=other, label=_(label)
            )
            found.setdefault(last, StoreError(what, remedy=_("take another, or give {other} one").format(other=other)))
    return found
