"""Number words and figures: "ألفين وأربعة عشر", "الثاني والعشرين", "3 آلاف و500".

A number is a chain of atoms joined by و from the greater to the smaller, except that units stand before tens; عشر after
a unit makes 11 to 19, a scale multiplies what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from store.extract.dates.meaning import Number

Roles = Mapping[str, str]
"""The number classes of a word (NUMW, ORDW, DAYW, TEENW, SCALE) and their values; see data/numbers.tsv."""

_LONGEST_FIGURES = 9
"""Longer runs of figures are no number anyone counts with, and slow to convert."""


def figures(digits: str) -> Number | None:
    """The number written in `digits`, which may hold separators; None for what is no number of use."""
    if digits.isdigit():
        return Number(int(digits), digits=len(digits)) if len(digits) <= _LONGEST_FIGURES else None
    if len(digits) > 16:
        return None
    plain = digits.replace("٬", ",").replace("٫", ".")
    whole, *groups = plain.split(",")
    if groups and all(len(group) == 3 for group in groups) and "." not in plain:
        return Number(int(whole + "".join(groups)), digits=len(plain))
    whole, *groups = digits.split(".")
    if len(groups) > 1 and 0 < len(whole.lstrip("0")) <= 3 and all(len(group) == 3 for group in groups):
        return Number(int(whole + "".join(groups)), digits=len(plain))  # 1.200.164; two stops are no decimals
    try:
        return Number(float(plain.replace(",", ".")), digits=len(plain))
    except ValueError:
        return None


class Words(Protocol):
    """The words of a sentence by their place."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> str: ...


class Reader:
    """Reads numbers off the words of a sentence; a proclitic و is a word of its own.

    `roles[i]` are the number classes of word i, if it is a number word.
    """

    def __init__(self, words: Words, roles: Mapping[int, Roles]) -> None:
        self._words, self._roles = words, roles

    def read(self, at: int) -> tuple[Number, int] | None:
        """The longest number that begins at word `at`, and the index after it."""
        return self._ordinal(at) or self._cardinal(at)

    def _role(self, at: int, name: str) -> int | None:
        roles = self._roles.get(at)
        value = roles.get(name) if roles else None
        return int(value) if value is not None else None

    def _joined(self, at: int) -> int | None:
        """The index of the word joined by و at `at`; folded, "وأحد" is "واحد"."""
        word = self._words[at] if at < len(self._words) else ""
        return at + 1 if word == "و" else at if word == "واحد" and self._role(at + 1, "TEENW") else None

    def _ordinal(self, at: int) -> tuple[Number, int] | None:
        named = self._role(at, "DAYW")
        if named is not None:
            return Number(named, ordinal=True, definite=True), at + 1
        value = self._role(at, "ORDW")
        if value is None:
            return None
        word = self._words[at]
        definite, feminine = word.startswith("ال"), word.endswith(("ه", "لي"))
        end = at + 1
        if value < 10 and self._role(end, "TEENW"):
            return Number(value + 10, True, definite, feminine), end + 1
        joined = self._joined(end)
        if joined is not None and value < 10:
            tens = self._role(joined, "NUMW")
            if tens and 20 <= tens < 100 and definite == self._words[joined].startswith("ال"):
                return Number(value + tens, True, definite, feminine), joined + 1
        return Number(value, True, definite, feminine), end

    def _cardinal(self, at: int) -> tuple[Number, int] | None:
        group = self._group(at)
        if group is None:
            return None
        in_figures = figures(self._words[at]) if self._words[at][0].isdigit() else None
        definite = self._words[at].startswith("ال")
        value, end = group
        total = 0.0
        while True:
            scale = self._role(end, "SCALE")
            if scale:
                value, end, in_figures = value * scale, end + 1, None
            total += value
            ceiling = scale or next((size for size in (1e9, 1e6, 1e3) if value >= size), 1)
            joined = self._joined(end)
            following = self._group(joined) if joined is not None and ceiling >= 1000 and not in_figures else None
            if following is None or following[0] >= ceiling:
                return Number(total, definite=definite, digits=in_figures.digits if in_figures else 0), end
            value, end = following

    def _group(self, at: int) -> tuple[float, int] | None:
        """A number below a thousand, a number in figures, or a scale on its own."""
        word = self._words[at] if at < len(self._words) else ""
        if word[:1].isdigit():
            number = figures(word)
            return (number.value, at + 1) if number else None
        value = self._role(at, "NUMW")
        if value is None:
            scale = self._role(at, "SCALE")
            return (float(scale), at + 1) if scale else None
        end = at + 1
        if value >= 1000:
            return float(value), end
        total = 0
        if 3 <= value < 10 and self._role(end, "NUMW") == 100:
            value, end = value * 100, end + 1
        if value >= 100:
            joined = self._joined(end)
            following = self._role(joined, "NUMW") if joined is not None else None
            if joined is None or following is None or following >= 100:
                return float(value), end
            total, value, end = value, following, joined + 1
        if value < 10:
            if self._role(end, "TEENW"):
                return float(total + value + 10), end + 1
            joined = self._joined(end)
            tens = self._role(joined, "NUMW") if joined is not None else None
            if joined is not None and tens and 20 <= tens < 100:
                return float(total + value + tens), joined + 1
        return float(total + value), end


def number_classes(number: Number) -> frozenset[str]:
    """The classes a number has by its value and the way it is written."""
    value, digits = number.value, number.digits
    if value != int(value):
        return frozenset({"NUM", "DECIMAL"} if 0 <= value < 25 and round(value * 100) % 100 < 60 else {"NUM"})
    if number.ordinal:
        classes = {"ORD"}
        if number.definite:
            classes.add("ORDDEF")
            if 1 <= value <= 31:
                classes.add("DAY")
            if number.feminine and value <= 12:
                classes.add("HOUR")
        else:
            classes.add("ORDI")
        return frozenset(classes)
    classes = {"NUM"}
    if number.definite:
        classes.add("NUMDEF")
    written = bool(digits)
    if 1 <= value <= 31 and (digits in (1, 2) or (not written and number.definite)):
        classes.add("DAY")
    if written and digits <= 2:
        classes.update({"FIG2"} if digits == 2 else ())
        classes.update({"FIGHOUR"} if value <= 24 else ())
    if value < 60:
        classes.add("MINUTE")
    if value == 1 and not written:
        classes.add("ONEW")
    if written and digits == 3:
        classes.add("FIG3")
    if digits == 4 and value < 2400 and value % 100 < 60:
        classes.add("HHMM")
    if 1000 <= value < 2200 and (digits == 4 or not written):
        classes.update({"FIG4"} if not 1900 <= value <= 2100 else {"FIG4", "YEARFIG"})
    return frozenset(classes)


def sample_numbers() -> Iterator[Number]:
    """Numbers of every combination of classes."""
    for value in (
        0,
        1,
        2,
        11,
        12,
        13,
        15,
        24,
        25,
        31,
        32,
        45,
        59,
        60,
        99,
        100,
        999,
        1000,
        1899,
        1900,
        2100,
        2150,
        2500,
    ):
        for digits in (0, 1, 2, 3, 4, 5):
            for definite in (False, True):
                yield Number(value, definite=definite, digits=digits)
                for feminine in (False, True):
                    yield Number(value, ordinal=True, definite=definite, feminine=feminine, digits=digits)
    yield from (Number(value, definite=definite) for value in (1.5, 8.3, 8.75, 30.5) for definite in (False, True))
