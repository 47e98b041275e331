"""What is worked out after articles came, in portions, while others may write: sets of words, companions, copies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from store.database import companions, placing, word_sets
from store.database.files import sentences, snapshot
from store.database.notes import changed_since, revision

Wanted = TypeVar("Wanted", contravariant=True)
Found = TypeVar("Found")


class Working(Protocol[Wanted, Found]):
    """What is worked out beforehand, in portions, while others may write."""

    def work_out(self, portion: Wanted, /) -> Found:
        """Reads what it takes for a portion."""

    def put(self, found: Found, changed: Mapping[int, set[int]] | None, /) -> int:
        """Keeps what was found, as far as it has not changed since; returns how much."""


class Settling:
    """The writer's side of it. All raise CorpusError when the file fails."""

    path: Path
    _connection: sqlite3.Connection
    _words: word_sets.Keeper
    _companions: companions.Keeper
    _placing: placing.Keeper

    def transaction(self) -> AbstractContextManager[None]:
        """All of what is done inside, or nothing."""
        raise NotImplementedError

    def settle(self) -> int:
        """Works out what makes searches and lists fast where there are many articles (`word_sets`, `companions`) and is
        not there, as for what has come or changed; returns how much of it that was.

        It takes some seconds for a million articles; others may write meanwhile, and what they change is left out.
        """
        made = 0
        for block in self._words.missing():
            made += self._work_out(self._words, block)
        for entities in self._companions.missing():
            made += self._work_out(self._companions, entities)
        return made

    def place_copies(self, most: int | None = None) -> Iterator[int]:
        """Compares the articles that have not been compared yet, or the `most` newest of them, with the others, in
        portions, and puts copies of one story together; after each says how many are left to do.

        Others may write meanwhile; what they change waits for the next time.
        """
        with sentences(self.path):
            portions = self._placing.missing(most)
        left = sum(map(len, portions))
        for portion in portions:
            self._work_out(self._placing, portion)
            left -= len(portion)
            yield left

    def _work_out(self, keeper: Working[Wanted, Found], portion: Wanted) -> int:
        with sentences(self.path), snapshot(self._connection):
            before = revision(self._connection)
            found = keeper.work_out(portion)
        with self.transaction():
            return keeper.put(found, changed_since(self._connection, *before))
        raise AssertionError("a transaction hides no error")
