"""Lists that a line of a dossier opens: mentions of one spelling, and some that were found."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from store.answers import Filter
from store.database import dossiers
from store.database.queries import Reader
from tui.screens.history import Spot
from tui.screens.lists import FIRST, Found
from tui.widgets.listing import Listing

_ALL = Filter()


@dataclass(frozen=True, slots=True)
class Spelled:
    """Where an entity is written so."""

    entity: int
    form: str

    @property
    def filter(self) -> Filter:
        """All articles."""
        return _ALL

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        """What is shown at once, with its rows."""
        most = FIRST if spot.id is None or spot.position < FIRST else spot.position + FIRST
        ids = dossiers.spelled(reader, self.entity, self.form, most)
        return with_rows(reader, self.entity, _found(ids, spot, whole=len(ids) < most), rows)

    def whole(self, reader: Reader, spot: Spot) -> Found:
        """All of it."""
        return _found(dossiers.spelled(reader, self.entity, self.form), spot, whole=True)

    def count(self, reader: Reader) -> int | None:
        """Not known before all are."""
        return None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some mentions of an entity that were found: where it is said to be something, or named along with another."""

    entity: int
    mentions: tuple[int, ...]

    @property
    def filter(self) -> Filter:
        """All articles."""
        return _ALL

    def first(self, reader: Reader, spot: Spot, rows: int) -> Found:
        """All of it, with the rows that come into sight."""
        return with_rows(reader, self.entity, self.whole(reader, spot), rows)

    def whole(self, reader: Reader, spot: Spot) -> Found:
        """All of it."""
        return _found(array("q", self.mentions), spot, whole=True)

    def count(self, reader: Reader) -> int | None:
        """How many."""
        return len(self.mentions)


def _found(ids: array[int], spot: Spot, *, whole: bool) -> Found:
    listing = Listing.of(ids)
    at = None if spot.id is None else listing.find(spot.id, spot.position)
    return Found(listing, whole, at, spot.id, len(ids) if whole else None)


def with_rows(reader: Reader, entity: int, found: Found, rows: int) -> Found:
    """With the rows that come into sight first, `rows` of them around its cursor."""
    first, last = (0, rows) if found.at is None else (max(0, found.at - rows), found.at + rows)
    return replace(found, rows={row.id: row for row in reader.mention_rows(entity, found.listing[first:last])})
