"""Values and records as programs that dump databases wrap them: `{"$date": …}`, `{"rendered": …}`, `{"_source": {…}}`.

What their names are is `data/wrapped.tsv`. Nothing is raised for what isn't wrapped as it should be; it is left so.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import cast

from store.readers.moments import thousandths
from store.readers.text import LIMIT as TEXT_LIMIT

_DEEPEST = 3
"""Most wrappings of one value."""
_TAGS = re.compile(
    r"<br ?/?>|<p>|</(?:p|div|span|a|strong|b|em|i|u|ul|ol|li|h[1-6]|blockquote|figure|table|section|article)>",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"-?\d{1,18}")


def plain(value: object) -> object:
    """The value that is wrapped, HTML as text; `value` itself where none is."""
    for _ in range(_DEEPEST):
        if not isinstance(value, dict):
            return value
        name = _telling(value)
        if name is None:
            return value
        value = value[name]
        if name in _names("html") and isinstance(value, str):
            return as_text(value)
    return value


def moment(value: object) -> str | None:
    """When a moment is that is wrapped as a number of thousandths of a second since 1970; None for all else."""
    if not isinstance(value, dict) or not is_moment(value):
        return None
    inner = plain(value)
    if isinstance(inner, str) and inner not in value.values() and _WHOLE.fullmatch(inner):  # a number in a string
        inner = int(inner)
    return thousandths(inner) if isinstance(inner, int) and not isinstance(inner, bool) else None


def is_moment(value: object) -> bool:
    """Whether `value` is wrapped as a moment, readable or not."""
    return isinstance(value, dict) and _telling(value) in _names("date")


def is_wrapped(value: object) -> bool:
    """Whether an object stands for a value."""
    return isinstance(value, dict) and _telling(value) is not None


def joined(value: object, *, runs_only: bool = False) -> str | None:
    """A text that is given in pieces: strings are paragraphs (not with `runs_only`); runs among strings, as Telegram
    has them, are of one line. None for what is no such list."""
    if not isinstance(value, list):
        return None
    if all(isinstance(piece, str) for piece in value):
        return None if runs_only else "\n".join(value)
    runs = [piece if isinstance(piece, str) else _run(piece) for piece in value]
    return None if None in runs else "".join(cast("list[str]", runs))


def record(value: object) -> object:
    """The record that `value` holds, under its own id where it has no other; `value` itself where it holds none."""
    if not isinstance(value, dict):
        return value
    for name in _names("record"):
        held = value.get(name)
        if isinstance(held, dict):
            return held if "id" in held or value.get("_id") is None else {**held, "_id": value["_id"]}
    return value


def is_html(name: str) -> bool:
    """Whether a field holds HTML whose name is `name`, as `columns.tsv` has names."""
    return name in _names("marked")


def has_tags(value: str) -> bool:
    """Whether a string is HTML by what is in it: a paragraph, a line break, an element that ends."""
    return _TAGS.search(value) is not None


def as_text(html: str) -> str:
    """HTML as text, a paragraph a line; as it is where it is too long for that."""
    # Imported here: few records have any.
    from store.readers.fragments import text_of

    return text_of(html) if len(html) <= TEXT_LIMIT else html


def _run(piece: object) -> str | None:
    if not isinstance(piece, dict) or piece.get("type") not in _names("run"):
        return None
    text = piece.get("text")
    return text if isinstance(text, str) else None


def _telling(value: dict[str, object]) -> str | None:
    """The field of an object that it stands for."""
    if len(value) == 1:
        name = next(iter(value))
        return name if name in _names("value") or name in _names("date") or name in _names("html") else None
    return next((name for name in _names("html") if isinstance(value.get(name), str)), None)


def _names(what: str) -> tuple[str, ...]:
    return _table()[what]


@functools.cache
def _table() -> dict[str, tuple[str, ...]]:
    text = (resources.files(__package__) / "data" / "wrapped.tsv").read_text("utf-8")
    rows = (row.split("\t") for row in text.splitlines() if not row.startswith("#"))
    return {what: tuple(names.split()) for what, names in rows}
