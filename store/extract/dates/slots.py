"""What a builder sees of a match: the items in the rule's slots, read as what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from store.extract.dates.grammar import Rule
from store.extract.dates.meaning import Figures, Meaning, MonthName, Number
from store.extract.dates.sentence import Item, Line

_M = TypeVar("_M", bound=Meaning)


class Slots:
    """The filled slots of a match."""

    def __init__(self, rule: Rule, match: re.Match[str], line: Line) -> None:
        self.rule = rule.name
        self._found: dict[str, tuple[Item, tuple[str, ...]]] = {}
        for group, slot, names in rule.slots:
            at = match.start(group)
            if at >= 0:
                self._found[slot] = line.item(at), names

    def has(self, slot: str) -> bool:
        """Whether the slot was filled."""
        return slot in self._found

    def item(self, slot: str) -> Item | None:
        """The item in a slot."""
        found = self._found.get(slot)
        return found[0] if found else None

    def text(self, slot: str) -> str | None:
        """The value of the first class of the slot that the item has, as the lexicon gives it."""
        found = self._found.get(slot)
        if found is None:
            return None
        item, names = found
        for name in names:
            value = item.values.get(name.partition(":")[0])
            if isinstance(value, str):
                return value
        return None

    def integer(self, slot: str) -> int | None:
        """A slot's value as a whole number: of the slot's class (the weekday الأحد), else the number it is."""
        text = self.text(slot)
        if text and text.lstrip("-").isdigit():
            return int(text)
        number = self.number(slot)
        return int(number.value) if number else None

    def number(self, slot: str) -> Number | None:
        """The number in a slot."""
        item = self.item(slot)
        value = item.values.get("#") if item else None
        return value if isinstance(value, Number) else None

    def meaning(self, slot: str, kind: type[_M]) -> _M | None:
        """The meaning in a slot when it is of that kind."""
        item = self.item(slot)
        value = item.values.get("=") if item else None
        return value if isinstance(value, kind) else None

    def month(self, slot: str) -> MonthName | None:
        """The name of a month in a slot."""
        named = self.meaning(slot, MonthName)
        item = self.item(slot)
        if named or item is None:
            return named
        for kind in ("HMON", "ZEROMON", "MON"):
            value = item.values.get(kind)
            if isinstance(value, str) and value:
                return MonthName("G" if kind == "MON" else "H", int(value))
        return None

    def figures(self, slot: str) -> Figures | None:
        """A date in figures in a slot."""
        item = self.item(slot)
        for value in item.values.values() if item else ():
            if isinstance(value, Figures):
                return value
        return None

    def clock(self, slot: str) -> tuple[int, int, int | None] | None:
        """Hour, minute and second in figures in a slot; "8.30" counts as a clock time where the rule says so."""
        item = self.item(slot)
        value = item.values.get("CLOCKFIG") if item else None
        if isinstance(value, tuple) and not isinstance(value, Item):
            return value
        number = self.number(slot)
        if number is None:
            return None
        hour, minute = int(number.value), round(number.value * 100) % 100
        return (hour, minute, None) if hour <= 24 and minute < 60 else None


Builder = Callable[[Slots], Meaning | None]
"""What a rule builds of its slots; None refuses the match."""
