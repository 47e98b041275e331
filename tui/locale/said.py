"""Texts that remember how they were said, so that they can be said again in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
        filled = str(self).format(*args, **values)
        if how is None:
            return filled
        said = Said(filled)
        said._how = lambda: str(how()).format(
            *map(again, args), **{name: again(value) for name, value in values.items()}
        )
        return said

    def __add__(self, other: str) -> str:
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        return joined("", (other, self))

    def __reduce_ex__(self, _protocol: SupportsIndex) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)

    def __str__(self) -> str:
        return str.__str__(self)


def again(value: Any) -> Any:  # noqa: ANN401  anything can be filled into a text
    """A text, or whatever is filled into one, as it is said now."""
    if isinstance(value, Said):
        how = getattr(value, "_how", None)
        return value if how is None else Said.by(how)
    return value


def joined(separator: str, parts: Iterable[str]) -> str:
    """Texts in a row, each of them, and what stands between them, said again when the whole is."""
    kept = list(parts)
    if not any(isinstance(one, Said) for one in (separator, *kept)):
        return separator.join(kept)
    return Said.by(lambda: str.join(str(again(separator)), [str(again(one)) for one in kept]))
