"""Keys as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.keys import key_to_character

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
    return "+".join([*map(str.capitalize, held), name.upper() if "ctrl" in held and len(name) == 1 else name])
