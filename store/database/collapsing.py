"""Stories that are told more than once, in memory: of any set of articles, one for each story."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pyroaring import BitMap

from store.database.numbers import Ints, bitmap, columns, listed, members

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Copies:
    """The articles of stories that are told more than once, story by story, the newest of each first. Never changed:
    another state of the corpus has others."""

    ids: Ints
    stories: Ints
    """The story of each."""

    @cached_property
    def inside(self) -> BitMap:
        """All of them."""
        return bitmap(np.sort(self.ids))

    @cached_property
    def older(self) -> BitMap:
        """All but the newest of each story."""
        return bitmap(np.sort(self.ids[1:][self.stories[1:] == self.stories[:-1]]))

    @cached_property
    def _place(self) -> NDArray[np.int32]:
        """Where an article stands in `ids`."""
        place = np.zeros(int(self.ids.max(initial=0)) + 1, np.int32)
        place[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        return place

    def prepare(self) -> int:
        """Works out now what is asked for later; returns how many bytes it takes."""
        return self.ids.nbytes + self.stories.nbytes + self._place.nbytes + len(self.inside) + len(self.older)

    def collapsed(self, found: BitMap) -> BitMap:
        """A set of articles without those of which it has a newer copy; the same set where there are none."""
        inside = found & self.inside
        if len(inside) < 2:
            return found
        if len(inside) == len(self.ids):
            return found - self.older
        places = np.sort(self._place[members(inside)])
        stories = self.stories[places]
        again = places[1:][stories[1:] == stories[:-1]]
        return found - bitmap(np.sort(self.ids[again])) if len(again) else found

    def renewed(self, connection: sqlite3.Connection, changed: Iterable[int]) -> Copies:
        """What they have become where the stories of some articles are others now: of each of these stories all."""
        which = sorted(changed)
        kept = ~np.isin(self.ids, np.array(which, np.int64))
        ids, stories = columns(
            connection,
            "SELECT c.article_id AS a, c.story AS b FROM json_each(?) j CROSS JOIN copies c ON c.article_id = j.value"
            " ORDER BY c.story, c.place",
            (listed(which),),
            wide=2,
        )
        return Copies(np.concatenate((self.ids[kept], ids)), np.concatenate((self.stories[kept], stories)))


def read(connection: sqlite3.Connection) -> Copies:
    """The copies as the corpus has them now."""
    ids, stories = columns(connection, "SELECT article_id AS a, story AS b FROM copies ORDER BY story, place", wide=2)
    return Copies(ids, stories)
