"""What can be done on a screen: every binding that answers there, as help and the command palette say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen

from store.text.fold import fold
from tui import permitted, themes
from tui.keys import EXPLORER, GROUPS, shown, without_twins
from tui.locale import gettext as _
from tui.locale import in_both
from tui.overlay_keys import is_typing, label_of


@dataclass(frozen=True, slots=True)
class Offer:
    """An action."""

    id: str
    label: str
    """In English: a message."""
    keys: str
    """As a person reads them."""
    action: str
    node: DOMNode | None = None
    """What it is done on; None where it cannot be done here."""
    why_not: str = ""
    """Why not, in the language spoken."""

    @property
    def is_typing(self) -> bool:
        """Whether it is a way of typing."""
        return is_typing(self.id)


def answering(screen: Screen[Any]) -> list[Offer]:
    """What answers to keys on a screen: what is its own first, then in the order of the table."""
    pressed: dict[str, list[str]] = {}
    first: dict[str, tuple[DOMNode, str]] = {}
    for key, active in screen.active_bindings.items():
        known = active.binding.id
        if known is not None and label_of(known) is not None and active.enabled:
            pressed.setdefault(known, []).append(key)
            first.setdefault(known, (active.node, active.binding.action))
    found = [_offer(known, shown(without_twins(keys, known)), *first[known]) for known, keys in pressed.items()]
    order = {key.id: at for at, key in enumerate(EXPLORER)}
    return sorted(found, key=lambda offer: order.get(offer.id, -1))


def _offer(id: str, keys: str, node: DOMNode, action: str) -> Offer:
    why_not = permitted.in_short(action.removeprefix("app.").partition("(")[0])
    return Offer(id, label_of(id) or "", keys, action, None if why_not else node, why_not)


def elsewhere(answer: list[Offer]) -> list[Offer]:
    """The actions of the explorer's table of keys that are not among these, and where they can be done."""
    here = {offer.id for offer in answer}
    return [
        Offer(key.id, key.label, shown(key.keys), key.action, None, _(GROUPS[key.group]))
        for key in EXPLORER
        if key.id not in here
    ]


def dresses(screen: Screen[Any]) -> list[Offer]:
    """Each theme, to put on by its name."""
    return [Offer(f"theme.{name}", label, "", f"theme('{name}')", screen) for name, label in themes.COMMANDS.items()]


def find(offers: list[Offer], query: str) -> list[Offer]:
    """The offers that have every word of a query in their names, Arabic or English, folded as in a search; the best
    first. A key by itself is found as well."""
    words = fold(query).split()
    if not words:
        return offers
    rated = [(rating, at) for at, offer in enumerate(offers) if (rating := _rating(offer, query.strip(), words))]
    return [offers[at] for _rating, at in sorted(rated, key=lambda one: (-one[0], one[1]))]


def _rating(offer: Offer, typed: str, words: list[str]) -> int:
    """How well an offer fits, 0 where it does not."""
    if typed in offer.keys.split():
        return 1000
    names = [fold(name) for name in in_both(offer.label)]
    return max((sum(parts) if all(parts) else 0) for name in names for parts in [[_fits(w, name) for w in words]])


def _fits(word: str, name: str) -> int:
    """3 where a word begins so, article and conjunction aside, 1 where it stands within one."""
    starts = any(part.startswith((word, "ال" + word, "وال" + word)) for part in name.split())
    return 3 if starts else int(word in name)
