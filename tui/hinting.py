"""Sentences that name keys: the keys are filled in from the table, as they are now."""

from __future__ import annotations

import string

from tui.keys import BY_ID
from tui.locale import gettext as _
from tui.locale.said import Said, again, joined

_PART = " · "
"""What stands between hints of a line."""


def with_keys(message: str, **values: object) -> str:
    """A message with the keys of actions filled in, each where a field is named like the action: `{go_back}` is the
    first key of `go.back`. Other fields take `values`.

    Of a line of hints ("… · …") those are left out whose action has no key; in a sentence the action's name in
    quotation marks stands for it: by that the command palette finds it.
    """

    def said() -> str:
        parts = str(again(message)).split(_PART)
        return joined(_PART, [_filled(part, values) for part in parts if len(parts) == 1 or _has_keys(part, values)])

    return Said.by(said)


def key_of(id: str) -> str:
    """The first key of an action, or its name in quotation marks where it has none."""
    key = BY_ID[id]
    return key.first or f"«{_(key.label)}»"


def _fields(text: str) -> set[str]:
    return {name for _text, name, _how, _also in string.Formatter().parse(text) if name is not None}


def _id(field: str) -> str:
    return field.replace("_", ".", 1)


def _has_keys(part: str, values: dict[str, object]) -> bool:
    return all(name in values or BY_ID[_id(name)].keys for name in _fields(part))


def _filled(text: str, values: dict[str, object]) -> str:
    keys = {name: key_of(_id(name)) for name in _fields(text) - values.keys()}
    return Said.by(lambda: text).format(**values, **keys)
