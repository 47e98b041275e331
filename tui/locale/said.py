"""Texts that remember how they were said, so that they can be said again in another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any, SupportsIndex


class Said(str):
    """A text in the language that was spoken when it was said; `again` gives the same in the language spoken now.

    It is a string like any other. What is filled in by `format` is said again too; cut or put into an f-string, it is
    a plain string and stays as it is: there `joined` is for.
    """

    __slots__ = ("_how",)
    _how: Callable[[], str]

    @classmethod
    def by(cls, how: Callable[[], str]) -> Said:
        """What `how` says, now and again."""
        said = cls(how())
        said._how = how
        return said

    def format(self, *args: object, **values: object) -> str:
        """As for a string; `again` fills in the same values."""
        how = getattr(self, "_how", None)
        if how is None:
            return str(self).format(*args, **values)
        return Said.by(lambda: _filled(str(how()), args, values))

    def __add__(self, other: str) -> str:
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        return joined("", (other, self))

    def __reduce_ex__(self, _protocol: SupportsIndex) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)

    def __str__(self) -> str:
        return str.__str__(self)


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z0-9]")
_SIGN = re.compile("[-/.:_#@+~ ]")
_FIGURES = re.compile(r"[^\w\u2066-\u2069]*[0-9]")
_PATH = re.compile("[/~.][A-Za-z0-9]")


def _comes_apart(text: str) -> bool:
    """Whether the rules of bidi would take a text to pieces between Arabic words: dates, times, paths, addresses."""
    first = _LATIN.search(text)
    if first is None:
        return False
    last = len(text) - next(at for at, char in enumerate(reversed(text)) if _LATIN.match(char))
    return _SIGN.search(text, first.end(), last) is not None or _PATH.search(text) is not None


def _filled(text: str, args: Iterable[object], values: dict[str, Any]) -> str:
    """Fills a text; what keeps to itself within an Arabic sentence stands in isolates (U+2068 … U+2069)."""
    mixed = _RIGHT_TO_LEFT.search(text) is not None

    def fill(value: object) -> object:
        value = again(value)
        if isinstance(value, PurePath):
            value = str(value)
        if mixed and type(value) is str and _comes_apart(value) and not _RIGHT_TO_LEFT.search(value):
            return f"\N{FIRST STRONG ISOLATE}{value}\N{POP DIRECTIONAL ISOLATE}"
        return value

    return text.format(*map(fill, args), **{name: fill(value) for name, value in values.items()})


def again(value: Any) -> Any:  # noqa: ANN401  anything can be filled into a text
    """A text, or whatever is filled into one, as it is said now."""
    if isinstance(value, Said):
        how = getattr(value, "_how", None)
        return value if how is None else Said.by(how)
    return value


def joined(separator: str, parts: Iterable[str]) -> str:
    """Texts in a row, each of them, and what stands between them, said again when the whole is.

    A date or a number beside Arabic stands in isolates (U+2068 … U+2069): next to its letters the rules of bidi would
    turn `2023-10` round, in a line of English too.
    """
    kept = list(parts)
    if not any(isinstance(one, Said) for one in (separator, *kept)):
        return separator.join(_beside_arabic(kept))
    return Said.by(lambda: str.join(str(again(separator)), _beside_arabic([str(again(one)) for one in kept])))


def _beside_arabic(parts: list[str]) -> list[str]:
    if not any(map(_RIGHT_TO_LEFT.search, parts)):
        return parts
    return [
        f"\N{FIRST STRONG ISOLATE}{part}\N{POP DIRECTIONAL ISOLATE}"
        if _FIGURES.match(part) and not _RIGHT_TO_LEFT.search(part)
        else part
        for part in parts
    ]
