"""Lists that were looked at lately, so that going back to one asks nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from tui.screens.lists import Found

_LISTS, _IDS = 48, 4_000_000
"""So many lists are kept at most, and ids in all of them together (8 bytes each)."""


class Memory:
    """The lists by what was asked for; each is good as long as the corpus is in the state it was of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Found] = OrderedDict()

    def keep(self, wanted: Hashable, found: Found) -> None:
        """Keep a list; those looked at longest ago make room for it."""
        self._kept[wanted] = found
        self._kept.move_to_end(wanted)
        held = sum(len(each.listing) for each in self._kept.values())
        while len(self._kept) > 1 and (len(self._kept) > _LISTS or held > _IDS):
            _wanted, gone = self._kept.popitem(last=False)
            held -= len(gone.listing)

    def recall(self, wanted: Hashable, revision: int | None) -> Found | None:
        """The list as it was left; None where there is none of this state of the corpus."""
        found = self._kept.get(wanted)
        return found if found is not None and found.revision == revision is not None else None
